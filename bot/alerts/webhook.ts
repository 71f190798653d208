import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { type Alert, matterOf } from './alert';

export interface WebhookParts {
  readonly url: string;
  readonly key: Buffer;
  readonly clock: Clock;
  /** An alert was given up, or dropped because too many wait. */
  readonly lost: (alert: Alert, why: string) => void;
  readonly fetch?: typeof fetch;
}

export interface Webhook {
  send(alert: Alert): void;
  /** Resolves when nothing waits any more, or after `ms`. */
  flush(ms: number): Promise<void>;
  stop(): void;
}

/** The same matter again within this time is not sent again, ms: a sweep finds what it found a minute ago. */
const REPEAT = 15 * 60_000;
const MOST_WAITING = 200;
const TIMEOUT = 10_000;
/** Before each try, ms; then it is given up. About two hours together. */
const WAITS = [0, 1_000, 5_000, 15_000, 60_000, ...Array.from({ length: 23 }, () => 5 * 60_000)];

/**
 * `v1=` and the HMAC-SHA256 of `<timestamp>.<body>` in hexadecimal digits; `timestamp` is Unix seconds and is sent beside
 * it, so that a receiver can refuse what is old.
 */
export function signature(key: Buffer, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
}

/**
 * Sends alerts one after the other, oldest first, and tries again while the receiver does not take them. The queue is in
 * memory: an alert that was not delivered when the process dies is only in the log. What lasts is raised again.
 */
export function createWebhook({ url, key, clock, lost, fetch = globalThis.fetch }: WebhookParts): Webhook {
  const queue: { readonly alert: Alert; readonly id: string }[] = [];
  const sentAt = new Map<string, number>();
  const ending = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let busy = false;

  async function deliver(alert: Alert, id: string): Promise<string | null> {
    const body = JSON.stringify({
      id,
      source: 'onboard',
      code: alert.code,
      at: new Date(alert.at).toISOString(),
      detail: alert.detail,
    });
    const timestamp = Math.floor(clock.now() / 1_000);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-onboard-timestamp': String(timestamp),
          'x-onboard-signature': signature(key, timestamp, body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT), ending.signal]),
      });
      await answer.body?.cancel();
      return answer.ok ? null : `status ${answer.status}`;
    } catch {
      return 'no answer';
    }
  }

  async function work(): Promise<void> {
    for (let next = queue[0]; next && !ending.signal.aborted; next = queue[0]) {
      let why: string | null = 'not tried';
      for (const wait of WAITS) {
        if (wait > 0) await clock.sleep(wait, ending.signal);
        if (ending.signal.aborted) return;
        why = await deliver(next.alert, next.id);
        if (why === null) break;
      }
      if (queue[0] === next) queue.shift();
      if (why !== null && !ending.signal.aborted) lost(next.alert, why);
    }
  }

  return {
    send(alert) {
      const matter = matterOf(alert);
      const now = clock.now();
      for (const [old, at] of sentAt) if (now - at >= REPEAT || at > now) sentAt.delete(old);
      if (sentAt.has(matter)) return;
      sentAt.set(matter, now);
      queue.push({ alert, id: randomUUID() });
      if (queue.length > MOST_WAITING) {
        const [dropped] = queue.splice(1, 1);
        if (dropped) lost(dropped.alert, 'too many wait');
      }
      if (busy) return;
      busy = true;
      working = work().finally(() => {
        busy = false;
      });
    },
    async flush(ms) {
      const done = new AbortController();
      await Promise.race([working, clock.sleep(ms, done.signal)]);
      done.abort();
    },
    stop: () => ending.abort(),
  };
}
