import { approve, decline } from '../../bot/onboarding/approval';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import { type Candidate, MAX_HOPS, passOn } from '../../bot/onboarding/pass-on';
import type { Person } from '../../bot/onboarding/person';
import { escalate } from '../../bot/onboarding/reminders';
import { wantPass } from '../../bot/onboarding/want-pass';
import {
  approvalFacts,
  both,
  HOUR,
  jane,
  kim,
  lee,
  mallory,
  mo,
  next,
  person,
  policy,
  priya,
  refusal,
  requested,
  T0,
} from './people';

const at = T0 + HOUR;
const candidate = (who: Person, more: Partial<Candidate> = {}): Candidate => ({
  person: who,
  exempt: false,
  open: 0,
  as: 'line',
  ...more,
});
const boss = person('boss');
const head = person('head');
const chief = person('chief');

describe('passing on', () => {
  it('asks the next in line, keeps the expiry, and settles the card of who was asked', () => {
    const before = requested();
    const decision = passOn(before, mo, [candidate(boss), candidate(lee, { as: 'fallback' })], policy, at);
    const after = next(decision);
    expect(after).toMatchObject({
      state: 'requested',
      approver: { id: boss.id },
      approverIs: 'line',
      passedOn: [{ id: mo.id }],
      expiresAt: before.expiresAt,
    });
    if (!decision.ok) throw new Error('refused');
    expect(decision.change.tell).toEqual([
      { live: 'request', to: { conversation: before.askedIn } },
      { live: 'approval', to: { person: mo.id } },
      { live: 'approval', to: { person: boss.id } },
    ]);
    expect(decision.change.ledger).toMatchObject([
      { actor: { person: mo.id }, event: 'passed-on', detail: { hop: 1 } },
    ]);
  });

  it.each<[string, Person, readonly Candidate[]]>([
    ['disabled', { ...boss, enabled: false }, []],
    ['a guest', { ...boss, kind: 'guest' }, []],
    ['the subject', jane, []],
    ['the requester', priya, []],
    ['asked already', mo, []],
  ])('leaves out who is %s', (_, who) => {
    expect(refusal(passOn(requested(), mo, [candidate(who)], policy, at))).toBe('nobody-else');
    const after = next(passOn(requested(), mo, [candidate(who), candidate(lee, { as: 'fallback' })], policy, at));
    expect(after).toMatchObject({ approver: { id: lee.id }, approverIs: 'fallback' });
  });

  it('leaves out who is exempt, who has too many, and who was asked as a fallback already', () => {
    const full = candidate(boss, { open: policy.maxOpenPerApprover });
    expect(refusal(passOn(requested(), mo, [full, candidate(head, { exempt: true })], policy, at))).toBe('nobody-else');
    const escalated = next(escalate(requested(), [{ person: lee, exempt: false }], policy, T0 + policy.escalateAfter));
    expect(refusal(passOn(escalated, mo, [candidate(lee)], policy, T0 + policy.escalateAfter))).toBe('nobody-else');
  });

  it('goes at most three times, never in a circle, and never to who passed it on', () => {
    const line = [mo, boss, head, chief];
    let now: Onboarding = requested();
    for (const who of line.slice(0, MAX_HOPS))
      now = next(
        passOn(
          now,
          who,
          line.map((one) => candidate(one)),
          policy,
          at,
        ),
      );
    expect(now.approver.id).toBe(chief.id);
    expect(now.passedOn?.map(({ id }) => id)).toEqual([mo.id, boss.id, head.id]);
    expect(refusal(passOn(now, chief, [candidate(lee)], policy, at))).toBe('nobody-else');
    expect(refusal(passOn(now, mo, [candidate(lee)], policy, at))).toBe('passed-on');
    const fallbacks = [mo, lee].map((someone) => ({ person: someone, exempt: false }));
    const later = next(escalate(now, fallbacks, policy, T0 + policy.escalateAfter));
    expect(later.escalatedTo?.map(({ id }) => id)).toEqual([lee.id]);
  });

  it('is refused to strangers, after a decision, and after the end', () => {
    const on = (onboarding: Onboarding, by: Person, when = at) =>
      refusal(passOn(onboarding, by, [candidate(boss)], policy, when));
    expect(on(requested(), mallory)).toBe('not-yours');
    expect(on(requested(), lee)).toBe('not-yours');
    expect(on(next(approve(requested(), approvalFacts(mo), both, policy, at)), mo)).toBe('already-decided');
    expect(on(next(decline(requested(), approvalFacts(mo), 'no', policy, at)), mo)).toBe('finished');
    expect(on(requested(), mo, requested().expiresAt)).toBe('expired');
  });

  describe('who decides then', () => {
    const passed = next(passOn(requested(), mo, [candidate(boss)], policy, at));
    const facts = (who: Person, inLine: boolean) => {
      const read = approvalFacts(who);
      return { ...read, decider: { ...read.decider, managerOfSubject: mo.id, inLine } };
    };

    it('who was asked, as long as the directory has them in the line', () => {
      expect(next(approve(passed, facts(boss, true), both, policy, at)).approvedBy?.id).toBe(boss.id);
      expect(refusal(approve(passed, facts(boss, false), both, policy, at))).toBe('not-approver-any-more');
      expect(refusal(decline(passed, facts(boss, false), 'no', policy, at))).toBe('not-approver-any-more');
    });

    it('not somebody else of the line, and not the manager who passed it on', () => {
      expect(refusal(approve(passed, facts(head, true), both, policy, at))).toBe('not-yours');
      expect(refusal(approve(passed, facts(mo, false), both, policy, at))).toBe('passed-on');
    });

    it('the first of several, and every card that was out is settled', () => {
      const decision = approve(passed, facts(boss, true), both, policy, at);
      if (!decision.ok) throw new Error('refused');
      const told = decision.change.tell.flatMap((tell) => ('person' in tell.to ? [tell.to.person] : []));
      expect(told).toEqual([boss.id, mo.id]);
      const approved = next(decision);
      expect(refusal(decline(approved, approvalFacts(lee), 'no', policy, at))).toBe('already-decided');
    });
  });
});

describe('a comment', () => {
  it('is kept with an approval, cut to what is kept', () => {
    const said = { ...both, comment: `  ${'ä'.repeat(600)}` };
    expect(next(approve(requested(), approvalFacts(mo), said, policy, at)).comment).toBe('ä'.repeat(500));
    expect(
      next(approve(requested(), approvalFacts(mo), { ...both, comment: ' ' }, policy, at)).comment,
    ).toBeUndefined();
  });
});

describe('wanting another pass', () => {
  const approved = next(approve(requested(), approvalFacts(mo), both, policy, at));
  const open: Onboarding = {
    ...approved,
    state: 'open',
    openedAt: at,
    deadline: at + HOUR,
    memberAt: at,
    passesStarted: 1,
  };
  const want = (onboarding: Onboarding, when: number) => wantPass(onboarding, priya.id, policy, when);

  it('tells the approver and makes nothing', () => {
    const decision = want(open, at);
    if (!decision.ok) throw new Error('refused');
    expect(decision.change.next).toEqual({ ...open, passWantedAt: at });
    expect(decision.change.tell).toEqual([{ once: 'approver-pass-wanted', to: { person: mo.id }, key: String(at) }]);
    expect(next(want(approved, at)).state).toBe('approved');
  });

  it('is refused where no pass can be made', () => {
    const minute = 60_000;
    expect(refusal(want(requested(), at))).toBe('not-approved-yet');
    expect(refusal(want({ ...requested(), approvedBy: approved.approvedBy as never }, at))).toBe('awaiting-second');
    expect(refusal(want({ ...open, passesStarted: policy.maxPasses }, at))).toBe('passes-used-up');
    expect(refusal(want(open, at + HOUR - policy.lastPassMargin))).toBe('too-late-for-a-pass');
    expect(refusal(want({ ...open, state: 'closed', outcome: 'lapsed' }, at))).toBe('finished');
    expect(refusal(want({ ...open, passWantedAt: at }, at + minute - 1))).toBe('asked-just-now');
    expect(next(want({ ...open, passWantedAt: at }, at + minute)).passWantedAt).toBe(at + minute);
  });

  it('never goes to the second approver', () => {
    const two = { ...open, secondApprovedBy: { ...kim, id: kim.id } };
    const decision = want(two, at);
    expect(decision.ok && decision.change.tell).toMatchObject([{ to: { person: mo.id } }]);
  });
});
