import { accept, type Decision, type LedgerEntry, type Tell } from './decision';
import { entry, liveCards, toPerson } from './moved';
import { AFTERCARE_DELAYS, type Exit, needsHandling, type Onboarding } from './onboarding';

/**
 * Commits what was read of an exit, and closes when every part of it was. What was added is a part only where there is a
 * baseline to compare it with: before it nobody was let in.
 */
export function settleUp(onboarding: Onboarding, exit: Exit, lines: readonly LedgerEntry[], now: number): Decision {
  const { leftAt, passGoneAt, sessionsRevokedAt, methodsReadAt } = exit;
  const parts = [leftAt, passGoneAt, sessionsRevokedAt, ...(onboarding.baseline ? [methodsReadAt] : [])];
  const next: Onboarding = { ...onboarding, exit, dueAt: now };
  return parts.every((part) => part !== undefined)
    ? closed(next, exit, lines, now)
    : accept(next, lines, liveCards(next));
}

function closed(onboarding: Onboarding, exit: Exit, lines: readonly LedgerEntry[], now: number): Decision {
  const { mintingUntil: _, ...rest } = onboarding;
  const next: Onboarding = {
    ...rest,
    state: 'closed',
    outcome: exit.outcome,
    closedAt: now,
    closedBy: exit.startedBy,
    aftercareDone: 0,
    dueAt: now + AFTERCARE_DELAYS[0],
  };
  const tells: Tell[] = [
    ...liveCards(next),
    { once: 'requester-closed', to: { conversation: next.askedIn } },
    { once: 'approver-closed', to: toPerson(next.approvedBy ?? next.approver) },
    { once: 'subject-closed', to: toPerson(next.subject) },
    ...(needsHandling(next) ? alertTells(next, 'closed') : []),
  ];
  return accept(next, [...lines, entry(now, { onboard: 'worker' }, 'closed', { outcome: exit.outcome })], tells);
}

/** Whoever can act is alerted: where it was asked for, and the approver. Once for each `key`. */
export function alertTells(onboarding: Onboarding, key: string): readonly Tell[] {
  return [
    { once: 'alert', to: { conversation: onboarding.askedIn }, key },
    { once: 'alert', to: toPerson(onboarding.approvedBy ?? onboarding.approver), key },
  ];
}
