/** Why a message could not be delivered, and what follows. */
export interface Failure {
  /** Stable, for the operator. */
  readonly code: string;
  /**
   * `retry` later; `gone` the message or the conversation is not there any more; `closed` the bot may not write there
   * until something changes on the other side; `never` asking again cannot help.
   */
  readonly next: 'retry' | 'gone' | 'closed' | 'never';
  /** Milliseconds, where the service said how long. */
  readonly retryAfter?: number;
}

/** Reads an error of the SDK's connector client by the documented codes of Teams' proactive messages. */
export function failureOf(error: unknown, now: number): Failure {
  const status = numberOf(error, 'statusCode') ?? numberOf(field(error, 'response'), 'status');
  if (status === undefined) return { code: 'unreachable', next: 'retry' };
  const code = serviceCode(error) ?? String(status);
  switch (status) {
    case 401:
      // The registration or the credential is wrong. An operator mends it, and then the messages should still arrive.
      return { code, next: 'closed' };
    case 403:
      return { code, next: 'closed' };
    case 404:
      return { code, next: 'gone' };
    case 408:
    case 412:
      return { code, next: 'retry' };
    case 429:
      return withWait({ code, next: 'retry' }, error, now);
    default:
      return status >= 500 ? withWait({ code, next: 'retry' }, error, now) : { code, next: 'never' };
  }
}

/** How long to wait before trying again, in milliseconds. `tries` counts from 1. */
export function backoff(failure: Failure, tries: number, random: () => number = Math.random): number {
  if (failure.retryAfter !== undefined) return failure.retryAfter;
  const [base, most] = failure.next === 'closed' ? [30_000, 600_000] : [1_000, 60_000];
  const wait = Math.min(base * 2 ** Math.min(tries - 1, 16), most);
  return Math.round(wait * (0.8 + 0.4 * random()));
}

function withWait(failure: Failure, error: unknown, now: number): Failure {
  const headers = field(field(error, 'response'), 'headers');
  const get = field(headers, 'get');
  const value: unknown = typeof get === 'function' ? get.call(headers, 'retry-after') : undefined;
  if (typeof value !== 'string' || value === '') return failure;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? { ...failure, retryAfter: Math.min(Math.max(wait, 0), 600_000) } : failure;
}

function serviceCode(error: unknown): string | undefined {
  const inner = field(field(field(error, 'details'), 'error'), 'code') ?? field(error, 'code');
  return typeof inner === 'string' && /^\w{1,60}$/.test(inner) ? inner : undefined;
}

function numberOf(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  return typeof found === 'number' ? found : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
