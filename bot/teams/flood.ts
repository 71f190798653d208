/** How much of what comes in is looked at. Both are allowances that fill up again evenly. */
export interface FloodLimits {
  /** Messages and clicks of one person in a minute; as many may come at once. */
  readonly perPersonPerMinute: number;
  /** Of everybody together in a second; three times as many may come at once. */
  readonly perSecond: number;
}

export const floodDefaults: FloodLimits = { perPersonPerMinute: 60, perSecond: 50 };

/**
 * `first`: too many, and this person has not been told so for a while. `refused`: too many. `crowded`: everybody together
 * is too many, which is nobody's fault.
 */
export type Admission = 'in' | 'first' | 'refused' | 'crowded';

export interface Flood {
  /** `now` in epoch ms. `person` must be authenticated: with a name that anybody can write, one could lock out another. */
  admit(person: string, now: number): Admission;
  /** How many people are remembered. */
  known(): number;
}

interface Bucket {
  level: number;
  at: number;
  toldAt: number | undefined;
}

/** Whoever goes on is told again after this. */
const TELL_EVERY = 15 * 60_000;
/** Beyond so many people, those who have been quiet are forgotten; a tenant has not more at once. */
const MANY = 10_000;

/** One person can then neither keep the store and the tenant busy nor keep others from being heard. In memory only. */
export function createFlood({ perPersonPerMinute, perSecond }: FloodLimits = floodDefaults): Flood {
  const people = new Map<string, Bucket>();
  const all: Bucket = { level: perSecond * 3, at: 0, toldAt: undefined };

  function bucketOf(person: string, now: number): Bucket {
    const known = people.get(person);
    if (known) return known;
    if (people.size >= MANY) {
      for (const [one, { at }] of people) if (now - at > 60_000) people.delete(one);
      if (people.size >= MANY) people.clear();
    }
    const fresh: Bucket = { level: perPersonPerMinute, at: now, toldAt: undefined };
    people.set(person, fresh);
    return fresh;
  }

  return {
    admit(person, now) {
      const own = bucketOf(person, now);
      if (!fill(own, perPersonPerMinute, perPersonPerMinute / 60_000, now)) {
        if (own.toldAt !== undefined && now - own.toldAt < TELL_EVERY) return 'refused';
        own.toldAt = now;
        return 'first';
      }
      // After the person's own: somebody who floods must not use up what is for all.
      if (!fill(all, perSecond * 3, perSecond / 1_000, now)) return 'crowded';
      own.level -= 1;
      all.level -= 1;
      return 'in';
    },
    known: () => people.size,
  };
}

/** Fills the bucket up to now; whether it holds one. */
function fill(bucket: Bucket, size: number, perMs: number, now: number): boolean {
  bucket.level = Math.min(size, bucket.level + Math.max(now - bucket.at, 0) * perMs);
  bucket.at = now;
  return bucket.level >= 1;
}
