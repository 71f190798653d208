import { knownZone } from '../../cards/render';
import type { Refusal } from '../onboarding/refusal';
import { epochOf, plusDays, type WallTime, wallTime, weekdayOf, type Zone } from './wall-time';

/** What a start is read with. */
export interface Here {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of whoever types; a zone that stands in the line goes before it. */
  readonly zone: string;
}

type Problem = Extract<Refusal, { code: 'start-unusable' }>;

/** A start that was found in a line. `used` counts its words. */
export type Found =
  | { readonly used: number; readonly startAt: number }
  | { readonly used: number; readonly problem: Problem };

const INTRO = /^(?:on|at|from|starting|starts?|begin(?:s|ning)?)$/i;
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december'],
];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MINUTE = 60_000;

type Day =
  | { readonly kind: 'date'; readonly day: number; readonly month: number; readonly year?: number }
  | { readonly kind: 'ahead'; readonly days: number }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'two-ways'; readonly a: number; readonly b: number };

interface Time {
  readonly hour: number;
  readonly minute: number;
}

interface Read<T> {
  readonly value: T;
  readonly used: number;
}

/**
 * Reads the start that begins with the first word, if one does. Words that only look like the beginning of a start are
 * left alone (`null`), unless what introduces them (`on`, `at`) can mean nothing else: then the problem is named, with a
 * way to write it. Nothing is guessed: neither the order of day and month, nor a time of day.
 */
export function readStart(words: readonly string[], here: Here): Found | null {
  const intro = INTRO.test(words[0] ?? '') ? 1 : 0;
  const rest = words.slice(intro);
  const relative = readRelative(rest, here);
  if (relative) return { ...relative, used: relative.used + intro };

  const stamp = readStamp(rest);
  const day = stamp ?? readDay(rest);
  const afterDay = day?.used ?? 0;
  const glue = day && /^(?:at|,)$/i.test(rest[afterDay] ?? '') ? 1 : 0;
  const time = stamp ? { value: stamp.time, used: 0 } : readTime(rest.slice(afterDay + glue));
  let used = time ? afterDay + glue + time.used : afterDay;
  // `14:30 on 1 Dec`, `9am tomorrow`.
  let after: Read<Day> | null = null;
  if (time && !day) {
    const on = /^on$/i.test(rest[used] ?? '') ? 1 : 0;
    after = readDay(rest.slice(used + on));
    if (after) used += on + after.used;
  }
  const when = day ?? after;
  if (!when && !time) return intro === 1 && /\d/.test(rest[0] ?? '') ? unreadable(intro, rest) : null;
  // A weekday or a month may be a name.
  if (intro === 0 && when && !time && when.value.kind === 'weekday') return null;
  if (when?.value.kind === 'two-ways') return problem(intro + used, 'ambiguous', twoWays(when.value, time?.value));
  if (!time) return problem(intro + used, 'no-time', `${rest.slice(0, used).join(' ')} 09:00`);

  const zone = stamp?.zone === undefined ? readZone(rest[used]) : { value: stamp.zone, used: 0 };
  if (zone === 'unknown')
    return problem(intro + used + 1, 'unreadable', `${rest.slice(0, used).join(' ')} Europe/London`);
  const found = resolve(when?.value, time.value, zone?.value ?? here.zone, here.now);
  const all = intro + used + (zone?.used ?? 0);
  return 'startAt' in found ? { used: all, startAt: found.startAt } : problem(all, found.why, found.suggestion);
}

function problem(used: number, why: Problem['why'], suggestion?: string): Found {
  return { used, problem: { code: 'start-unusable', why, ...(suggestion === undefined ? {} : { suggestion }) } };
}

function unreadable(intro: number, rest: readonly string[]): Found {
  return problem(intro + rest.length, 'unreadable', '1 Dec 09:00');
}

/** `in 2 hours`, `in 30 min`. */
function readRelative(words: readonly string[], { now }: Here): { used: number; startAt: number } | null {
  const [word = '', count = '', unit = ''] = words;
  if (!/^in$/i.test(word) || !/^\d{1,3}$/.test(count)) return null;
  const length = /^h(?:(?:ou)?rs?)?$/i.test(unit) ? 60 : /^min(?:ute)?s?$/i.test(unit) ? 1 : 0;
  return length === 0 ? null : { used: 3, startAt: now + Number(count) * length * MINUTE };
}

/** `2026-12-01T09:00`, with or without a zone. */
function readStamp(
  words: readonly string[],
): (Read<Extract<Day, { kind: 'date' }>> & { time: Time; zone?: Zone }) | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)t(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(z|[+-]\d\d:?\d\d)?$/i.exec(words[0] ?? '');
  if (!match) return null;
  const [, year, month, day, clock = '', offset] = match;
  const time = readTime([clock]);
  const zone = offset === undefined ? null : readZone(offset);
  if (!time || zone === 'unknown') return null;
  return {
    value: { kind: 'date', year: Number(year), month: Number(month), day: Number(day) },
    used: 1,
    time: time.value,
    ...(zone ? { zone: zone.value } : {}),
  };
}

function readDay(words: readonly string[]): Read<Day> | null {
  const [first = '', second = '', third = ''] = words.slice(0, 3).map((word) => word.replace(/,$/, '').toLowerCase());
  if (first === 'today') return { value: { kind: 'ahead', days: 0 }, used: 1 };
  if (first === 'tomorrow') return { value: { kind: 'ahead', days: 1 }, used: 1 };
  const weekday = WEEKDAYS.findIndex((name) => name === first || (first.length >= 3 && name.slice(0, 3) === first));
  if (weekday >= 0) return { value: { kind: 'weekday', weekday }, used: 1 };
  const iso = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(first);
  if (iso) return date(Number(iso[3]), Number(iso[2]), Number(iso[1]), 1);
  const dotted = /^(\d\d?)\.(\d\d?)\.(\d{4})?$/.exec(first);
  if (dotted) return date(Number(dotted[1]), Number(dotted[2]), dotted[3] ? Number(dotted[3]) : undefined, 1);
  const slashed = /^(\d\d?)[/.-](\d\d?)(?:[/.-](\d{4}|\d\d))?$/.exec(first);
  if (slashed) return readSlashed(Number(slashed[1]), Number(slashed[2]), slashed[3]);
  return readNamed(first, second, third) ?? readNamed(second, first, third);
}

/** Only one order is possible where one of the two is no month; a year of two digits says nothing of the order. */
function readSlashed(a: number, b: number, year: string | undefined): Read<Day> | null {
  if (a > 31 || b > 31 || (a > 12 && b > 12) || a === 0 || b === 0) return null;
  const full = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year);
  if (a === b || b > 12) return date(b, a, full, 1);
  if (a > 12) return date(a, b, full, 1);
  return { value: { kind: 'two-ways', a, b }, used: 1 };
}

/** `1 Dec`, `1st December 2026`. */
function readNamed(number: string, name: string, year: string): Read<Day> | null {
  const day = /^(\d\d?)(?:st|nd|rd|th|\.)?$/.exec(number)?.[1];
  const bare = name.replace(/\.$/, '');
  const month = MONTHS.findIndex(
    (known) => known === bare || known.slice(0, 3) === bare || bare === `${known.slice(0, 4)}`,
  );
  if (day === undefined || Number(day) > 31 || month < 0 || bare.length < 3) return null;
  const isYear = /^20\d\d$/.test(year);
  return date(Number(day), month + 1, isYear ? Number(year) : undefined, isYear ? 3 : 2);
}

function date(day: number, month: number, year: number | undefined, used: number): Read<Day> {
  return { value: { kind: 'date', day, month, ...(year === undefined ? {} : { year }) }, used };
}

/** `9:00`, `09:00`, `9am`, `2:30 pm`. */
function readTime(words: readonly string[]): Read<Time> | null {
  const [first = '', second = ''] = words.slice(0, 2).map((word) => word.replace(/,$/, '').toLowerCase());
  const half = /^([ap])\.?m\.?$/.exec(second);
  const match = /^(\d\d?)(?::(\d\d))?(?:([ap])\.?m\.?)?$/.exec(first);
  if (!match) return null;
  const [, hours = '', minutes, attached] = match;
  const which = attached ?? half?.[1];
  if (minutes === undefined && which === undefined) return null;
  const hour = Number(hours);
  const minute = Number(minutes ?? 0);
  if (minute > 59 || hour > 23 || (which !== undefined && (hour < 1 || hour > 12))) return null;
  const shifted = which === undefined ? hour : (hour % 12) + (which === 'p' ? 12 : 0);
  return { value: { hour: shifted, minute }, used: attached === undefined && half ? 2 : 1 };
}

/** `UTC`, `UTC+1`, `+01:00`, `Europe/Berlin`. Letters alone mean different zones in different places. */
function readZone(word: string | undefined): Read<Zone> | 'unknown' | null {
  if (word === undefined) return null;
  if (/^(?:utc|gmt|z)$/i.test(word)) return { value: 0, used: 1 };
  const offset = /^(?:utc|gmt)?([+-])(\d\d?)(?::?(\d\d))?$/i.exec(word);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 14 * 60 ? 'unknown' : { value: offset[1] === '-' ? -minutes : minutes, used: 1 };
  }
  if (/^[a-z]+(?:\/[a-z_+-]+){1,2}$/i.test(word)) {
    const zone = knownZone(word);
    return zone === undefined ? 'unknown' : { value: zone, used: 1 };
  }
  return /^(?:[ECMPAHJKI][SD]?T|CES?T|BST|IST|AE[SD]?T)$/.test(word) ? 'unknown' : null;
}

function resolve(
  day: Day | undefined,
  time: Time,
  zone: Zone,
  now: number,
): { startAt: number } | { why: Problem['why']; suggestion?: string } {
  const today: WallTime = { ...wallTime(now, zone), ...time };
  const at = days(day, today, zone, now).map((wall) => epochOf(wall, zone));
  const ahead = at.find((one) => one !== null && one >= now);
  if (ahead !== undefined && ahead !== null) return { startAt: ahead };
  if (at.every((one) => one === null)) return { why: 'no-such-time' };
  const canBeTomorrow = day === undefined || (day.kind === 'ahead' && day.days === 0);
  return { why: 'past', ...(canBeTomorrow ? { suggestion: `tomorrow ${clock(time)}` } : {}) };
}

/** The days that may be meant, in the order in which they are tried. */
function days(day: Day | undefined, today: WallTime, zone: Zone, now: number): readonly WallTime[] {
  switch (day?.kind) {
    case 'ahead':
      return [plusDays(today, day.days)];
    case 'weekday': {
      const ahead = (day.weekday - weekdayOf(today) + 7) % 7;
      return [plusDays(today, ahead), plusDays(today, ahead + 7)];
    }
    case 'date': {
      const { month, day: number } = day;
      const years = day.year === undefined ? [today.year, today.year + 1] : [day.year];
      const all = years.map((year) => ({ ...today, year, month, day: number }));
      const [first, next] = all;
      // Around the turn of the year the next one is meant; otherwise a date that has passed is a mistake.
      const soon = next !== undefined && (epochOf(next, zone) ?? Number.POSITIVE_INFINITY) - now < 60 * 86_400_000;
      return first && !soon ? [first] : all;
    }
    default:
      return [today];
  }
}

function twoWays({ a, b }: { readonly a: number; readonly b: number }, time: Time | undefined): string {
  const at = clock(time ?? { hour: 9, minute: 0 });
  return `${a} ${short(b)} ${at}, ${b} ${short(a)} ${at}`;
}

function short(month: number): string {
  const name = MONTHS[month - 1] ?? '';
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1, 3)}`;
}

function clock({ hour, minute }: Time): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
