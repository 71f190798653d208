import { createPace } from '../../bot/teams/pace';

/** What Teams documents for a bot, for one conversation and for all of a tenant: [how many, in how many ms]. */
const CONVERSATION = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
] as const;

/** The most that fell into any span of so many ms. */
function most(times: readonly number[], span: number): number {
  let best = 0;
  let from = 0;
  times.forEach((time, index) => {
    while ((times[from] ?? time) <= time - span) from++;
    best = Math.max(best, index - from + 1);
  });
  return best;
}

/** Sends as fast as it may; when each was let through. */
function drive(count: number, lanes: number, cost = 1): { lane: string; at: number }[] {
  const pace = createPace();
  const sent: { lane: string; at: number }[] = [];
  let now = 1_000_000;
  for (let n = 0; n < count; n++) {
    const lane = `lane-${n % lanes}`;
    for (let wait = pace.take(lane, now, cost); wait > 0; wait = pace.take(lane, now, cost)) now += Math.ceil(wait);
    sent.push({ lane, at: now });
  }
  return sent;
}

test('one conversation is never written to more often than Teams allows, for hours', () => {
  const times = drive(5_000, 1).map(({ at }) => at);
  for (const [limit, span] of CONVERSATION) expect(most(times, span)).toBeLessThanOrEqual(limit);
  // And not much slower than it allows: a limit that is never met would make people wait for nothing.
  expect(most(times, 30_000)).toBeGreaterThan(50);
  expect(most(times, 3_600_000)).toBeGreaterThan(1_700);
});

test('sixty cards in one conversation take half a minute', () => {
  const times = drive(60, 1).map(({ at }) => at);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(31_000);
});

test.each([1, 2])('all conversations together stay under fifty a second, at %s requests each', (cost) => {
  const sent = drive(2_000, 500, cost);
  expect(
    most(
      sent.map(({ at }) => at),
      1_000,
    ) * cost,
  ).toBeLessThanOrEqual(50);
  expect(
    most(
      sent.map(({ at }) => at),
      1_000,
    ) * cost,
  ).toBeGreaterThan(30);
});

test('deliveries that come up to a third of a second late still stay under fifty a second together', () => {
  let seed = 7;
  const late = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % 333;
  };
  const arrived = drive(3_000, 500).map(({ at }) => at + late());
  expect(
    most(
      arrived.sort((a, b) => a - b),
      1_000,
    ),
  ).toBeLessThanOrEqual(50);
  const bunched = drive(3_000, 500).map(({ at }) =>
    Math.floor(at / 5_000) % 2 === 0 ? Math.ceil(at / 333) * 333 : at,
  );
  expect(
    most(
      bunched.sort((a, b) => a - b),
      1_000,
    ),
  ).toBeLessThanOrEqual(50);
});

test('a conversation that Teams closed for a while holds up no other', () => {
  const pace = createPace();
  pace.hold('busy', 5_000);
  expect(pace.take('busy', 1_000)).toBe(4_000);
  expect(pace.take('other', 1_000)).toBe(0);
  pace.hold('busy', 2_000);
  expect(pace.take('busy', 4_999)).toBe(1);
  expect(pace.take('busy', 5_000)).toBe(0);
});

test('a clock that is set back makes nobody wait longer than a window', () => {
  const pace = createPace();
  for (let n = 0; n < 6; n++) pace.take('a', 10 * 3_600_000);
  expect(pace.take('a', 3_600_000)).toBeLessThanOrEqual(3_600_000);
  expect(pace.take('b', 3_600_000)).toBeLessThanOrEqual(1_000);
});

test('conversations without number take no memory without bound', () => {
  const pace = createPace();
  for (let n = 0; n < 12_000; n++) expect(pace.take(`lane-${n}`, n * 100)).toBe(0);
});
