import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { Outbox, OutboxRow } from '../workflow/store-port';
import type { Deliver } from './sender';

export interface SendLoop {
  start(): void;
  /** Looks into the outbox now. */
  wake(): void;
  /** Takes no more; resolves when what is under way has been delivered or given back. */
  stop(): Promise<void>;
}

export interface SendLoopDeps {
  readonly outbox: Outbox;
  readonly deliver: Deliver;
  readonly clock: Clock;
  readonly log: Logger;
  /** Names this instance in claims. */
  readonly owner: string;
}

/** How long a row belongs to whoever claimed it. */
const CLAIM = 30_000;
const AT_ONCE = 16;
/** Another instance or the worker may have put something into the outbox without a word to us. */
const LOOK_EVERY = 1_000;

export function createSendLoop({ outbox, deliver, clock, log, owner }: SendLoopDeps): SendLoop {
  const underWay = new Set<Promise<void>>();
  /** By id. A clock that jumps ends a claim while its row is still being sent: it would be sent twice. */
  const inHand = new Set<OutboxRow['id']>();
  const stopping = new AbortController();
  let nap = new AbortController();
  let woken = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      const wait = await round().catch((error: unknown) => {
        log.error({ event: 'outbox-unreadable', error });
        return LOOK_EVERY;
      });
      if (woken || wait <= 0) continue;
      nap = new AbortController();
      await clock.sleep(wait, AbortSignal.any([stopping.signal, nap.signal]));
    }
  }

  /** Claims what is due and starts it; how long to sleep then. */
  async function round(): Promise<number> {
    const room = AT_ONCE - underWay.size;
    if (room <= 0) return LOOK_EVERY;
    const now = clock.now();
    const rows = await outbox.claim(now, now + CLAIM, owner, room, [...inHand]);
    for (const row of rows) {
      inHand.add(row.id);
      const one: Promise<void> = deliver(row, now + CLAIM).finally(() => {
        inHand.delete(row.id);
        underWay.delete(one);
        if (AT_ONCE - underWay.size === 1) wake();
      });
      underWay.add(one);
    }
    if (rows.length > 0) return 0;
    const next = await outbox.nextDue();
    return next === null ? LOOK_EVERY : Math.min(Math.max(next - clock.now(), 50), LOOK_EVERY);
  }

  function wake(): void {
    woken = true;
    nap.abort();
  }

  return {
    start() {
      running ??= run();
    },
    wake,
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(underWay);
    },
  };
}
