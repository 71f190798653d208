import fc from 'fast-check';
import { readStart } from '../../bot/teams/start-time';
import { epochOf, wallTime } from '../../bot/teams/wall-time';

/** Monday 23 Nov 2026, 12:00 UTC: 13:00 in Berlin, 07:00 in New York. */
const now = Date.UTC(2026, 10, 23, 12);
const read = (text: string, zone = 'Europe/Berlin') => readStart(text.split(' '), { now, zone });
const at = (text: string, zone?: string) => {
  const found = read(text, zone);
  return found && 'startAt' in found ? new Date(found.startAt).toISOString() : found;
};

test.each([
  ['on 1 Dec 09:00', '2026-12-01T08:00'],
  ['1 Dec 09:00', '2026-12-01T08:00'],
  ['on 1st December 2026 at 9:00', '2026-12-01T08:00'],
  ['on Dec 1, 9am', '2026-12-01T08:00'],
  ['on 1.12. 9:00', '2026-12-01T08:00'],
  ['on 1.12.2026 9:00', '2026-12-01T08:00'],
  ['on 2026-12-01 09:00', '2026-12-01T08:00'],
  ['2026-12-01T09:00', '2026-12-01T08:00'],
  ['2026-12-01T09:00Z', '2026-12-01T09:00'],
  ['2026-12-01T09:00:00+02:00', '2026-12-01T07:00'],
  ['tomorrow 9:00', '2026-11-24T08:00'],
  ['tomorrow at 9', null],
  ['9am tomorrow', '2026-11-24T08:00'],
  ['at 14:30', '2026-11-23T13:30'],
  ['at 2:30 pm', '2026-11-23T13:30'],
  ['at 12am tomorrow', '2026-11-23T23:00'],
  ['today 18:00', '2026-11-23T17:00'],
  ['on monday 9:00', '2026-11-30T08:00'],
  ['on monday 14:00', '2026-11-23T13:00'],
  ['wed 9:00', '2026-11-25T08:00'],
  ['on 25/11 9:00', '2026-11-25T08:00'],
  ['on 11/25 9:00', '2026-11-25T08:00'],
  ['on 12/12 9:00', '2026-12-12T08:00'],
  ['in 2 hours', '2026-11-23T14:00'],
  ['in 30 min', '2026-11-23T12:30'],
  ['on 1 Dec 09:00 UTC', '2026-12-01T09:00'],
  ['on 1 Dec 09:00 UTC-5', '2026-12-01T14:00'],
  ['on 1 Dec 09:00 Asia/Kolkata', '2026-12-01T03:30'],
  ['at 14:30 on 1 Dec', '2026-12-01T13:30'],
])('%s', (text, expected) => {
  if (expected === null) expect(read(text)).toMatchObject({ problem: { why: 'no-time' } });
  else expect(at(text)).toBe(`${expected}:00.000Z`);
  const found = read(`${text} INC4711`);
  if (expected !== null) expect(found).toMatchObject({ used: text.split(' ').length });
});

test.each([
  ['on 3/4', 'ambiguous', '3 Apr 09:00, 4 Mar 09:00'],
  ['on 3/4/2027 10:15', 'ambiguous', '3 Apr 10:15, 4 Mar 10:15'],
  ['on 3.4 9:00', 'ambiguous', '3 Apr 09:00, 4 Mar 09:00'],
  ['on 1 Dec', 'no-time', '1 Dec 09:00'],
  ['tomorrow', 'no-time', 'tomorrow 09:00'],
  ['at 9:00', 'past', 'tomorrow 09:00'],
  ['today 9:00', 'past', 'tomorrow 09:00'],
  ['on 1 Nov 9:00', 'past', undefined],
  ['on 2026-11-01 9:00', 'past', undefined],
  ['on 31 Feb 9:00', 'no-such-time', undefined],
  ['on 2027-02-29 9:00', 'no-such-time', undefined],
  ['at 25:00', 'unreadable', '1 Dec 09:00'],
  ['on 45/13 9:00', 'unreadable', '1 Dec 09:00'],
  ['on 1 Dec 09:00 CST', 'unreadable', '1 Dec 09:00 Europe/London'],
  ['on 1 Dec 09:00 Mars/Olympus', 'unreadable', '1 Dec 09:00 Europe/London'],
])('%s is refused: %s', (text, why, suggestion) => {
  expect(read(text)).toMatchObject({ problem: { code: 'start-unusable', why, ...(suggestion ? { suggestion } : {}) } });
});

test.each(['jane', 'may brown', 'march', 'on call', 'at large', 'friday', 'mon ami', 'in person', '4711', 'dec 99th'])(
  '%s is no start',
  (text) => {
    expect(read(text)).toBeNull();
  },
);

test('around the turn of the year the next one is meant', () => {
  const late = Date.UTC(2026, 11, 20, 12);
  const found = readStart('on 5 Jan 09:00'.split(' '), { now: late, zone: 'UTC' });
  expect(found).toMatchObject({ startAt: Date.UTC(2027, 0, 5, 9) });
});

test('the hour that clocks leave out is refused, and of the hour that comes twice it is the first', () => {
  const spring = Date.UTC(2027, 2, 20);
  const autumn = Date.UTC(2027, 9, 20);
  const there = (text: string, from: number) => readStart(text.split(' '), { now: from, zone: 'Europe/Berlin' });
  expect(there('on 28 Mar 02:30', spring)).toMatchObject({ problem: { why: 'no-such-time' } });
  expect(there('on 28 Mar 03:30', spring)).toMatchObject({ startAt: Date.UTC(2027, 2, 28, 1, 30) });
  expect(there('on 31 Oct 02:30', autumn)).toMatchObject({ startAt: Date.UTC(2027, 9, 31, 0, 30) });
});

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'America/St_Johns'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number: number) => String(number).padStart(2, '0');

test('whatever moment lies ahead, written in the way of its zone it is read as that moment, or as the other of two', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 1, max: 40 * 24 * 60 }),
      fc.integer({ min: 0, max: 3 * 365 * 24 }),
      (zone, minutesAhead, hoursOn) => {
        const from = now + hoursOn * 3_600_000;
        const moment = Math.floor((from + minutesAhead * 60_000) / 60_000) * 60_000 + 60_000;
        const wall = wallTime(moment, zone);
        const clock = `${two(wall.hour)}:${two(wall.minute)}`;
        for (const text of [
          `on ${wall.day} ${MONTHS[wall.month - 1]} ${clock}`,
          `${wall.year}-${two(wall.month)}-${two(wall.day)} ${clock}`,
          `${wall.year}-${two(wall.month)}-${two(wall.day)}T${clock}`,
        ]) {
          const found = readStart(text.split(' '), { now: from, zone });
          const startAt = found && 'startAt' in found ? found.startAt : Number.NaN;
          expect([text, zone, wallTime(startAt, zone)]).toEqual([text, zone, wall]);
          expect(startAt).toBeGreaterThanOrEqual(from);
          expect(Math.abs(startAt - moment)).toBeLessThanOrEqual(3_600_000);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('nothing that is read lies behind, whatever was typed, and nothing throws', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'on',
      'at',
      'in',
      'tomorrow',
      'today',
      'monday',
      '9:00',
      '9am',
      '1',
      '31',
      'Dec',
      'Feb',
      '2026',
      '3/4',
    ),
    fc.constantFrom('2026-12-01', '1.12.', 'UTC', 'UTC+25', 'Europe/Berlin', 'CET', '24:00', '00:60', '0/0', 'pm', ','),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 7 }), fc.constantFrom(...zones), (words, zone) => {
      const found = readStart(words, { now, zone });
      if (!found) return;
      expect(found.used).toBeGreaterThan(0);
      expect(found.used).toBeLessThanOrEqual(words.length);
      if ('startAt' in found) expect(found.startAt).toBeGreaterThanOrEqual(now);
    }),
    { numRuns: 2_000 },
  );
});

test('there and back: a wall time that exists is found again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 20 * 365 * 24 * 4 }), (zone, quarters) => {
      const moment = Date.UTC(2020, 0, 1) + quarters * 900_000;
      const back = epochOf(wallTime(moment, zone), zone);
      expect(back).not.toBeNull();
      expect(wallTime(back ?? 0, zone)).toEqual(wallTime(moment, zone));
    }),
    { numRuns: 500 },
  );
});
