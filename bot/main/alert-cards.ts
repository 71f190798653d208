import { createHash } from 'node:crypto';
import { type Alert, matterOf } from '../alerts/alert';
import type { Clock } from '../clock';
import type { PersonId } from '../onboarding/person';
import type { Log } from '../workflow/context';
import type { Outbox } from '../workflow/store-port';

/** About no single onboarding: those have cards of their own. */
export const GROUP_WIDE = [
  'sweep-unknown-members',
  'sweep-group-looks-wrong',
  'sweep-late',
  'sweep-removes',
  'sweep-removal-failed',
  'store-restored',
  'ledger-tail-differs',
  'exit-unrecorded',
] as const;

/** The same matter is one card in this time, however often it is found, ms. */
const ONCE_IN = 24 * 60 * 60_000;
/** Waits between tries to write it down, and how many: the store may be what the alert is about. */
const RETRY = 30_000;
const TRIES = 240;

export interface AlertCards {
  raise(alert: Alert): void;
  stop(): void;
}

/** Puts a card about a group-wide alert into the outbox for each administrator. It names nobody. */
export function createAlertCards(parts: {
  readonly outbox: Pick<Outbox, 'answer'>;
  readonly adminIds: readonly PersonId[];
  readonly clock: Clock;
  readonly log: Log;
}): AlertCards {
  const { outbox, adminIds, clock, log } = parts;
  const ending = new AbortController();
  const underWay = new Set<string>();

  async function tell(key: string, person: PersonId, data: Readonly<Record<string, unknown>>): Promise<void> {
    for (let tries = 0; tries < TRIES && !ending.signal.aborted; tries++) {
      try {
        // The sender looks into the outbox every second by itself.
        return await outbox.answer(key, { person }, data, clock.now());
      } catch {
        await clock.sleep(RETRY, ending.signal);
      }
    }
    log.warn({ event: 'alert-card-lost', person });
  }

  return {
    raise(alert) {
      const code = GROUP_WIDE.find((known) => known === alert.code);
      if (!code) return;
      const day = Math.floor(alert.at / ONCE_IN);
      const matter = createHash('sha256').update(matterOf(alert)).digest('hex').slice(0, 32);
      const count = alert.detail.membersCount ?? alert.detail.count;
      const data = { kind: 'group-alert', code, count: typeof count === 'number' ? count : 0 };
      for (const person of adminIds) {
        const key = `alert/${code}/${matter}/${day}/${person}`;
        if (underWay.has(key)) continue;
        underWay.add(key);
        void tell(key, person, data).finally(() => underWay.delete(key));
      }
    },
    stop: () => ending.abort(),
  };
}
