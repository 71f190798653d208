export interface Limit {
  /** Requests a second in the long run, for one caller and for all together. */
  readonly each: number;
  readonly all: number;
  /** So many at once. */
  readonly burst: number;
}

export interface Limiter {
  /** False: too many. `caller` is any name for whom is counted together. */
  admit(caller: string): boolean;
  /** How many callers are remembered. */
  size(): number;
}

interface Bucket {
  left: number;
  at: number;
}

/** The most callers that are remembered; the one that was quiet longest makes room. */
export const MOST_CALLERS = 5_000;

/**
 * Buckets that fill up by themselves. Whoever makes others be forgotten with many addresses still meets the bucket that
 * all share. `now` is a clock that only goes forward, in ms.
 */
export function createLimiter({ each, all, burst }: Limit, now: () => number = () => performance.now()): Limiter {
  const callers = new Map<string, Bucket>();
  const everybody: Bucket = { left: all, at: now() };

  function take(bucket: Bucket, rate: number, most: number): boolean {
    bucket.left = Math.min(most, bucket.left + ((now() - bucket.at) / 1_000) * rate);
    bucket.at = now();
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  return {
    admit(caller) {
      const bucket = callers.get(caller) ?? { left: burst, at: now() };
      callers.delete(caller);
      callers.set(caller, bucket);
      if (callers.size > MOST_CALLERS) {
        const [quietest] = callers.keys();
        if (quietest !== undefined) callers.delete(quietest);
      }
      // A caller who is over the limit takes nothing from the others.
      return take(bucket, each, burst) && take(everybody, all, all);
    },
    size: () => callers.size,
  };
}
