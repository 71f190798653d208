import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { OpenStore } from '../store/open-store';

const DAY = 86_400_000;
const RETRY = 3_600_000;

/**
 * Once a day, from the start on, removes the names and words of onboardings that ended longer than `keep` (ms) ago. Any
 * number of instances may do it. Nobody waits for it, and nothing depends on it.
 */
export function startRetention(
  { store }: Pick<OpenStore, 'store'>,
  keep: number,
  clock: Clock,
  log: Logger,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const forEver = async () => {
    while (!ending.signal.aborted) {
      let wait = DAY;
      try {
        const forgotten = await store.forget(clock.now() - keep, { onboard: 'worker' });
        if (forgotten > 0) log.info({ event: 'names-removed', onboardings: forgotten });
      } catch (error) {
        wait = RETRY;
        log.warn({ event: 'retention-failed', error });
      }
      await clock.sleep(wait, ending.signal);
    }
  };
  const done = forEver();
  return {
    stop() {
      ending.abort();
      return done;
    },
  };
}
