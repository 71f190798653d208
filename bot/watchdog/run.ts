import type { Clock } from '../clock';
import type { Standing, Watchdog } from './watchdog';

export interface Pace {
  /** Between two looks, ms. */
  readonly poll: number;
}

/** While somebody may still be in the group. */
const AGAIN = 5_000;
/** How often it is tried whether the group can be read: credentials run out quietly. */
const CHECK_EVERY = 3_600_000;
/** A single run goes on this long until the group is empty; then the next one goes on. */
const ONCE_LIMIT = 60_000;

/** Watches until the signal aborts. An emptied group stays watched: somebody may be put in again. */
export async function watchForEver(watchdog: Watchdog, clock: Clock, pace: Pace, signal: AbortSignal): Promise<void> {
  let checkedAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    if (clock.now() - checkedAt >= CHECK_EVERY) {
      await watchdog.check();
      checkedAt = clock.now();
    }
    const standing = await watchdog.round();
    await clock.sleep(standing === 'unfinished' ? Math.min(AGAIN, pace.poll) : pace.poll, signal);
  }
}

/** One look, for a scheduler; where it has to act it goes on until the group is empty, for a minute at most. */
export async function watchOnce(watchdog: Watchdog, clock: Clock): Promise<Standing> {
  const until = clock.now() + ONCE_LIMIT;
  let standing = await watchdog.round();
  while (standing === 'unfinished' && clock.now() < until) {
    await clock.sleep(AGAIN);
    standing = await watchdog.round();
  }
  return standing;
}
