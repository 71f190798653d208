import { accept, type Decision, refuse } from './decision';
import { entry, liveCards } from './moved';
import type { AddedMethod, Onboarding } from './onboarding';
import { nameOf, type Person } from './person';

/** What was added in a window that was stopped or frozen and is still there: somebody has to look at each of it. */
export function toActOn(onboarding: Onboarding): readonly AddedMethod[] {
  const outcome = onboarding.outcome ?? onboarding.exit?.outcome;
  if (outcome !== 'stopped' && outcome !== 'frozen') return [];
  return (onboarding.added ?? []).filter((method) => method.goneAt === undefined);
}

/** Something was found that a person has to put right, and nobody has said yet that it is. */
export function needsHandling(onboarding: Onboarding): boolean {
  if (onboarding.state !== 'closed' || onboarding.openedAt === undefined || onboarding.handledAt !== undefined)
    return false;
  return toActOn(onboarding).length > 0 || onboarding.outcome === 'frozen' || onboarding.findings.some(isSerious);
}

function isSerious(finding: string): boolean {
  return /^(member-again|pass-again|passkey-gone|method-added:|methods-unreadable|foreign-registration:)/.test(finding);
}

/** Somebody says that what was found has been put right. Not the subject: it may be about who she is. */
export function confirmHandled(onboarding: Onboarding, by: Person, now: number): Decision {
  if (by.id === onboarding.subject.id) return refuse({ code: 'not-yours' });
  if (onboarding.handledAt !== undefined)
    return refuse({ code: 'already-decided', outcome: 'handled', by: onboarding.handledBy?.displayName ?? '' });
  if (!needsHandling(onboarding)) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, handledAt: now, handledBy: nameOf(by) };
  const left = toActOn(onboarding).map((method) => `${method.kind}:${method.id}`);
  return accept(next, [entry(now, { person: by.id }, 'handled-confirmed', { methods: left })], liveCards(next));
}
