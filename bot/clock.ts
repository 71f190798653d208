/** Time as a port. Core code takes `now` as an argument; only the edges hold a clock. Tokens stay on real time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * A clock that follows the wall clock and never goes back: where the wall clock was set back, it goes on by what really
 * passed. Otherwise a deadline would move away by as much as the clock was moved. A machine that slept is believed:
 * the wall clock is ahead then, and what became due meanwhile is due. All three are in milliseconds.
 */
export function steady(wall: () => number, monotonic: () => number): () => number {
  let last = wall();
  let measured = monotonic();
  return () => {
    const passed = monotonic() - measured;
    measured += passed;
    last = Math.max(wall(), last + Math.max(passed, 0));
    return last;
  };
}

const steadyNow = steady(
  () => Date.now(),
  () => performance.now(),
);

export const systemClock: Clock = {
  // Whole milliseconds: times are kept as integers.
  now: () => Math.floor(steadyNow()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.max(ms, 0), 2_147_483_647));
      signal?.addEventListener('abort', done, { once: true });
    }),
};
