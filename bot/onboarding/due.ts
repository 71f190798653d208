import type { Onboarding } from './onboarding';
import { MINUTE, type Policy } from './policy';
import { LOOK_FOR_GONE, mustRevoke, waitsForHand } from './recovery';

/** One mint may take this long at the most; another starts, and an exit believes "no pass", only after it. */
export const MINT_LEASE = 15_000;

/** A pass may take minutes to be known everywhere; for this long "no pass" may be said by whoever has not heard of it. */
export const PASS_REPLICATES = 5 * MINUTE;

/** Clocks of two hosts, and one clock across a restart, may differ by this much without anything being wrong. */
export const CLOCK_SLACK = 5 * MINUTE;

/** The last reminder comes this long before the deadline. */
export const LAST_REMINDER = 15 * MINUTE;

/**
 * True when the clock stands clearly before something that has happened already: it was set back, and how much time has
 * passed since is not known. Whatever would end by time then ends now, because the other way would extend it.
 */
export function clockWentBack(onboarding: Onboarding, now: number): boolean {
  const { requestedAt, approvedAt = 0, secondApprovedAt = 0, openedAt = 0, memberAt = 0 } = onboarding;
  return now < Math.max(requestedAt, approvedAt, secondApprovedAt, openedAt, memberAt) - CLOCK_SLACK;
}

/** The window has to end now, whatever else is true of it. */
export function isOver(onboarding: Onboarding, now: number): boolean {
  return now >= (onboarding.deadline ?? 0) || clockWentBack(onboarding, now);
}

/** A pass may still be in the making. A lease that reaches further than a lease can is left over from another clock. */
export function mintUnderWay(onboarding: Onboarding, now: number): boolean {
  const until = onboarding.mintingUntil ?? 0;
  return until > now && until <= now + MINT_LEASE + CLOCK_SLACK;
}

/**
 * A mint began, its lease is over, and nothing says what came of it. It may have made a pass that nobody was shown.
 */
export function mintLost(onboarding: Onboarding, now: number): boolean {
  return onboarding.state === 'open' && onboarding.mintingUntil !== undefined && !mintUnderWay(onboarding, now - 1);
}

/** When the approver is to be reminded; `undefined` when that is done. */
export function reminderAt(onboarding: Onboarding, policy: Policy): number | undefined {
  if (onboarding.state !== 'requested' || onboarding.remindedAt !== undefined) return undefined;
  return onboarding.requestedAt + policy.reminderAfter;
}

/** When the fallbacks are to be asked; `undefined` when they were, or when the first approval is there. */
export function escalationAt(onboarding: Onboarding, policy: Policy): number | undefined {
  const { state, escalatedAt, approvedBy } = onboarding;
  if (state !== 'requested' || escalatedAt !== undefined || approvedBy) return undefined;
  return onboarding.requestedAt + policy.escalateAfter;
}

/** When the subject is to be reminded, and of what; `undefined` when nothing is left to say. */
export function subjectReminder(
  onboarding: Onboarding,
): { readonly at: number; readonly which: 'half' | 'last' } | undefined {
  const { state, openedAt, deadline, remindedHalfAt, remindedLastAt } = onboarding;
  if (state !== 'open' || openedAt === undefined || deadline === undefined) return undefined;
  const half = openedAt + (deadline - openedAt) / 2;
  const last = deadline - LAST_REMINDER;
  if (remindedHalfAt === undefined) return { at: half, which: 'half' };
  // In a short window half time is late enough.
  return remindedLastAt === undefined && last > half ? { at: last, which: 'last' } : undefined;
}

/** When an onboarding that waits for people has to be looked at next. For every other state it is not known here. */
export function dueAt(onboarding: Onboarding, policy: Policy, now: number): number {
  const { state, expiresAt, startAt, startToldAt, useBy = now } = onboarding;
  if (mustRevoke(onboarding)) return now;
  if (state === 'approved') {
    const times = [useBy, ...(startToldAt === undefined ? [startAt] : [])];
    if (waitsForHand(onboarding)) times.push(now + LOOK_FOR_GONE);
    return Math.min(...times.filter((time) => time !== undefined));
  }
  const times = [reminderAt(onboarding, policy), escalationAt(onboarding, policy), expiresAt];
  return Math.min(...times.filter((time) => time !== undefined));
}
