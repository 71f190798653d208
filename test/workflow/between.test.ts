import { jane, kim, mo, person, policy, priya } from '../onboarding/people';
import { settle } from './fake-clock';
import { Stage } from './stage';

/** What changes between a decision and its effect. */

describe('between the approval and the pass', () => {
  let stage: Stage;
  afterEach(() => stage.end());
  const adds = () => stage.tenant.effects.filter((effect) => effect.startsWith('add'));

  it('a pause stops what was approved before it, and exits go on', async () => {
    stage = await new Stage().start();
    const open = await stage.open();
    await stage.opened.store.setPaused(true, {
      at: stage.clock.now(),
      actor: { operator: 'root' },
      event: 'paused',
      detail: {},
    });
    await stage.workflow.onboardings.stop(stage.click(open, mo.id));
    await stage.clock.advance(5_000);
    expect((await stage.now(open)).state).toBe('closed');

    await stage.opened.store.setPaused(false, {
      at: stage.clock.now(),
      actor: { operator: 'root' },
      event: 'resumed',
      detail: {},
    });
    const approved = await stage.approved();
    await stage.opened.store.setPaused(true, {
      at: stage.clock.now(),
      actor: { operator: 'root' },
      event: 'paused',
      detail: {},
    });
    expect(await stage.showPass(approved)).toMatchObject({ refusal: { code: 'paused' } });
    expect((await stage.now(approved)).state).toBe('approved');
    expect(adds()).toHaveLength(1);
  });

  it('a pause between the click and the add keeps her out', async () => {
    stage = await new Stage().start();
    const approved = await stage.approved();
    stage.tenant.before = async (call) => {
      if (call === 'addMember') throw new Error('added although paused');
    };
    const paused = jest.spyOn(stage.opened.store, 'paused').mockResolvedValueOnce(false).mockResolvedValue(true);
    await stage.showPass(approved);
    await stage.clock.advance(5_000);
    expect(await stage.now(approved)).toMatchObject({ state: 'closed', findings: ['paused'] });
    paused.mockRestore();
  });

  it.each([
    ['is disabled', (s: Stage) => s.tenant.people.set(kim.id, { ...kim, enabled: false })],
    ['is exempt', (s: Stage) => s.tenant.group.add(kim.id)],
    ['is off the list', (s: Stage) => Object.assign(s.policy, { secondApproverIds: [] })],
  ])('a second approver who %s takes the approval along', async (_what, change) => {
    stage = await new Stage({ privileged: 'on', secondApproverIds: [...policy.secondApproverIds] }).start();
    stage.tenant.privileged.add(jane.id);
    const first = await stage.approved();
    const second = await stage.workflow.onboardings.secondApprove(stage.click(first, kim.id));
    if (second.kind !== 'ok') throw new Error(second.refusal.code);
    change(stage);
    expect(await stage.showPass(second.onboarding)).toMatchObject({ refusal: { code: 'second-approval-lapsed' } });
    expect(adds()).toEqual([]);
  });

  it('a subject who is named as her own manager is somebody else’s to decide', async () => {
    stage = await new Stage().start();
    stage.tenant.managers.set(jane.id, jane.id);
    expect((await stage.request()).approverIs).toBe('fallback');
  });
});

describe('a mint that is slow', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await new Stage().start();
  });
  afterEach(() => stage.end());

  it('does not create a pass after its time, whatever was slow before it', async () => {
    const onboarding = await stage.open();
    const created = stage.tenant.effects.length;
    stage.tenant.before = async (call) => {
      if (call === 'deletePass') await stage.clock.sleep(9_000);
    };
    const shown = stage.workflow.onboardings.showPass(stage.click(await stage.now(onboarding), mo.id));
    await stage.clock.advance(10_000, 250);
    expect(await shown).toMatchObject({ refusal: { code: 'getting-ready' } });
    expect(stage.tenant.effects.slice(created)).toEqual(['delete pass id-jane']);
    stage.tenant.before = async () => undefined;
    expect(await stage.showPass(await stage.now(onboarding))).toMatchObject({
      kind: 'pass',
      onboarding: { pass: { number: 2 } },
    });
  });

  it('does not create a pass in a case that was stopped while it looked', async () => {
    const onboarding = await stage.open();
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    stage.tenant.before = (call) => (call === 'passPolicy' ? held : Promise.resolve());
    const shown = stage.workflow.onboardings.showPass(stage.click(await stage.now(onboarding), mo.id));
    await settle();
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await settle();
    go();
    expect((await shown).kind).toBe('refused');
    await stage.clock.advance(20_000);
    expect(stage.tenant.taps.size).toBe(0);
    expect(stage.tenant.effects.filter((effect) => effect.startsWith('create'))).toHaveLength(1);
  });

  it('whose discard fails keeps its lease, so that no exit believes that there is no pass', async () => {
    const onboarding = await stage.open();
    stage.tenant.before = async (call) => {
      if (call === 'createPass') await stage.clock.sleep(4_500);
    };
    const shown = stage.workflow.onboardings.showPass(stage.click(await stage.now(onboarding), mo.id));
    await stage.clock.advance(1_000, 250);
    stage.tenant.fail('deletePass', 'unavailable', 1);
    await stage.clock.advance(5_000, 250);
    expect((await shown).kind).toBe('refused');
    expect(await stage.now(onboarding)).toMatchObject({ mintingUntil: expect.any(Number), passesStarted: 2 });
    const lines = await stage.events(onboarding);
    expect(lines.filter((event) => event === 'pass-discard-intended')).toHaveLength(1);
    expect(lines).not.toContain('pass-not-created');
  });
});

describe('an administrator’s open window', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await new Stage({ privileged: 'on' }).start();
    stage.tenant.privileged.add(jane.id);
  });
  afterEach(() => stage.end());
  const opened = async () => {
    const first = await stage.approved();
    await stage.workflow.onboardings.secondApprove(stage.click(first, kim.id));
    const shown = await stage.showPass(await stage.now(first));
    if (shown.kind !== 'pass') throw new Error(shown.refusal.code);
    return shown.onboarding;
  };

  it.each([
    [
      'the guard policy is not proven any more',
      'guard-unproven',
      () => void Object.assign(stage.tenant, { guard: { proven: false, why: 'off' } }),
    ],
    ['she is disabled', 'disabled', () => void stage.tenant.people.set(jane.id, { ...jane, enabled: false })],
  ])('ends within two minutes when %s', async (_what, finding, change) => {
    const onboarding = await opened();
    change();
    await stage.clock.advance(120_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped', findings: [finding] });
  });

  it('goes on while roles or the guard policy cannot be read for a moment', async () => {
    const onboarding = await opened();
    stage.tenant.fail('guardPolicy', 'throttled', 1);
    await stage.clock.advance(90_000);
    expect((await stage.now(onboarding)).state).toBe('open');
  });
});

describe('many at once', () => {
  it('do not get past a cap together', async () => {
    const stage = await new Stage({ maxRequestsPerRequesterPerDay: 2 }).start();
    for (let n = 0; n < 8; n++) {
      stage.tenant.people.set(`id-n${n}`, person(`n${n}`));
      stage.tenant.managers.set(`id-n${n}`, mo.id);
    }
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        stage.workflow.onboardings.request({ requester: priya.id, who: { id: `id-n${n}` }, askedIn: 'c' }),
      ),
    );
    expect(asked.filter(({ kind }) => kind === 'requested')).toHaveLength(2);
    await stage.end();
  });

  it('do not get past an approver’s cap by passing on: the others go to whoever is next', async () => {
    const stage = await new Stage({ maxOpenPerApprover: 2, fallbackApproverIds: [kim.id] }).start();
    const boss = person('boss');
    stage.tenant.people.set(boss.id, boss);
    const asked = [];
    for (let n = 0; n < 5; n++) {
      const [head, subject] = [person(`head${n}`), person(`n${n}`)];
      for (const someone of [head, subject]) stage.tenant.people.set(someone.id, someone);
      stage.tenant.managers.set(subject.id, head.id).set(head.id, boss.id);
      asked.push({ head, onboarding: await stage.request({ id: subject.id }) });
    }
    const answers = await Promise.all(
      asked.map(({ head, onboarding }) => stage.workflow.onboardings.passOn(stage.click(onboarding, head.id))),
    );
    const said = answers.map((answer) =>
      answer.kind === 'refused' ? answer.refusal.code : answer.onboarding.approver.id,
    );
    expect(said.sort()).toEqual([boss.id, boss.id, kim.id, kim.id, 'nobody-else']);
    for (const approver of [boss.id, kim.id])
      expect((await stage.opened.store.counts({ approver, since: 0 })).openForApprover).toBe(2);
    await stage.end();
  });

  it('of the same press change nothing more', async () => {
    const stage = await new Stage().start();
    const onboarding = await stage.open();
    const press = () => stage.workflow.onboardings.handedOver(stage.click(onboarding, mo.id));
    await press();
    const { version } = await stage.now(onboarding);
    for (let n = 0; n < 5; n++) expect((await press()).kind).toBe('ok');
    expect((await stage.now(onboarding)).version).toBe(version);
    await stage.end();
  });
});
