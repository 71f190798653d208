/**
 * Keeps within what Teams documents for a bot: 7 sends in a second, 8 in two, 60 in thirty and 1,800 in an hour for a
 * conversation, and 50 requests in a second for all of a tenant.
 */
export interface Pace {
  /** Takes `cost` places for one delivery in `lane`, or says how many milliseconds to wait for them. */
  take(lane: string, now: number, cost?: number): number;
  /** Nothing goes to `lane` before `until` (epoch ms): Teams said so, perhaps because another instance writes there too. */
  hold(lane: string, until: number): void;
}

/** [how many, in how many ms]; one less than documented. A conversation has one delivery at a time, which keeps order. */
type Window = readonly [number, number];
const LANE: readonly Window[] = [
  [5, 1_000],
  [6, 2_000],
  [55, 30_000],
  [1_750, 3_600_000],
];
/**
 * Of the tenant. Many deliveries are on their way at once, and what left evenly may arrive in a bunch: so few at once, and
 * a rate that stays below fifty in a second although a third of a second's worth came late.
 */
const ALL = { size: 10, perMs: 30 / 1_000 } as const;
const HOUR = 3_600_000;
const MANY_LANES = 5_000;

export function createPace(): Pace {
  const lanes = new Map<string, number[]>();
  const held = new Map<string, number>();
  const all = { level: ALL.size as number, at: 0 };

  function timesOf(lane: string, now: number): number[] {
    const known = lanes.get(lane);
    if (known) return known;
    if (lanes.size >= MANY_LANES) {
      for (const [name, times] of lanes) if ((times.at(-1) ?? 0) <= now - HOUR) lanes.delete(name);
      // The one that began longest ago; at worst it is a little early next time, and Teams says so.
      const [oldest] = lanes.keys();
      if (lanes.size >= MANY_LANES && oldest !== undefined) lanes.delete(oldest);
    }
    const fresh: number[] = [];
    lanes.set(lane, fresh);
    return fresh;
  }

  return {
    take(lane, now, cost = 1) {
      const own = timesOf(lane, now);
      forget(own, now - HOUR);
      all.level = Math.min(ALL.size, all.level + Math.max(now - all.at, 0) * ALL.perMs);
      all.at = now;
      const until = held.get(lane) ?? 0;
      if (until <= now) held.delete(lane);
      const wait = Math.max(until - now, missing(own, now), Math.ceil((cost - all.level) / ALL.perMs));
      if (wait > 0) return wait;
      own.push(now);
      all.level -= cost;
      return 0;
    },
    hold(lane, until) {
      held.set(lane, Math.max(until, held.get(lane) ?? 0));
    },
  };
}

/** Times are in order, oldest first, but for a clock that was set back. */
function forget(times: number[], before: number): void {
  let gone = 0;
  while (gone < times.length && (times[gone] ?? 0) <= before) gone++;
  if (gone > 0) times.splice(0, gone);
}

/** How long until every window has room for one more. */
function missing(times: readonly number[], now: number): number {
  let longest = 0;
  for (const [limit, span] of LANE) {
    const inTheWay = times[times.length - limit];
    // A clock that was set back makes the past look like the future; no window is longer than itself.
    if (inTheWay !== undefined) longest = Math.max(longest, Math.min(inTheWay + span - now, span));
  }
  return longest;
}
