import type { Clock } from '../clock';
import { hasOpenWindow, reference } from '../onboarding/onboarding';
import { EXIT_OVERDUE, exitOverdue, overdueBy } from '../onboarding/overdue';
import type { Log } from '../workflow/context';
import type { Outbox, Store } from '../workflow/store-port';
import type { Standing } from './metrics';

export interface MonitorParts {
  readonly store: Pick<Store, 'overview' | 'windows' | 'load' | 'commit'>;
  readonly outbox: Pick<Outbox, 'nextDue'>;
  readonly progress: () => Readonly<
    Record<'worker' | 'sweep', { readonly ageSeconds: number; readonly late: boolean }>
  >;
  readonly clock: Clock;
  readonly log: Log;
  readonly standing: (standing: Standing) => void;
}

/** How often it looks, ms. Reads the store only. */
const EVERY = 30_000;
/** An exit takes seconds. Longer than this after the deadline, and somebody has to know. */
export const OVERDUE = 2 * 60_000;

/** Looks at what no single step can see: exits that do not get done, and a sweep that does not succeed. */
export function startMonitor(parts: MonitorParts): { stop(): Promise<void> } {
  const ending = new AbortController();
  const forEver = async () => {
    while (!ending.signal.aborted) {
      // The worker says when the store does not answer; one voice is enough.
      await watchOver(parts).catch((error: unknown) => parts.log.debug({ event: 'monitor-failed', error }));
      await parts.clock.sleep(EVERY, ending.signal);
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

/** One look. */
export async function watchOver({ store, outbox, progress, clock, log, standing }: MonitorParts): Promise<void> {
  const { worker, sweep } = progress();
  if (sweep.late) log.error({ event: 'sweep-late', hint: 'The group cannot be read: see sweep-failed and its code.' });

  const [{ open, firstOutBy }, nextDue] = await Promise.all([store.overview(), outbox.nextDue()]);
  const now = clock.now();
  const latest = now - (firstOutBy ?? now);
  // Ten thousand windows are not read to find that none of them is late.
  for (const window of latest < OVERDUE ? [] : await store.windows()) {
    const outBy = Math.min(window.deadline, window.exitAt ?? Number.POSITIVE_INFINITY);
    if (window.leftAt !== undefined || now - outBy < OVERDUE) continue;
    const onboarding = await store.load(window.id);
    if (!onboarding || !hasOpenWindow(onboarding)) continue;
    log.error({
      event: EXIT_OVERDUE,
      onboarding: reference(onboarding),
      subject: onboarding.subject.id,
      minutes: Math.round(overdueBy(onboarding, now) / 60_000),
      hint: 'Absence from the group was not read: see step-failed, or take the person out by hand.',
    });
    // Whoever commits at the same moment wins; then the next look does it.
    const told = exitOverdue(onboarding, now);
    if (told.ok) await store.commit(onboarding, told.change);
  }
  standing({
    openWindows: open,
    overdueSeconds: Math.round(Math.max(0, latest) / 1_000),
    outboxLagSeconds: nextDue === null ? 0 : Math.max(0, Math.round((now - nextDue) / 1_000)),
    sweepAgeSeconds: sweep.ageSeconds,
    workerAgeSeconds: worker.ageSeconds,
  });
}
