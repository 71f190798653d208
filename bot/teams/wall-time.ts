/** A date and a time as a clock on the wall shows them; months from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Minutes east of UTC, or the name of a zone that this runtime knows. */
export type Zone = number | string;

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What a clock on the wall shows there. `at` is epoch milliseconds. */
export function wallTime(at: number, zone: Zone): WallTime {
  const moved = new Date(at + offsetAt(at, zone));
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
    hour: moved.getUTCHours(),
    minute: moved.getUTCMinutes(),
  };
}

/**
 * When a clock on the wall shows that, epoch milliseconds. `null` for a day that no month has and for the hour that is
 * left out when clocks go forward. Of the hour that comes twice the earlier one is meant.
 */
export function epochOf(wall: WallTime, zone: Zone): number | null {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const exists = new Date(asUtc);
  if (exists.getUTCMonth() !== wall.month - 1 || exists.getUTCDate() !== wall.day) return null;
  // A zone changes its offset at most once within two days.
  const possible = [offsetAt(asUtc - DAY, zone), offsetAt(asUtc + DAY, zone)]
    .map((offset) => asUtc - offset)
    .filter((at) => offsetAt(at, zone) === asUtc - at);
  return possible.length === 0 ? null : Math.min(...possible);
}

/** The same time of the day, some days later; a number of days may be negative. */
export function plusDays(wall: WallTime, days: number): WallTime {
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return { ...wall, year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}

/** From 0, Sunday. */
export function weekdayOf(wall: WallTime): number {
  return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(at: number, zone: Zone): number {
  if (typeof zone === 'number') return zone * MINUTE;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    // Names of zones come from devices: whoever sends many must not fill the memory.
    if (formats.size >= 600) formats.clear();
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}
