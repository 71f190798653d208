import type { AlertCode } from './codes';

type Plain = string | number | boolean | readonly string[];

/** An alert as it leaves the process. */
export interface Alert {
  readonly code: AlertCode;
  /** Epoch ms. */
  readonly at: number;
  /** Ids, counts, times and codes of the log line. Nothing that is an object: it might hold anything. */
  readonly detail: Readonly<Record<string, Plain>>;
}

/** Fields that differ each time although the matter is the same. */
const VOLATILE = ['requestId', 'count', 'minutes', 'silentSeconds', 'ms'];
const LONGEST = 500;
const MOST = 50;

/** The alert that a line of the log is. Names under which a secret could hide are left out, as the log redacts them. */
export function toAlert(code: AlertCode, line: object, at: number): Alert {
  const detail: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(line)) {
    if (name === 'event' || /pass|secret|token|authorization|cookie/i.test(name)) continue;
    if (typeof value === 'number' || typeof value === 'boolean') detail[name] = value;
    if (typeof value === 'string') detail[name] = value.slice(0, LONGEST);
    if (Array.isArray(value)) {
      detail[name] = value.filter((part): part is string => typeof part === 'string').slice(0, MOST);
      if (value.length > MOST) detail[`${name}Count`] = value.length;
    }
  }
  return { code, at, detail };
}

/** The same for alerts about the same matter. */
export function matterOf({ code, detail }: Alert): string {
  return JSON.stringify([code, Object.entries(detail).filter(([name]) => !VOLATILE.includes(name))]);
}
