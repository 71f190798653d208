import { createMetrics, type Metrics } from '../alerts/metrics';
import { startMonitor } from '../alerts/monitor';
import { observeOnboardings, observeTenant } from '../alerts/observe';
import type { Tap } from '../alerts/tap';
import type { Clock } from '../clock';
import type { PersonId } from '../onboarding/person';
import type { OpenStore } from '../store/open-store';
import type { Onboardings } from '../workflow/onboardings';
import { createAlertCards } from './alert-cards';
import { createOutlet, type WebhookConfig } from './outlet';
import type { Progress } from './progress';
import type { Watching } from './tenant-workflow';

export interface Observation {
  readonly metrics: Metrics;
  /** Goes into the workflow and the calls to Graph. */
  readonly watching: Watching;
  onboardings(onboardings: Onboardings): Onboardings;
  /** Looks at what is overdue from now on; the returned function ends it. */
  monitor(): () => Promise<void>;
  /** The last that stops: what stopping alerts about is still sent. */
  stop(): Promise<void>;
}

export interface ObserveParts {
  readonly webhook: WebhookConfig | undefined;
  readonly tap: Tap;
  readonly open: OpenStore;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Who gets a card about what concerns the whole installation. */
  readonly adminIds: readonly PersonId[];
}

/** Everything that only watches: counts, measures, alerts. Loaded late; alerts from before are kept by the tap. */
export function observe({ webhook, tap, open, progress, clock, adminIds }: ObserveParts): Observation {
  const { log } = tap;
  const metrics = createMetrics();
  const outlet = createOutlet(webhook, metrics, log);
  const cards = createAlertCards({ outbox: open.outbox, adminIds, clock, log });
  tap.attach((alert) => {
    outlet.raise(alert);
    cards.raise(alert);
  });
  return {
    metrics,
    watching: {
      progressed: progress.made,
      onRequest: metrics.graphRequest,
      onBudget: metrics.graphBudget,
      tenant: (tenant) => observeTenant(tenant, metrics),
    },
    onboardings: (onboardings) => observeOnboardings(onboardings, metrics, log),
    monitor() {
      const { store, outbox } = open;
      const running = startMonitor({
        store,
        outbox,
        progress: progress.read,
        clock,
        log,
        standing: metrics.standing,
      });
      return () => running.stop();
    },
    stop() {
      cards.stop();
      return outlet.stop();
    },
  };
}
