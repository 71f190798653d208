import { accept, type Decision, refuse } from './decision';
import { startExit } from './exit';
import { judgePasskey, type Method, type Passkey } from './method';
import { entry, liveCards, toPerson } from './moved';
import type { Onboarding } from './onboarding';
import type { Policy } from './policy';

/**
 * What a look at the subject's methods means. Refused with `stale-card` when there is nothing new, so that a look that
 * found nothing commits nothing.
 */
export function looked(
  onboarding: Onboarding,
  passkeys: readonly Passkey[],
  authenticators: readonly Method[],
  policy: Policy,
  now: number,
): Decision {
  const { baseline } = onboarding;
  if (onboarding.state !== 'open' || !baseline) return refuse({ code: 'stale-card' });

  const judged = passkeys.map((passkey) => ({ passkey, verdict: judgePasskey(passkey, baseline, policy.accepted) }));
  const proof = judged.find(({ verdict }) => verdict === 'acceptable')?.passkey;
  if (proof) return passkeySeen(onboarding, proof, policy, now);

  const seen = onboarding.wrongKindIds ?? [];
  const wrong = judged.find(({ passkey, verdict }) => verdict === 'wrong-kind' && !seen.includes(passkey.id))?.passkey;
  if (wrong) {
    const wrongKind = { ...keep(wrong), seenAt: now };
    const next: Onboarding = { ...onboarding, wrongKind, wrongKindIds: [...seen, wrong.id] };
    return accept(
      next,
      [entry(now, { onboard: 'worker' }, 'wrong-kind-seen', { method: wrong.id, aaGuid: wrong.aaGuid ?? null })],
      [...liveCards(next), { once: 'subject-wrong-kind', to: toPerson(next.subject) }],
    );
  }

  const known = new Set(baseline.methods.map((method) => method.id));
  const authenticator = authenticators.find((method) => !known.has(method.id));
  if (authenticator && onboarding.authenticatorSeenAt === undefined) {
    const next: Onboarding = { ...onboarding, authenticatorSeenAt: now };
    return accept(
      next,
      [entry(now, { onboard: 'worker' }, 'authenticator-seen', { method: authenticator.id })],
      [...liveCards(next), { once: 'subject-authenticator-seen', to: toPerson(next.subject) }],
    );
  }
  return refuse({ code: 'stale-card' });
}

/** The proof: an acceptable passkey that was not there before. The exit starts in the same commit. */
function passkeySeen(onboarding: Onboarding, passkey: Passkey, policy: Policy, now: number): Decision {
  const seen: Onboarding = { ...onboarding, passkey: { ...keep(passkey), seenAt: now } };
  const exit = startExit(seen, 'completed', 'onboard', policy, now);
  if (!exit.ok) return exit;
  return accept(
    exit.change.next,
    [
      entry(now, { onboard: 'worker' }, 'passkey-seen', {
        method: passkey.id,
        aaGuid: passkey.aaGuid ?? null,
        type: passkey.passkeyType ?? null,
        createdAt: passkey.createdAt ?? null,
      }),
      ...exit.change.ledger,
    ],
    [...exit.change.tell, { once: 'subject-passkey-seen', to: toPerson(seen.subject) }],
  );
}

function keep(passkey: Passkey): Method {
  const { id, kind, displayName, createdAt } = passkey;
  return { id, kind, ...(displayName ? { displayName } : {}), ...(createdAt === undefined ? {} : { createdAt }) };
}

/** How often a repeated "I'm done" is taken for a wish to be looked at again, ms. */
const SAY_AGAIN = 5_000;

/** She said so a moment ago, and nothing has happened since that would give it another meaning: not a change. */
export function saidAlready(onboarding: Onboarding, by: string, now: number): boolean {
  const { doneSaidAt, exit, subject, state } = onboarding;
  if (doneSaidAt === undefined || by !== subject.id || state === 'closed') return false;
  return exit ? exit.settleAt <= now : now - doneSaidAt < SAY_AGAIN;
}

/** The subject says that she is finished: the settling ends now, or the next look comes now. Pressing again is fine. */
export function doneSaid(onboarding: Onboarding, by: string, now: number): Decision {
  if (by !== onboarding.subject.id) return refuse({ code: 'not-yours' });
  if (onboarding.state === 'closed') return refuse({ code: 'finished', outcome: onboarding.outcome ?? 'completed' });
  if (onboarding.state !== 'open' && onboarding.state !== 'closing') return refuse({ code: 'stale-card' });
  const exit = onboarding.exit && { ...onboarding.exit, settleAt: Math.min(onboarding.exit.settleAt, now) };
  const next: Onboarding = { ...onboarding, doneSaidAt: now, dueAt: now, ...(exit ? { exit } : {}) };
  return accept(next, [entry(now, { person: by }, 'done-said')], liveCards(next));
}
