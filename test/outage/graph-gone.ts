import { createStage, ENDED, type Finding, must, pause, seconds } from './stage';

const METHODS = ['GET', 'POST', 'DELETE', 'PATCH'];
const HOUR = 3_600_000;
const STEP = 300_000;
/** After Graph is back: the longest pause between two tries of an exit, the sweep, and the work itself. */
const BOUND = 60_000;

/** Graph does not answer for an hour in which every one of `count` windows comes to its end. */
export async function graphGone(count: number): Promise<Finding[]> {
  const stage = await createStage(count);
  const { client, keys, card } = stage;
  try {
    const began = performance.now();
    for (const key of keys) await stage.request(key);
    for (const [index, key] of keys.entries()) {
      await stage.open(key);
      const done = index + 1;
      const took = (performance.now() - began) / 1_000;
      if (done % 10 === 0 && done < count)
        process.stdout.write(
          `  ${done} of ${count} windows open, ${Math.round(took)} s; about ${Math.round((took / done) * (count - done))} s more\n`,
        );
    }
    must((await stage.members()).length === count, `${count} people are in the group`);

    const from = await stage.now();
    await client.behave({
      faults: METHODS.map((method) => ({ method, path: '.', do: 'refuse' as const, times: 1_000_000_000 })),
    });
    const one = keys[0] ?? '';
    const answer = await stage.press(one, 'show-pass');
    await stage.request('jane');
    // A chat takes so many messages and no more, and hers has a hundred cards to keep up to date.
    const answered = () => stage.priya.found(/does not answer/);
    await stage.until('priya is told that Entra does not answer', answered, 1_000);
    const words = (await answered())?.text ?? '';
    must(/does not answer|Getting ready/.test(answer?.words ?? ''), `mo is told the same, and not: ${answer?.words}`);
    for (let passed = 0; passed < HOUR; passed += STEP) {
      await client.advance(STEP);
      await pause(500);
    }
    must((await stage.members()).length === count, 'nobody could be taken out');
    const early = await Promise.all(keys.map((key) => stage.told(key, ENDED)));
    must(!early.includes(true), 'nobody was told that it had ended, because nobody had read that');
    await stage.mustNotHaveDied();

    await client.behave({ faults: [] });
    const to = await stage.now();
    const empty = await stage.until('the group is empty', async () => (await stage.members()).length === 0, 0, 120_000);
    must(
      empty <= BOUND,
      `the group was empty ${seconds(empty)} after Graph was back, and not within ${seconds(BOUND)}`,
    );
    const revoked = await stage.until(
      'sessions of all are revoked',
      async () => {
        const { tenant } = await client.records();
        const of = new Set(tenant.flatMap((each) => (each.kind === 'sessions-revoked' ? [each.userId] : [])));
        return keys.every((key) => of.has(card(key).id));
      },
      0,
      120_000,
    );
    const told = await stage.until(
      'everybody was told',
      async () => (await Promise.all(keys.map((key) => stage.told(key, ENDED)))).every(Boolean),
      3_000,
      180_000,
    );
    const end = await stage.lastWords(client.person(one));
    await stage.mustKeepPromises([{ from, to: to + BOUND }], 60_000);
    await stage.verifyLedger();
    return [
      {
        outage: `Graph gone for 1 h, ${count} windows`,
        done: 'nothing could be; exits tried again and again, no window forgotten',
        said: `helpdesk: "${words}"`,
        after: 'at once',
      },
      {
        outage: '  Graph back',
        done: `${count} of ${count} out of the group; sessions revoked`,
        said: `each of them: "${end}"`,
        after: `out ${seconds(empty)}, revoked ${seconds(empty + revoked)}, told ${seconds(empty + revoked + told)}`,
      },
    ];
  } finally {
    await stage.stop();
  }
}
