/** The two loops that end exemptions. */
export type Part = 'worker' | 'sweep';

/** How long ago a loop last did what it is for, and whether that is too long. */
export interface Beat {
  readonly ageSeconds: number;
  readonly late: boolean;
}

export interface Progress {
  /** A loop has just done its work: the worker asked the store what is due, the sweep compared the whole group. */
  made(part: Part): void;
  read(): Readonly<Record<Part, Beat>>;
}

/** The worker asks every second; a store that stalls for a moment is no reason to call it dead. */
const WORKER_LATE = 60_000;
/** On top of three periods of the sweep: one may be slow, and one may fail and be made again. */
const SWEEP_LATE = 60_000;

/**
 * Whether this instance can still end exemptions, for whoever watches it. Counted from the start of the process until a
 * loop has made its first round. On a clock that only goes forward: wall time that was set back would hide a dead loop.
 */
export function createProgress(sweepEvery: number, monotonic: () => number = () => performance.now()): Progress {
  const start = monotonic();
  const last: Record<Part, number> = { worker: start, sweep: start };
  const beat = (part: Part, limit: number): Beat => {
    const age = monotonic() - last[part];
    return { ageSeconds: Math.round(age / 1_000), late: age > limit };
  };
  return {
    made(part) {
      last[part] = monotonic();
    },
    read: () => ({ worker: beat('worker', WORKER_LATE), sweep: beat('sweep', 3 * sweepEvery + SWEEP_LATE) }),
  };
}
