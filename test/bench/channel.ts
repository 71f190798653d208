import type { TeamsRecord } from '../../playground/contract';
import { below, type Figure, figure, spread } from './figures';
import { approveAndShow, ready } from './people';
import { createRig, type Rig } from './rig';
import { pause } from './watch';

const SIDE_BY_SIDE = 8;
const LIMIT = 600_000;
/** Nothing more was written for so long: it is over. Longer than a board waits between two edits. */
const QUIET = 12_000;

type Written = Extract<TeamsRecord, { readonly kind: 'sent' | 'edited' }>;

/** The most of these that fell into any span of so many ms. */
export function most(times: readonly number[], span: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let best = 0;
  let from = 0;
  sorted.forEach((time, index) => {
    while ((sorted[from] ?? time) <= time - span) from++;
    best = Math.max(best, index - from + 1);
  });
  return best;
}

/**
 * Many onboardings asked for in one place at once, each carried to its pass and stopped. The local Teams enforces what
 * Teams documents; here it is counted how near the product comes, and how often a card is edited.
 */
export async function channel(where: 'channel' | 'group', count: number): Promise<Figure[]> {
  // Graph's own allowance would hold up the requests; what is measured here is how Teams is written to.
  const rig = await createRig({ crowd: 2 * count, set: { GRAPH_BUDGET_PERCENT: '100' } });
  try {
    const pairs = rig.crowd.slice(0, count).map((subject, index) => {
      const manager = rig.crowd[count + index];
      if (!manager) throw new Error('the crowd is too small');
      subject.managerId = manager.id;
      return { subject, manager: rig.client.person(manager.key) };
    });
    await rig.start();
    const priya = rig.client.person('priya');
    const began = Date.now();
    await inTurns(pairs, async ({ subject }) => {
      const line = `onboard ${subject.userPrincipalName}`;
      const { status } = await priya.say(line, where);
      if (status >= 300) throw new Error(`the request was answered ${status}`);
    });
    const askedMs = Date.now() - began;
    await inTurns(pairs, async ({ manager }) => ready(manager, 'approve-and-show'));
    const allAskedMs = Date.now() - began;
    await inTurns(pairs, async ({ manager, subject }) => approveAndShow(rig, manager, subject));
    await inTurns(pairs, async ({ manager }) => manager.clickOn(await ready(manager, 'stop')));
    await quiet(rig);
    return figuresOf(rig, where, count, { askedMs, allAskedMs });
  } finally {
    await rig.stop();
  }
}

function figuresOf(
  rig: Rig,
  where: 'channel' | 'group',
  count: number,
  { askedMs, allAskedMs }: { readonly askedMs: number; readonly allAskedMs: number },
): Figure[] {
  const written = writtenBy(rig);
  const chats = by(written, ({ conversation }) => conversation);
  const there = written.filter(({ conversation }) =>
    (where === 'channel' ? /@thread\.tacv2/ : /@thread\.v2/).test(conversation),
  );
  const busiest = (span: number) =>
    Math.max(
      ...[...chats.values()].map((each) =>
        most(
          each.map(({ at }) => at),
          span,
        ),
      ),
    );
  const messages = [...by(there, ({ messageId }) => messageId).values()];
  const edits = messages
    .map((each) => each.filter(({ kind }) => kind === 'edited').length)
    .filter((count) => count > 0);
  const refused = rig.journal.teams.filter((record) => record.kind === 'refused' && record.status === 429).length;
  const name = `${count} onboardings at once in one ${where}`;
  const all = most(
    written.map(({ at }) => at),
    1_000,
  );
  return [
    below(figure('channel', `${name}: writes to one conversation in a second`, '', busiest(1_000)), 7.5),
    below(figure('channel', `${name}: in 2 s`, '', busiest(2_000)), 8.5),
    below(figure('channel', `${name}: in 30 s`, '', busiest(30_000)), 60.5),
    below(figure('channel', `${name}: writes to the whole tenant in a second`, '', all), 50.5),
    below(figure('channel', `${name}: refused by Teams as too many`, '', refused), 0.5),
    figure('channel', `${name}: messages there`, '', messages.length),
    figure('channel', `${name}: edits of each card that was edited`, '', spread(edits)),
    figure('channel', `${name}: until all lines were taken`, 's', askedMs / 1_000),
    figure('channel', `${name}: until every manager was asked`, 's', allAskedMs / 1_000),
    figure('channel', `${name}: from the first line to the last write`, 's', span(written) / 1_000),
  ];
}

function by<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const span = (written: readonly Written[]) => (written.at(-1)?.at ?? 0) - (written[0]?.at ?? 0);

function writtenBy(rig: Rig): Written[] {
  return rig.journal.teams.filter((record): record is Written => record.kind === 'sent' || record.kind === 'edited');
}

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (let item = waiting.shift(); item; item = waiting.shift()) await act(item);
    }),
  );
}

/** Until nobody is in the group and nothing more is written. */
async function quiet(rig: Rig): Promise<void> {
  const until = Date.now() + LIMIT;
  for (let last = -1, since = Date.now(); ; ) {
    const now = writtenBy(rig).length;
    if (now !== last) since = Date.now();
    last = now;
    if (Date.now() - since > QUIET) return;
    if (Date.now() > until) throw new Error('it does not come to an end');
    await pause(500);
  }
}
