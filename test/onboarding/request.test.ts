import { type RequestFacts, request } from '../../bot/onboarding/request';
import {
  jane,
  lee,
  mo,
  passkey,
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

describe('a request', () => {
  it('asks the manager and changes nothing else', () => {
    const decision = request(requestFacts(), policy, T0);
    if (!decision.ok) throw new Error('refused');
    expect(decision.change.next).toMatchObject({
      state: 'requested',
      approver: { id: mo.id },
      approverIs: 'manager',
      privileged: false,
    });
    expect(decision.change.tell).toEqual([
      { live: 'request', to: { conversation: 'conversation-1' } },
      { live: 'approval', to: { person: mo.id } },
    ]);
    expect(decision.change.ledger.map((line) => line.event)).toEqual(['requested']);
  });

  const refused: [string, Partial<RequestFacts>, string][] = [
    ['from outside the helpdesk', { isHelpdesk: false }, 'not-helpdesk'],
    ['from a disabled technician', { requester: { ...priya, enabled: false } }, 'not-helpdesk'],
    ['while paused', { paused: true }, 'paused'],
    ['by somebody who is exempt herself', { requesterExempt: true }, 'requester-exempt'],
    ['over the daily cap', { requestedToday: 20 }, 'requester-cap'],
    ['for oneself', { subject: subjectFacts(priya) }, 'self'],
    ['for a guest', { subject: subjectFacts(person('gus', { kind: 'guest' })) }, 'guest'],
    ['for a disabled account', { subject: subjectFacts(person('dana', { enabled: false })) }, 'disabled'],
    ['for break-glass', { subject: subjectFacts(person('breakglass')) }, 'protected'],
    ['for an administrator', { subject: subjectFacts(jane, { privilege: 'privileged' }) }, 'privileged-off'],
    [
      'for somebody whose roles cannot be read',
      { subject: subjectFacts(jane, { privilege: 'unreadable' }) },
      'privileged-unreadable',
    ],
    [
      'for somebody with a working passkey',
      { subject: subjectFacts(jane, { passkeys: [passkey('old')] }) },
      'has-passkey',
    ],
    ['for somebody already in the group', { subjectIsMember: true }, 'already-member'],
    ['for a third window in a day', { subjectWindowsToday: 2 }, 'subject-cap'],
    ['with an approver who has too many open', { openForApprover: () => 10 }, 'approver-cap'],
    ['without manager or fallback', { manager: { kind: 'none' }, fallbacks: [] }, 'no-approver'],
    [
      'when the only fallback is the requester',
      { manager: { kind: 'none' }, fallbacks: [{ person: priya, exempt: false }] },
      'no-approver',
    ],
  ];
  it.each(refused)('is refused %s', (_what, facts, code) => {
    expect(refusal(request(requestFacts(facts), policy, T0))).toBe(code);
  });

  const rerouted: [string, RequestFacts['manager']][] = [
    ['there is no manager', { kind: 'none' }],
    ['the manager is a contact', { kind: 'not-a-person' }],
    ['the manager is disabled', { kind: 'person', person: { ...mo, enabled: false }, exempt: false }],
    ['the manager asks', { kind: 'person', person: priya, exempt: false }],
    ['the manager is exempt', { kind: 'person', person: mo, exempt: true }],
  ];
  it.each(rerouted)('goes to a fallback when %s', (_what, manager) => {
    expect(requested({ manager })).toMatchObject({ approver: { id: lee.id }, approverIs: 'fallback' });
  });

  it('says why when the manager cannot be asked and no fallback can', () => {
    const decision = request(
      requestFacts({ manager: { kind: 'person', person: { ...mo, enabled: false }, exempt: false }, fallbacks: [] }),
      policy,
      T0,
    );
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'no-approver', why: 'manager-disabled' } });
  });

  it('accepts a wrong kind of passkey as none at all', () => {
    expect(
      requested({ subject: subjectFacts(jane, { passkeys: [passkey('icloud', { passkeyType: 'synced' })] }) }).state,
    ).toBe('requested');
  });

  describe('for a privileged person, switched on', () => {
    const proven = subjectFacts(jane, { privilege: 'privileged', guard: { proven: true } });
    it('needs a proven guard policy', () => {
      const unproven = subjectFacts(jane, { privilege: 'privileged', guard: { proven: false, why: 'disabled' } });
      expect(refusal(request(requestFacts({ subject: unproven }), privilegedPolicy, T0))).toBe('guard-unproven');
      expect(requested({ subject: proven }, privilegedPolicy).privileged).toBe(true);
    });
    it('needs somebody who can approve second', () => {
      expect(
        refusal(request(requestFacts({ subject: proven, secondApproverExists: false }), privilegedPolicy, T0)),
      ).toBe('no-second-approver');
    });
    it('counts what cannot be read as privileged', () => {
      const unreadable = subjectFacts(jane, { privilege: 'unreadable', guard: { proven: true } });
      expect(requested({ subject: unreadable }, privilegedPolicy).privileged).toBe(true);
    });
  });
});
