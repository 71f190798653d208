import type { Clock } from '../bot/clock';
import type { Lane, TenantError } from '../bot/workflow/tenant';
import { ALLOWANCES, type Allowance, ceilingOf, chargesOf, LANES, limitsOf, type Service } from './budget-limits';
import { createUse, type Use } from './budget-use';
import type { Call } from './call';
import { silent, tenantError } from './errors';

/** The share of the documented limits that one instance takes, per cent. */
export const USUAL_PERCENT = 25;

/**
 * What is waited in here at the most, ms; a longer wait belongs in the due time of whoever asks. A click is answered within
 * 4 s, whatever it waits for.
 */
const LONGEST: Readonly<Record<Lane, number>> = { exit: 2_000, click: 2_500, watch: 2_000, later: 2_000, spare: 0 };
/** For a page of the audit log, ms: nobody waits for it, and what is read of a list is lost when its next page is refused. */
const LONGEST_OF_AUDIT = 12_000;
/** Graph says 1.0 when a limit is reached, and speaks from 0.8 on; its limits are counted in stretches of this, ms. */
const PRESSURE = { from: 0.8, full: 1, lasts: 10_000 } as const;
/** A 429 that does not say how long, ms. */
const UNSAID = 1_000;
/** A pause of hours can only be a mistake, and nobody may be locked out by it, ms. */
const LONGEST_HOLD = 300_000;

/** What became of a wait: it was waited, or there was not to be one so long. */
export type BudgetEvent = (lane: Lane, what: 'waited' | 'not-now') => void;

export interface Budget {
  /**
   * Returns when this call may be made. Throws TenantError GRAPH_NOT_NOW, kind `throttled`, with the wait in
   * `retryAfter`, where that is longer than is waited in here. `again`: a try whose pause was slept already.
   */
  take(call: Call, lane: Lane, again: boolean, signal: AbortSignal): Promise<void>;
  /** What the answer said about the limits. `retryAfter` in ms. */
  heard(service: Service, status: number, pressure: number | undefined, retryAfter: number | undefined): void;
}

interface Ticket {
  readonly rank: number;
  readonly charges: ReadonlyMap<Allowance, number>;
}

/**
 * One budget for one tenant: every call is counted against a share of the documented limits before it is made. Exits may
 * use all of what is documented, other lanes leave some of the share to those before them, and whoever waits waits in that
 * order. A pause that Graph asks for holds every lane but the exits: those ask again at their own pace, because a pause for
 * somebody's photo must not keep somebody exempt.
 */
export function createBudget(
  clock: Clock,
  percent: number = USUAL_PERCENT,
  told: BudgetEvent = () => undefined,
): Budget {
  const limits = limitsOf(percent);
  const uses = new Map<Allowance, Use>(ALLOWANCES.map((each) => [each, createUse(limits[each].within)]));
  const holds = new Map<string, number>();
  const line: Ticket[] = [];

  function useOf(allowance: Allowance): Use {
    const use = uses.get(allowance);
    if (!use) throw new Error(`no allowance ${allowance}`);
    return use;
  }

  /** How long until this ticket may go, with all that go before it, ms. */
  function waitOf(ticket: Ticket, lane: Lane): number {
    const now = clock.now();
    const ahead = line.slice(0, line.indexOf(ticket));
    const waits = [...ticket.charges].map(([allowance, amount]) => {
      const theirs = ahead.reduce((sum, { charges }) => sum + (charges.get(allowance) ?? 0), 0);
      return useOf(allowance).waitFor(theirs, amount, ceilingOf(lane, limits[allowance]), now);
    });
    return Math.max(0, ...waits);
  }

  function held(service: Service, lane: Lane): number {
    return Math.max(0, (holds.get(`${service}/${lane}`) ?? 0) - clock.now());
  }

  function hold(service: Service, lanes: readonly Lane[], ms: number): void {
    const until = clock.now() + Math.min(ms, LONGEST_HOLD);
    for (const lane of lanes) {
      const key = `${service}/${lane}`;
      holds.set(key, Math.max(holds.get(key) ?? 0, until));
    }
  }

  function notNow(call: Call, lane: Lane, retryAfter: number): TenantError {
    told(lane, 'not-now');
    return tenantError('throttled', 'GRAPH_NOT_NOW', call.operation, { retryAfter });
  }

  return {
    async take(call, lane, again, signal) {
      const ticket: Ticket = { rank: LANES.indexOf(lane), charges: chargesOf(call.cost, isWrite(call)) };
      const place = line.findIndex(({ rank }) => rank > ticket.rank);
      line.splice(place < 0 ? line.length : place, 0, ticket);
      let slept = 0;
      try {
        for (;;) {
          const wait = Math.max(waitOf(ticket, lane), again ? 0 : held(call.cost.service, lane));
          if (wait <= 0) break;
          if (slept + wait > longestOf(call, lane)) throw notNow(call, lane, wait);
          if (slept === 0) told(lane, 'waited');
          slept += wait;
          await clock.sleep(wait, signal);
          if (signal.aborted) throw silent(call, { sent: false, timedOut: true });
        }
        for (const [allowance, amount] of ticket.charges) useOf(allowance).take(amount, clock.now());
      } finally {
        line.splice(line.indexOf(ticket), 1);
      }
    },
    heard(service, status, pressure, retryAfter) {
      // A 503 with a wait is about what was asked for: the next thing that is asked may well be answered.
      if (status === 429) hold(service, ['click', 'watch', 'later', 'spare'], retryAfter ?? UNSAID);
      const patient: readonly Lane[] = ['watch', 'later', 'spare'];
      if (pressure !== undefined && pressure >= PRESSURE.from)
        hold(service, pressure >= PRESSURE.full ? ['click', ...patient] : patient, PRESSURE.lasts);
    },
  };
}

function longestOf({ cost }: Call, lane: Lane): number {
  return cost.service === 'auditLog' ? LONGEST_OF_AUDIT : LONGEST[lane];
}

function isWrite({ method, repeat }: Call): boolean {
  return method !== 'GET' && repeat !== 'read';
}
