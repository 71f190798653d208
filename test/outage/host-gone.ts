import { join } from 'node:path';
import { createStage, type Finding, must, pause, seconds } from './stage';

const MINUTE = 60_000;
const STEP = 30_000;
/** Ten minutes of silence, and a look every half minute before and after. */
const WATCHDOG_BOUND = 12 * MINUTE;
/** Entra's own timer stands five minutes behind the deadline. */
const PIM_BOUND = 66 * MINUTE;

/** The host is gone and never comes back. The watchdog on another one takes everybody out. */
export async function hostGoneWatched(): Promise<Finding[]> {
  const stage = await createStage(3);
  const { client, env } = stage;
  try {
    for (const key of stage.keys) await stage.request(key);
    for (const key of stage.keys) await stage.open(key);
    const { productUrl } = await client.info();
    const dog = stage.watchdog({
      WATCHDOG_HEALTH_URL: `${productUrl}/healthz`,
      WATCHDOG_SILENCE_MINUTES: '10',
      WATCHDOG_POLL_SECONDS: '10',
      WATCHDOG_STATE_FILE: join(stage.dataDir, 'watchdog.json'),
      TENANT_ID: env.TENANT_ID ?? '',
    });
    await stage.until('the watchdog can read the group', async () => dog.output().includes('watchdog-ready'));

    await client.product('kill');
    const from = await stage.now();
    await stage.until('the watchdog notices', async () => dog.output().includes('watchdog-silence'), 2_000);
    must((await stage.members()).length === 3, 'a short silence is no reason');
    await stage.until('the group is empty', async () => (await stage.members()).length === 0, STEP);
    const after = (await stage.now()) - from;
    must(after <= WATCHDOG_BOUND, `the group was empty after ${seconds(after)}`);
    await stage.until('the watchdog says so', async () => dog.output().includes('"event":"watchdog-acted"'));
    await dog.stop();

    // And should the host come back after all, it finds out and closes what it had opened.
    await client.advance(60 * MINUTE);
    await client.product('start');
    const told = await stage.until(
      'all are told in the end',
      async () =>
        (await Promise.all(stage.keys.map((key) => stage.told(key, /set-up window has closed/i)))).every(Boolean),
      1_000,
      90_000,
    );
    await stage.verifyLedger();
    return [
      {
        outage: 'host gone for good, 3 windows, watchdog',
        done: 'the watchdog took all three out and ended their sessions',
        said: 'the watchdog: event watchdog-acted, with who was removed; to the people nothing',
        after: `${(after / MINUTE).toFixed(1)} min after the host was gone`,
      },
      {
        outage: '  host back after an hour',
        done: 'the windows closed as lapsed, passes deleted',
        said: `"${await stage.lastWords(client.person(stage.keys[0] ?? ''))}"`,
        after: `told within ${seconds(told)} of its start`,
      },
    ];
  } finally {
    await stage.stop();
  }
}

/** The host is gone and nothing else watches: with PIM for Groups the membership ends by itself. */
export async function hostGonePim(): Promise<Finding[]> {
  const stage = await createStage(2, { MEMBERSHIP_MODE: 'pim' });
  const { client } = stage;
  try {
    for (const key of stage.keys) await stage.request(key);
    for (const key of stage.keys) await stage.open(key);
    await client.product('kill');
    const records = await client.records();
    const joined = records.tenant.findLast(({ kind }) => kind === 'member-added')?.at ?? 0;
    let empty = 0;
    for (let passed = 0; passed <= 2 * PIM_BOUND && empty === 0; passed += STEP) {
      await client.advance(STEP);
      if (passed % (10 * STEP) === 0) await pause(20);
      if ((await stage.members()).length === 0) empty = await stage.now();
    }
    must(empty > 0, 'Entra takes them out by itself');
    must(empty - joined <= PIM_BOUND, `the group was empty ${(empty - joined) / MINUTE} min after the last one joined`);
    return [
      {
        outage: 'host gone for good, 2 windows, mode pim',
        done: "Entra's own timer took both out; no process of ours ran",
        said: 'nothing to anybody',
        after: `${((empty - joined) / MINUTE).toFixed(1)} min after they joined (deadline 60 min)`,
      },
    ];
  } finally {
    await stage.stop();
  }
}
