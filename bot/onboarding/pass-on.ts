import { accept, type Decision, refuse, type Tell } from './decision';
import { clockWentBack } from './due';
import { entry, requestCard, toPerson } from './moved';
import type { Onboarding } from './onboarding';
import { nameOf, type Person, type PersonId } from './person';
import type { Policy } from './policy';

/** How often a request is passed on at the most. */
export const MAX_HOPS = 3;

/** Somebody who could be asked instead, as read now. */
export interface Candidate {
  readonly person: Person;
  readonly exempt: boolean;
  /** Requests that wait for them already. */
  readonly open: number;
  readonly as: 'line' | 'fallback';
}

/**
 * Whoever is asked says that it is not theirs. It goes to the first of `candidates` who can be asked: the line above
 * them first, then the listed fallbacks. Everybody is asked once, so it cannot go round; the expiry stays where it is.
 */
export function passOn(
  onboarding: Onboarding,
  by: Person,
  candidates: readonly Candidate[],
  policy: Policy,
  now: number,
): Decision {
  const { state, approver, approvedBy, passedOn = [] } = onboarding;
  if (passedOn.some(({ id }) => id === by.id)) return refuse({ code: 'passed-on', to: approver.displayName });
  // How it stands is nothing for somebody who was never asked.
  if (!askedAlready(onboarding).includes(by.id)) return refuse({ code: 'not-yours' });
  if (state === 'closed') return refuse({ code: 'finished', outcome: onboarding.outcome ?? 'cancelled' });
  if (state !== 'requested' || approvedBy)
    return refuse({ code: 'already-decided', outcome: 'approved', by: approvedBy?.displayName ?? '' });
  if (now >= onboarding.expiresAt || clockWentBack(onboarding, now)) return refuse({ code: 'expired' });
  if (approver.id !== by.id) return refuse({ code: 'not-yours' });
  if (passedOn.length >= MAX_HOPS) return refuse({ code: 'nobody-else' });

  const asked = askedAlready(onboarding);
  const next = candidates.find(
    ({ person, exempt, open }) =>
      person.enabled &&
      person.kind === 'member' &&
      !exempt &&
      open < policy.maxOpenPerApprover &&
      !asked.includes(person.id),
  );
  if (!next) return refuse({ code: 'nobody-else' });

  const moved: Onboarding = {
    ...onboarding,
    approver: nameOf(next.person),
    approverIs: next.as,
    passedOn: [...passedOn, approver],
  };
  return accept(
    moved,
    [entry(now, { person: by.id }, 'passed-on', { to: next.person.id, as: next.as, hop: passedOn.length + 1 })],
    [
      requestCard(moved),
      { live: 'approval', to: toPerson(approver) },
      ...[next.person].map((person): Tell => ({ live: 'approval', to: toPerson(person) })),
    ],
  );
}

/** Everybody who has a part in it or was asked; none of them is asked again. */
function askedAlready(onboarding: Onboarding): readonly PersonId[] {
  const { subject, requester, approver, passedOn = [], escalatedTo = [] } = onboarding;
  return [subject, requester, approver, ...passedOn, ...escalatedTo].map(({ id }) => id);
}
