import fc from 'fast-check';
import { FIRST_WATCH, look, mustAct } from '../../bot/watchdog/decide';

const LIMIT = 600_000;
const START = 1_800_000_000_000;

function after(looks: readonly (readonly [gap: number, silent: boolean])[]) {
  let now = START;
  let watch = FIRST_WATCH;
  for (const [gap, silent] of looks) {
    now += gap;
    watch = look(watch, silent, now, LIMIT);
  }
  return watch;
}
const acts = (looks: readonly (readonly [gap: number, silent: boolean])[]) => mustAct(after(looks), LIMIT);
const every30s = (count: number): [number, boolean][] => Array.from({ length: count }, () => [30_000, true]);

test('ten minutes of silence, looked at every half minute', () => {
  expect(acts(every30s(20))).toBe(false);
  expect(acts(every30s(21))).toBe(true);
});

test('one answer in between, and counting begins anew', () => {
  expect(acts([...every30s(20), [30_000, false], ...every30s(20)])).toBe(false);
});

test('a machine that slept, or a clock that was set, is no silence', () => {
  expect(
    acts([
      [0, true],
      [8 * 3_600_000, true],
    ]),
  ).toBe(false);
  expect(
    acts([
      [0, true],
      [LIMIT, true],
    ]),
  ).toBe(false);
  expect(acts([...every30s(20), [-3_600_000, true]])).toBe(false);
  expect(acts([...every30s(20), [LIMIT + 1, true]])).toBe(false);
});

test('while it is silent the count stays at the limit', () => {
  expect(after(every30s(500)).silentFor).toBe(LIMIT);
});

test('never before three looks in a row have failed, whatever the times; always after the limit of steady looks', () => {
  const looks = fc.array(fc.tuple(fc.integer({ min: -2 * LIMIT, max: 2 * LIMIT }), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(looks, (sequence) => {
      if (!acts(sequence)) return;
      expect(sequence.slice(-3).map(([, silent]) => silent)).toEqual([true, true, true]);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(looks, fc.integer({ min: 1_000, max: LIMIT / 2 }), (sequence, poll) => {
      const steady = Array.from({ length: Math.ceil(LIMIT / poll) + 1 }, (): [number, boolean] => [poll, true]);
      expect(acts([...sequence, ...steady])).toBe(true);
    }),
  );
});
