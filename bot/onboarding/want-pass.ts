import { accept, type Decision, refuse } from './decision';
import { entry, toPerson } from './moved';
import type { Onboarding } from './onboarding';
import type { PersonId } from './person';
import { MINUTE, type Policy } from './policy';

/** Asked again sooner than this, the approver is not disturbed again. */
const AGAIN = MINUTE;

/**
 * Another pass is wanted: the approver gets the button once more, as a message of its own. Nothing is made by asking;
 * whether there may be another one is judged when the button is pressed, and said here where it is known already.
 */
export function wantPass(onboarding: Onboarding, by: PersonId, policy: Policy, now: number): Decision {
  const { state, approvedBy, deadline, passWantedAt, passesStarted } = onboarding;
  if (state === 'closed' || state === 'closing')
    return refuse({ code: 'finished', outcome: onboarding.outcome ?? onboarding.exit?.outcome ?? 'cancelled' });
  if (state === 'requested' || !approvedBy)
    return refuse(approvedBy ? { code: 'awaiting-second' } : { code: 'not-approved-yet' });
  if (passesStarted >= policy.maxPasses) return refuse({ code: 'passes-used-up', max: policy.maxPasses });
  if (deadline !== undefined && now >= deadline - policy.lastPassMargin) return refuse({ code: 'too-late-for-a-pass' });
  if (passWantedAt !== undefined && now >= passWantedAt && now < passWantedAt + AGAIN)
    return refuse({ code: 'asked-just-now' });
  return accept(
    { ...onboarding, passWantedAt: now },
    [entry(now, { person: by }, 'pass-wanted')],
    [{ once: 'approver-pass-wanted', to: toPerson(approvedBy), key: String(now) }],
  );
}
