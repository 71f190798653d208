import { approve, decline, expire, secondApprove } from '../../bot/onboarding/approval';
import { mayShowPass, startOpening } from '../../bot/onboarding/window';
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
  policy,
  privilegedPolicy,
  priya,
  refusal,
  requested,
  subjectFacts,
  T0,
} from './people';

const at = T0 + HOUR;

describe('an approval', () => {
  it('by the manager waits for the pass to be asked for; nothing opens', () => {
    const approved = next(approve(requested(), approvalFacts(mo), both, policy, at));
    expect(approved).toMatchObject({
      state: 'approved',
      approvedBy: { id: mo.id },
      useBy: at + policy.approvedLifetime,
    });
    expect(approved.openedAt).toBeUndefined();
  });

  it('by a listed fallback counts too', () => {
    expect(next(approve(requested(), approvalFacts(lee), both, policy, at)).state).toBe('approved');
  });

  const refused: [string, ReturnType<typeof approvalFacts>, string][] = [
    ['by a stranger', approvalFacts(mallory), 'not-yours'],
    ['by the requester, even as her manager', approvalFacts(priya, { managerIs: priya.id }), 'same-person'],
    ['by the subject, even as a fallback', approvalFacts(jane, { managerIs: jane.id }), 'same-person'],
    [
      'by a manager who is not the manager any more',
      approvalFacts(mo, { managerIs: 'id-other' }),
      'not-approver-any-more',
    ],
    ['by a manager whose account is disabled', approvalFacts({ ...mo, enabled: false }), 'not-approver-any-more'],
    [
      'by a manager whose account is gone',
      approvalFacts(mo, { decider: { person: null, managerOfSubject: mo.id, exempt: false } }),
      'not-approver-any-more',
    ],
    ['by somebody who is exempt', approvalFacts(mo, { exempt: true }), 'approver-exempt'],
    [
      'when the subject was disabled meanwhile',
      approvalFacts(mo, { subject: subjectFacts({ ...jane, enabled: false }) }),
      'disabled',
    ],
    [
      'when the subject became an administrator meanwhile',
      approvalFacts(mo, { subject: subjectFacts(jane, { privilege: 'privileged' }) }),
      'privileged-off',
    ],
  ];
  it.each(refused)('is refused %s', (_what, facts, code) => {
    expect(refusal(approve(requested(), facts, both, policy, at))).toBe(code);
  });

  it('needs both ticks', () => {
    expect(refusal(approve(requested(), approvalFacts(mo), { knowsPerson: true, spokeToday: false }, policy, at))).toBe(
      'confirm-first',
    );
  });

  it('is decided once: the second person is told which', () => {
    const approved = next(approve(requested(), approvalFacts(mo), both, policy, at));
    expect(decline(approved, approvalFacts(lee), '', policy, at)).toMatchObject({
      refusal: { code: 'already-decided', by: 'Mo' },
    });
    const declined = next(decline(requested(), approvalFacts(lee), 'unknown to me', policy, at));
    expect(declined).toMatchObject({ state: 'closed', outcome: 'declined', comment: 'unknown to me' });
    expect(approve(declined, approvalFacts(mo), both, policy, at)).toMatchObject({
      refusal: { code: 'finished', outcome: 'declined' },
    });
  });

  it('comes too late after the expiry, and expiry too early before it', () => {
    expect(refusal(approve(requested(), approvalFacts(mo), both, policy, T0 + policy.approvalLifetime))).toBe(
      'expired',
    );
    expect(refusal(expire(requested(), policy, at))).toBe('stale-card');
    expect(next(expire(requested(), policy, T0 + policy.approvalLifetime)).outcome).toBe('expired');
  });

  it("keeps a person's words out of the ledger", () => {
    const decision = decline(requested(), approvalFacts(mo), 'she called me a fool', policy, at);
    if (!decision.ok) throw new Error('refused');
    expect(JSON.stringify(decision.change.ledger)).not.toContain('fool');
  });
});

describe('two approvals for a privileged person', () => {
  const subject = subjectFacts(jane, { privilege: 'privileged', guard: { proven: true } });
  const asked = () => requested({ subject }, privilegedPolicy);
  const first = () => next(approve(asked(), approvalFacts(mo, { subject }), both, privilegedPolicy, at));

  it('are both needed', () => {
    expect(first()).toMatchObject({ state: 'requested', approvedBy: { id: mo.id } });
    expect(mayShowPass(first(), approvalFacts(mo, { subject }), privilegedPolicy, at)).toEqual({
      refusal: { code: 'awaiting-second' },
    });
    const second = next(secondApprove(first(), approvalFacts(kim, { subject }), privilegedPolicy, at));
    expect(second).toMatchObject({ state: 'approved', secondApprovedBy: { id: kim.id } });
    expect(mayShowPass(second, approvalFacts(mo, { subject }), privilegedPolicy, at)).toEqual({ step: 'open' });
  });

  it('come from different people, the second from the list', () => {
    expect(
      refusal(
        secondApprove(first(), approvalFacts(mo, { subject }), { ...privilegedPolicy, secondApproverIds: [mo.id] }, at),
      ),
    ).toBe('same-person');
    expect(refusal(secondApprove(first(), approvalFacts(lee, { subject }), privilegedPolicy, at))).toBe('not-yours');
    expect(refusal(secondApprove(asked(), approvalFacts(kim, { subject }), privilegedPolicy, at))).toBe('stale-card');
  });

  it('show the pass only to the first', () => {
    const second = next(secondApprove(first(), approvalFacts(kim, { subject }), privilegedPolicy, at));
    expect(mayShowPass(second, approvalFacts(kim, { subject }), privilegedPolicy, at)).toEqual({
      refusal: { code: 'not-yours' },
    });
  });

  it('are needed for somebody who became privileged after one approval', () => {
    const once = next(approve(requested({}, privilegedPolicy), approvalFacts(mo), both, privilegedPolicy, at));
    expect(once.state).toBe('approved');
    expect(mayShowPass(once, approvalFacts(mo, { subject }), privilegedPolicy, at)).toEqual({
      refusal: { code: 'awaiting-second' },
    });
  });
});

describe('showing the pass', () => {
  const approved = () => next(approve(requested(), approvalFacts(mo), both, policy, at));
  it('judges standing and eligibility again', () => {
    expect(mayShowPass(approved(), approvalFacts(mo, { managerIs: 'id-new' }), policy, at)).toEqual({
      refusal: { code: 'not-approver-any-more' },
    });
    expect(mayShowPass(approved(), approvalFacts(mo, { exempt: true }), policy, at)).toEqual({
      refusal: { code: 'approver-exempt' },
    });
    expect(
      mayShowPass(approved(), approvalFacts(mo, { subject: subjectFacts({ ...jane, enabled: false }) }), policy, at),
    ).toMatchObject({ refusal: { code: 'disabled' } });
    expect(mayShowPass(approved(), approvalFacts(lee), policy, at)).toEqual({ refusal: { code: 'not-yours' } });
  });
  it('comes too late when nobody asked in time', () => {
    expect(mayShowPass(approved(), approvalFacts(mo), policy, at + policy.approvedLifetime)).toEqual({
      refusal: { code: 'expired' },
    });
  });
  it('fixes the deadline when it opens the window', () => {
    expect(next(startOpening(approved(), policy, at))).toMatchObject({
      state: 'opening',
      openedAt: at,
      deadline: at + policy.windowLength,
    });
  });
});
