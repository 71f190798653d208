/** [how many, in how many ms] */
type Window = readonly [number, number];

/** Documented limits per bot and thread: sending and creating; reading members and conversations. */
export const SEND_WINDOWS: readonly Window[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];
export const READ_WINDOWS: readonly Window[] = [
  [14, 1_000],
  [16, 2_000],
  [120, 30_000],
  [3_600, 3_600_000],
];
/** Per app and tenant, over all operations and threads. */
export const GLOBAL_WINDOWS: readonly Window[] = [[50, 1_000]];

/** Times of what was let through, oldest first; `wait` is how long until one more is let through, 0 for now. */
function wait(times: readonly number[], windows: readonly Window[], now: number): number {
  let longest = 0;
  for (const [limit, span] of windows) {
    const oldest = times[times.length - limit];
    if (oldest !== undefined) longest = Math.max(longest, oldest + span - now);
  }
  return longest;
}

/** Sliding windows over what was let through; a refused request does not count against the next. */
export function createLimits(now: () => number) {
  const lanes = new Map<string, number[]>();

  function lane(name: string, span: number, at: number): number[] {
    const times = lanes.get(name) ?? [];
    lanes.set(name, times);
    while (times[0] !== undefined && times[0] <= at - span) times.shift();
    return times;
  }

  return {
    /** Milliseconds to wait; 0 means that the request was counted and may go on. */
    take(kind: 'send' | 'read', conversation: string): number {
      const at = now();
      const windows = kind === 'send' ? SEND_WINDOWS : READ_WINDOWS;
      const own = lane(`${kind} ${conversation}`, 3_600_000, at);
      const all = lane('all', 1_000, at);
      const longest = Math.max(wait(own, windows, at), wait(all, GLOBAL_WINDOWS, at));
      if (longest > 0) return longest;
      own.push(at);
      all.push(at);
      return 0;
    },
  };
}

export type Limits = ReturnType<typeof createLimits>;
