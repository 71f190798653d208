import { secondAsked } from './approval';
import { accept, type Decision, refuse, type Tell } from './decision';
import { dueAt, escalationAt, LAST_REMINDER, reminderAt, subjectReminder } from './due';
import { entry, liveCards, requestCard, toPerson } from './moved';
import type { Onboarding } from './onboarding';
import { nameOf, type Person } from './person';
import type { Policy } from './policy';

const worker = { onboard: 'worker' } as const;

/**
 * Nobody decided for a while: whose decision is missing is reminded, once. After an expiry there is nothing to remind of.
 */
export function remind(onboarding: Onboarding, policy: Policy, now: number): Decision {
  const at = reminderAt(onboarding, policy);
  if (at === undefined || now < at || now >= onboarding.expiresAt) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, remindedAt: now };
  return accept(
    { ...next, dueAt: dueAt(next, policy, now) },
    [entry(now, worker, 'reminded', { asked: asked(onboarding, policy) })],
    reminders(onboarding, policy),
  );
}

/**
 * Nobody decided for long: every listed fallback who can decide is asked as well, once. The approver stays asked, and is
 * reminded if that was missed. The expiry stays where it is; the first decision wins.
 */
export function escalate(
  onboarding: Onboarding,
  fallbacks: readonly { readonly person: Person; readonly exempt: boolean }[],
  policy: Policy,
  now: number,
): Decision {
  const at = escalationAt(onboarding, policy);
  if (at === undefined || now < at || now >= onboarding.expiresAt) return refuse({ code: 'stale-card' });
  const passedOn = onboarding.passedOn?.map(({ id }) => id) ?? [];
  const parts = [onboarding.approver.id, onboarding.subject.id, onboarding.requester.id, ...passedOn];
  const usable = fallbacks
    .filter(({ person, exempt }) => person.enabled && person.kind === 'member' && !exempt)
    .filter(({ person }) => !parts.includes(person.id))
    .map(({ person }) => nameOf(person));
  const next: Onboarding = {
    ...onboarding,
    escalatedAt: now,
    escalatedTo: usable,
    remindedAt: onboarding.remindedAt ?? now,
  };
  return accept(
    { ...next, dueAt: dueAt(next, policy, now) },
    [entry(now, worker, 'escalated', { asked: usable.map((person) => person.id) })],
    [
      requestCard(next),
      ...usable.map((person): Tell => ({ live: 'approval', to: toPerson(person) })),
      ...(onboarding.remindedAt === undefined ? reminders(onboarding, policy) : []),
    ],
  );
}

/** The agreed time has come: the approver is told, once. Nothing opens by itself. */
export function startReached(onboarding: Onboarding, policy: Policy, now: number): Decision {
  const { state, startAt, startToldAt, useBy = 0, approvedBy } = onboarding;
  const waits = state === 'approved' && startAt !== undefined && startToldAt === undefined;
  if (!waits || !approvedBy || now < startAt || now >= useBy) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, startToldAt: now };
  return accept(
    { ...next, dueAt: dueAt(next, policy, now) },
    [entry(now, worker, 'start-reached')],
    [
      { live: 'approval', to: toPerson(approvedBy) },
      { once: 'approver-start', to: toPerson(approvedBy) },
    ],
  );
}

/**
 * Time runs: the subject is reminded at half of it and shortly before the end, only while the window is open. Whoever
 * looks late, because the machine slept, says only what is still true.
 */
export function remindSubject(onboarding: Onboarding, now: number): Decision {
  const due = subjectReminder(onboarding);
  const deadline = onboarding.deadline ?? 0;
  if (!due || now < due.at || now >= deadline) return refuse({ code: 'stale-card' });
  const isLast = due.which === 'last' || now >= deadline - LAST_REMINDER;
  const next: Onboarding = {
    ...onboarding,
    remindedHalfAt: onboarding.remindedHalfAt ?? now,
    ...(isLast ? { remindedLastAt: now } : {}),
  };
  return accept(
    next,
    [entry(now, worker, 'subject-reminded', { of: isLast ? 'last-minutes' : 'half-time' })],
    [
      ...liveCards(next).filter((tell) => 'live' in tell && tell.live === 'guide'),
      { once: isLast ? 'subject-last-minutes' : 'subject-half-time', to: toPerson(next.subject) },
    ],
  );
}

/** Whose decision is missing: the one who was asked first, or everybody who may give the second approval. */
function asked(onboarding: Onboarding, policy: Policy): readonly string[] {
  return onboarding.approvedBy ? secondAsked(onboarding, policy) : [onboarding.approver.id];
}

function reminders(onboarding: Onboarding, policy: Policy): readonly Tell[] {
  return asked(onboarding, policy).map((person): Tell => ({ once: 'approver-reminder', to: { person } }));
}
