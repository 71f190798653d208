import { type AuditEvent, aboutSubject, foreignRegistration } from '../onboarding/audit';
import type { Onboarding } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import type { Context } from './context';
import { isPassing, TenantError } from './tenant';

/** At most one question in this time, for everybody together: the log takes 5 in 10 s from all of an application. */
export const AUDIT_GAP = 10_000;

/** What the log says, or that it could not be read: no evidence, as an empty one is none, but not an answer either. */
export interface AuditRead {
  readonly events: readonly AuditEvent[];
  /** Absent after an answer. `passing`: asking again may help. */
  readonly unread?: 'passing' | 'lasting';
}

/** Reads the audit log sparingly. Never throws for a log that cannot be read. */
export interface AuditReader {
  /**
   * Entries since then, epoch ms, as the log had them at most AUDIT_GAP ago; and not before `asOf`, where that is given,
   * which may mean to wait for the next turn.
   */
  read(what: AuditEvent['what'], since: number, asOf?: number): Promise<AuditRead>;
}

export function createAuditReader(context: Pick<Context, 'tenant' | 'clock' | 'policy' | 'log'>): AuditReader {
  const { tenant, clock, policy, log } = context;
  const last = new Map<AuditEvent['what'], { at: number; since: number; events: readonly AuditEvent[] }>();
  const waiting = new Map<AuditEvent['what'], { since: number; answer: Promise<AuditRead> }>();
  let turn: Promise<unknown> = Promise.resolve();
  let nextAt = Number.NEGATIVE_INFINITY;

  /** Waits for the gap, then asks once for everybody who came meanwhile. */
  async function ask(what: AuditEvent['what']): Promise<AuditRead> {
    const wait = Math.min(nextAt - clock.now(), AUDIT_GAP);
    if (wait > 0) await clock.sleep(wait);
    const at = clock.now();
    nextAt = at + AUDIT_GAP;
    const since = waiting.get(what)?.since ?? at;
    waiting.delete(what);
    try {
      const events = await tenant.auditEvents(what, since);
      last.set(what, { at, since, events });
      return { events };
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      log.warn({ event: 'audit-unreadable', code: error.code, hint: error.hint, requestId: error.detail.requestId });
      return { events: [], unread: isPassing(error) ? 'passing' : 'lasting' };
    }
  }

  async function read(what: AuditEvent['what'], since: number, asOf: number): Promise<AuditRead> {
    if (policy.audit === 'off') return { events: [] };
    const known = last.get(what);
    if (known && known.since <= since && known.at >= asOf && Math.abs(clock.now() - known.at) < AUDIT_GAP)
      return { events: known.events };
    const shared = waiting.get(what);
    if (shared) {
      shared.since = Math.min(shared.since, since);
      return shared.answer;
    }
    const answer = turn.then(() => ask(what));
    turn = answer.catch(() => undefined);
    waiting.set(what, { since, answer });
    return answer;
  }

  return {
    async read(what, since, asOf = Number.NEGATIVE_INFINITY) {
      const { events, ...rest } = await read(what, since, asOf);
      return { ...rest, events: events.filter((event) => event.at >= since) };
    },
  };
}

/**
 * Who else is known to have added a passkey in this onboarding's window; `null` when nobody is. The log may name people
 * by their user principal name alone: such a name counts only when it is, now, the name of somebody.
 */
export async function findForeign(
  context: Pick<Context, 'tenant'>,
  onboarding: Onboarding,
  events: readonly AuditEvent[],
): Promise<string | null> {
  const named = await Promise.all(
    aboutSubject(onboarding, events).map(async (event): Promise<AuditEvent> => {
      const { by } = event;
      if (by.kind !== 'person' || by.id || !by.userPrincipalName) return event;
      const id = await idOf(context, by.userPrincipalName);
      return id === undefined ? event : { ...event, by: { ...by, id } };
    }),
  );
  return foreignRegistration(onboarding, named);
}

async function idOf({ tenant }: Pick<Context, 'tenant'>, userPrincipalName: string): Promise<PersonId | undefined> {
  const name = userPrincipalName.toLowerCase();
  const people = await tenant.findPeople(userPrincipalName);
  return people.find((person) => person.userPrincipalName.toLowerCase() === name)?.id;
}
