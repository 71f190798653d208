import { closeUnopened } from './approval';
import { accept, type Decision, type LedgerEntry, refuse } from './decision';
import { mintUnderWay } from './due';
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
  const settled = outcome === 'completed' && onboarding.doneSaidAt === undefined;
  const settleAt = settled ? Math.min(now + policy.settle, onboarding.deadline ?? now) : now;
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
  readonly removedTenantTime?: number;
  readonly absent?: boolean;
  readonly noPass?: boolean;
  /** `signInSessionsValidFromDateTime`, tenant's clock, epoch ms. */
  readonly validFrom?: number;
}

/**
 * Puts together what was read so far, and closes when every part was. Sessions count as revoked only when the tenant's
 * own times say that it was later than the removal; both are whole seconds, so "the same second" is not later.
 */
export function exitLooked(onboarding: Onboarding, reading: ExitReading, now: number): Decision {
  const { exit } = onboarding;
  if (onboarding.state !== 'closing' || !exit) return refuse({ code: 'stale-card' });

  const removedTenantTime = exit.removedTenantTime ?? reading.removedTenantTime;
  const revoked =
    reading.validFrom !== undefined &&
    removedTenantTime !== undefined &&
    Math.floor(reading.validFrom / 1000) > Math.floor(removedTenantTime / 1000);
  // In the very millisecond in which the lease ends, its mint may have been the last thing to happen.
  const passReadCounts = reading.noPass === true && !mintUnderWay(onboarding, now - 1);
  const merged: Exit = {
    ...exit,
    ...(removedTenantTime === undefined ? {} : { removedTenantTime }),
    ...(exit.leftAt === undefined && reading.absent ? { leftAt: now } : {}),
    ...(exit.passGoneAt === undefined && passReadCounts ? { passGoneAt: now } : {}),
    ...(exit.sessionsRevokedAt === undefined && revoked ? { sessionsRevokedAt: now } : {}),
  };

  const lines: LedgerEntry[] = [];
  const worker = { onboard: 'worker' } as const;
  if (exit.removedTenantTime === undefined && removedTenantTime !== undefined)
    lines.push(entry(now, worker, 'member-removed', { tenantTime: removedTenantTime }));
  if (merged.leftAt !== exit.leftAt)
    lines.push(entry(now, worker, 'absence-read-back', { subject: onboarding.subject.id }));
  if (merged.passGoneAt !== exit.passGoneAt)
    lines.push(entry(now, worker, 'no-pass-read-back', { subject: onboarding.subject.id }));
  if (merged.sessionsRevokedAt !== exit.sessionsRevokedAt)
    lines.push(entry(now, worker, 'sessions-revoked-read-back', { validFrom: reading.validFrom ?? null }));
  if (lines.length === 0) return refuse({ code: 'stale-card' });

  return settleUp(onboarding, merged, lines, now);
}
