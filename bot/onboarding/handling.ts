import { accept, type Decision, refuse } from './decision';
import { entry, liveCards } from './moved';
import { needsHandling, type Onboarding, toActOn } from './onboarding';
import { nameOf, type Person } from './person';

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
