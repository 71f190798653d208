import { accept, type Decision, refuse } from './decision';
import { alertTells } from './exit-parts';
import { entry, liveCards } from './moved';
import { AFTERCARE_DELAYS, type Onboarding } from './onboarding';

/** The finding that her own word makes; its subject is the passkey. */
export const DENIED = 'subject-denies';

/**
 * After a completion, perhaps at her first own sign-in, she says that the passkey is not hers. It may be the first that
 * anybody hears of it: whoever can act is alerted, and her sessions are revoked. What was read back stays what it was, and
 * nothing is opened.
 */
export function deny(onboarding: Onboarding, by: string, now: number): Decision {
  const { state, outcome, passkey, subject, deniedAt } = onboarding;
  if (by !== subject.id) return refuse({ code: 'not-yours' });
  if (state !== 'closed' || outcome !== 'completed' || !passkey || deniedAt !== undefined)
    return refuse({ code: 'finished', outcome: outcome ?? 'cancelled' });
  // What was confirmed before does not cover this.
  const { handledAt: _, handledBy: __, ...rest } = onboarding;
  const next: Onboarding = {
    ...rest,
    deniedAt: now,
    findings: [...onboarding.findings, `${DENIED}:${passkey.id}`],
    dueAt: now,
  };
  const line = entry(now, { person: by }, 'passkey-denied', { method: passkey.id });
  return accept(next, [line], [...liveCards(next), ...alertTells(next, 'denied')]);
}

/** She denied it, and it was not read back yet that her sessions are void. */
export function mustEndDenied({ deniedAt, deniedRevokedAt }: Onboarding): boolean {
  return deniedAt !== undefined && deniedRevokedAt === undefined;
}

/** Her sessions are valid from a later time than before. Aftercare goes on as it was planned. */
export function deniedRevoked(onboarding: Onboarding, validFrom: number, now: number): Decision {
  if (!mustEndDenied(onboarding)) return refuse({ code: 'stale-card' });
  const { dueAt: _, ...rest } = onboarding;
  const delay = AFTERCARE_DELAYS[onboarding.aftercareDone ?? AFTERCARE_DELAYS.length];
  const next: Onboarding = {
    ...rest,
    deniedRevokedAt: now,
    ...(delay === undefined ? {} : { dueAt: (onboarding.closedAt ?? now) + delay }),
  };
  const line = entry(now, { onboard: 'worker' }, 'sessions-revoked-read-back', { validFrom });
  return accept(next, [line], liveCards(next));
}
