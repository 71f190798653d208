/** The two loops that end exemptions. */
export type Part = 'worker' | 'sweep';

/** How a loop goes. */
export interface Beat {
  /** It has done what it is for since the process started. A process that keeps dying before that is no help. */
  readonly made: boolean;
  /** Since it last did, or since the start. */
  readonly ageSeconds: number;
  /** That is too long. */
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
 * Whether this instance can still end exemptions, for whoever watches it. On a clock that only goes forward: wall time that was set back would hide a dead loop.
 */
export function createProgress(sweepEvery: number, monotonic: () => number = () => performance.now()): Progress {
  const start = monotonic();
  const last: Partial<Record<Part, number>> = {};
  const beat = (part: Part, limit: number): Beat => {
    const age = monotonic() - (last[part] ?? start);
    return { made: last[part] !== undefined, ageSeconds: Math.round(age / 1_000), late: age > limit };
  };
  return {
    made(part) {
      last[part] = monotonic();
    },
    read: () => ({ worker: beat('worker', WORKER_LATE), sweep: beat('sweep', 3 * sweepEvery + SWEEP_LATE) }),
  };
}
