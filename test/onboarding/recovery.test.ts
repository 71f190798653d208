import { approve } from '../../bot/onboarding/approval';
import { deny, mustEndDenied } from '../../bot/onboarding/deny';
import { dueAt } from '../../bot/onboarding/due';
import { stop } from '../../bot/onboarding/exit';
import type { Passkey } from '../../bot/onboarding/method';
import { needsHandling, type Onboarding } from '../../bot/onboarding/onboarding';
import type { Policy } from '../../bot/onboarding/policy';
import {
  judgeRecovery,
  oldGone,
  oldLeft,
  oldRemoveIntended,
  type RecoverAsk,
  revokedRead,
  revokeIntended,
} from '../../bot/onboarding/recovery';
import { request } from '../../bot/onboarding/request';
import { helpCalled, MOST_CALLS, pageTurned, stuckSaid } from '../../bot/onboarding/stuck';
import { baselineTaken, mayShowPass, startOpening } from '../../bot/onboarding/window';
import {
  approvalFacts,
  both,
  jane,
  mo,
  next,
  passkey,
  policy,
  refusal,
  requestFacts,
  subjectFacts,
  T0,
} from './people';

const old = passkey('old');
const spare = passkey('spare', { displayName: 'Spare key' });
const cloud = passkey('cloud', { passkeyType: 'synced' });
const deletes: Policy = { ...policy, recoverDelete: 'on' };
const lost: RecoverAsk = { loss: 'lost', old: ['old'], noneWorks: false };

function judged(passkeys: readonly Passkey[], ask: Partial<RecoverAsk> = {}, rules = policy) {
  const found = judgeRecovery({ ...lost, ...ask }, 'Jane', passkeys, rules);
  return 'refusal' in found ? found.refusal.code : found.recovery;
}

function asked(ask: Partial<RecoverAsk> = {}, rules = deletes, passkeys = [old]): Onboarding {
  const facts = requestFacts({ subject: subjectFacts(jane, { passkeys }), recover: { ...lost, ...ask } });
  return next(request(facts, rules, T0));
}

function approved(rules = deletes): Onboarding {
  const facts = approvalFacts(mo, { subject: subjectFacts(jane, { passkeys: [old] }) });
  return next(approve(asked({}, rules), facts, both, rules, T0 + 1));
}

function opening(): Onboarding {
  return next(startOpening(approved(), deletes, T0 + 2));
}

const baseline = { takenAt: T0, methods: [old] };

describe('what may be recovered', () => {
  it('is one that is there, and chosen', () => {
    expect(judged([])).toBe('nothing-to-recover');
    expect(judged([old], { old: [] })).toBe('choose-old');
    expect(judged([old], { old: ['old', 'old'] })).toMatchObject({ loss: 'lost', old: [{ id: 'old' }], by: 'hand' });
    expect(judged([old], { old: ['somebody-elses'] })).toBe('old-not-there');
    expect(judged([old], { old: ['old', 'gone'] })).toBe('old-not-there');
  });

  it('is refused while another accepted one works, unless helpdesk says that none does', () => {
    expect(judged([old, spare])).toBe('other-way');
    expect(judged([old, cloud])).toMatchObject({ old: [{ id: 'old' }] });
    expect(judged([old, spare], { noneWorks: true })).toMatchObject({ old: [{ id: 'old' }], known: ['old', 'spare'] });
    expect(judged([old, spare], { old: ['old', 'spare'] })).toMatchObject({ old: [{ id: 'old' }, { id: 'spare' }] });
  });

  it('names in the ledger what goes, and keeps what was configured then', () => {
    const facts = requestFacts({ subject: subjectFacts(jane, { passkeys: [old] }), recover: lost });
    const decision = request(facts, deletes, T0);
    expect(decision).toMatchObject({
      ok: true,
      change: {
        next: { reason: 'recover', recovery: { by: 'onboard', old: [{ id: 'old' }] } },
        ledger: [{ event: 'requested', detail: { recovers: 'lost', old: ['old'] } }],
      },
    });
    expect(asked({}, policy).recovery?.by).toBe('hand');
  });
});

describe('the window of a recovery', () => {
  const facts = (passkeys: readonly Passkey[]) => approvalFacts(mo, { subject: subjectFacts(jane, { passkeys }) });
  const step = (now: Onboarding, passkeys: readonly Passkey[], rules: Policy) => {
    const found = mayShowPass(now, facts(passkeys), rules, T0 + 3);
    return 'step' in found ? found.step : found.refusal.code;
  };

  it('opens where Onboard deletes, and waits where it may not until the old one is gone', () => {
    expect(step(approved(), [old], deletes)).toBe('open');
    expect(step(approved(policy), [old], policy)).toBe('old-still-there');
    expect(step(approved(policy), [], policy)).toBe('open');
    // The right was taken away meanwhile.
    expect(step(approved(), [old], policy)).toBe('old-still-there');
  });

  it('does not open for somebody who found a way herself', () => {
    expect(step(approved(), [old, passkey('new-one')], deletes)).toBe('has-passkey');
    expect(step(approved(policy), [passkey('new-one')], policy)).toBe('has-passkey');
  });

  it('has the deletion before the add, each with its intent', () => {
    const events = (decision: ReturnType<typeof oldGone>) =>
      decision.ok ? decision.change.ledger.map(({ event }) => event) : [decision.refusal.code];
    expect(refusal(oldRemoveIntended(opening(), T0 + 4))).toBe('stale-card');
    expect(events(baselineTaken(opening(), baseline, T0 + 4))).toEqual(['baseline-taken']);
    const based = next(baselineTaken(opening(), baseline, T0 + 4));
    expect(events(oldRemoveIntended(based, T0 + 5))).toEqual(['old-passkey-remove-intended']);
    expect(events(oldGone(based, T0 + 6))).toEqual(['old-passkey-gone', 'member-add-intended']);
    const gone = next(oldGone(based, T0 + 6));
    expect(events(oldGone(gone, T0 + 7))).toEqual(['stale-card']);
    expect(events(oldRemoveIntended(gone, T0 + 7))).toEqual(['stale-card']);
    const stopped = next(stop(based, { person: mo.id }, deletes, T0 + 7));
    expect(events(oldRemoveIntended(stopped, T0 + 8))).toEqual(['stale-card']);
    expect(events(oldGone(stopped, T0 + 8))).toEqual(['stale-card']);
  });

  it('knows of the methods only the chosen passkeys as old', () => {
    expect(oldLeft(approved(), [old, spare, { id: 'old', kind: 'phone' }])).toEqual([
      expect.objectContaining({ id: 'old' }),
    ]);
    expect(oldLeft(approved(), [spare])).toEqual([]);
  });

  it('is looked for every minute while somebody has to do it by hand', () => {
    const waits = approved(policy);
    expect(dueAt(waits, policy, T0 + 5)).toBe(T0 + 5 + 60_000);
    const gone = next(oldGone(waits, T0 + 6));
    expect(dueAt(gone, policy, T0 + 7)).toBe(gone.useBy);
    expect(dueAt(approved(), deletes, T0 + 5)).toBe(approved().useBy);
  });
});

describe('a theft', () => {
  it('is due at once, and is over when the tenant says a later time', () => {
    const stolen = asked({ loss: 'stolen' });
    expect(stolen.dueAt).toBe(T0);
    expect(refusal(revokedRead(stolen, T0, T0 + 1))).toBe('stale-card');
    const intended = next(revokeIntended(stolen, 5_000, T0 + 1));
    expect(refusal(revokeIntended(intended, 9_000, T0 + 2))).toBe('stale-card');
    expect(refusal(revokedRead(intended, 5_000, T0 + 2))).toBe('stale-card');
    const revoked = next(revokedRead(intended, 6_000, T0 + 2));
    expect(revoked.recovery?.sessionsRevokedAt).toBe(T0 + 2);
    expect(dueAt(revoked, policy, T0 + 3)).toBeGreaterThan(T0 + 3);
  });

  it('is nothing that a lost or replaced one is', () => {
    expect(refusal(revokeIntended(asked(), 0, T0 + 1))).toBe('stale-card');
    expect(refusal(revokeIntended(asked({ loss: 'replaced' }), 0, T0 + 1))).toBe('stale-card');
  });
});

describe('a denial', () => {
  const completed: Onboarding = {
    ...asked(),
    state: 'closed',
    outcome: 'completed',
    passkey: { ...old, id: 'k', seenAt: T0 },
    openedAt: T0,
    closedAt: T0,
    aftercareDone: 3,
    handledAt: T0,
    handledBy: mo,
  };

  it('is hers, once, and needs somebody who handles it', () => {
    expect(refusal(deny(completed, mo.id, T0 + 1))).toBe('not-yours');
    const denied = next(stop(completed, { person: jane.id }, policy, T0 + 1));
    expect(denied).toMatchObject({
      deniedAt: T0 + 1,
      findings: ['subject-denies:k'],
      dueAt: T0 + 1,
      outcome: 'completed',
    });
    expect(denied.handledAt).toBeUndefined();
    expect(needsHandling(denied)).toBe(true);
    expect(mustEndDenied(denied)).toBe(true);
    expect(refusal(stop(denied, { person: jane.id }, policy, T0 + 2))).toBe('finished');
    expect(refusal(stop(completed, { person: mo.id }, policy, T0 + 1))).toBe('finished');
    expect(refusal(stop({ ...completed, outcome: 'lapsed' }, { person: jane.id }, policy, T0 + 1))).toBe('finished');
  });
});

describe('being stuck', () => {
  const open: Onboarding = { ...asked(), state: 'open', openedAt: T0, deadline: T0 + 1e6, memberAt: T0 };

  it('is said by her, while there is something to help with, and kept as a code', () => {
    expect(refusal(stuckSaid(open, mo.id, { saw: 'loop' }, T0))).toBe('not-yours');
    expect(refusal(stuckSaid({ ...open, state: 'approved' }, jane.id, { saw: 'loop' }, T0))).toBe('stale-card');
    expect(refusal(stuckSaid({ ...open, state: 'closed' }, jane.id, { saw: 'loop' }, T0))).toBe('finished');
    const said = next(stuckSaid(open, jane.id, { saw: 'loop', route: 'iphone', step: 4 }, T0 + 1));
    expect(said).toMatchObject({ stuck: { saw: 'loop', route: 'iphone', step: 4, at: T0 + 1 }, dueAt: T0 + 1 });
    expect(refusal(stuckSaid(said, jane.id, { saw: 'loop', route: 'iphone', step: 4 }, T0 + 2))).toBe('stale-card');
    expect(next(stuckSaid(open, jane.id, { saw: 'Call me on 555' }, T0)).stuck?.saw).toBe('other');
  });

  it('calls a person a few times, each as a message of its own', () => {
    let now = open;
    const keys: unknown[] = [];
    for (let call = 0; call < MOST_CALLS; call++) {
      const decision = helpCalled(now, jane.id, T0 + call);
      if (decision.ok) keys.push(...decision.change.tell.flatMap((tell) => ('key' in tell ? [tell.key] : [])));
      now = next(decision);
    }
    expect(new Set(keys).size).toBe(MOST_CALLS);
    expect(refusal(helpCalled(now, jane.id, T0 + 9))).toBe('helpdesk-called-already');
    expect(refusal(helpCalled(open, mo.id, T0))).toBe('not-yours');
  });

  it('keeps her place, and nothing else changes with it', () => {
    const decision = pageTurned(open, jane.id, { route: 'key', step: 2 });
    expect(decision).toMatchObject({ ok: true, change: { ledger: [], tell: [] } });
    const turned = next(decision);
    expect({ ...turned, version: open.version, guideAt: undefined }).toEqual({ ...open, guideAt: undefined });
    expect(refusal(pageTurned(turned, jane.id, { route: 'key', step: 2 }))).toBe('stale-card');
    expect(next(pageTurned(turned, jane.id, null)).guideAt).toBeUndefined();
    expect(refusal(pageTurned(open, mo.id, { route: 'key', step: 2 }))).toBe('not-yours');
  });
});
