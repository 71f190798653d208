import { approve, decline, expire, secondApprove } from '../../bot/onboarding/approval';
import type { Decision, Tell } from '../../bot/onboarding/decision';
import { CLOCK_SLACK, clockWentBack, dueAt, isOver, LAST_REMINDER } from '../../bot/onboarding/due';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import { DAY } from '../../bot/onboarding/policy';
import { escalate, remind, remindSubject, startReached } from '../../bot/onboarding/reminders';
import { MAX_START_AHEAD, request } from '../../bot/onboarding/request';
import { baselineTaken, mayShowPass, opened, startOpening } from '../../bot/onboarding/window';
import {
  approvalFacts,
  both,
  HOUR,
  jane,
  kim,
  lee,
  MINUTE,
  mo,
  next,
  person,
  policy,
  privilegedPolicy,
  priya,
  refusal,
  requested,
  requestFacts,
  subjectFacts,
  T0,
} from './people';

const lou = person('lou');
const listed = [lee, lou].map((someone) => ({ person: someone, exempt: false }));

function tells(decision: Decision): readonly Tell[] {
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.change.tell;
}

function openAt(at: number, rules = policy): Onboarding {
  const approved = next(approve(requested({}, rules), approvalFacts(mo), both, rules, at));
  const opening = next(startOpening(approved, rules, at));
  return next(opened(next(baselineTaken(opening, { takenAt: at, methods: [] }, at)), at));
}

describe('a request that nobody decides', () => {
  it('is due at the reminder, then at the escalation, then at its expiry', () => {
    const asked = requested();
    expect(asked.dueAt).toBe(T0 + 4 * HOUR);
    const reminded = next(remind(asked, policy, T0 + 4 * HOUR));
    expect(reminded.dueAt).toBe(T0 + 8 * HOUR);
    const escalated = next(escalate(reminded, listed, policy, T0 + 8 * HOUR));
    expect(escalated.dueAt).toBe(T0 + 24 * HOUR);
    expect(escalated.expiresAt).toBe(asked.expiresAt);
  });

  it('reminds the approver once, not a moment too early', () => {
    expect(refusal(remind(requested(), policy, T0 + 4 * HOUR - 1))).toBe('stale-card');
    const decision = remind(requested(), policy, T0 + 4 * HOUR);
    expect(tells(decision)).toEqual([{ once: 'approver-reminder', to: { person: mo.id } }]);
    expect(refusal(remind(next(decision), policy, T0 + 5 * HOUR))).toBe('stale-card');
  });

  it('goes to every listed fallback who can decide, once, and the approver stays asked', () => {
    const reminded = next(remind(requested(), policy, T0 + 4 * HOUR));
    expect(refusal(escalate(reminded, listed, policy, T0 + 8 * HOUR - 1))).toBe('stale-card');
    const decision = escalate(reminded, listed, policy, T0 + 8 * HOUR);
    expect(tells(decision)).toEqual([
      { live: 'request', to: { conversation: 'conversation-1' } },
      { live: 'approval', to: { person: lee.id } },
      { live: 'approval', to: { person: lou.id } },
    ]);
    expect(next(decision).approver.id).toBe(mo.id);
    expect(refusal(escalate(next(decision), listed, policy, T0 + 9 * HOUR))).toBe('stale-card');
  });

  it.each([
    ['disabled', { person: { ...lee, enabled: false }, exempt: false }],
    ['a guest', { person: { ...lee, kind: 'guest' as const }, exempt: false }],
    ['exempt', { person: lee, exempt: true }],
    ['the approver', { person: mo, exempt: false }],
    ['the subject', { person: jane, exempt: false }],
    ['the requester', { person: priya, exempt: false }],
  ])('does not go to a fallback who is %s', (_what, fallback) => {
    const escalated = next(escalate(requested(), [fallback], policy, T0 + 8 * HOUR));
    expect(escalated).toMatchObject({ escalatedTo: [], escalatedAt: T0 + 8 * HOUR });
  });

  it('says both at once when the machine slept through the first', () => {
    const decision = escalate(requested(), listed, policy, T0 + 10 * HOUR);
    expect(tells(decision)).toContainEqual({ once: 'approver-reminder', to: { person: mo.id } });
    expect(refusal(remind(next(decision), policy, T0 + 11 * HOUR))).toBe('stale-card');
  });

  it('only expires when the machine slept through all of it', () => {
    expect(refusal(remind(requested(), policy, T0 + 24 * HOUR))).toBe('stale-card');
    expect(refusal(escalate(requested(), listed, policy, T0 + 24 * HOUR))).toBe('stale-card');
    expect(next(expire(requested(), policy, T0 + 24 * HOUR)).outcome).toBe('expired');
  });

  it('settles the cards of everybody who was asked, whoever decides first', () => {
    const escalated = next(escalate(requested(), listed, policy, T0 + 8 * HOUR));
    for (const decision of [
      approve(escalated, approvalFacts(lee), both, policy, T0 + 9 * HOUR),
      decline(escalated, approvalFacts(mo), '', policy, T0 + 9 * HOUR),
      expire(escalated, policy, T0 + 24 * HOUR),
    ]) {
      for (const someone of [mo, lee, lou])
        expect(
          tells(decision).filter((tell) => 'live' in tell && 'person' in tell.to && tell.to.person === someone.id),
        ).toEqual([{ live: 'approval', to: { person: someone.id } }]);
    }
    const approved = next(approve(escalated, approvalFacts(lee), both, policy, T0 + 9 * HOUR));
    expect(approve(approved, approvalFacts(mo), both, policy, T0 + 9 * HOUR)).toMatchObject({
      refusal: { code: 'already-decided', by: 'Lee' },
    });
  });

  it('reminds whose second approval is missing, and escalates no more', () => {
    const subject = subjectFacts(jane, { privilege: 'privileged', guard: { proven: true } });
    const once = next(
      approve(requested({ subject }, privilegedPolicy), approvalFacts(mo, { subject }), both, privilegedPolicy, T0),
    );
    expect(tells(remind(once, privilegedPolicy, T0 + 4 * HOUR))).toEqual([
      { once: 'approver-reminder', to: { person: kim.id } },
    ]);
    expect(refusal(escalate(once, listed, privilegedPolicy, T0 + 9 * HOUR))).toBe('stale-card');
    expect(dueAt({ ...once, remindedAt: T0 }, privilegedPolicy, T0)).toBe(once.expiresAt);
    const second = next(secondApprove(once, approvalFacts(kim, { subject }), privilegedPolicy, T0 + HOUR));
    expect(refusal(remind(second, privilegedPolicy, T0 + 5 * HOUR))).toBe('stale-card');
  });
});

describe('a start time', () => {
  const startAt = T0 + 3 * DAY;
  const later = () => requested({ startAt });
  const approved = () => next(approve(later(), approvalFacts(mo), both, policy, T0 + HOUR));

  it.each([
    ['in the past', T0 - 1, 'past'],
    ['that is no time', Number.NaN, 'past'],
    ['too far ahead', T0 + MAX_START_AHEAD + 1, 'too-far'],
  ])('%s is refused', (_what, at, why) => {
    expect(request(requestFacts({ startAt: at }), policy, T0)).toMatchObject({
      refusal: { code: 'start-unusable', why },
    });
  });
  it('may be now, or thirty days ahead', () => {
    expect(requested({ startAt: T0 }).startAt).toBe(T0);
    expect(requested({ startAt: T0 + MAX_START_AHEAD }).startAt).toBe(T0 + 30 * DAY);
  });

  it('does not move the expiry of the request, and is what the time for use counts from', () => {
    expect(later().expiresAt).toBe(T0 + policy.approvalLifetime);
    expect(approved()).toMatchObject({ useBy: startAt + policy.approvedLifetime, dueAt: startAt });
  });
  it('that has passed at the approval counts no more', () => {
    const late = next(approve(requested({ startAt: T0 + HOUR }), approvalFacts(mo), both, policy, T0 + 2 * HOUR));
    expect(late.useBy).toBe(T0 + 2 * HOUR + policy.approvedLifetime);
  });
  it('keeps the window shut until then', () => {
    expect(mayShowPass(approved(), approvalFacts(mo), policy, startAt - 1)).toEqual({
      refusal: { code: 'too-early', startAt },
    });
    expect(refusal(startOpening(approved(), policy, startAt - 1))).toBe('too-early');
    expect(mayShowPass(approved(), approvalFacts(mo), policy, startAt)).toEqual({ step: 'open' });
    expect(next(startOpening(approved(), policy, startAt)).deadline).toBe(startAt + policy.windowLength);
  });
  it('is told to the approver once; nothing opens by itself', () => {
    expect(refusal(startReached(approved(), policy, startAt - 1))).toBe('stale-card');
    const decision = startReached(approved(), policy, startAt);
    expect(tells(decision)).toContainEqual({ once: 'approver-start', to: { person: mo.id } });
    expect(next(decision)).toMatchObject({ state: 'approved', dueAt: startAt + policy.approvedLifetime });
    expect(refusal(startReached(next(decision), policy, startAt + 1))).toBe('stale-card');
    expect(refusal(startReached(approved(), policy, startAt + policy.approvedLifetime))).toBe('stale-card');
    expect(refusal(startReached(later(), policy, startAt))).toBe('stale-card');
  });
  it('opens nothing after its time was over', () => {
    expect(refusal(startOpening(approved(), policy, startAt + policy.approvedLifetime))).toBe('expired');
  });
});

describe('the subject', () => {
  const at = T0 + HOUR;
  it('is reminded at half time and shortly before the end, once each', () => {
    const open = openAt(at);
    expect(refusal(remindSubject(open, at + 30 * MINUTE - 1))).toBe('stale-card');
    const half = remindSubject(open, at + 30 * MINUTE);
    expect(tells(half)).toContainEqual({ once: 'subject-half-time', to: { person: jane.id } });
    expect(refusal(remindSubject(next(half), at + 45 * MINUTE - 1))).toBe('stale-card');
    const last = remindSubject(next(half), at + 45 * MINUTE);
    expect(tells(last)).toContainEqual({ once: 'subject-last-minutes', to: { person: jane.id } });
    expect(refusal(remindSubject(next(last), at + 59 * MINUTE))).toBe('stale-card');
  });
  it('is told only what is still true by a machine that slept', () => {
    const late = remindSubject(openAt(at), at + 50 * MINUTE);
    expect(tells(late).filter((tell) => 'once' in tell)).toEqual([
      { once: 'subject-last-minutes', to: { person: jane.id } },
    ]);
    expect(refusal(remindSubject(next(late), at + 51 * MINUTE))).toBe('stale-card');
    expect(refusal(remindSubject(openAt(at), at + 60 * MINUTE))).toBe('stale-card');
  });
  it('of a short window is reminded once', () => {
    const short = { ...policy, windowLength: 2 * LAST_REMINDER };
    const once = next(remindSubject(openAt(at, short), at + LAST_REMINDER));
    expect(refusal(remindSubject(once, at + 2 * LAST_REMINDER - 1))).toBe('stale-card');
  });
  it('is not reminded of a window that is not open', () => {
    expect(refusal(remindSubject({ ...openAt(at), state: 'closing' }, at + 50 * MINUTE))).toBe('stale-card');
  });
});

describe('a clock that was set back', () => {
  it('is noticed beyond what two hosts may differ by', () => {
    expect(clockWentBack(requested(), T0 - CLOCK_SLACK)).toBe(false);
    expect(clockWentBack(requested(), T0 - CLOCK_SLACK - 1)).toBe(true);
  });
  it.each(['approvedAt', 'secondApprovedAt', 'openedAt', 'memberAt'] as const)('is noticed by %s', (stamp) => {
    const onboarding = { ...requested(), [stamp]: T0 + HOUR };
    expect(clockWentBack(onboarding, T0 + HOUR - CLOCK_SLACK - 1)).toBe(true);
    expect(clockWentBack(onboarding, T0 + HOUR)).toBe(false);
  });
  it('extends no window: it ends', () => {
    const open = openAt(T0 + 2 * HOUR);
    expect(isOver(open, T0 + 2 * HOUR)).toBe(false);
    expect(isOver(open, T0 + HOUR)).toBe(true);
    expect(isOver(open, T0 + 3 * HOUR - 1)).toBe(false);
    expect(isOver(open, T0 + 3 * HOUR)).toBe(true);
  });
  it('extends neither a request nor an approval', () => {
    const approved = next(approve(requested(), approvalFacts(mo), both, policy, T0 + 2 * HOUR));
    expect(mayShowPass(approved, approvalFacts(mo), policy, T0 + HOUR)).toEqual({ refusal: { code: 'expired' } });
    expect(next(expire(approved, policy, T0 + HOUR)).outcome).toBe('expired');
    expect(refusal(approve(requested(), approvalFacts(mo), both, policy, T0 - HOUR))).toBe('expired');
  });
});
