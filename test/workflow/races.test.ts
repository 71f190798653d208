import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { Answer } from '../../bot/workflow/onboardings';
import { jane, kim, lee, mo, passkey, priya } from '../onboarding/people';
import { settle } from './fake-clock';
import { Stage } from './stage';

/**
 * Two at once on the real store, where the second of a compare-and-set loses: one outcome, and whoever was second is told
 * which. Both orders are tried, because which one wins is not for us to say.
 */
let stage: Stage;
beforeEach(async () => {
  stage = await new Stage().start();
});
afterEach(() => stage.end());

const ticks = { knowsPerson: true, spokeToday: true };
const approve = (onboarding: Onboarding, by: string) =>
  stage.workflow.onboardings.approve(stage.click(onboarding, by), ticks);
const decline = (onboarding: Onboarding, by: string) =>
  stage.workflow.onboardings.decline(stage.click(onboarding, by), 'no');
const stop = (onboarding: Onboarding, by: string) => stage.workflow.onboardings.stop(stage.click(onboarding, by));

async function both(first: () => Promise<Answer>, second: () => Promise<Answer>) {
  const answers = await Promise.all([first(), second()]);
  return {
    won: answers.filter((answer) => answer.kind === 'ok'),
    lost: answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.refusal] : [])),
  };
}
const count = async (onboarding: Onboarding, ...events: string[]) =>
  (await stage.events(onboarding)).filter((event) => events.includes(event)).length;

describe('two clicks', () => {
  it.each([
    ['of one person on one device', mo.id, mo.id],
    ['of the manager and a fallback', mo.id, lee.id],
    ['of a fallback and the manager', lee.id, mo.id],
  ])('on approve %s decide once', async (_what, one, two) => {
    const onboarding = await stage.request();
    const { won, lost } = await both(
      () => approve(onboarding, one),
      () => approve(onboarding, two),
    );
    expect([won.length, await count(onboarding, 'approved')]).toEqual([1, 1]);
    const now = await stage.now(onboarding);
    expect(lost).toEqual([{ code: 'already-decided', outcome: 'approved', by: now.approvedBy?.displayName }]);
  });

  it.each([true, false])(
    'on approve and decline have one outcome, and the loser is told (approve first: %s)',
    async (first) => {
      const onboarding = await stage.request();
      const yes = () => approve(onboarding, mo.id);
      const no = () => decline(onboarding, lee.id);
      const { won, lost } = await both(first ? yes : no, first ? no : yes);
      const now = await stage.now(onboarding);
      expect([won.length, await count(onboarding, 'approved', 'declined')]).toEqual([1, 1]);
      expect(lost).toEqual([
        now.state === 'approved'
          ? { code: 'already-decided', outcome: 'approved', by: 'Mo' }
          : { code: 'finished', outcome: 'declined' },
      ]);
    },
  );

  it('on stop, by two people, stop once', async () => {
    const onboarding = await stage.open();
    const { won, lost } = await both(
      () => stop(onboarding, mo.id),
      () => stop(onboarding, priya.id),
    );
    expect([won.length, await count(onboarding, 'exit-started')]).toEqual([1, 1]);
    expect(lost).toEqual([expect.objectContaining({ outcome: 'stopped' })]);
  });

  it('on cancel and approve leave no approval behind a cancellation', async () => {
    const onboarding = await stage.request();
    await both(
      () => approve(onboarding, mo.id),
      () => stage.workflow.onboardings.cancel(priya.id, onboarding.number),
    );
    // Either order ends cancelled: a cancellation takes an approval back, and nothing takes a cancellation back.
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'cancelled' });
    expect(await stage.showPass(await stage.now(onboarding))).toMatchObject({
      refusal: { code: 'finished', outcome: 'cancelled' },
    });
    expect(stage.tenant.effects).toEqual([]);
  });

  it('on the second approval count one', async () => {
    await stage.end();
    stage = await new Stage({ privileged: 'on', secondApproverIds: [kim.id, lee.id] }).start();
    stage.tenant.privileged.add(jane.id);
    const onboarding = await stage.approved();
    const second = (by: string) => () => stage.workflow.onboardings.secondApprove(stage.click(onboarding, by));
    const { won, lost } = await both(second(kim.id), second(lee.id));
    expect([won.length, await count(onboarding, 'second-approved')]).toEqual([1, 1]);
    const now = await stage.now(onboarding);
    expect(lost).toEqual([{ code: 'already-decided', outcome: 'approved', by: now.secondApprovedBy?.displayName }]);
  });
});

describe('a click against time', () => {
  it.each([-1, 0, 1])('at the expiry %s ms: one outcome', async (around) => {
    const onboarding = await stage.request();
    await stage.clock.advance(stage.policy.approvalLifetime - 2_000, 600_000);
    await stage.clock.advance(2_000 + around, 2_000 + around);
    const answer = await approve(onboarding, mo.id);
    await stage.clock.advance(3_000);
    const now = await stage.now(onboarding);
    expect(await count(onboarding, 'approved', 'expired')).toBe(1);
    if (answer.kind === 'ok') expect(now.state).toBe('approved');
    else {
      expect(now).toMatchObject({ state: 'closed', outcome: 'expired' });
      expect(['expired', 'finished']).toContain(answer.refusal.code);
    }
  });

  it('at the very moment of the expiry loses or wins, and never both', async () => {
    const onboarding = await stage.request();
    await stage.clock.advance(stage.policy.approvalLifetime - 1_000, 600_000);
    // The facts are read before the expiry, the decision falls after it.
    const person = stage.tenant.person.bind(stage.tenant);
    stage.tenant.person = async (id) => {
      await stage.clock.sleep(2_000);
      return person(id);
    };
    const answer = approve(onboarding, mo.id);
    await stage.clock.advance(5_000);
    expect(await answer).toMatchObject({ kind: 'refused' });
    expect(await stage.now(onboarding)).toMatchObject({ outcome: 'expired' });
  });

  it('stop against the deadline ends once', async () => {
    const onboarding = await stage.open();
    await stage.clock.advance(stage.policy.windowLength - 10_000, 5_000);
    const [answer] = await Promise.all([stop(onboarding, mo.id), stage.clock.jump(11_000)]);
    await stage.clock.advance(10_000);
    const now = await stage.now(onboarding);
    expect(await count(onboarding, 'exit-started')).toBe(1);
    expect(now.outcome).toBe(answer.kind === 'ok' ? 'stopped' : 'lapsed');
    expect(stage.tenant.group.size).toBe(0);
  });
});

describe('stop against completion', () => {
  it('has one outcome, and a stop that came is never called a completion', async () => {
    for (const wait of [0, 1, 3]) {
      const onboarding = await stage.open();
      stage.tenant.keys.set(jane.id, [passkey(`new-${wait}`)]);
      const looking = stage.clock.advance(11_000, 1_000);
      await settle(wait);
      const answer = await stop(onboarding, jane.id);
      await looking;
      await stage.clock.advance(60_000);
      expect(answer.kind).toBe('ok');
      expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped' });
      expect(await count(onboarding, 'exit-started')).toBe(1);
      await stage.end();
      stage = await new Stage().start();
    }
  });

  it('after the end is told which it was', async () => {
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(stage.policy.settle + 60_000);
    expect(await stop(onboarding, mo.id)).toMatchObject({ refusal: { code: 'finished', outcome: 'completed' } });
    expect(await stage.now(onboarding)).toMatchObject({ outcome: 'completed' });
  });
});

describe('activities that come twice or out of order', () => {
  it('do nothing the second time, whatever order they come in', async () => {
    const onboarding = await stage.request();
    const old = stage.click(onboarding, mo.id);
    const { onboardings } = stage.workflow;
    await onboardings.approve(old, ticks);
    // A decline that was sent before the approval and arrives after it; the approval again; a hand-over of nothing.
    expect(await onboardings.decline(old, 'late')).toMatchObject({ refusal: { code: 'already-decided' } });
    expect(await onboardings.approve(old, ticks)).toMatchObject({ refusal: { code: 'already-decided' } });
    expect((await onboardings.handedOver(old)).kind).toBe('refused');
    const shown = await stage.showPass(onboarding);
    expect(shown.kind).toBe('pass');
    const now = await stage.now(onboarding);
    for (let n = 0; n < 3; n++) await onboardings.handedOver(stage.click(now, mo.id));
    expect(await stage.now(onboarding)).toMatchObject({ state: 'open', pass: { number: 1 } });
    expect((await stage.now(onboarding)).comment).toBeUndefined();
    expect(stage.tenant.effects).toEqual(['add id-jane', 'create pass id-jane']);
    // "I'm done" three times, and once more after the end.
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    for (let n = 0; n < 3; n++) await onboardings.done(stage.click(now, jane.id));
    await stage.clock.advance(stage.policy.settle + 60_000);
    expect(await onboardings.done(stage.click(now, jane.id))).toMatchObject({
      refusal: { code: 'finished', outcome: 'completed' },
    });
    expect(await count(onboarding, 'closed')).toBe(1);
  });

  it('of two instances on one store have one effect', async () => {
    const onboarding = await stage.approved();
    const first = stage.workflow;
    stage.build();
    stage.workflow.start();
    await settle();
    const shown = [first, stage.workflow].map((one) => one.onboardings.showPass(stage.click(onboarding, mo.id)));
    await stage.clock.advance(5_000, 25);
    const answers = await Promise.all(shown);
    expect(answers.filter((answer) => answer.kind === 'pass').length).toBeLessThanOrEqual(1);
    expect(stage.tenant.effects.filter((effect) => effect.startsWith('add'))).toEqual(['add id-jane']);
    expect(stage.tenant.effects.filter((effect) => effect.startsWith('replace'))).toEqual([]);
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(stage.policy.settle + 60_000);
    expect(await stage.now(onboarding)).toMatchObject({ outcome: 'completed' });
    expect([await count(onboarding, 'passkey-seen'), await count(onboarding, 'closed')]).toEqual([1, 1]);
    const stopped = first.stop();
    await stage.clock.advance(12_000);
    await stopped;
  });
});
