import { below, type Figure, figure, spread } from './figures';
import { approveAndShow, ready, type Shown } from './people';
import { createRig } from './rig';
import { pause } from './watch';

const SIDE_BY_SIDE = 5;

export interface ClicksOptions {
  readonly engine: string;
  readonly databaseUrl: string | undefined;
  readonly clicks: number;
}

/** From a manager's click to the pass on the manager's screen: alone, and several managers at a time. */
export async function clicks({ engine, databaseUrl, clicks: count }: ClicksOptions): Promise<Figure[]> {
  // Each has a manager of her own, so that cards come in chats of their own; one more to warm up.
  const each = count + 1;
  const rig = await createRig({ crowd: 4 * each, databaseUrl });
  try {
    const pairs = rig.crowd.slice(0, 2 * each).map((subject, index) => {
      const manager = rig.crowd[2 * each + index];
      if (!manager) throw new Error('the crowd is too small');
      subject.managerId = manager.id;
      return { subject, manager: rig.client.person(manager.key) };
    });
    await rig.start();
    // Somebody else asks for each thirty of them: a chat takes one card in two seconds.
    const priya = rig.client.person('priya');
    for (const { subject } of pairs) {
      const { status } = await priya.say(`@onboard ${subject.userPrincipalName}`);
      if (status >= 300) throw new Error(`the request was answered ${status}`);
    }
    for (const { manager } of pairs) await ready(manager, 'approve-and-show');
    await pause(2_000);

    const one = async ({ manager, subject }: (typeof pairs)[number]) => approveAndShow(rig, manager, subject);
    const [first, ...rest] = pairs;
    if (first) await one(first);
    const alone: Shown[] = [];
    for (const pair of rest.slice(0, count)) alone.push(await one(pair));
    const waiting = rest.slice(count, 2 * count);
    const busy: Shown[] = [];
    await Promise.all(
      Array.from({ length: SIDE_BY_SIDE }, async () => {
        for (let pair = waiting.shift(); pair; pair = waiting.shift()) busy.push(await one(pair));
      }),
    );
    const again = (shown: readonly Shown[]) => shown.filter(({ presses }) => presses > 1).length;
    const ms = (shown: readonly Shown[]) => spread(shown.map((each) => each.ms));
    return [
      below(figure('click', `approval click to pass, one at a time; ${engine}`, 'ms', ms(alone)), 1_000, 'p99'),
      figure('click', `approval click to pass, ${SIDE_BY_SIDE} at a time; ${engine}`, 'ms', ms(busy)),
      figure('click', `had to press again; ${engine}`, '', again(alone) + again(busy)),
      figure('click', `memory after ${alone.length + busy.length} windows opened; ${engine}`, 'MB', rig.memory()),
    ];
  } finally {
    await rig.stop();
  }
}
