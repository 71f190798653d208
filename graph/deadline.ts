/** Of one try of a read, ms: a connection that hangs must not take all the time that there is. */
export const READ_TIMEOUT = 4_000;

/**
 * A signal that aborts after `ms` or together with `outer`. `AbortSignal.any` over `AbortSignal.timeout` does the same
 * in one line, but on Node 20 the inner signal may be collected before it fires.
 */
export function deadline(
  ms: number,
  outer?: AbortSignal,
): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, ms);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
