import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Postgres } from '../harness/postgres';
import { createStage, ENDED, type Finding, must, pause, seconds } from './stage';

const HOUR = 3_600_000;
/** The worker asks every second; a lease that was held when the server went runs out after 60 s. */
const BOUND = 90_000;

/** PostgreSQL goes away in the middle and comes back, twice: once with a passkey registered meanwhile, once past a deadline. */
export async function databaseGone(postgres: Postgres): Promise<Finding[]> {
  const key = join(process.env.ONBOARD_DIST ?? tmpdir(), 'outage-ledger.key');
  writeFileSync(key, '7f'.repeat(32), { mode: 0o600 });
  const database = await postgres.database();
  const stage = await createStage(2, { DATABASE_URL: database, LEDGER_KEY_FILE: key });
  const { client } = stage;
  const [proven, late] = stage.keys as [string, string];
  try {
    for (const each of stage.keys) await stage.request(each);
    const pass = await stage.open(proven);
    await stage.open(late);

    const from = await stage.now();
    await postgres.kill();
    const answer = await stage.press(late, 'show-pass');
    const asked = await stage.priya.say('@onboard jane.doe@northwind.example');
    must(!/\b\d{4,}\b/.test(answer?.words ?? ''), 'no pass is shown that could not be written down');
    await stage.register(proven, pass);
    await pause(3_000);
    must(await stage.isIn(proven), 'without its store nothing is done that could not be written down');
    await postgres.start();
    const to = await stage.now();
    const byProof = await stage.until(
      'the one with a passkey is out',
      async () => !(await stage.isIn(proven)),
      1_000,
      90_000,
    );
    must(byProof <= BOUND, `she was out ${seconds(byProof)} after the database was back`);

    const secondFrom = await stage.now();
    await postgres.kill();
    await client.advance(HOUR + 1_000);
    await pause(2_000);
    await postgres.start();
    const secondTo = await stage.now();
    const byDeadline = await stage.until(
      'the one whose time is over is out',
      async () => !(await stage.isIn(late)),
      1_000,
      90_000,
    );
    must(byDeadline <= BOUND, `she was out ${seconds(byDeadline)} after the database was back`);
    const told = await stage.until(
      'both are told',
      async () => (await Promise.all(stage.keys.map((each) => stage.told(each, ENDED)))).every(Boolean),
      1_000,
      90_000,
    );
    await stage.mustNotHaveDied();
    // A message was sent, and that it was sent could not be written down: it is sent again rather than never.
    const repeated = await stage.mustKeepPromises(
      [
        { from, to: to + BOUND },
        { from: secondFrom, to: secondTo + BOUND },
      ],
      30_000,
      ['somebody got the same message twice'],
    );
    must(repeated <= 4, `hardly anything is said twice, and not ${repeated} times`);
    await stage.verifyLedger();
    return [
      {
        outage: 'PostgreSQL gone, 2 windows',
        done: 'nothing that could not be written down; the process lives',
        said: `to a click: "${answer?.words || `status ${answer?.status ?? 0}`}"; a request: status ${asked.status}, so Teams knows that it was not taken`,
        after: 'at once',
      },
      {
        outage: '  back, a passkey meanwhile',
        done: 'out of the group, closed as completed',
        said: `"${await stage.lastWords(client.person(proven))}"`,
        after: `out ${seconds(byProof)} after it was back`,
      },
      {
        outage: '  back after the deadline',
        done: 'out of the group, closed as lapsed',
        said: `"${await stage.lastWords(client.person(late))}"`,
        after: `out ${seconds(byDeadline)} after it was back, told ${seconds(told)} later; messages repeated: ${repeated}`,
      },
    ];
  } finally {
    await stage.stop();
    await postgres.drop(database);
  }
}
