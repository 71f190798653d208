import type { Logger } from '../log';

export interface Refusals {
  /** Counts an answer by its status; only refusals (4xx) are kept. */
  count(status: number): void;
  close(): void;
}

const EVERY = 60_000;

/**
 * Counts what was refused, and says so once a minute: a flood must show in the log without filling it. Nothing of the
 * request is kept, because whoever sends it chooses what it says.
 */
export function createRefusals(log: Logger, counted: (status: number) => void = () => undefined): Refusals {
  let counts: Record<string, number> = {};
  const report = () => {
    if (Object.keys(counts).length > 0) log.warn({ event: 'requests-refused', statuses: counts });
    counts = {};
  };
  const timer = setInterval(report, EVERY);
  timer.unref();
  return {
    count(status) {
      if (status < 400 || status >= 500) return;
      counts[status] = (counts[status] ?? 0) + 1;
      counted(status);
    },
    close() {
      clearInterval(timer);
      report();
    },
  };
}
