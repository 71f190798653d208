import type { Onboarding } from './onboarding';
import type { Person, PersonId } from './person';
import type { Policy } from './policy';
import type { Refusal } from './refusal';

/** What was read, just now, about somebody who wants to decide. */
export interface DeciderFacts {
  /** `null` when the account is gone. */
  readonly person: Person | null;
  /** The subject's manager as the directory says now. */
  readonly managerOfSubject: PersonId | null;
  /** Above the subject's manager in the directory now; read only for somebody who was asked by way of that line. */
  readonly inLine?: boolean;
  /** In the onboarding group, or left it less than the cool-down ago. */
  readonly exempt: boolean;
}

/** Whether somebody may decide on, and be shown the pass of, this onboarding now. `null` means yes (promise 2). */
export function judgeApprover(
  onboarding: Onboarding,
  by: PersonId,
  facts: DeciderFacts,
  policy: Policy,
): Refusal | null {
  if (by === onboarding.subject.id || by === onboarding.requester.id) return { code: 'same-person' };
  if (onboarding.passedOn?.some((person) => person.id === by))
    return { code: 'passed-on', to: onboarding.approver.displayName };
  // Being above the manager is enough only for whoever was asked for that reason.
  const byLine = facts.inLine === true && onboarding.approverIs === 'line' && onboarding.approver.id === by;
  const stands = by === facts.managerOfSubject || policy.fallbackApproverIds.includes(by) || byLine;
  if (!stands) return { code: by === onboarding.approver.id ? 'not-approver-any-more' : 'not-yours' };
  if (!facts.person?.enabled || facts.person.kind === 'guest') return { code: 'not-approver-any-more' };
  if (facts.exempt) return { code: 'approver-exempt' };
  return null;
}

/**
 * Whether the second approval that was given still stands, judged when the pass is shown and when the window opens.
 * `null` means yes, or that none was given.
 */
export function judgeSecondStanding(
  onboarding: Onboarding,
  facts: DeciderFacts | undefined,
  policy: Policy,
): Refusal | null {
  const second = onboarding.secondApprovedBy;
  if (!second) return null;
  if (!facts || judgeSecondApprover(onboarding, second.id, facts, policy)) return { code: 'second-approval-lapsed' };
  return null;
}

/** The second approver comes from a list and is nobody who has a part in this onboarding already. */
export function judgeSecondApprover(
  onboarding: Onboarding,
  by: PersonId,
  facts: DeciderFacts,
  policy: Policy,
): Refusal | null {
  const parts = [onboarding.subject.id, onboarding.requester.id, onboarding.approvedBy?.id];
  if (parts.includes(by)) return { code: 'same-person' };
  if (!policy.secondApproverIds.includes(by)) return { code: 'not-yours' };
  if (!facts.person?.enabled || facts.person.kind === 'guest') return { code: 'not-approver-any-more' };
  if (facts.exempt) return { code: 'approver-exempt' };
  return null;
}

export type ManagerFacts =
  | { readonly kind: 'person'; readonly person: Person; readonly exempt: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-a-person' };

type WhyNotManager = Extract<Refusal, { code: 'no-approver' }>['why'];

/** Why the manager cannot be asked; `null` when they can. */
export function whyNotManager(manager: ManagerFacts, requester: PersonId, subject: PersonId): WhyNotManager | null {
  // A directory may name somebody as their own manager.
  if (manager.kind === 'none' || (manager.kind === 'person' && manager.person.id === subject)) return 'no-manager';
  if (manager.kind === 'not-a-person') return 'manager-not-a-person';
  if (!manager.person.enabled || manager.person.kind === 'guest') return 'manager-disabled';
  if (manager.person.id === requester) return 'manager-is-requester';
  return manager.exempt ? 'manager-exempt' : null;
}

/** The first listed fallback who can decide; list order is the customer's order of preference. */
export function chooseFallback(
  fallbacks: readonly { readonly person: Person; readonly exempt: boolean }[],
  parts: readonly PersonId[],
): Person | null {
  const usable = fallbacks.find(
    ({ person, exempt }) => person.enabled && person.kind === 'member' && !exempt && !parts.includes(person.id),
  );
  return usable?.person ?? null;
}
