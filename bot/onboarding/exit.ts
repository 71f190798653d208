import { closeUnopened } from './approval';
import { accept, type Decision, type LedgerEntry, refuse } from './decision';
import { deny } from './deny';
import { mintUnderWay, PASS_REPLICATES } from './due';
import { settleUp } from './exit-parts';
import { actorOf, entry, keptAs, liveCards, type StartedBy } from './moved';
import type { Exit, Onboarding, WindowOutcome } from './onboarding';
import type { Policy } from './policy';

/**
 * Starts the way out of a window. For a completion the passes and sessions are left alone until it settles, because the
 * wizard on the computer still has to say Next and Done; everything else starts at once.
 */
export function startExit(
  onboarding: Onboarding,
  outcome: WindowOutcome,
  by: StartedBy,
  policy: Policy,
  now: number,
  finding?: string,
): Decision {
  if (onboarding.state !== 'opening' && onboarding.state !== 'open') return refuse({ code: 'stale-card' });
  // An "I'm done" from before the passkey was seen was too early to mean the pages that still have to say Next and Done.
  const settleAt = outcome === 'completed' ? Math.min(now + policy.settle, onboarding.deadline ?? now) : now;
  const next: Onboarding = {
    ...onboarding,
    state: 'closing',
    exit: { outcome, startedAt: now, startedBy: keptAs(by), settleAt },
    findings: finding ? [...onboarding.findings, finding] : onboarding.findings,
    dueAt: now,
  };
  const line = entry(now, actorOf(by), 'exit-started', { outcome, ...(finding ? { finding } : {}) });
  return accept(next, [line], liveCards(next));
}

/** Stop, by somebody who may: before a window it cancels, in one it starts the exit, in an exit it makes haste. */
export function stop(onboarding: Onboarding, by: StartedBy, policy: Policy, now: number): Decision {
  switch (onboarding.state) {
    case 'requested':
    case 'approved':
      return closeUnopened(onboarding, 'cancelled', by, policy, now);
    case 'opening':
    case 'open':
      return startExit(onboarding, 'stopped', by, policy, now);
    case 'closing': {
      const exit = onboarding.exit;
      if (!exit || exit.settleAt <= now)
        return refuse({ code: 'already-decided', outcome: exit?.outcome ?? 'stopped', by: '' });
      // A passkey was seen, and now somebody says stop: what is already proven stays, but nothing waits any longer.
      const next: Onboarding = {
        ...onboarding,
        exit: { ...exit, outcome: 'stopped', settleAt: now, startedBy: keptAs(by) },
        dueAt: now,
      };
      return accept(next, [entry(now, actorOf(by), 'exit-hastened', { outcome: 'stopped' })], liveCards(next));
    }
    case 'closed':
      if (typeof by === 'object' && 'person' in by && by.person === onboarding.subject.id)
        return deny(onboarding, by.person, now);
      return refuse({ code: 'finished', outcome: onboarding.outcome ?? 'cancelled' });
  }
}

/**
 * Somebody else is known to have added a passkey for her: what is open ends at once, what was about to be called completed
 * is not, and what was read of her methods counts no more. What was stopped stays stopped, with the finding.
 */
export function freeze(onboarding: Onboarding, by: string, policy: Policy, now: number): Decision {
  const finding = `foreign-registration:${by}`;
  if (onboarding.findings.includes(finding)) return refuse({ code: 'stale-card' });
  const { exit } = onboarding;
  if (onboarding.state !== 'closing' || !exit) return startExit(onboarding, 'frozen', 'onboard', policy, now, finding);
  const { methodsReadAt: _, proofMissedAt: __, ...rest } = exit;
  const outcome = exit.outcome === 'stopped' ? 'stopped' : 'frozen';
  const next: Onboarding = {
    ...onboarding,
    exit: { ...rest, outcome, settleAt: Math.min(exit.settleAt, now) },
    findings: [...onboarding.findings, finding],
    dueAt: now,
  };
  return accept(next, [entry(now, { onboard: 'worker' }, 'exit-hastened', { outcome, finding })], liveCards(next));
}

/** What one round of the exit read. Absent means that this round did not show it. */
export interface ExitReading {
  /** The answer to a removal: when, by the tenant's clock, and whether there was anything to remove. */
  readonly removal?: { readonly tenantTime: number; readonly result: 'removed' | 'not-member' };
  readonly absent?: boolean;
  /** Passes that this round deleted, as opposed to those that were said to be gone. */
  readonly deletedPasses?: readonly string[];
  readonly noPass?: boolean;
  /** `signInSessionsValidFromDateTime`, tenant's clock, epoch ms. */
  readonly validFrom?: number;
  /** The account is not in the directory any more. */
  readonly subjectGone?: boolean;
}

/**
 * Puts together what was read so far, and closes when every part was. Sessions count as revoked only when the tenant's
 * own times say that it was later than the removal that led to her absence; both are whole seconds, so "the same second"
 * is not later.
 */
export function exitLooked(onboarding: Onboarding, reading: ExitReading, now: number): Decision {
  const { exit } = onboarding;
  if (onboarding.state !== 'closing' || !exit) return refuse({ code: 'stale-card' });
  if (reading.subjectGone) return subjectGone(onboarding, exit, now);

  const merged = merge(onboarding, exit, reading, now);
  const lines = linesOf(onboarding, exit, merged, reading, now);
  if (lines.length === 0) return refuse({ code: 'stale-card' });
  return settleUp(onboarding, merged, lines, now);
}

function merge(onboarding: Onboarding, exit: Exit, reading: ExitReading, now: number): Exit {
  const { removal, absent, deletedPasses = [], noPass, validFrom } = reading;
  // While she is still seen in the group, the last removal is the one that counts, not the first.
  const removedTenantTime = exit.leftAt === undefined && removal ? removal.tenantTime : exit.removedTenantTime;
  const leftAt = exit.leftAt ?? (absent && removedTenantTime !== undefined ? now : undefined);
  const shown = onboarding.pass;
  const passDeletedAt = exit.passDeletedAt ?? (shown && deletedPasses.includes(shown.id) ? now : undefined);
  const passKnown = !shown || passDeletedAt !== undefined || now - (shown.mintedAt ?? 0) > PASS_REPLICATES;
  // In the very millisecond in which the lease ends, its mint may have been the last thing to happen.
  const passGone = noPass === true && passKnown && !mintUnderWay(onboarding, now - 1);
  const revoked =
    leftAt !== undefined &&
    validFrom !== undefined &&
    removedTenantTime !== undefined &&
    Math.floor(validFrom / 1000) > Math.floor(removedTenantTime / 1000);
  return {
    ...exit,
    ...(removedTenantTime === undefined ? {} : { removedTenantTime }),
    ...(leftAt === undefined ? {} : { leftAt }),
    ...(passDeletedAt === undefined ? {} : { passDeletedAt }),
    ...(exit.passGoneAt === undefined && passGone ? { passGoneAt: now } : {}),
    ...(exit.sessionsRevokedAt === undefined && revoked ? { sessionsRevokedAt: now } : {}),
  };
}

/** What this round showed for the first time, for the ledger. A removal that found nothing to remove is told as such. */
function linesOf(onboarding: Onboarding, exit: Exit, merged: Exit, reading: ExitReading, now: number): LedgerEntry[] {
  const line = (event: string, detail: LedgerEntry['detail']) => entry(now, { onboard: 'worker' }, event, detail);
  const subject = onboarding.subject.id;
  const { removal } = reading;
  const lines: LedgerEntry[] = [];
  if (removal?.result === 'removed') lines.push(line('member-removed', { tenantTime: removal.tenantTime }));
  else if (removal && exit.removedTenantTime === undefined)
    lines.push(line('member-not-there', { tenantTime: removal.tenantTime }));
  for (const pass of reading.deletedPasses ?? []) lines.push(line('pass-deleted', { pass }));
  if (merged.leftAt !== exit.leftAt) lines.push(line('absence-read-back', { subject }));
  if (merged.passGoneAt !== exit.passGoneAt) lines.push(line('no-pass-read-back', { subject }));
  if (merged.sessionsRevokedAt !== exit.sessionsRevokedAt)
    lines.push(line('sessions-revoked-read-back', { validFrom: reading.validFrom ?? null }));
  return lines;
}

/** There is nobody left to take anything from. It is not called completed: there is nobody with a passkey either. */
function subjectGone(onboarding: Onboarding, exit: Exit, now: number): Decision {
  const { leftAt = now, passGoneAt = now, sessionsRevokedAt = now, methodsReadAt = now } = exit;
  const outcome = exit.outcome === 'completed' ? 'stopped' : exit.outcome;
  return settleUp(
    { ...onboarding, findings: [...onboarding.findings, 'subject-gone'] },
    { ...exit, outcome, leftAt, passGoneAt, sessionsRevokedAt, methodsReadAt },
    [entry(now, { onboard: 'worker' }, 'subject-gone', { subject: onboarding.subject.id })],
    now,
  );
}
