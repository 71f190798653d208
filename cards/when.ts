import type { Safe } from './text';

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

/** `24 Nov, 14:05 UTC`. `at` is epoch milliseconds; without a zone it is UTC, and says so. */
export function dateTime(at: number, zone?: string): Safe {
  return format(at, zone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** `14:05 UTC`, for what happens within hours. */
export function clockTime(at: number, zone?: string): Safe {
  return format(at, zone, { hour: '2-digit', minute: '2-digit' });
}

// Formatted here, because Teams does not run the date functions that other card hosts have.
function format(at: number, zone: string | undefined, parts: Intl.DateTimeFormatOptions): Safe {
  const timeZone = knownZone(zone) ?? 'UTC';
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone, timeZoneName: 'short' }).format(at) as Safe;
}
