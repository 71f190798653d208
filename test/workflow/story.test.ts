import { jane, kim, mallory, mo, passkey, person, priya } from '../onboarding/people';
import { janeToo, Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await new Stage().start();
});
afterEach(() => stage.end());

const MINUTE = 60_000;

describe('the story', () => {
  it('goes from a request to a proven exit', async () => {
    const onboarding = await stage.open();
    expect(onboarding).toMatchObject({ state: 'open', pass: { number: 1 } });
    expect(stage.tenant.effects).toEqual(['add id-jane', 'create pass id-jane']);

    stage.tenant.push.set(jane.id, [{ id: 'push', kind: 'authenticator' }]);
    await stage.clock.advance(15_000);
    expect((await stage.now(onboarding)).authenticatorSeenAt).toBeDefined();

    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    const seen = await stage.now(onboarding);
    expect(seen).toMatchObject({ state: 'closing', exit: { outcome: 'completed', leftAt: expect.any(Number) } });
    // The wizard still has to say Next: the pass and the sessions are left alone until it settles.
    expect(stage.tenant.effects).toEqual(['add id-jane', 'create pass id-jane', 'remove id-jane']);

    await stage.workflow.onboardings.done(stage.click(seen, jane.id));
    await stage.clock.advance(5_000);
    const closed = await stage.now(onboarding);
    expect(closed).toMatchObject({ state: 'closed', outcome: 'completed' });
    expect(stage.tenant.effects.filter((effect) => !effect.startsWith('revoke'))).toEqual([
      'add id-jane',
      'create pass id-jane',
      'remove id-jane',
      'delete pass id-jane',
    ]);
    expect(stage.tenant.validFrom.get(jane.id)).toBeGreaterThan(
      closed.exit?.removedTenantTime ?? Number.POSITIVE_INFINITY,
    );
    expect(await stage.events(closed)).toEqual(
      expect.arrayContaining([
        'requested',
        'approved',
        'window-opening',
        'member-add-intended',
        'member-read-back',
        'pass-intended',
        'pass-created',
        'passkey-seen',
        'absence-read-back',
        'no-pass-read-back',
        'sessions-revoked-read-back',
        'closed',
      ]),
    );
    // Add, create, remove, delete, revoke: there is nothing that could be left out, and nothing is done twice.
    expect(stage.tenant.effects).toHaveLength(5);
    expect(await stage.opened.ledger.verify()).toMatchObject({ whole: true });
  });

  it('settles by itself after a while', async () => {
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000);
    expect(stage.tenant.taps.size).toBe(1);
    await stage.clock.advance(stage.policy.settle + 5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'completed' });
    expect(stage.tenant.taps.size).toBe(0);
  });

  it('lapses at the deadline, out of the group and without a pass', async () => {
    const onboarding = await stage.open();
    await stage.clock.advance(stage.policy.windowLength + 5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.group.size).toBe(0);
    expect(stage.tenant.taps.size).toBe(0);
  });

  it('is stopped by the approver, helpdesk, the subject or an operator, and by nobody else', async () => {
    const onboarding = await stage.open();
    expect(await stage.workflow.onboardings.stop(stage.click(onboarding, mallory.id))).toMatchObject({
      refusal: { code: 'not-yours' },
    });
    expect(stage.tenant.group.has(jane.id)).toBe(true);
    await stage.workflow.onboardings.operatorStop(onboarding.number, 'root');
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped', closedBy: 'operator' });
    expect(stage.tenant.group.size + stage.tenant.taps.size).toBe(0);
  });

  it('looks again three times and tells what it finds', async () => {
    const onboarding = await stage.open();
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(5_000);
    const revocations = () => stage.tenant.effects.filter((effect) => effect.startsWith('revoke')).length;
    const before = revocations();
    stage.tenant.taps.set(jane.id, {
      id: 'by-hand',
      startsAt: 0,
      lifetimeMinutes: 60,
      usableOnce: false,
      usable: true,
    });
    stage.tenant.keys.set(jane.id, [passkey('late')]);
    await stage.clock.advance(16 * MINUTE, 5_000);
    expect(revocations()).toBe(before + 1);
    expect((await stage.now(onboarding)).findings).toEqual(['pass-again', 'method-added:late']);
    expect(stage.tenant.taps.size).toBe(0);
    await stage.clock.advance(24 * 60 * MINUTE, MINUTE);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', aftercareDone: 3 });
    expect((await stage.now(onboarding)).dueAt).toBeUndefined();
  });
});

describe('who is meant', () => {
  it('is asked when two people answer to the name', async () => {
    stage.tenant.people.set(janeToo.id, janeToo);
    const answer = await stage.workflow.onboardings.request({
      requester: priya.id,
      who: { text: 'jane' },
      askedIn: 'c',
    });
    expect(answer).toMatchObject({ kind: 'choose', people: [{ id: jane.id }, { id: janeToo.id }] });
    expect(stage.tenant.effects).toEqual([]);
  });
  it('has one onboarding at a time', async () => {
    await stage.request();
    const again = await stage.workflow.onboardings.request({ requester: priya.id, who: { id: jane.id }, askedIn: 'c' });
    expect(again).toMatchObject({ kind: 'refused', refusal: { code: 'already-open', reference: 'ONB-1' } });
  });
  it('is nobody, or too many', async () => {
    const ask = (text: string) =>
      stage.workflow.onboardings.request({ requester: priya.id, who: { text }, askedIn: 'c' });
    expect(await ask('zebedee')).toMatchObject({ refusal: { code: 'nobody-found' } });
    for (let n = 0; n < 10; n++) stage.tenant.people.set(`id-x${n}`, person(`x${n}`, { displayName: `Xavier ${n}` }));
    expect(await ask('xavier')).toMatchObject({ refusal: { code: 'too-many-found' } });
  });
  it('cannot be asked for by somebody who is exempt', async () => {
    stage.tenant.group.add(priya.id);
    const answer = await stage.workflow.onboardings.request({
      requester: priya.id,
      who: { id: jane.id },
      askedIn: 'c',
    });
    expect(answer).toMatchObject({ refusal: { code: 'requester-exempt' } });
  });
});

describe('a card', () => {
  it('is worth nothing with a wrong nonce, another onboarding or a version from the future', async () => {
    const onboarding = await stage.request();
    const ticks = { knowsPerson: true, spokeToday: true };
    for (const forged of [{ nonce: 'guess' }, { onboardingId: 'other' }, { version: onboarding.version + 1 }]) {
      expect(await stage.workflow.onboardings.approve(stage.click(onboarding, mo.id, forged), ticks)).toMatchObject({
        refusal: { code: 'unknown-onboarding' },
      });
    }
    expect((await stage.now(onboarding)).state).toBe('requested');
  });
  it('clicked twice decides once', async () => {
    const onboarding = await stage.request();
    const ticks = { knowsPerson: true, spokeToday: true };
    const answers = await Promise.all(
      [1, 2].map(() => stage.workflow.onboardings.approve(stage.click(onboarding, mo.id), ticks)),
    );
    expect(answers.map((answer) => answer.kind).sort()).toEqual(['ok', 'refused']);
    expect((await stage.events(onboarding)).filter((event) => event === 'approved')).toHaveLength(1);
  });
  it('approve against decline has one winner', async () => {
    const onboarding = await stage.request();
    const click = stage.click(onboarding, mo.id);
    const [approved, declined] = await Promise.all([
      stage.workflow.onboardings.approve(click, { knowsPerson: true, spokeToday: true }),
      stage.workflow.onboardings.decline(click, ''),
    ]);
    expect([approved.kind, declined.kind].filter((kind) => kind === 'ok')).toHaveLength(1);
  });
});

describe('a new administrator', () => {
  beforeEach(async () => {
    await stage.end();
    stage = await new Stage({ privileged: 'on' }).start();
    stage.tenant.privileged.add(jane.id);
  });
  it('needs two approvals, and only the first approver is shown the pass', async () => {
    const onboarding = await stage.approved();
    expect(await stage.showPass(onboarding)).toMatchObject({ refusal: { code: 'awaiting-second' } });
    const second = await stage.workflow.onboardings.secondApprove(stage.click(onboarding, kim.id));
    if (second.kind !== 'ok') throw new Error(JSON.stringify(second.refusal));
    expect(await stage.showPass(second.onboarding, kim.id)).toMatchObject({ refusal: { code: 'not-yours' } });
    expect(stage.tenant.effects).toEqual([]);
    expect((await stage.showPass(second.onboarding)).kind).toBe('pass');
  });
  it('gets nowhere without a proven guard policy, also when it is lost after the approval', async () => {
    const onboarding = await stage.approved();
    await stage.workflow.onboardings.secondApprove(stage.click(onboarding, kim.id));
    stage.tenant.guard = { proven: false, why: 'disabled' };
    expect(await stage.showPass(await stage.now(onboarding))).toMatchObject({ refusal: { code: 'guard-unproven' } });
    expect(stage.tenant.effects).toEqual([]);
  });
});
