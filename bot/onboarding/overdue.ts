import { accept, type Decision, refuse } from './decision';
import { entry, liveCards, toPerson } from './moved';
import { hasOpenWindow, type Onboarding } from './onboarding';

export const EXIT_OVERDUE = 'exit-overdue';

/**
 * How long absence from the group should have been read already, ms: since the deadline, or since an exit that began
 * before it. Negative while nothing is late.
 */
export function overdueBy(onboarding: Onboarding, now: number): number {
  return now - Math.min(onboarding.deadline ?? now, onboarding.exit?.startedAt ?? Number.POSITIVE_INFINITY);
}

/** Somebody is still in the group although the time is over. Those who can act are told, once. */
export function exitOverdue(onboarding: Onboarding, now: number): Decision {
  if (!hasOpenWindow(onboarding) || onboarding.findings.includes(EXIT_OVERDUE)) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, findings: [...onboarding.findings, EXIT_OVERDUE] };
  const minutes = Math.round(overdueBy(onboarding, now) / 60_000);
  return accept(
    next,
    [entry(now, { onboard: 'worker' }, EXIT_OVERDUE, { minutes })],
    [
      ...liveCards(next),
      { once: 'alert', to: { conversation: next.askedIn }, key: EXIT_OVERDUE },
      { once: 'alert', to: toPerson(next.approvedBy ?? next.approver), key: EXIT_OVERDUE },
    ],
  );
}
