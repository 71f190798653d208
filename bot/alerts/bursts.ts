import type { Log } from '../workflow/context';

/** How long requests are counted together, ms. */
const SPAN = 10 * 60_000;
/** From so many in that time somebody should look: a morning on which ten people begin is more than usual, and said. */
const FROM_ONE = 12;
const TO_ONE = 6;
const MANY_PEOPLE = 10_000;

/** Notices when one person asks for many, or many are asked of one. Counted in this instance; caps hold for all of them. */
export function createBursts(log: Pick<Log, 'warn'>) {
  const requesters = new Map<string, number[]>();
  const approvers = new Map<string, number[]>();

  return {
    /** A request was made. `at` is epoch milliseconds. */
    requested(requester: string, approver: string, at: number): void {
      if (isMany(requesters, requester, at, FROM_ONE))
        log.warn({ event: 'many-requests', requester, why: 'burst', count: FROM_ONE });
      if (isMany(approvers, approver, at, TO_ONE))
        log.warn({ event: 'many-for-approver', approver, why: 'burst', count: TO_ONE });
    },
  };
}

/** True once when the limit is reached; then the count begins anew. */
function isMany(times: Map<string, number[]>, person: string, at: number, limit: number): boolean {
  if (times.size >= MANY_PEOPLE) times.clear();
  const recent = [...(times.get(person) ?? []).filter((time) => time > at - SPAN), at];
  times.set(person, recent.length >= limit ? [] : recent);
  return recent.length >= limit;
}
