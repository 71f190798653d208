import type { Alert } from '../alerts/alert';
import type { AlertCode } from '../alerts/codes';
import { createWebhook } from '../alerts/webhook';
import { systemClock } from '../clock';
import { readSecretFile } from '../config/secret-file';
import type { Log } from '../workflow/context';

export interface WebhookConfig {
  readonly url: string;
  readonly key: Buffer;
}

export interface Counts {
  alert(code: AlertCode): void;
  alertLost(): void;
}

export interface Outlet {
  raise(alert: Alert): void;
  /** What still waits gets `ms` more; then it is only in the log. */
  stop(ms?: number): Promise<void>;
}

const LAST_WORDS = 2_000;
const UNCOUNTED: Counts = { alert: () => undefined, alertLost: () => undefined };

/** The webhook with its key, read now: a key that cannot be used is found at the start. Throws ConfigError. */
export function readWebhook(config: { readonly url: string; readonly keyFile: string } | undefined) {
  return config && { url: config.url, key: readSecretFile('ALERT_WEBHOOK_KEY_FILE', config.keyFile) };
}

/** Counts alerts, and sends them where there is a webhook. On real time: its receivers are not part of a rehearsal. */
export function createOutlet(webhook: WebhookConfig | undefined, counts: Counts = UNCOUNTED, log: Log): Outlet {
  const hook =
    webhook &&
    createWebhook({
      ...webhook,
      clock: systemClock,
      lost(alert, why) {
        counts.alertLost();
        // One alert about alerts is enough; it would only queue behind those that do not get through.
        if (alert.code !== 'alert-not-delivered') log.error({ event: 'alert-not-delivered', alert: alert.code, why });
      },
    });
  return {
    raise(alert) {
      counts.alert(alert.code);
      hook?.send(alert);
    },
    async stop(ms = LAST_WORDS) {
      await hook?.flush(ms);
      hook?.stop();
    },
  };
}
