import type { Call } from './call';
import type { Refusal, Silence } from './errors';

const TRIES = 3;
/** A longer pause is not slept through in here: it is thrown, and the case's due time waits. */
const LONGEST_WAIT = 2_000;

/**
 * How long to wait before the try of this number, ms; undefined when there must not be one.
 *
 * A write is repeated only where the answer says that nothing was done. Where its answer was lost the caller looks
 * first; that is one rule for all writes, also for those that could be repeated safely.
 */
export function waitBefore(attempt: number, repeat: Call['repeat'], failure: Refusal | Silence): number | undefined {
  if (repeat === 'once' || attempt > TRIES) return undefined;
  const backOff = (base: number) => inStep(base * 2 ** (attempt - 2) * (0.5 + Math.random() / 2));
  if ('sent' in failure) return repeat === 'read' && !failure.timedOut ? backOff(200) : undefined;

  const { status, graphCode, retryAfter } = failure;
  if (retryAfter !== undefined && (status === 429 || status === 503)) {
    return retryAfter <= LONGEST_WAIT ? retryAfter : undefined;
  }
  // Conditional Access is limited to one request a second for all apps together and never says how long to wait.
  if (status === 429) return backOff(1_000);
  if (status === 409 && graphCode === 'Directory_ConcurrencyViolation') return backOff(200);
  return repeat === 'read' && (status >= 500 || status === 408) ? backOff(200) : undefined;
}

/** Reads that failed together are asked for together again: apart by steps, and not each for itself. */
const STEP = 50;

function inStep(ms: number): number {
  return Math.ceil(ms / STEP) * STEP;
}

/** `Retry-After` in seconds or as an HTTP date, as ms from `now`. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
