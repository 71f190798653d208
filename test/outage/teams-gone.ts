import { createStage, ENDED, type Finding, must, pause, seconds } from './stage';

const HOUR = 3_600_000;

/** Every send to Teams fails. Exits need nobody to be told: by a passkey, by the command line, by the deadline. */
export async function teamsGone(): Promise<Finding[]> {
  const stage = await createStage(3);
  const { client } = stage;
  const [proven, stopped, late] = stage.keys as [string, string, string];
  try {
    for (const key of stage.keys) await stage.request(key);
    const pass = await stage.open(proven);
    await stage.open(stopped);
    await stage.open(late);

    await client.behave({ teamsStatus: 503 });
    await stage.register(proven, pass);
    const byProof = await stage.until('the one with a passkey is out', async () => !(await stage.isIn(proven)));
    await stage.until(
      'her pass is gone, and it is all over for her',
      async () => (await client.records()).tenant.some((each) => each.kind === 'pass-deleted'),
      500,
    );
    const { code, out } = await stage.onboard('stop', 'ONB-2');
    must(code === 0 && !(await stage.isIn(stopped)), `onboard stop takes one out with Teams gone: ${out.trim()}`);
    must(await stage.isIn(late), 'the third is still in');
    await client.advance(HOUR + 1_000);
    const byDeadline = await stage.until('the one whose time is over is out', async () => !(await stage.isIn(late)));
    await pause(500);
    const early = await Promise.all(stage.keys.map((key) => stage.told(key, ENDED)));
    must(!early.includes(true), 'nobody could be told while Teams was gone');
    const failed = stage.log().filter(({ event }) => event === 'not-delivered').length;
    must(failed > 0, 'the log says that messages were not delivered');

    await client.behave({ teamsStatus: 0 });
    const told = await stage.until(
      'everybody is told of the end',
      async () => (await Promise.all(stage.keys.map((key) => stage.told(key, ENDED)))).every(Boolean),
      2_000,
      90_000,
    );
    const words = await Promise.all(stage.keys.map((key) => stage.lastWords(client.person(key))));
    await stage.mustNotHaveDied();
    await stage.mustKeepPromises([], 60_000);
    await stage.verifyLedger();
    return [
      {
        outage: 'Teams gone, 3 windows',
        done: 'out by passkey, by `onboard stop`, and by the deadline',
        said: `nothing to anybody; the log: not-delivered ${failed} times`,
        after: `${seconds(byProof)} after the passkey, ${seconds(byDeadline)} after the deadline`,
      },
      {
        outage: '  Teams back',
        done: 'what was owed was sent, once',
        said: words.map((each) => `"${each}"`).join(', '),
        after: `told within ${seconds(told)}`,
      },
    ];
  } finally {
    await stage.stop();
  }
}
