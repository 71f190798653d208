import type { Onboarding } from './onboarding';
import type { PersonId } from './person';

/** As the audit log names people: with an id, with a user principal name alone, or not at all. Ids are lower case. */
export interface Named {
  readonly id?: PersonId;
  readonly userPrincipalName?: string;
}

/** `unknown` covers everything that does not name somebody: it is evidence of nothing. */
export type Initiator =
  | { readonly kind: 'onboard' }
  | ({ readonly kind: 'person' } & Named)
  | { readonly kind: 'application'; readonly appId: string }
  | { readonly kind: 'unknown' };

/** One entry of the tenant's audit log that may matter here. `at` is the tenant's clock, epoch ms; entries come late. */
export interface AuditEvent {
  readonly id: string;
  readonly at: number;
  readonly what: 'passkey-added' | 'member-added';
  readonly target: Named;
  /** Of `member-added`: which group. */
  readonly groupId?: string;
  readonly by: Initiator;
}

/** Passkey events of this window's time that are about its subject. */
export function aboutSubject(onboarding: Onboarding, events: readonly AuditEvent[]): readonly AuditEvent[] {
  const { subject, openedAt } = onboarding;
  if (openedAt === undefined) return [];
  return events.filter(
    (event) => event.what === 'passkey-added' && event.at >= openedAt && isPerson(event.target, subject),
  );
}

/**
 * The id of somebody else who is known to have added a passkey for the subject, as `person:...` or `application:...`;
 * `null` when there is none. Only positive evidence counts: an event without an initiator, one by Onboard itself, one by a
 * name that belongs to nobody known, or no event at all, is none. Names must have been turned into ids before.
 */
export function foreignRegistration(onboarding: Onboarding, events: readonly AuditEvent[]): string | null {
  for (const { by } of aboutSubject(onboarding, events)) {
    if (by.kind === 'application') return `application:${by.appId}`;
    if (by.kind === 'person' && by.id && by.id !== onboarding.subject.id) return `person:${by.id}`;
  }
  return null;
}

/** An id decides where there is one; a name only where there is none. */
export function isPerson(named: Named, person: { readonly id: PersonId; readonly userPrincipalName: string }): boolean {
  if (named.id) return named.id === person.id;
  return named.userPrincipalName?.toLowerCase() === person.userPrincipalName.toLowerCase();
}
