import { jane, mo, passkey, priya } from '../onboarding/people';
import { settle } from './fake-clock';
import { Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await new Stage().start();
});
afterEach(() => stage.end());

const adds = () => stage.tenant.effects.filter((effect) => effect.startsWith('add'));

describe('a lost answer', () => {
  it('to the add is looked up, not repeated', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('addMember', 'unknown', 1, { after: true });
    const first = await stage.showPass(onboarding);
    const shown = first.kind === 'pass' ? first : await stage.showPass(await stage.now(onboarding));
    expect(shown.kind).toBe('pass');
    expect(adds()).toHaveLength(1);
  });

  it('to the creation of a pass leaves one live pass at most, and the next one replaces it', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('createPass', 'unknown', 1, { after: true });
    expect(await stage.showPass(onboarding)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'tenant-unavailable' },
    });
    await stage.clock.advance(16_000);
    const shown = await stage.showPass(await stage.now(onboarding));
    expect(shown).toMatchObject({ kind: 'pass', onboarding: { pass: { number: 2 } } });
    expect(stage.tenant.effects).toEqual([
      'add id-jane',
      'create pass id-jane',
      'delete pass id-jane',
      'create pass id-jane',
    ]);
  });

  it('to the removal is looked up', async () => {
    const onboarding = await stage.open();
    stage.tenant.fail('removeMember', 'unknown', 2, { after: true });
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(10_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped' });
  });
});

describe('an exit', () => {
  it.each(['deletePass', 'revokeSessions', 'passes', 'sessionsValidFrom'] as const)(
    'does not wait with the group for %s',
    async (call) => {
      const onboarding = await stage.open();
      stage.tenant.fail(call, 'unavailable', 50);
      await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
      await stage.clock.advance(3_000);
      expect(stage.tenant.group.size).toBe(0);
      const stuck = await stage.now(onboarding);
      expect(stuck).toMatchObject({ state: 'closing', exit: { leftAt: expect.any(Number) } });
      expect(stuck.outcome).toBeUndefined();
      stage.tenant.heal();
      await stage.clock.advance(15_000);
      expect((await stage.now(onboarding)).state).toBe('closed');
    },
  );

  it('does not wait with the pass and the sessions for the group', async () => {
    const onboarding = await stage.open();
    stage.tenant.fail('removeMember', 'unavailable', 500);
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(3_000);
    expect(stage.tenant.taps.size).toBe(0);
    expect(stage.tenant.effects).toContain('revoke id-jane');
    expect((await stage.now(onboarding)).state).toBe('closing');
  });

  it('happens at the deadline although every look for the passkey fails', async () => {
    await stage.open();
    stage.tenant.fail('passkeys', 'unavailable', 10_000);
    await stage.clock.advance(stage.policy.windowLength + 15_000);
    expect(stage.tenant.group.size).toBe(0);
  });

  it('never ends while the answer says throttled; it comes back when it was told to', async () => {
    const onboarding = await stage.open();
    stage.tenant.fail('removeMember', 'throttled', 1, { retryAfter: 8_000 });
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(7_000);
    expect(stage.tenant.calls.filter((call) => call === 'removeMember')).toHaveLength(1);
    await stage.clock.advance(6_000);
    expect((await stage.now(onboarding)).state).toBe('closed');
  });
});

describe('an opening', () => {
  it.each(['denied', 'rejected', 'not-found'] as const)(
    'that the tenant refuses (%s) ends at once and leaves nothing behind',
    async (kind) => {
      const onboarding = await stage.approved();
      stage.tenant.fail('addMember', kind, 5);
      await stage.showPass(onboarding);
      await stage.clock.advance(5_000);
      const closed = await stage.now(onboarding);
      expect(closed).toMatchObject({ state: 'closed', outcome: 'stopped' });
      expect(closed.findings).toContain(`FAKE_${kind.toUpperCase()}`);
      expect(stage.tenant.effects.filter((effect) => effect.startsWith('create'))).toEqual([]);
    },
  );

  it('of somebody whom another hand put into the group is refused, and she is taken out', async () => {
    const onboarding = await stage.approved();
    stage.tenant.group.add(jane.id);
    await stage.showPass(onboarding);
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({
      state: 'closed',
      outcome: 'stopped',
      findings: ['already-member'],
    });
    expect(stage.tenant.group.size).toBe(0);
  });

  it('makes no window where every pass would be one-time', async () => {
    const onboarding = await stage.approved();
    stage.tenant.policy = { ...stage.tenant.policy, forcesOneTime: true };
    await stage.showPass(onboarding);
    await stage.clock.advance(5_000);
    expect(adds()).toEqual([]);
    expect((await stage.now(onboarding)).findings).toEqual(['pass-policy']);
  });

  it('judges the approver again at the moment it happens', async () => {
    const onboarding = await stage.approved();
    stage.tenant.before = async (call) => {
      // Between the click's own reads and the worker's step, Mo stops being the manager.
      if (call === 'passPolicy') stage.tenant.managers.set(jane.id, priya.id);
      if (call === 'methods') stage.tenant.managers.set(jane.id, priya.id);
    };
    stage.tenant.managers.set(jane.id, priya.id);
    expect(await stage.showPass(onboarding)).toMatchObject({ refusal: { code: 'not-approver-any-more' } });
    expect(adds()).toEqual([]);
  });
});

describe('a restart', () => {
  it('in the middle of an opening goes on and adds once', async () => {
    const onboarding = await stage.approved();
    let hang = true;
    stage.tenant.before = (call) => (hang && call === 'addMember' ? new Promise(() => undefined) : Promise.resolve());
    // The click dies with its process.
    stage.workflow.onboardings.showPass(stage.click(onboarding, mo.id)).catch(() => undefined);
    await stage.clock.advance(100, 25);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'opening', baseline: expect.anything() });
    hang = false;
    await stage.restart();
    await stage.clock.advance(2_000, 100);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'open' });
    expect(adds()).toHaveLength(1);
  });

  it('after the add and before its commit finds her in the group and does not add again', async () => {
    const onboarding = await stage.approved();
    let added = false;
    stage.tenant.before = (call) => {
      if (added && call === 'isMember') return new Promise(() => undefined);
      if (call === 'addMember') added = true;
      return Promise.resolve();
    };
    // The click dies with its process.
    stage.workflow.onboardings.showPass(stage.click(onboarding, mo.id)).catch(() => undefined);
    await stage.clock.advance(100, 25);
    stage.tenant.before = () => Promise.resolve();
    await stage.restart();
    await stage.clock.advance(2_000, 100);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'open' });
    expect(adds()).toHaveLength(1);
  });

  it('long after the deadline takes her out first of all', async () => {
    const onboarding = await stage.open();
    stage.tenant.before = () => new Promise(() => undefined);
    await stage.clock.jump(stage.policy.windowLength * 3);
    stage.tenant.before = () => Promise.resolve();
    await stage.restart();
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.group.size).toBe(0);
  });

  it('between the removal and the rest of a completion finishes the rest', async () => {
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    expect((await stage.now(onboarding)).exit?.leftAt).toBeDefined();
    await stage.restart();
    await stage.clock.advance(stage.policy.settle + 5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  it('opens nothing before the first sweep, while exits go on', async () => {
    const stopped = await stage.open();
    await stage.workflow.onboardings.stop(stage.click(stopped, mo.id));
    stage.tenant.fail('members', 'unavailable', 3);
    await stage.restart();
    await stage.clock.advance(4_000);
    expect((await stage.now(stopped)).state).toBe('closed');
    const onboarding = await stage.approved();
    expect(await stage.showPass(onboarding)).toMatchObject({ refusal: { code: 'getting-ready' } });
    expect(adds()).toHaveLength(1);
    await stage.clock.advance(20_000);
    expect(adds()).toHaveLength(2);
  });
});

describe('the sweep', () => {
  it('takes out whoever is in the group after a closed window', async () => {
    const onboarding = await stage.open();
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(5_000);
    stage.tenant.group.add(jane.id);
    await stage.clock.advance(61_000);
    expect(stage.tenant.group.size).toBe(0);
    expect(await stage.events(onboarding)).toContain('sweep-removed');
  });
  it('tells about a stranger and does not touch her', async () => {
    stage.tenant.group.add('id-stranger');
    expect(await stage.workflow.sweepOnce()).toMatchObject({ unknown: ['id-stranger'], removed: [] });
    expect(stage.tenant.group.has('id-stranger')).toBe(true);
    expect(stage.said('sweep-unknown-members')).not.toHaveLength(0);
  });
  it('leaves open windows alone', async () => {
    await stage.open();
    expect(await stage.workflow.sweepOnce()).toMatchObject({ removed: [], unknown: [], members: 1 });
  });
});

describe('a mint', () => {
  it('that finishes after a stop is deleted, not shown', async () => {
    const onboarding = await stage.open();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    stage.tenant.before = (call) => (call === 'createPass' ? held : Promise.resolve());
    const shown = stage.workflow.onboardings.showPass(stage.click(await stage.now(onboarding), mo.id));
    await settle();
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await settle();
    release();
    expect(await shown).toMatchObject({ kind: 'refused' });
    await stage.clock.advance(20_000);
    expect(stage.tenant.taps.size).toBe(0);
    expect((await stage.now(onboarding)).state).toBe('closed');
  });

  it('whose answer was lost is found and deleted without anybody pressing again', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('createPass', 'unknown', 1, { after: true });
    await stage.showPass(onboarding);
    expect(stage.tenant.taps.size).toBe(1);
    await stage.clock.advance(13_000);
    expect(stage.tenant.taps.size).toBe(1);
    await stage.clock.advance(5_000);
    expect(stage.tenant.taps.size).toBe(0);
    const settled = await stage.now(onboarding);
    expect(settled).toMatchObject({ state: 'open', passesStarted: 1 });
    expect(settled).not.toHaveProperty('mintingUntil');
    expect(stage.said('pass-discarded')).toMatchObject([{ reason: 'answer-lost' }]);
    const shown = await stage.showPass(settled);
    expect(shown).toMatchObject({ kind: 'pass', onboarding: { pass: { number: 2 } } });
    await stage.clock.advance(60_000, 5_000);
    expect(stage.tenant.taps.size).toBe(1);
  });

  it('that died with its process is looked for after the restart, also when its pass is listed minutes late', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('createPass', 'unknown', 1, { after: true });
    await stage.showPass(onboarding);
    const made = [...stage.tenant.taps];
    stage.tenant.taps.clear();
    await stage.restart();
    await stage.clock.advance(3 * 60_000, 5_000);
    expect(await stage.now(onboarding)).toHaveProperty('mintingUntil');
    for (const [id, tap] of made) stage.tenant.taps.set(id, tap);
    await stage.clock.advance(15_000, 5_000);
    expect(stage.tenant.taps.size).toBe(0);
  });

  it('that made nothing is not looked for any longer than a pass may take to be listed', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('createPass', 'unknown', 1);
    await stage.showPass(onboarding);
    await stage.clock.advance(6 * 60_000, 5_000);
    expect(await stage.now(onboarding)).not.toHaveProperty('mintingUntil');
  });

  it('that answers too late is deleted, not shown', async () => {
    const onboarding = await stage.open();
    stage.tenant.before = async (call) => {
      if (call === 'createPass') await stage.clock.sleep(4_500);
    };
    const shown = await stage.showPass(await stage.now(onboarding));
    expect(shown).toMatchObject({ kind: 'refused', refusal: { code: 'getting-ready' } });
    expect(stage.tenant.taps.size).toBe(0);
  });

  it('of two clicks at once leaves one live pass', async () => {
    const onboarding = await stage.open();
    const click = stage.click(await stage.now(onboarding), mo.id);
    const shown = await Promise.all([1, 2, 3].map(() => stage.workflow.onboardings.showPass(click)));
    expect(shown.filter((answer) => answer.kind === 'pass')).toHaveLength(1);
    expect(stage.tenant.effects.filter((effect) => effect.startsWith('replace'))).toEqual([]);
  });

  it('waits for a pass policy that does not know of the membership yet, and uses up no pass', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('createPass', 'rejected', 4, { code: 'GRAPH_TAP_SCOPE' });
    for (let press = 0; press < 4; press++) {
      expect(await stage.showPass(await stage.now(onboarding))).toMatchObject({ refusal: { code: 'getting-ready' } });
    }
    expect(await stage.showPass(await stage.now(onboarding))).toMatchObject({
      kind: 'pass',
      onboarding: { pass: { number: 1 } },
    });
  });

  it('says so when the pass policy still refuses after minutes', async () => {
    const onboarding = await stage.open();
    await stage.clock.advance(6 * 60_000, 5_000);
    stage.tenant.fail('createPass', 'rejected', 2, { code: 'GRAPH_TAP_SCOPE' });
    // The first press deleted the pass that was handed out, and must not say that nothing changed.
    const press = async () => stage.showPass(await stage.now(onboarding));
    expect(await press()).toMatchObject({ refusal: { code: 'earlier-pass-gone' } });
    expect(await press()).toMatchObject({ refusal: { code: 'tenant-unavailable' } });
  });

  it('writes its code nowhere', async () => {
    await stage.open();
    const text = JSON.stringify([
      stage.lines,
      await stage.opened.ledger.entries({}),
      await stage.opened.store.active(),
    ]);
    expect(text).toContain('pass-created');
    expect(text).not.toContain('code-1');
  });
});
