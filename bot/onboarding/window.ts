import type { ApprovalFacts } from './approval';
import { accept, type Decision, refuse, type Tell } from './decision';
import { clockWentBack, MINT_LEASE, mintLost, mintUnderWay, PASS_REPLICATES } from './due';

import { exitLooked } from './exit';
import type { Baseline } from './method';
import { approvalCard, entry, liveCards, requestCard } from './moved';
import type { MintedPass, Onboarding } from './onboarding';
import type { Policy } from './policy';
import { judgeRecoverStart } from './recovery';
import type { Refusal } from './refusal';
import { judgeApprover, judgeSecondStanding } from './standing';
import { judgeSubject } from './subject';

export { MINT_LEASE } from './due';

/** What a click on "Show pass" may lead to. */
export type PassStep = { readonly step: 'open' | 'mint' } | { readonly refusal: Refusal };

/**
 * Whether this person may be shown a pass now, and what comes first. Standing and eligibility are judged again here,
 * whatever was found at the approval (promise 2).
 */
export function mayShowPass(onboarding: Onboarding, facts: ApprovalFacts, policy: Policy, now: number): PassStep {
  if (onboarding.state === 'closed' || onboarding.state === 'closing') {
    return { refusal: { code: 'finished', outcome: onboarding.outcome ?? onboarding.exit?.outcome ?? 'stopped' } };
  }
  if (onboarding.state === 'requested')
    return { refusal: { code: onboarding.approvedBy ? 'awaiting-second' : 'stale-card' } };
  // The first approver only: not another fallback, not the second approver.
  if (facts.by.id !== onboarding.approvedBy?.id) return { refusal: { code: 'not-yours' } };
  const standing = judgeApprover(onboarding, facts.by.id, facts.decider, policy);
  if (standing) return { refusal: standing };
  const subject = judgeSubject(facts.subject, onboarding.reason, policy);
  if ('refusal' in subject && !(subject.refusal.code === 'has-passkey' && onboarding.state !== 'approved')) {
    return { refusal: subject.refusal };
  }
  // She became privileged after a single approval: the second one is missing, and a window must not open without it.
  if ('privileged' in subject && subject.privileged && !onboarding.secondApprovedBy) {
    return { refusal: { code: 'awaiting-second' } };
  }
  const second = judgeSecondStanding(onboarding, facts.second, policy);
  if (second) return { refusal: second };
  if (onboarding.state === 'approved') {
    if (now >= (onboarding.useBy ?? 0) || clockWentBack(onboarding, now)) return { refusal: { code: 'expired' } };
    if (now < (onboarding.startAt ?? 0)) return { refusal: { code: 'too-early', startAt: onboarding.startAt ?? 0 } };
    const recover = judgeRecoverStart(onboarding, facts.subject.passkeys, policy);
    return recover ? { refusal: recover } : { step: 'open' };
  }
  const deadline = onboarding.deadline ?? 0;
  if (now >= deadline - policy.lastPassMargin) return { refusal: { code: 'too-late-for-a-pass' } };
  if (onboarding.passesStarted >= policy.maxPasses)
    return { refusal: { code: 'passes-used-up', max: policy.maxPasses } };
  if (onboarding.state === 'opening') return { refusal: { code: 'getting-ready' } };
  if (mintUnderWay(onboarding, now)) return { refusal: { code: 'getting-ready' } };
  return { step: 'mint' };
}

/** Commits the intent to open the window. Its deadline is fixed here, whatever happens afterwards. */
export function startOpening(onboarding: Onboarding, policy: Policy, now: number): Decision {
  if (onboarding.state !== 'approved' || !onboarding.approvedBy) return refuse({ code: 'stale-card' });
  if (now < (onboarding.startAt ?? 0)) return refuse({ code: 'too-early', startAt: onboarding.startAt ?? 0 });
  if (now >= (onboarding.useBy ?? 0)) return refuse({ code: 'expired' });
  const { useBy: _, ...rest } = onboarding;
  const deadline = now + policy.windowLength;
  const next: Onboarding = { ...rest, state: 'opening', openedAt: now, deadline, dueAt: now };
  return accept(
    next,
    [entry(now, { person: onboarding.approvedBy.id }, 'window-opening', { deadline })],
    [requestCard(next)],
  );
}

/**
 * The baseline was read; the next thing that happens in the tenant is the add, so its intent is written now. Where an old
 * passkey has to go first, that comes before it, with an intent of its own.
 */
export function baselineTaken(onboarding: Onboarding, baseline: Baseline, now: number): Decision {
  if (onboarding.state !== 'opening' || onboarding.baseline) return refuse({ code: 'stale-card' });
  return accept(
    { ...onboarding, baseline },
    [
      entry(now, { onboard: 'worker' }, 'baseline-taken', {
        methods: baseline.methods.map((method) => `${method.kind}:${method.id}`),
      }),
      ...(onboarding.recovery && onboarding.recovery.goneAt === undefined
        ? []
        : [entry(now, { onboard: 'worker' }, 'member-add-intended', { subject: onboarding.subject.id })]),
    ],
    [],
  );
}

/** Membership was read back. */
export function opened(onboarding: Onboarding, now: number): Decision {
  if (onboarding.state !== 'opening') return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, state: 'open', memberAt: now, dueAt: now };
  return accept(
    next,
    [entry(now, { onboard: 'worker' }, 'member-read-back', { subject: onboarding.subject.id })],
    liveCards(next),
  );
}

/** Commits the intent to mint, before Graph is asked: a pass that was created and lost still counts. */
export function startMint(onboarding: Onboarding, now: number): Decision {
  if (onboarding.state !== 'open' || !onboarding.approvedBy) return refuse({ code: 'stale-card' });
  const { handedOverAt: _, ...rest } = onboarding;
  const mintingUntil = now + MINT_LEASE;
  const next: Onboarding = {
    ...rest,
    passesStarted: onboarding.passesStarted + 1,
    mintingUntil,
    // Should its answer be lost, the end of the lease is when somebody looks.
    ...(onboarding.dueAt === undefined ? {} : { dueAt: Math.min(onboarding.dueAt, mintingUntil + 1) }),
  };
  return accept(
    next,
    [entry(now, { person: onboarding.approvedBy.id }, 'pass-intended', { number: next.passesStarted })],
    [],
  );
}

/**
 * A pass exists and its code is about to be shown. Refused when the onboarding moved on meanwhile, or the lease of the
 * mint is over, because then whoever looked may have deleted it already: delete the pass.
 */
export function minted(onboarding: Onboarding, pass: MintedPass, now: number): Decision {
  if (onboarding.state !== 'open' || onboarding.passesStarted !== pass.number) return refuse({ code: 'stale-card' });
  const { mintingUntil = Number.NEGATIVE_INFINITY, ...rest } = onboarding;
  if (now > mintingUntil) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...rest, pass: { ...pass, mintedAt: now } };
  return accept(
    next,
    [
      entry(now, { onboard: 'worker' }, 'pass-created', {
        number: pass.number,
        pass: pass.id,
        validUntil: pass.validUntil,
      }),
    ],
    // Not the approval card: it stays untouched while the pass may be on the approver's screen.
    cardsAboutPass(next),
  );
}

/** The pass that was shown last is deleted, to make room for the next one. No pass is alive until that one is made. */
export function passDeleted(onboarding: Onboarding, id: string, now: number): Decision {
  if (onboarding.state === 'closing') return exitLooked(onboarding, { deletedPasses: [id] }, now);
  if (onboarding.state !== 'open' || onboarding.pass?.id !== id) return refuse({ code: 'stale-card' });
  const { pass, ...rest } = onboarding;
  return accept(rest, [entry(now, { onboard: 'worker' }, 'pass-deleted', { number: pass.number, pass: id })], []);
}

/**
 * The mint failed before Graph could have made a pass, or what it made was deleted unseen: the next one need not wait,
 * and it does not count as one that was used.
 */
export function mintFailed(onboarding: Onboarding, number: number, why: string, now: number): Decision {
  if (onboarding.passesStarted !== number || onboarding.mintingUntil === undefined) {
    return refuse({ code: 'stale-card' });
  }
  const { mintingUntil: _, ...rest } = onboarding;
  return accept(
    { ...rest, passesStarted: number - 1 },
    [entry(now, { onboard: 'worker' }, 'pass-not-created', { number, why })],
    [],
  );
}

/**
 * Somebody looked what came of a mint whose answer was lost. Settled when what it had made was deleted, or when nothing
 * was listed for as long as a pass may take to be listed. It counts as one that was used: nobody knows that it was not.
 */
export function mintSettled(
  onboarding: Onboarding,
  mintingUntil: number | undefined,
  deleted: boolean,
  now: number,
): Decision {
  if (!mintLost(onboarding, now) || onboarding.mintingUntil !== mintingUntil) return refuse({ code: 'stale-card' });
  const { mintingUntil: until = now, ...rest } = onboarding;
  const waited = now - until;
  if (!deleted && waited >= 0 && waited < PASS_REPLICATES) return refuse({ code: 'stale-card' });
  return accept(
    rest,
    [entry(now, { onboard: 'worker' }, 'pass-not-shown', { number: onboarding.passesStarted, deleted })],
    [],
  );
}

/** The approver says that the subject has the code. Pressing again changes nothing. */
export function handedOver(onboarding: Onboarding, by: string, now: number): Decision {
  if (onboarding.approvedBy?.id !== by) return refuse({ code: 'not-yours' });
  if (onboarding.state !== 'open')
    return refuse({ code: 'finished', outcome: onboarding.outcome ?? onboarding.exit?.outcome ?? onboarding.state });
  if (!onboarding.pass) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, handedOverAt: onboarding.handedOverAt ?? now };
  return accept(
    next,
    [entry(now, { person: by }, 'handed-over', { number: onboarding.pass.number })],
    [...cardsAboutPass(next), approvalCard(next)],
  );
}

/** Who reads about passes; the subject is told to ask for hers. Not the approval card, which may show the pass. */
function cardsAboutPass(onboarding: Onboarding): readonly Tell[] {
  return liveCards(onboarding).filter((tell) => 'live' in tell && tell.live !== 'approval');
}
