import type { AuditEvent, Initiator } from '../../bot/onboarding/audit';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { Policy } from '../../bot/onboarding/policy';
import { AUDIT_GAP, createAuditReader } from '../../bot/workflow/audit';
import { EVIDENCE_WAIT } from '../../bot/workflow/read-added';
import { jane, kim, mallory, mo, passkey, priya } from '../onboarding/people';
import { settle } from './fake-clock';
import { Stage } from './stage';

const MINUTE = 60_000;
let stage: Stage;
const begin = async (more: Partial<Policy> = {}) => {
  stage = await new Stage(more).start();
};
afterEach(() => stage.end());

const phone = { id: 'phone', kind: 'phone', displayName: '+1' } as const;
const stop = (onboarding: Onboarding, by = mo.id) => stage.workflow.onboardings.stop(stage.click(onboarding, by));
const says = (by: Initiator, more: Partial<AuditEvent> = {}) =>
  stage.tenant.audit.push({
    id: `e${stage.tenant.audit.length}`,
    at: stage.clock.now(),
    what: 'passkey-added',
    target: { userPrincipalName: jane.userPrincipalName },
    by,
    ...more,
  });

describe('a completion', () => {
  it('whose proof vanishes before everything was read back is not called one', async () => {
    await begin();
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    stage.tenant.keys.set(jane.id, []);
    await stage.clock.advance(stage.policy.settle + MINUTE);
    expect(await stage.now(onboarding)).toMatchObject({
      state: 'closed',
      outcome: 'stopped',
      findings: ['passkey-gone'],
    });
    expect(stage.told('alert')).toContain(mo.id);
    expect(stage.tenant.group.size + stage.tenant.taps.size).toBe(0);
  });

  it('does not suffer from one read that is late', async () => {
    await begin();
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    const methods = stage.tenant.methods.bind(stage.tenant);
    let late = 2;
    stage.tenant.methods = async (id) => (late-- > 0 ? { kinds: stage.tenant.kinds, methods: [] } : methods(id));
    await stage.clock.advance(stage.policy.settle + MINUTE);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  it('lists what else was added, and nothing of a kind that nobody could read before', async () => {
    await begin();
    stage.tenant.kinds = ['passkey', 'authenticator'];
    stage.tenant.other.set(jane.id, [phone]);
    const onboarding = await stage.open();
    stage.tenant.kinds = ['passkey', 'authenticator', 'phone'];
    stage.tenant.push.set(jane.id, [{ id: 'push', kind: 'authenticator' }]);
    stage.tenant.keys.set(jane.id, [passkey('new'), passkey('spare')]);
    await stage.clock.advance(stage.policy.settle + MINUTE);
    const done = await stage.now(onboarding);
    expect(done.outcome).toBe('completed');
    expect(done.added?.map(({ id }) => id)).toEqual(['spare', 'push']);
    await stage.clock.advance(20 * MINUTE, 5_000);
    expect((await stage.now(onboarding)).findings).toEqual([]);
  });
});

describe('a stop', () => {
  it('lists what was added to act on, alerts at every look, until somebody confirms', async () => {
    await begin();
    const onboarding = await stage.open();
    stage.tenant.other.set(jane.id, [phone]);
    await stop(onboarding);
    await stage.clock.advance(5_000);
    const closed = await stage.now(onboarding);
    expect(closed).toMatchObject({ state: 'closed', added: [{ id: 'phone' }] });
    expect(stage.told('alert')).toEqual(['conversation-1', mo.id]);
    await stage.clock.advance(16 * MINUTE, 5_000);
    expect(stage.told('alert')).toHaveLength(4);

    const { onboardings } = stage.workflow;
    const now = await stage.now(onboarding);
    for (const nobody of [jane.id, mallory.id])
      expect(await onboardings.confirmHandled(stage.click(now, nobody))).toMatchObject({
        refusal: { code: 'not-yours' },
      });
    expect((await onboardings.confirmHandled(stage.click(now, priya.id))).kind).toBe('ok');
    expect(await onboardings.confirmHandled(stage.click(now, mo.id))).toMatchObject({
      refusal: { code: 'already-decided', by: 'Priya' },
    });
    await stage.clock.advance(50 * MINUTE, 5_000);
    expect(stage.told('alert')).toHaveLength(4);
    expect(await stage.events(onboarding)).toContain('handled-confirmed');
  });

  it('deletes added passkeys where that right was granted, old ones and other kinds never', async () => {
    await begin({ removeAdded: 'passkeys' });
    stage.tenant.keys.set(jane.id, [passkey('old', { passkeyType: 'synced' })]);
    const onboarding = await stage.open();
    stage.tenant.keys.get(jane.id)?.push(passkey('cloud', { passkeyType: 'synced' }));
    stage.tenant.other.set(jane.id, [phone]);
    await stop(onboarding);
    await stage.clock.advance(5_000);
    const closed = await stage.now(onboarding);
    expect(closed).toMatchObject({
      state: 'closed',
      added: [{ id: 'cloud', goneAt: expect.any(Number) }, { id: 'phone' }],
    });
    expect(stage.tenant.keys.get(jane.id)?.map(({ id }) => id)).toEqual(['old']);
    const events = await stage.events(onboarding);
    expect(events.indexOf('passkey-remove-intended')).toBeLessThan(events.indexOf('methods-gone'));
    expect(events).toContain('passkey-remove-intended');
  });

  it('is not held up by a right that is missing after all', async () => {
    await begin({ removeAdded: 'passkeys' });
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('cloud', { passkeyType: 'synced' })]);
    stage.tenant.fail('removePasskey', 'denied', 50);
    await stop(onboarding);
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped' });
    expect(stage.said('passkey-removal-refused')).not.toHaveLength(0);
    expect(stage.told('alert')).toContain(mo.id);
  });

  it('deletes nothing where nobody asked for it', async () => {
    await begin();
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('cloud', { passkeyType: 'synced' })]);
    await stop(onboarding);
    await stage.clock.advance(16 * MINUTE, 5_000);
    expect(stage.tenant.calls).not.toContain('removePasskey');
  });

  it('is not held up by methods that cannot be read', async () => {
    await begin();
    const onboarding = await stage.open();
    stage.tenant.fail('methods', 'denied', 50);
    await stop(onboarding);
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', findings: ['methods-unreadable'] });
  });
});

describe('aftercare', () => {
  it('takes her out again although her methods cannot be read', async () => {
    await begin();
    const onboarding = await stage.open();
    await stop(onboarding);
    await stage.clock.advance(5_000);
    stage.tenant.fail('methods', 'denied', 50);
    stage.tenant.taps.set(jane.id, { id: 'x', startsAt: 0, lifetimeMinutes: 60, usableOnce: false, usable: true });
    await stage.clock.advance(16 * MINUTE, 5_000);
    expect(stage.tenant.taps.size).toBe(0);
    expect((await stage.now(onboarding)).findings).toEqual(['pass-again', 'methods-unreadable']);
  });

  it('says what it found although it was cut off before it was told', async () => {
    await begin();
    const onboarding = await stage.open();
    await stop(onboarding);
    await stage.clock.advance(5_000);
    stage.tenant.taps.set(jane.id, { id: 'x', startsAt: 0, lifetimeMinutes: 60, usableOnce: false, usable: true });
    stage.tenant.fail('revokeSessions', 'unavailable', 1);
    await stage.clock.advance(17 * MINUTE, 5_000);
    expect(stage.said('aftercare-finding')).not.toHaveLength(0);
    expect(await stage.events(onboarding)).toContain('aftercare-found');
  });
});

describe('the audit log', () => {
  const frozen = async () => {
    const onboarding = await stage.open();
    await stage.clock.advance(1_000);
    return onboarding;
  };

  it('freezes a window when somebody else is known to have added a passkey', async () => {
    await begin({ audit: 'on' });
    const onboarding = await frozen();
    says({ kind: 'person', id: mallory.id });
    await stage.clock.advance(AUDIT_GAP + 5_000);
    expect(await stage.now(onboarding)).toMatchObject({
      state: 'closed',
      outcome: 'frozen',
      findings: [`foreign-registration:person:${mallory.id}`],
    });
    expect(stage.tenant.group.size + stage.tenant.taps.size).toBe(0);
    expect(stage.said('onboarding-frozen')).toHaveLength(1);
  });

  it('may know somebody else by name alone', async () => {
    await begin({ audit: 'on' });
    const onboarding = await frozen();
    stage.tenant.findPeople = async () => [mallory];
    says({ kind: 'person', userPrincipalName: mallory.userPrincipalName.toUpperCase() });
    await stage.clock.advance(AUDIT_GAP + 5_000);
    expect((await stage.now(onboarding)).exit?.outcome).toBe('frozen');
  });

  const harmless: [string, () => unknown][] = [
    ['her own registration', () => says({ kind: 'person', id: jane.id })],
    ['her own by name', () => says({ kind: 'person', userPrincipalName: jane.userPrincipalName })],
    ['a name of nobody', () => says({ kind: 'person', userPrincipalName: 'ghost@northwind.example' })],
    ['nobody', () => says({ kind: 'unknown' })],
    ['Onboard', () => says({ kind: 'onboard' })],
    [
      'something before the window',
      () => says({ kind: 'person', id: mallory.id }, { at: stage.clock.now() - 3_600_000 }),
    ],
    ['somebody else with somebody else', () => says({ kind: 'person', id: mallory.id }, { target: { id: kim.id } })],
    ['a log that nobody may read', () => stage.tenant.fail('auditEvents', 'denied', 100)],
    ['a log that is busy', () => stage.tenant.fail('auditEvents', 'throttled', 100)],
  ];
  it.each(harmless)('freezes nothing for %s, and the completion stands', async (_what, happens) => {
    await begin({ audit: 'on' });
    const onboarding = await frozen();
    stage.tenant.findPeople = async () => [jane];
    happens();
    await stage.clock.advance(AUDIT_GAP + 5_000);
    expect((await stage.now(onboarding)).state).toBe('open');
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(stage.policy.settle + MINUTE);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  it('that is busy when a completion is decided is asked again, and what it says then counts', async () => {
    await begin({ audit: 'on' });
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    const seen = await stage.now(onboarding);
    says({ kind: 'person', id: mallory.id });
    // The exit asks for itself; the round of the watch finds no windows.
    jest.spyOn(stage.opened.store, 'windows').mockResolvedValue([]);
    stage.tenant.fail('auditEvents', 'throttled', 2, { code: 'GRAPH_NOT_NOW' });
    await stage.workflow.onboardings.done(stage.click(seen, jane.id));
    await stage.clock.advance(5_000);
    expect((await stage.now(onboarding)).state).toBe('closing');
    expect(stage.tenant.group.size + stage.tenant.taps.size).toBe(0);
    await stage.clock.advance(EVIDENCE_WAIT);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'frozen' });
  });

  it.each([
    ['denied', 0],
    ['throttled', EVIDENCE_WAIT],
  ] as const)('that stays %s holds a completion up for %i ms at the most', async (kind, wait) => {
    await begin({ audit: 'on' });
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    stage.tenant.fail('auditEvents', kind, 1_000);
    await stage.workflow.onboardings.done(stage.click(await stage.now(onboarding), jane.id));
    if (wait > 0) {
      await stage.clock.advance(wait - 5_000);
      expect((await stage.now(onboarding)).state).toBe('closing');
    }
    // Its turn may be two gaps away.
    await stage.clock.advance(2 * AUDIT_GAP + 5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  it('is not asked at all where it is off', async () => {
    await begin();
    await frozen();
    says({ kind: 'person', id: mallory.id });
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(20 * MINUTE, 5_000);
    expect(stage.tenant.calls).not.toContain('auditEvents');
  });

  it('is asked at the settling too: late evidence takes the completion away', async () => {
    await begin({ audit: 'on' });
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    const seen = await stage.now(onboarding);
    says({ kind: 'person', id: mallory.id });
    // Nobody else looks: neither the rounds of the watch nor anything that begins from the list of what is active.
    jest.spyOn(stage.opened.store, 'active').mockResolvedValue([]);
    await stage.workflow.onboardings.done(stage.click(seen, jane.id));
    await stage.clock.advance(30_000);
    const closed = await stage.now(onboarding);
    expect(closed).toMatchObject({ state: 'closed', outcome: 'frozen' });
    expect(closed.added?.map(({ id }) => id)).toEqual(['new']);
  });

  it('that is late is heard by aftercare, and opens nothing again', async () => {
    await begin({ audit: 'on' });
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    const at = stage.clock.now();
    await stage.clock.advance(stage.policy.settle + MINUTE);
    expect((await stage.now(onboarding)).outcome).toBe('completed');
    says({ kind: 'person', id: mallory.id }, { at: at + 1 });
    await stage.clock.advance(17 * MINUTE, 5_000);
    expect(await stage.now(onboarding)).toMatchObject({
      outcome: 'completed',
      findings: [`foreign-registration:person:${mallory.id}`],
    });
    expect(stage.told('alert')).toContain(mo.id);
  });

  it('is asked once in ten seconds, whatever is asked, and those who wait share an answer', async () => {
    await begin({ audit: 'on' });
    const asked: string[] = [];
    const now = stage.clock.now();
    stage.tenant.auditEvents = async (what, since) => {
      asked.push(`${what} ${since - now} ${stage.clock.now() - now}`);
      return [];
    };
    const reader = createAuditReader({
      tenant: stage.tenant,
      clock: stage.clock,
      policy: stage.policy,
      log: stage.log,
    });
    void reader.read('passkey-added', now - 5);
    void reader.read('member-added', now - 6);
    void reader.read('passkey-added', now - 9);
    await settle();
    await stage.clock.advance(AUDIT_GAP - 1_000);
    expect(asked).toEqual(['passkey-added -9 0']);
    await stage.clock.advance(1_000);
    expect(asked).toEqual(['passkey-added -9 0', 'member-added -6 10000']);
    // Younger than the gap, and covering what is asked for: no question. Not covering: one, at its turn.
    await reader.read('member-added', now - 6);
    void reader.read('member-added', now - 7);
    await stage.clock.advance(AUDIT_GAP);
    expect(asked.slice(2)).toEqual(['member-added -7 20000']);
  });

  it('is asked rarely over a whole onboarding', async () => {
    await begin({ audit: 'on' });
    await frozen();
    const asked: number[] = [];
    stage.tenant.before = async (call) => {
      if (call === 'auditEvents') asked.push(stage.clock.now());
    };
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(20 * MINUTE);
    expect(asked.length).toBeGreaterThan(5);
    const gaps = asked.slice(1).map((time, index) => time - (asked[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(AUDIT_GAP);
  });
});
