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

/** [how many, in how many ms]; a little less than documented, because what leaves evenly may arrive in a bunch. */
type Window = readonly [number, number];
const LANE: readonly Window[] = [
  [6, 1_000],
  [7, 2_000],
  [55, 30_000],
  [1_750, 3_600_000],
];
const ALL: readonly Window[] = [[40, 1_000]];
const HOUR = 3_600_000;
const MANY_LANES = 5_000;

export function createPace(): Pace {
  const lanes = new Map<string, number[]>();
  const held = new Map<string, number>();
  const all: number[] = [];

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
      forget(all, now - 1_000);
      const until = held.get(lane) ?? 0;
      if (until <= now) held.delete(lane);
      const wait = Math.max(until - now, missing(own, LANE, now), missing(all, ALL, now, cost));
      if (wait > 0) return wait;
      own.push(now);
      for (let n = 0; n < cost; n++) all.push(now);
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

/** How long until every window has room for `cost` more. */
function missing(times: readonly number[], windows: readonly Window[], now: number, cost = 1): number {
  let longest = 0;
  for (const [limit, span] of windows) {
    const inTheWay = times[times.length - limit + cost - 1];
    // A clock that was set back makes the past look like the future; no window is longer than itself.
    if (inTheWay !== undefined) longest = Math.max(longest, Math.min(inTheWay + span - now, span));
  }
  return longest;
}
