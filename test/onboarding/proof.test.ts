import {
  addedSince,
  mergeAdded,
  methodsLooked,
  methodsUnreadable,
  PROOF_GRACE,
  removable,
} from '../../bot/onboarding/added';
import { aftercareFindings, aftercareLooked } from '../../bot/onboarding/aftercare';
import { approve } from '../../bot/onboarding/approval';
import { type AuditEvent, foreignRegistration, type Initiator } from '../../bot/onboarding/audit';
import type { Decision } from '../../bot/onboarding/decision';
import { exitLooked, freeze, startExit, stop } from '../../bot/onboarding/exit';
import { confirmHandled } from '../../bot/onboarding/handling';
import type { Method, MethodsRead } from '../../bot/onboarding/method';
import { AFTERCARE_DELAYS, needsHandling, type Onboarding, toActOn } from '../../bot/onboarding/onboarding';
import { looked } from '../../bot/onboarding/watch';
import { baselineTaken, opened, startOpening } from '../../bot/onboarding/window';
import {
  approvalFacts,
  both,
  HOUR,
  jane,
  MINUTE,
  mallory,
  mo,
  next,
  passkey,
  policy,
  priya,
  refusal,
  requested,
  T0,
} from './people';

const at = T0 + HOUR;
const old = passkey('old');
const proof = passkey('new');
const phone: Method = { id: 'p', kind: 'phone', displayName: '+1' };
const removing = { ...policy, removeAdded: 'passkeys' as const };
const all = {
  removal: { tenantTime: 1_000_000, result: 'removed' as const },
  absent: true,
  noPass: true,
  validFrom: 1_001_000,
};

const read = (...methods: Method[]): MethodsRead => ({ kinds: ['passkey', 'phone'], methods });

function open(kinds: MethodsRead['kinds'] = ['passkey', 'phone']): Onboarding {
  const approved = next(approve(requested(), approvalFacts(mo), both, policy, at));
  const opening = next(startOpening(approved, policy, at));
  return next(opened(next(baselineTaken(opening, { takenAt: at, methods: [old], kinds }, at)), at));
}
const completing = () => next(looked(open(), [old, proof], [], policy, at + MINUTE));
const ending = (outcome: 'stopped' | 'frozen' | 'lapsed') => next(startExit(open(), outcome, 'onboard', policy, at));
const rest = (onboarding: Onboarding) => next(exitLooked(onboarding, all, at + 5 * MINUTE));
const tells = (decision: Decision) => (decision.ok ? decision.change.tell : []);
const events = (decision: Decision) => (decision.ok ? decision.change.ledger.map((line) => line.event) : []);

describe('what was added', () => {
  it('is what the baseline has not, of every kind that was readable then; the proof is not among it', () => {
    expect(addedSince(completing(), read(old, proof, phone))).toEqual([phone]);
    expect(addedSince(ending('stopped'), read(old, proof, phone))).toEqual([proof, phone]);
  });
  it('is not a kind that could not be read then: it may be years old', () => {
    const closing = next(startExit(open(['passkey']), 'stopped', 'onboard', policy, at));
    expect(addedSince(closing, read(old, phone))).toEqual([]);
  });
  it('of one kind is not known by the id of another', () => {
    expect(addedSince(ending('stopped'), read({ id: 'old', kind: 'phone' }))).toEqual([{ id: 'old', kind: 'phone' }]);
  });
  it('is unknown without a baseline', () => {
    const { baseline: _, ...without } = ending('stopped');
    expect(addedSince(without, read(proof))).toEqual([]);
  });
  it('is kept when it is gone, with the time, and comes back when it is there again', () => {
    const first = mergeAdded([], [phone], 1);
    const gone = mergeAdded(first, [], 2);
    expect(gone).toEqual([{ ...phone, seenAt: 1, goneAt: 2 }]);
    expect(mergeAdded(gone, [], 3)).toEqual(gone);
    expect(mergeAdded(gone, [phone], 4)).toEqual([{ ...phone, seenAt: 1 }]);
  });
});

describe('a completion', () => {
  it('needs the proof once more, and lists what else was added', () => {
    const done = next(methodsLooked(rest(completing()), read(old, proof, phone), policy, at + 5 * MINUTE));
    expect(done).toMatchObject({ state: 'closed', outcome: 'completed', added: [{ id: 'p', kind: 'phone' }] });
    expect(needsHandling(done)).toBe(false);
  });
  it('waits with its end until that was read', () => {
    expect(rest(completing()).state).toBe('closing');
  });
  it('is none when two reads do not show the proof, and that alerts', () => {
    const once = methodsLooked(rest(completing()), read(old), policy, at + 5 * MINUTE);
    expect(events(once)).toEqual(['proof-missed']);
    expect(next(once)).toMatchObject({ state: 'closing', exit: { outcome: 'completed' } });
    expect(refusal(methodsLooked(next(once), read(old), policy, at + 5 * MINUTE + PROOF_GRACE - 1))).toBe('stale-card');
    const twice = methodsLooked(next(once), read(old), policy, at + 5 * MINUTE + PROOF_GRACE);
    expect(next(twice)).toMatchObject({ state: 'closed', outcome: 'stopped', findings: ['passkey-gone'] });
    expect(tells(twice)).toContainEqual({ once: 'alert', to: { person: mo.id }, key: 'proof' });
    expect(needsHandling(next(twice))).toBe(true);
  });
  it('is one when only the first read was late', () => {
    const once = next(methodsLooked(rest(completing()), read(old), policy, at + 5 * MINUTE));
    const done = next(methodsLooked(once, read(old, proof), policy, at + 6 * MINUTE));
    expect(done).toMatchObject({ state: 'closed', outcome: 'completed' });
    expect(done.exit?.proofMissedAt).toBeUndefined();
  });
  it('is none when nobody may read the proof any more', () => {
    const once = next(methodsUnreadable(rest(completing()), at + 5 * MINUTE));
    expect(once.state).toBe('closing');
    expect(next(methodsUnreadable(once, at + 6 * MINUTE))).toMatchObject({
      outcome: 'stopped',
      findings: ['methods-unreadable'],
    });
  });
  it('is not proven by something else with the same id', () => {
    const other: Method = { id: 'new', kind: 'phone' };
    expect(events(methodsLooked(rest(completing()), read(old, other), policy, at + 5 * MINUTE))).toEqual([
      'proof-missed',
    ]);
  });
});

describe('a window that was stopped or frozen', () => {
  it.each(['stopped', 'frozen'] as const)('lists everything that was added to act on, and alerts (%s)', (outcome) => {
    const decision = methodsLooked(rest(ending(outcome)), read(old, proof, phone), policy, at + 5 * MINUTE);
    const closed = next(decision);
    expect(toActOn(closed).map(({ id }) => id)).toEqual(['new', 'p']);
    expect(needsHandling(closed)).toBe(true);
    expect(tells(decision)).toContainEqual({ once: 'alert', to: { conversation: 'conversation-1' }, key: 'closed' });
  });
  it('that was stopped with nothing added leaves nothing to act on', () => {
    const decision = methodsLooked(rest(ending('stopped')), read(old), policy, at + 5 * MINUTE);
    expect(needsHandling(next(decision))).toBe(false);
    expect(tells(decision).filter((tell) => 'once' in tell && tell.once === 'alert')).toEqual([]);
  });
  it('that lapsed lists what was added and asks nobody to act', () => {
    const closed = next(methodsLooked(rest(ending('lapsed')), read(old, phone), policy, at + 5 * MINUTE));
    expect([closed.added?.length, toActOn(closed).length, needsHandling(closed)]).toEqual([1, 0, false]);
  });
  it('counts the passkey that was seen before the stop among what was added', () => {
    const stopped = next(stop(completing(), { person: jane.id }, policy, at + 2 * MINUTE));
    const closed = next(methodsLooked(rest(stopped), read(old, proof), policy, at + 5 * MINUTE));
    expect(closed).toMatchObject({ outcome: 'stopped', added: [{ id: 'new' }] });
  });
  it('ends although the methods cannot be read, and says so', () => {
    expect(next(methodsUnreadable(rest(ending('stopped')), at + 5 * MINUTE))).toMatchObject({
      state: 'closed',
      findings: ['methods-unreadable'],
    });
  });
  it('stays in its exit until what is to be removed was read to be gone', () => {
    const first = methodsLooked(rest(ending('stopped')), read(old, proof, phone), removing, at + 5 * MINUTE);
    expect(events(first)).toEqual(['methods-added', 'passkey-remove-intended']);
    expect(next(first).state).toBe('closing');
    expect(removable(next(first), removing).map(({ id }) => id)).toEqual(['new']);
    expect(refusal(methodsLooked(next(first), read(old, proof, phone), removing, at + 6 * MINUTE))).toBe('stale-card');
    const gone = methodsLooked(next(first), read(old, phone), removing, at + 6 * MINUTE);
    expect(next(gone)).toMatchObject({ state: 'closed', added: [{ id: 'new', goneAt: at + 6 * MINUTE }, { id: 'p' }] });
    expect(toActOn(next(gone)).map(({ id }) => id)).toEqual(['p']);
  });
  it.each(['completed', 'lapsed'] as const)('and no other has passkeys removed (%s)', (outcome) => {
    expect(removable({ ...ending('stopped'), outcome, added: [{ ...proof, seenAt: at }] }, removing)).toEqual([]);
  });
  it('has none removed where that right was not granted', () => {
    expect(removable({ ...ending('stopped'), added: [{ ...proof, seenAt: at }] }, policy)).toEqual([]);
  });
  it('reads only in its exit', () => {
    expect(refusal(methodsLooked(open(), read(), policy, at))).toBe('stale-card');
    expect(refusal(methodsUnreadable(open(), at))).toBe('stale-card');
    const read1 = next(methodsLooked(ending('stopped'), read(old), policy, at));
    expect(refusal(methodsLooked(read1, read(old), policy, at))).toBe('stale-card');
    expect(refusal(methodsUnreadable(read1, at))).toBe('stale-card');
  });
});

describe('saying that it is taken care of', () => {
  const closed = () => next(methodsLooked(rest(ending('frozen')), read(old, proof), policy, at + 5 * MINUTE));
  it('is done once, by anybody but the subject', () => {
    expect(refusal(confirmHandled(closed(), jane, at))).toBe('not-yours');
    const handled = next(confirmHandled(closed(), mo, at + HOUR));
    expect(handled).toMatchObject({ handledAt: at + HOUR, handledBy: { id: mo.id } });
    expect(needsHandling(handled)).toBe(false);
    expect(confirmHandled(handled, priya, at + HOUR)).toMatchObject({ refusal: { code: 'already-decided', by: 'Mo' } });
  });
  it('means nothing where nothing was found', () => {
    expect(refusal(confirmHandled(open(), mo, at))).toBe('stale-card');
  });
});

describe('a freeze', () => {
  it('ends an open window at once and says by whom', () => {
    const frozen = next(freeze(open(), 'person:x', policy, at + MINUTE));
    expect(frozen).toMatchObject({
      state: 'closing',
      exit: { outcome: 'frozen', settleAt: at + MINUTE },
      findings: ['foreign-registration:person:x'],
    });
  });
  it('takes the completion from an exit that is settling, and has everything read again', () => {
    const settled = next(methodsLooked(completing(), read(old, proof), policy, at + 5 * MINUTE));
    const frozen = next(freeze(settled, 'person:x', policy, at + 2 * MINUTE));
    expect(frozen.exit).toMatchObject({ outcome: 'frozen', settleAt: at + 2 * MINUTE });
    expect(frozen.exit?.methodsReadAt).toBeUndefined();
    expect(next(methodsLooked(rest(frozen), read(old, proof), policy, at + 6 * MINUTE))).toMatchObject({
      outcome: 'frozen',
      added: [{ id: 'new' }],
    });
  });
  it('leaves what was stopped stopped, with the finding, and never puts the end off', () => {
    const stopped = next(freeze(ending('stopped'), 'person:x', policy, at + MINUTE));
    expect(stopped).toMatchObject({
      exit: { outcome: 'stopped', settleAt: at },
      findings: ['foreign-registration:person:x'],
    });
  });
  it('happens once for the same evidence, and not after the end', () => {
    const frozen = next(freeze(open(), 'person:x', policy, at));
    expect(refusal(freeze(frozen, 'person:x', policy, at))).toBe('stale-card');
    expect(refusal(freeze({ ...frozen, state: 'closed' }, 'person:y', policy, at))).toBe('stale-card');
  });
});

describe('evidence', () => {
  const event = (by: Initiator, more: Partial<AuditEvent> = {}): AuditEvent => ({
    id: 'e',
    at: at + MINUTE,
    what: 'passkey-added',
    target: { id: jane.id },
    by,
    ...more,
  });
  const somebody: Initiator = { kind: 'person', id: mallory.id };

  const none: [string, AuditEvent[]][] = [
    ['nothing at all', []],
    ['her own registration', [event({ kind: 'person', id: jane.id, userPrincipalName: 'other@northwind.example' })]],
    ['no initiator', [event({ kind: 'unknown' })]],
    ['an initiator without id or name', [event({ kind: 'person' })]],
    ['a name that belongs to nobody known', [event({ kind: 'person', userPrincipalName: 'who@northwind.example' })]],
    ['what Onboard did itself', [event({ kind: 'onboard' })]],
    ['a registration before the window', [event(somebody, { at: at - 1 })]],
    [
      "somebody else's passkey",
      [event(somebody, { target: { id: 'id-other', userPrincipalName: jane.userPrincipalName } })],
    ],
    ['somebody without a name', [event(somebody, { target: {} })]],
    ['a membership', [event(somebody, { what: 'member-added' })]],
  ];
  it.each(none)('is not: %s', (_what, seen) => {
    expect(foreignRegistration(open(), seen)).toBeNull();
  });

  const positive: [string, AuditEvent, string][] = [
    ['somebody else with an id', event(somebody), `person:${mallory.id}`],
    ['at the very moment of the opening', event(somebody, { at }), `person:${mallory.id}`],
    [
      'a subject known by name alone',
      event(somebody, { target: { userPrincipalName: jane.userPrincipalName.toUpperCase() } }),
      `person:${mallory.id}`,
    ],
    ['another application', event({ kind: 'application', appId: 'app' }), 'application:app'],
  ];
  it.each(positive)('is: %s', (_what, seen, by) => {
    expect(foreignRegistration(open(), [event({ kind: 'unknown' }), seen])).toBe(by);
  });
  it('is none before a window', () => {
    expect(foreignRegistration(requested(), [event(somebody)])).toBeNull();
  });
});

describe('aftercare', () => {
  const quiet = { member: false, passes: 0, methods: read(old), foreign: null };
  const closedAs = (outcome: 'stopped' | 'lapsed', ...methods: Method[]) =>
    next(methodsLooked(rest(ending(outcome)), read(old, ...methods), policy, at + 5 * MINUTE));
  const completed = () => next(methodsLooked(rest(completing()), read(old, proof, phone), policy, at + 5 * MINUTE));

  it('finds nothing where nothing is', () => {
    expect(aftercareFindings(closedAs('lapsed'), quiet)).toEqual([]);
    expect(aftercareFindings(completed(), { ...quiet, methods: read(old, proof, phone) })).toEqual([]);
  });
  it('finds each thing that is wrong', () => {
    const wrong = { member: true, passes: 1, methods: read(old, phone), foreign: 'person:x' };
    expect(aftercareFindings(closedAs('lapsed'), wrong)).toEqual([
      'member-again',
      'pass-again',
      'foreign-registration:person:x',
      'method-added:p',
    ]);
    expect(aftercareFindings(completed(), { ...quiet, methods: read(old) })).toEqual(['passkey-gone']);
    expect(aftercareFindings(completed(), { ...quiet, member: true, methods: null })).toEqual([
      'member-again',
      'methods-unreadable',
    ]);
  });
  it('finds again, at every look, what was listed to act on', () => {
    expect(aftercareFindings(closedAs('stopped', phone), { ...quiet, methods: read(old, phone) })).toEqual([
      'method-added:p',
    ]);
    expect(aftercareFindings(closedAs('lapsed', phone), { ...quiet, methods: read(old, phone) })).toEqual([]);
  });
  it('alerts at every look until somebody says that it is handled, with a key of its own', () => {
    const found = ['method-added:p'];
    const first = aftercareLooked(closedAs('stopped', phone), found, read(old, phone), at + HOUR);
    expect(tells(first)).toContainEqual({ once: 'alert', to: { person: mo.id }, key: 'look-1' });
    const second = aftercareLooked(next(first), found, read(old, phone), at + 2 * HOUR);
    expect(tells(second)).toContainEqual({ once: 'alert', to: { person: mo.id }, key: 'look-2' });
    const handled = next(confirmHandled(next(second), mo, at + 3 * HOUR));
    const third = aftercareLooked(handled, found, read(old, phone), at + 25 * HOUR);
    expect(tells(third)).toEqual([]);
    expect(next(third).handledAt).toBe(at + 3 * HOUR);
  });
  it('alerts about what is new although something else was handled', () => {
    const handled = { ...closedAs('stopped', phone), handledAt: at, findings: ['method-added:p'] };
    const later = aftercareLooked(handled, ['method-added:p', 'member-again'], null, at + HOUR);
    expect(tells(later)).toContainEqual({ once: 'alert', to: { person: mo.id }, key: 'look-1' });
    expect(next(later).handledAt).toBeUndefined();
    expect(next(later).findings).toEqual(['method-added:p', 'member-again']);
  });
  it('looks three times, at its distances from the end, and then no more', () => {
    let onboarding = closedAs('lapsed');
    expect(onboarding.dueAt).toBe(at + 5 * MINUTE + AFTERCARE_DELAYS[0]);
    for (const delay of [AFTERCARE_DELAYS[1], AFTERCARE_DELAYS[2], undefined]) {
      onboarding = next(aftercareLooked(onboarding, [], read(old), at + HOUR));
      expect(onboarding.dueAt).toBe(delay === undefined ? undefined : at + 5 * MINUTE + delay);
    }
    expect(refusal(aftercareLooked(onboarding, [], read(old), at + HOUR))).toBe('stale-card');
    expect(refusal(aftercareLooked(open(), [], read(old), at + HOUR))).toBe('stale-card');
  });
});

describe('a wrong kind', () => {
  it('is told once for each passkey, in whatever order they are listed', () => {
    const cloud = passkey('cloud', { passkeyType: 'synced' });
    const other = passkey('other', { passkeyType: 'synced' });
    const first = next(looked(open(), [cloud, other], [], policy, at));
    const second = next(looked(first, [other, cloud], [], policy, at));
    expect([first.wrongKind?.id, second.wrongKind?.id]).toEqual(['cloud', 'other']);
    for (const listed of [[cloud, other], [other, cloud], [cloud], [other]])
      expect(refusal(looked(second, listed, [], policy, at))).toBe('stale-card');
  });
});

describe('a passkey that the baseline missed', () => {
  const window = (): Onboarding => {
    const asked = next(approve(requested(), approvalFacts(mo), both, policy, at));
    const taken = { takenAt: at, methods: [], kinds: ['passkey' as const] };
    return next(opened(next(baselineTaken(next(startOpening(asked, policy, at)), taken, at)), at));
  };
  it.each([
    ['long before the window', -30 * 24 * HOUR, false],
    ['just longer before than clocks may differ', -5 * MINUTE - 1, false],
    ['a moment before, by a clock that may differ', -5 * MINUTE, true],
    ['in the window', MINUTE, true],
  ])('and that says it was made %s', (_when, after, proves) => {
    const decision = looked(window(), [passkey('late', { createdAt: at + after })], [], policy, at + 2 * MINUTE);
    if (proves) expect(next(decision).exit?.outcome).toBe('completed');
    else expect(refusal(decision)).toBe('stale-card');
  });
});
