/** Keeps within Teams' documented rates: 7 sends a second and 1,800 an hour for a conversation, 50 a second in all. */
export interface Pace {
  /** Takes a place for one send in `lane`, or says how many milliseconds to wait for one. */
  take(lane: string, now: number): number;
}

interface Bucket {
  level: number;
  at: number;
}

const LANE = { size: 6, perMs: 0.49 / 1_000 } as const;
const ALL = { size: 30, perMs: 15 / 1_000 } as const;
const MANY_LANES = 5_000;

export function createPace(): Pace {
  const lanes = new Map<string, Bucket>();
  const all: Bucket = { level: ALL.size, at: 0 };

  return {
    take(lane, now) {
      if (lanes.size > MANY_LANES) lanes.clear();
      const own = lanes.get(lane) ?? { level: LANE.size, at: now };
      lanes.set(lane, own);
      const wait = Math.max(missing(own, LANE, now), missing(all, ALL, now));
      if (wait > 0) return wait;
      own.level -= 1;
      all.level -= 1;
      return 0;
    },
  };
}

/** Fills the bucket up to now; how long until it holds one. */
function missing(bucket: Bucket, limit: { readonly size: number; readonly perMs: number }, now: number): number {
  bucket.level = Math.min(limit.size, bucket.level + Math.max(now - bucket.at, 0) * limit.perMs);
  bucket.at = now;
  return bucket.level >= 1 ? 0 : Math.ceil((1 - bucket.level) / limit.perMs);
}
