import { methodsLooked, PROOF_GRACE } from '../../bot/onboarding/added';
import { aftercareLooked } from '../../bot/onboarding/aftercare';
import { approve, closeUnopened, decline, secondApprove } from '../../bot/onboarding/approval';
import type { Decision } from '../../bot/onboarding/decision';
import { CLOCK_SLACK, LAST_REMINDER, MINT_LEASE, mintUnderWay, subjectReminder } from '../../bot/onboarding/due';
import { exitLooked, startExit, stop } from '../../bot/onboarding/exit';
import type { Method } from '../../bot/onboarding/method';
import { AFTERCARE_DELAYS, hasOpenWindow, needsHandling, type Onboarding } from '../../bot/onboarding/onboarding';
import { EXIT_OVERDUE, exitOverdue, overdueBy } from '../../bot/onboarding/overdue';
import { DAY, policyDefaults } from '../../bot/onboarding/policy';
import { remindSubject } from '../../bot/onboarding/reminders';
import { dayAgo, MAX_START_AHEAD, request } from '../../bot/onboarding/request';
import { judgeSecondStanding } from '../../bot/onboarding/standing';
import { looked, saidAlready } from '../../bot/onboarding/watch';
import {
  baselineTaken,
  handedOver,
  mayShowPass,
  minted,
  mintFailed,
  opened,
  passDeleted,
  startMint,
  startOpening,
} from '../../bot/onboarding/window';
import {
  approvalFacts,
  both,
  HOUR,
  jane,
  kim,
  lee,
  MINUTE,
  mallory,
  mo,
  next,
  passkey,
  policy,
  privilegedPolicy,
  priya,
  refusal,
  requested,
  requestFacts,
  subjectFacts,
  T0,
} from './people';

/** Small print: numbers that other places rely on, what is written down and who is told, and the doors between states. */
const at = T0 + HOUR;
const approved = () => next(approve(requested(), approvalFacts(mo), both, policy, at));
const opening = () => next(startOpening(approved(), policy, at));
const based = () => next(baselineTaken(opening(), { takenAt: at, methods: [passkey('old')] }, at));
const open = (): Onboarding => next(opened(based(), at));
const shown = () => next(minted(next(startMint(open(), at)), { number: 1, id: 'tap', validUntil: at + HOUR }, at));
const closing = () => next(startExit(open(), 'stopped', 'onboard', policy, at));
const lines = (decision: Decision) => (decision.ok ? decision.change.ledger : []);
const tells = (decision: Decision) => (decision.ok ? decision.change.tell : []);

describe('numbers', () => {
  it('are the ones that are written down for people', () => {
    expect(policyDefaults).toEqual({
      adminIds: [],
      privileged: 'off',
      accepted: { aaGuids: [], types: ['deviceBound'] },
      approvalLifetime: 86_400_000,
      reminderAfter: 14_400_000,
      escalateAfter: 28_800_000,
      approvedLifetime: 28_800_000,
      windowLength: 3_600_000,
      maxPasses: 3,
      lastPassMargin: 600_000,
      settle: 180_000,
      removeAdded: 'off',
      recoverDelete: 'off',
      audit: 'off',
      sweepUnknown: 'alert',
      cooldown: 86_400_000,
      maxWindowsPerSubjectPerDay: 2,
      maxOpenPerApprover: 10,
      maxRequestsPerRequesterPerDay: 20,
    });
    expect([DAY, MAX_START_AHEAD, dayAgo(DAY)]).toEqual([86_400_000, 2_592_000_000, 0]);
    expect([MINT_LEASE, CLOCK_SLACK, LAST_REMINDER, PROOF_GRACE]).toEqual([15_000, 300_000, 900_000, 30_000]);
    expect(AFTERCARE_DELAYS).toEqual([900_000, 3_600_000, 86_400_000]);
  });
});

describe('a lease on a mint', () => {
  const minting = { ...open(), mintingUntil: at + MINT_LEASE };
  it('holds until it ends', () => {
    expect(mintUnderWay(minting, at)).toBe(true);
    expect(mintUnderWay(minting, at + MINT_LEASE - 1)).toBe(true);
    expect(mintUnderWay(minting, at + MINT_LEASE)).toBe(false);
  });
  it('that reaches further than any can is left over from another clock', () => {
    expect(mintUnderWay(minting, at - CLOCK_SLACK)).toBe(true);
    expect(mintUnderWay(minting, at - CLOCK_SLACK - 1)).toBe(false);
    expect(mintUnderWay(open(), at)).toBe(false);
  });
});

describe('what a request stores', () => {
  it('has no number and no version of its own: the store gives them', () => {
    const decision = request(requestFacts(), policy, T0);
    if (!decision.ok) throw new Error('refused');
    expect(decision.change.next).toMatchObject({ number: 0, version: 0, passesStarted: 0, findings: [] });
  });
});

describe('a second approval', () => {
  const subject = subjectFacts(jane, { privilege: 'privileged', guard: { proven: true } });
  const once = () =>
    next(approve(requested({ subject }, privilegedPolicy), approvalFacts(mo, { subject }), both, privilegedPolicy, at));
  const twice = () => next(secondApprove(once(), approvalFacts(kim, { subject }), privilegedPolicy, at));

  it('stands only while whoever gave it still may', () => {
    const facts = { person: kim, managerOfSubject: null, exempt: false };
    expect(judgeSecondStanding(twice(), facts, privilegedPolicy)).toBeNull();
    const lapsed = { code: 'second-approval-lapsed' };
    expect(judgeSecondStanding(twice(), { ...facts, exempt: true }, privilegedPolicy)).toEqual(lapsed);
    expect(judgeSecondStanding(twice(), { ...facts, person: null }, privilegedPolicy)).toEqual(lapsed);
    expect(judgeSecondStanding(twice(), undefined, privilegedPolicy)).toEqual(lapsed);
    expect(judgeSecondStanding(once(), undefined, privilegedPolicy)).toBeNull();
  });
  it('names whoever gave it to the one who comes too late, and the outcome where it is over', () => {
    expect(secondApprove(twice(), approvalFacts(kim, { subject }), privilegedPolicy, at)).toMatchObject({
      refusal: { code: 'already-decided', by: 'Kim' },
    });
    expect(secondApprove(approved(), approvalFacts(kim), policy, at)).toMatchObject({
      refusal: { code: 'already-decided', by: 'Mo' },
    });
    const over = { ...twice(), state: 'closed' as const, outcome: 'cancelled' as const };
    expect(secondApprove(over, approvalFacts(kim, { subject }), privilegedPolicy, at)).toMatchObject({
      refusal: { code: 'finished', outcome: 'cancelled' },
    });
  });
  it('may be declined by whoever could give it; a stranger is told that it is not theirs', () => {
    expect(next(decline(once(), approvalFacts(kim, { subject }), '', privilegedPolicy, at)).outcome).toBe('declined');
    expect(refusal(decline(once(), approvalFacts(mallory, { subject }), '', privilegedPolicy, at))).toBe('not-yours');
    expect(refusal(decline(once(), approvalFacts(priya, { subject }), '', privilegedPolicy, at))).toBe('same-person');
    const gone = approvalFacts({ ...mo, enabled: false }, { subject });
    expect(refusal(decline(requested({ subject }, privilegedPolicy), gone, '', privilegedPolicy, at))).toBe(
      'not-approver-any-more',
    );
    // Kim could have been second, but is exempt: that is why, and not that she was never asked.
    expect(refusal(decline(once(), approvalFacts(kim, { subject, exempt: true }), '', privilegedPolicy, at))).toBe(
      'approver-exempt',
    );
  });
  it('that was asked for is settled on its card when it ends before it was given', () => {
    const second = { live: 'second-approval', to: { person: kim.id } };
    expect(tells(closeUnopened(once(), 'cancelled', { person: priya.id }, privilegedPolicy, at))).toContainEqual(
      second,
    );
    expect(
      tells(closeUnopened(requested({ subject }, privilegedPolicy), 'cancelled', 'onboard', privilegedPolicy, at)),
    ).not.toContainEqual(second);
    expect(tells(closeUnopened(approved(), 'cancelled', 'onboard', policy, at))).not.toContainEqual(second);
  });
});

describe('what was known before', () => {
  it('is not forgotten: somebody who was privileged at the request stays so', () => {
    const subject = subjectFacts(jane, { privilege: 'privileged', guard: { proven: true } });
    const asked = requested({ subject }, privilegedPolicy);
    const decision = approve(asked, approvalFacts(mo, { subject: subjectFacts(jane) }), both, privilegedPolicy, at);
    expect(next(decision)).toMatchObject({ state: 'requested', privileged: true });
    const became = approve(requested({}, privilegedPolicy), approvalFacts(mo, { subject }), both, privilegedPolicy, at);
    expect(next(became)).toMatchObject({ state: 'requested', privileged: true });
  });
  it('a comment of 500 characters is kept, and no more', () => {
    expect(next(decline(requested(), approvalFacts(mo), 'x'.repeat(600), policy, at)).comment).toHaveLength(500);
  });
  it('nobody opens what nobody approved', () => {
    const { approvedBy: _, ...nobody } = approved();
    expect(refusal(startOpening(nobody, policy, at))).toBe('stale-card');
  });
});

describe('the ledger says who', () => {
  it('began the way out', () => {
    const by = (['onboard', { person: mo.id }, { operator: 'root' }] as const).map((who) => {
      const decision = startExit(open(), 'stopped', who, policy, at);
      return [lines(decision)[0]?.actor, next(decision).exit?.startedBy];
    });
    expect(by).toEqual([
      [{ onboard: 'worker' }, 'onboard'],
      [{ person: mo.id }, mo.id],
      [{ operator: 'root' }, 'operator'],
    ]);
  });

  it('ended what was never opened', () => {
    const actors = (['onboard', { person: mo.id }, { operator: 'root' }] as const).map(
      (by) => lines(closeUnopened(requested(), 'cancelled', by, policy, at))[0]?.actor,
    );
    expect(actors).toEqual([{ onboard: 'worker' }, { person: mo.id }, { operator: 'root' }]);
  });
  it('and which look of aftercare it was', () => {
    const closed = { ...closing(), state: 'closed' as const, closedAt: at, aftercareDone: 1 };
    expect(lines(aftercareLooked(closed, [], null, at))).toMatchObject([{ event: 'aftercare', detail: { look: 2 } }]);
  });
  it('a removal that found nothing once, and one that removed each time', () => {
    const nothing = { removal: { tenantTime: 1, result: 'not-member' as const } };
    const first = exitLooked(closing(), nothing, at);
    expect(lines(first).map((line) => line.event)).toEqual(['member-not-there']);
    expect(refusal(exitLooked(next(first), nothing, at))).toBe('stale-card');
    const removed = exitLooked(next(first), { removal: { tenantTime: 2, result: 'removed' } }, at);
    expect(lines(removed).map((line) => line.event)).toEqual(['member-removed']);
  });
  it('what was added once, and each thing that is gone', () => {
    const phone: Method = { id: 'p', kind: 'phone', createdAt: 7, displayName: 'P' };
    const removing = { ...policy, removeAdded: 'passkeys' as const };
    const read = (...methods: Method[]) => ({ kinds: ['passkey' as const, 'phone' as const], methods });
    const first = methodsLooked(closing(), read(passkey('a'), phone), removing, at);
    expect(lines(first)[0]).toMatchObject({ event: 'methods-added', detail: { methods: ['passkey:a', 'phone:p'] } });
    expect(next(first).added?.[1]).toEqual({ ...phone, seenAt: at });
    const second = methodsLooked(next(first), read(passkey('b'), phone), removing, at + 1);
    expect(lines(second)).toMatchObject([
      { event: 'methods-added', detail: { methods: ['passkey:b'] } },
      { event: 'methods-gone', detail: { methods: ['passkey:a'] } },
      { event: 'passkey-remove-intended', detail: { methods: ['passkey:b'] } },
    ]);
  });
});

describe('doors', () => {
  it('open only from the state before them', () => {
    for (const state of ['requested', 'approved', 'opening', 'closing', 'closed'] as const) {
      const other = { ...shown(), state };
      expect(refusal(startMint(other, at))).toBe('stale-card');
      expect(refusal(minted(other, { number: 1, id: 'x', validUntil: at }, at))).toBe('stale-card');
      expect(refusal(looked(other, [passkey('new')], [], policy, at))).toBe('stale-card');
      if (state !== 'closing') {
        expect(refusal(passDeleted(other, 'tap', at))).toBe('stale-card');
        expect(refusal(exitLooked(other, {}, at))).toBe('stale-card');
        expect(refusal(methodsLooked(other, { kinds: [], methods: [] }, policy, at))).toBe('stale-card');
      }
      if (state !== 'opening') expect(refusal(opened(other, at))).toBe('stale-card');
    }
    expect(refusal(startOpening(requested(), policy, at))).toBe('stale-card');
    expect(refusal(baselineTaken(open(), { takenAt: at, methods: [] }, at))).toBe('stale-card');
    expect(refusal(baselineTaken(based(), { takenAt: at, methods: [] }, at))).toBe('stale-card');
    const { approvedBy: _, ...nobody } = open();
    expect(refusal(startMint(nobody, at))).toBe('stale-card');
    const { baseline: __, ...unknown } = closing();
    expect(refusal(methodsLooked(unknown, { kinds: [], methods: [] }, policy, at))).toBe('stale-card');
  });
  it('to the pass say how it ended', () => {
    expect(mayShowPass(closing(), approvalFacts(mo), policy, at)).toEqual({
      refusal: { code: 'finished', outcome: 'stopped' },
    });
    const closed = { ...closing(), state: 'closed' as const, outcome: 'stopped' as const };
    expect(mayShowPass(closed, approvalFacts(mo), policy, at)).toEqual({
      refusal: { code: 'finished', outcome: 'stopped' },
    });
    expect(mayShowPass(requested(), approvalFacts(mo), policy, at)).toEqual({ refusal: { code: 'stale-card' } });
  });
  it('to the pass stay open for somebody who has her passkey by now, but no window opens for one who has', () => {
    const facts = approvalFacts(mo, { subject: subjectFacts(jane, { passkeys: [passkey('new')] }) });
    expect(mayShowPass(open(), facts, policy, at)).toEqual({ step: 'mint' });
    expect(mayShowPass(approved(), facts, policy, at)).toMatchObject({ refusal: { code: 'has-passkey' } });
  });
  it('of an exit that cannot be hastened any more are shut', () => {
    expect(stop(closing(), { person: mo.id }, policy, at)).toMatchObject({
      refusal: { code: 'already-decided', outcome: 'stopped' },
    });
    const settling = next(startExit(open(), 'completed', 'onboard', policy, at));
    expect(next(stop(settling, { person: mo.id }, policy, at + policy.settle - 1)).exit?.outcome).toBe('stopped');
    expect(refusal(stop(settling, { person: mo.id }, policy, at + policy.settle))).toBe('already-decided');
  });
});

describe('a pass', () => {
  it('that failed gives its number back, and only that one', () => {
    const minting = next(startMint(shown(), at));
    expect(minting.passesStarted).toBe(2);
    expect(next(mintFailed(minting, 2, 'code', at))).toMatchObject({ passesStarted: 1 });
    expect(refusal(mintFailed(minting, 1, 'code', at))).toBe('stale-card');
    expect(refusal(mintFailed(shown(), 1, 'code', at))).toBe('stale-card');
  });
  it('that is deleted to make room is the one that was shown', () => {
    expect(refusal(passDeleted(shown(), 'other', at))).toBe('stale-card');
    expect(refusal(passDeleted(open(), 'tap', at))).toBe('stale-card');
    expect(next(passDeleted(shown(), 'tap', at)).pass).toBeUndefined();
  });
  it('is handed over by the approver, once, and only where there is one', () => {
    expect(refusal(handedOver(shown(), lee.id, at))).toBe('not-yours');
    expect(refusal(handedOver(open(), mo.id, at))).toBe('stale-card');
    const over = next(handedOver(shown(), mo.id, at + 1));
    expect(next(handedOver(over, mo.id, at + 2)).handedOverAt).toBe(at + 1);
    expect(handedOver(closing(), mo.id, at)).toMatchObject({ refusal: { code: 'finished', outcome: 'stopped' } });
    expect(next(startMint(over, at)).handedOverAt).toBeUndefined();
  });
});

describe('who is told', () => {
  it('of a reminder: the subject, with her guide, and nobody else', () => {
    expect(tells(remindSubject(open(), at + 30 * MINUTE))).toEqual([
      { live: 'guide', to: { person: jane.id } },
      { once: 'subject-half-time', to: { person: jane.id } },
    ]);
  });
  it('is not told of a window that never got its times', () => {
    const { openedAt: _, ...never } = open();
    expect(subjectReminder(never)).toBeUndefined();
    const { deadline: __, ...endless } = open();
    expect(subjectReminder(endless)).toBeUndefined();
  });
});

describe('what is late', () => {
  it('counts from the deadline, or from an exit that began before it', () => {
    expect(overdueBy(open(), at + policy.windowLength + 5)).toBe(5);
    expect(overdueBy(open(), at)).toBe(-policy.windowLength);
    expect(overdueBy(closing(), at + 7)).toBe(7);
  });
  it('is told once, while she is in the group', () => {
    const late = exitOverdue(closing(), at + 3 * MINUTE);
    expect(lines(late)).toMatchObject([{ event: EXIT_OVERDUE, detail: { minutes: 3 } }]);
    expect(refusal(exitOverdue(next(late), at + 4 * MINUTE))).toBe('stale-card');
    const out = next(exitLooked(closing(), { removal: { tenantTime: 1, result: 'removed' }, absent: true }, at));
    expect(hasOpenWindow(out)).toBe(false);
    expect(refusal(exitOverdue(out, at))).toBe('stale-card');
    expect(refusal(exitOverdue(requested(), at))).toBe('stale-card');
  });
});

describe('saying "done" again', () => {
  const said = { ...open(), doneSaidAt: at };
  it('is a wish only after a moment, or when an exit still waits', () => {
    expect(saidAlready(said, jane.id, at + 4_999)).toBe(true);
    expect(saidAlready(said, jane.id, at + 5_000)).toBe(false);
    const settling = { ...next(startExit(said, 'completed', 'onboard', policy, at)), doneSaidAt: at };
    expect(saidAlready(settling, jane.id, at + policy.settle - 1)).toBe(false);
    expect(saidAlready(settling, jane.id, at + policy.settle)).toBe(true);
  });
  it('is nothing by anybody else, before it was said, or after the end', () => {
    expect(saidAlready(said, mo.id, at)).toBe(false);
    expect(saidAlready(open(), jane.id, at)).toBe(false);
    expect(saidAlready({ ...said, state: 'closed' }, jane.id, at)).toBe(false);
  });
});

describe('what needs a person', () => {
  const ended = { ...closing(), state: 'closed' as const, outcome: 'stopped' as const };
  it.each([
    'member-again',
    'pass-again',
    'passkey-gone',
    'method-added:x',
    'methods-unreadable',
    'foreign-registration:x',
  ])('is a finding: %s', (finding) => {
    expect(needsHandling({ ...ended, findings: [finding] })).toBe(true);
    expect(needsHandling({ ...ended, findings: [finding], handledAt: at })).toBe(false);
    expect(needsHandling({ ...ended, findings: [finding], state: 'closing' })).toBe(false);
  });
  it('is not what only says why it ended, and nothing without a window', () => {
    expect(needsHandling({ ...ended, findings: ['already-member', 'store-restored', 'deadline-while-opening'] })).toBe(
      false,
    );
    const { openedAt: _, ...never } = ended;
    expect(needsHandling({ ...never, findings: ['member-again'] })).toBe(false);
  });
});
