import { accept, type Decision, refuse, type Tell } from './decision';
import { clockWentBack, dueAt } from './due';
import { entry, requestCard } from './moved';
import type { Onboarding } from './onboarding';
import { nameOf, type Person, type PersonId } from './person';
import type { Policy } from './policy';
import type { Refusal } from './refusal';
import { type DeciderFacts, judgeApprover, judgeSecondApprover } from './standing';
import { judgeSubject, type SubjectFacts } from './subject';

/** The longest comment that is kept, in characters. */
const MAX_COMMENT = 500;

/** What every decision on a request has read just now. */
export interface ApprovalFacts {
  readonly by: Person;
  readonly decider: DeciderFacts;
  readonly subject: SubjectFacts;
  /** The second approver as read now, where there is one already: the approval must still be theirs to give. */
  readonly second?: DeciderFacts;
}

/** What the approver ticked and wrote. */
export interface Confirmed {
  readonly knowsPerson: boolean;
  readonly spokeToday: boolean;
  readonly comment?: string;
}

/** Why a request cannot be decided any more; `null` while it can. The second person is told who was first. */
function alreadyDecided(onboarding: Onboarding, now: number): Refusal | null {
  if (onboarding.state === 'closed') return { code: 'finished', outcome: onboarding.outcome ?? 'cancelled' };
  if (onboarding.state !== 'requested') {
    return { code: 'already-decided', outcome: 'approved', by: onboarding.approvedBy?.displayName ?? '' };
  }
  return now >= onboarding.expiresAt || clockWentBack(onboarding, now) ? { code: 'expired' } : null;
}

/** How it stands is nothing for somebody who has no part in it and could not have decided either. */
function outcomeFor(
  outcome: Refusal,
  onboarding: Onboarding,
  { by, decider }: Omit<ApprovalFacts, 'subject'>,
  policy: Policy,
): Refusal {
  const { subject, requester, approver, approvedBy, secondApprovedBy } = onboarding;
  if ([subject, requester, approver, approvedBy, secondApprovedBy].some((person) => person?.id === by.id))
    return outcome;
  const standing = judgeApprover(onboarding, by.id, decider, policy);
  const may = standing?.code !== 'not-yours' || policy.secondApproverIds.includes(by.id);
  return may ? outcome : { code: 'not-yours' };
}

/** The first approval. For privileged people a second one is asked for; nothing opens in either case. */
export function approve(
  onboarding: Onboarding,
  facts: ApprovalFacts,
  confirmed: Confirmed,
  policy: Policy,
  now: number,
): Decision {
  const decided = alreadyDecided(onboarding, now);
  if (decided) return refuse(outcomeFor(decided, onboarding, facts, policy));
  if (onboarding.approvedBy) {
    const before: Refusal = { code: 'already-decided', outcome: 'approved', by: onboarding.approvedBy.displayName };
    return refuse(
      onboarding.approvedBy.id === facts.by.id
        ? { code: 'awaiting-second' }
        : outcomeFor(before, onboarding, facts, policy),
    );
  }
  const standing = judgeApprover(onboarding, facts.by.id, facts.decider, policy);
  if (standing) return refuse(standing);
  if (!confirmed.knowsPerson || !confirmed.spokeToday) return refuse({ code: 'confirm-first' });
  const subject = judgeSubject(facts.subject, onboarding.reason, policy);
  if ('refusal' in subject) return refuse(subject.refusal);

  // Somebody who became privileged since the request needs the second approval from now on; nobody loses that need.
  const privileged = onboarding.privileged || subject.privileged;
  const approved = {
    ...onboarding,
    privileged,
    approvedBy: nameOf(facts.by),
    approvedAt: now,
    ...commented(confirmed.comment),
  };
  const line = entry(now, { person: facts.by.id }, 'approved', { privileged });
  if (privileged) {
    const asked = secondAsked(approved, policy);
    if (asked.length === 0) return refuse({ code: 'no-second-approver' });
    const tells = asked.map((id): Tell => ({ live: 'second-approval', to: { person: id } }));
    const waiting = { ...approved, dueAt: dueAt(approved, policy, now) };
    return accept(waiting, [line], [...decisionCards(onboarding, waiting), ...tells]);
  }
  return accept(ready(approved, policy, now), [line], decisionCards(onboarding, approved));
}

/** The second approval, by somebody on the list who has no other part in it and is never shown the pass. */
export function secondApprove(onboarding: Onboarding, facts: ApprovalFacts, policy: Policy, now: number): Decision {
  const decided = alreadyDecided(onboarding, now);
  if (decided) {
    const outcome =
      decided.code === 'already-decided' && onboarding.secondApprovedBy
        ? { ...decided, by: onboarding.secondApprovedBy.displayName }
        : decided;
    return refuse(outcomeFor(outcome, onboarding, facts, policy));
  }
  if (!onboarding.approvedBy) return refuse({ code: 'stale-card' });
  const standing = judgeSecondApprover(onboarding, facts.by.id, facts.decider, policy);
  if (standing) return refuse(standing);
  const subject = judgeSubject(facts.subject, onboarding.reason, policy);
  if ('refusal' in subject) return refuse(subject.refusal);

  const approved = { ...onboarding, secondApprovedBy: nameOf(facts.by), secondApprovedAt: now };
  return accept(
    ready(approved, policy, now),
    [entry(now, { person: facts.by.id }, 'second-approved')],
    [...decisionCards(onboarding, approved), ...secondCards(policy, approved)],
  );
}

/** A decline by somebody who may decide, first or second. */
export function decline(
  onboarding: Onboarding,
  facts: Omit<ApprovalFacts, 'subject'>,
  why: string,
  policy: Policy,
  now: number,
): Decision {
  const decided = alreadyDecided(onboarding, now);
  if (decided) return refuse(outcomeFor(decided, onboarding, facts, policy));
  const asFirst = judgeApprover(onboarding, facts.by.id, facts.decider, policy);
  const asSecond = onboarding.approvedBy
    ? judgeSecondApprover(onboarding, facts.by.id, facts.decider, policy)
    : asFirst;
  if (asFirst && asSecond) return refuse(asFirst.code === 'not-yours' ? asSecond : asFirst);
  const declined = { ...onboarding, ...commented(why) };
  return closeUnopened(declined, 'declined', { person: facts.by.id }, policy, now);
}

/** Nobody decided, or nobody asked for the pass, in time. Refused while there is time left. */
export function expire(onboarding: Onboarding, policy: Policy, now: number): Decision {
  const until = onboarding.state === 'requested' ? onboarding.expiresAt : onboarding.useBy;
  if (until === undefined || (now < until && !clockWentBack(onboarding, now))) return refuse({ code: 'stale-card' });
  return closeUnopened(onboarding, 'expired', 'onboard', policy, now);
}

/** Ends an onboarding that never opened a window. There is nothing in the tenant to take back. */
export function closeUnopened(
  onboarding: Onboarding,
  outcome: 'declined' | 'expired' | 'cancelled',
  by: 'onboard' | { readonly person: string } | { readonly operator: string },
  policy: Policy,
  now: number,
): Decision {
  const { dueAt: _, useBy: __, ...rest } = onboarding;
  const closedBy = by === 'onboard' ? 'onboard' : 'person' in by ? by.person : 'operator';
  const next: Onboarding = { ...rest, state: 'closed', outcome, closedAt: now, closedBy };
  return accept(
    next,
    [entry(now, by === 'onboard' ? { onboard: 'worker' } : by, outcome)],
    [
      ...decisionCards(onboarding, next),
      ...(onboarding.approvedBy && onboarding.privileged ? secondCards(policy, next) : []),
      { once: 'requester-closed', to: { conversation: next.askedIn } },
    ],
  );
}

function commented(words = ''): Pick<Onboarding, 'comment'> {
  const comment = [...words.trim()].slice(0, MAX_COMMENT).join('');
  return comment ? { comment } : {};
}

function ready(approved: Onboarding, policy: Policy, now: number): Onboarding {
  const useBy = Math.max(now, approved.startAt ?? now) + policy.approvedLifetime;
  const next: Onboarding = { ...approved, state: 'approved', useBy };
  return { ...next, dueAt: dueAt(next, policy, now) };
}

/** The cards that a decision settles: where it was asked, everybody who was asked, and who decided. */
function decisionCards(before: Onboarding, after: Onboarding): Tell[] {
  const asked = [
    before.approver,
    ...(before.escalatedTo ?? []),
    ...(before.passedOn ?? []),
    ...(after.approvedBy ? [after.approvedBy] : []),
  ];
  const ids = [...new Set(asked.map((person) => person.id))];
  return [requestCard(after), ...ids.map((id): Tell => ({ live: 'approval', to: { person: id } }))];
}

/** Everybody who was asked for the second approval. */
function secondCards(policy: Policy, onboarding: Onboarding): Tell[] {
  return secondAsked(onboarding, policy).map((id): Tell => ({ live: 'second-approval', to: { person: id } }));
}

/** Listed second approvers who have no other part in it. */
export function secondAsked(onboarding: Onboarding, policy: Policy): readonly PersonId[] {
  const parts = [onboarding.approvedBy?.id, onboarding.subject.id, onboarding.requester.id];
  return policy.secondApproverIds.filter((id) => !parts.includes(id));
}
