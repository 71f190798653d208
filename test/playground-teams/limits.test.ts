import { createLimits } from '../../playground/teams/limits';

/** Tries to send `times` times, `gapMs` apart; answers how many were let through. */
function attempt(kind: 'send' | 'read', times: number, gapMs: number, lanes = 1): number {
  let now = 1_000_000;
  const limits = createLimits(() => now);
  let through = 0;
  for (let tried = 0; tried < times; tried++) {
    if (limits.take(kind, `c${tried % lanes}`) === 0) through += 1;
    now += gapMs;
  }
  return through;
}

test.each([
  ['7 sends in a second', 'send', 20, 0, 1, 7],
  ['8 sends in two seconds', 'send', 19, 100, 1, 8],
  ['60 sends in half a minute', 'send', 119, 250, 1, 60],
  ['1800 sends in an hour', 'send', 3_599, 1_000, 1, 1_800],
  ['14 reads in a second', 'read', 20, 0, 1, 14],
  ['16 reads in two seconds', 'read', 19, 100, 1, 16],
  ['50 requests in a second over all threads', 'send', 200, 0, 100, 50],
] as const)('lets through %s', (_what, kind, times, gapMs, lanes, expected) => {
  expect(attempt(kind, times, gapMs, lanes)).toBe(expected);
});

test('says how long to wait, and lets through after that', () => {
  let now = 5_000;
  const limits = createLimits(() => now);
  for (let sent = 0; sent < 7; sent++) limits.take('send', 'c');
  now += 400;
  expect(limits.take('send', 'c')).toBe(600);
  now += 599;
  expect(limits.take('send', 'c')).toBe(1);
  now += 1;
  expect(limits.take('send', 'c')).toBe(0);
});
