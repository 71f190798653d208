import { isRightToLeft, localeOf } from './strings/language';
import { isolated, type Safe } from './text';

/** `Europe/Berlin` and the like; anything that this runtime does not know is nobody's time zone. */
export function knownZone(zone: unknown): string | undefined {
  if (typeof zone !== 'string' || zone.length > 64) return undefined;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

/** `24 Nov, 14:05 UTC+1`. `at` is epoch milliseconds; without a zone it is UTC, and says so. */
export function dateTime(at: number, zone?: string): Safe {
  return format(at, zone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** `14:05 UTC+1`, for what happens within hours. */
export function clockTime(at: number, zone?: string): Safe {
  return format(at, zone, { hour: '2-digit', minute: '2-digit' });
}

// Formatted here, because Teams does not run the date functions that other card hosts have. The zone is the difference
// from UTC and nothing else: names of zones differ from language to language, and half of them are not understood.
function format(at: number, zone: string | undefined, parts: Intl.DateTimeFormatOptions): Safe {
  const timeZone = knownZone(zone) ?? 'UTC';
  const time = new Intl.DateTimeFormat(localeOf(), { ...parts, hourCycle: 'h23', timeZone }).format(at);
  const text = `${time} ${offset(at, timeZone)}`;
  return isRightToLeft() ? isolated(text) : (text as Safe);
}

/** `UTC`, `UTC+1`, `UTC+5:30`. */
function offset(at: number, timeZone: string): string {
  const named = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return (named.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('GMT', 'UTC').replace(/[+-]0$/, '');
}
