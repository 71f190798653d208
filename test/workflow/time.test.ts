import { steady } from '../../bot/clock';
import { TenantError } from '../../bot/workflow/tenant';
import { jane, lee, mo, passkey, person, priya } from '../onboarding/people';
import { Stage } from './stage';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ticks = { knowsPerson: true, spokeToday: true };
const lou = person('lou');

let stage: Stage;
beforeEach(async () => {
  stage = new Stage({ fallbackApproverIds: [lee.id, lou.id] });
  stage.tenant.people.set(lou.id, lou);
  await stage.start();
});
afterEach(() => stage.end());

const count = async (event: string) => (await stage.events()).filter((one) => one === event).length;

const told = (message: string) => stage.told(message);

describe('a request that waits', () => {
  it('reminds after 4 h, asks the fallbacks after 8 h, expires after 24 h', async () => {
    const onboarding = await stage.request();
    await stage.clock.advance(4 * HOUR + 2_000, 60_000);
    expect(told('approver-reminder')).toEqual([mo.id]);
    expect(told('approval')).toEqual([mo.id]);
    await stage.clock.advance(4 * HOUR, 60_000);
    expect(told('approval')).toEqual([lee.id, lou.id, mo.id].sort());
    await stage.clock.advance(16 * HOUR, 60_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'expired' });
    expect([await count('reminded'), await count('escalated'), await count('expired')]).toEqual([1, 1, 1]);
  });

  it('is decided by whoever is first, and the other is told', async () => {
    const onboarding = await stage.request();
    await stage.clock.advance(8 * HOUR + 2_000, 60_000);
    const [first, second] = await Promise.all([
      stage.workflow.onboardings.approve(stage.click(onboarding, lee.id), ticks),
      stage.workflow.onboardings.approve(stage.click(onboarding, lou.id), ticks),
    ]);
    const winner = first.kind === 'ok' ? 'Lee' : 'Lou';
    expect([first, second].find((answer) => answer.kind === 'refused')).toMatchObject({
      refusal: { code: 'already-decided', by: winner },
    });
  });

  it('asks the fallbacks later when the tenant does not answer, and still once', async () => {
    await stage.request();
    await stage.clock.advance(8 * HOUR - 60_000, 60_000);
    stage.tenant.fail('person', 'unavailable', 6);
    await stage.clock.advance(10 * MINUTE);
    expect(await count('escalated')).toBe(1);
    expect(await count('reminded')).toBe(1);
  });

  it('says everything once when the machine slept', async () => {
    const onboarding = await stage.request();
    await stage.clock.jump(9 * HOUR);
    await stage.clock.advance(5_000);
    expect([await count('reminded'), await count('escalated')].reduce((a, b) => a + b)).toBeLessThanOrEqual(2);
    expect(told('approver-reminder')).toEqual([mo.id]);
    await stage.clock.jump(20 * HOUR);
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({ outcome: 'expired' });
    expect(await count('escalated')).toBe(1);
  });

  it('is not extended by a clock that is set back, and nobody is reminded twice', async () => {
    const onboarding = await stage.request();
    await stage.clock.advance(5 * HOUR, 60_000);
    stage.clock.setBack(5 * HOUR);
    await stage.clock.advance(19 * HOUR + 2_000, 60_000);
    expect(await stage.now(onboarding)).toMatchObject({ outcome: 'expired' });
    expect([await count('reminded'), await count('escalated')]).toEqual([1, 1]);
  });
});

describe('an agreed start', () => {
  const ask = async (startAt: number) =>
    stage.workflow.onboardings.request({
      requester: priya.id,
      who: { id: jane.id },
      askedIn: 'conversation-1',
      startAt,
    });

  it('is refused in the past', async () => {
    expect(await ask(stage.clock.now() - 1)).toMatchObject({ refusal: { code: 'start-unusable', why: 'past' } });
  });

  it('keeps the window shut until then, tells the approver, and counts the time for use from then', async () => {
    const startAt = stage.clock.now() + 12 * HOUR;
    const asked = await ask(startAt);
    if (asked.kind !== 'requested') throw new Error('refused');
    const approved = await stage.workflow.onboardings.approve(stage.click(asked.onboarding, mo.id), ticks);
    if (approved.kind !== 'ok') throw new Error('refused');
    expect(await stage.showPass(approved.onboarding)).toMatchObject({ refusal: { code: 'too-early', startAt } });
    expect(stage.tenant.effects).toEqual([]);
    await stage.clock.advance(12 * HOUR, 60_000);
    expect(told('approver-start')).toEqual([mo.id]);
    await stage.clock.advance(7 * HOUR, 60_000);
    expect((await stage.showPass(await stage.now(asked.onboarding))).kind).toBe('pass');
  });
});

describe('an open window', () => {
  it('reminds its subject at half time and 15 minutes before its end', async () => {
    await stage.open();
    await stage.clock.advance(31 * MINUTE);
    expect([told('subject-half-time'), told('subject-last-minutes')]).toEqual([[jane.id], []]);
    await stage.clock.advance(15 * MINUTE);
    expect(told('subject-last-minutes')).toEqual([jane.id]);
    expect(await count('subject-reminded')).toBe(2);
  });

  it('reminds although the tenant does not answer', async () => {
    await stage.open();
    stage.tenant.fail('passkeys', 'unavailable', 10_000);
    await stage.clock.advance(32 * MINUTE);
    expect(told('subject-half-time')).toEqual([jane.id]);
  });

  it('reminds, and ends, although the tenant does not answer for this one person', async () => {
    const onboarding = await stage.open();
    const error = new TenantError('unavailable', 'FAKE', 'passkeys', 'as told');
    stage.tenant.passkeys = async (ids) => new Map(ids.map((id) => [id, error])) as never;
    await stage.clock.advance(32 * MINUTE);
    expect(told('subject-half-time')).toEqual([jane.id]);
    await stage.clock.advance(30 * MINUTE);
    expect((await stage.now(onboarding)).outcome).toBe('lapsed');
  });

  it('reminds nobody once the passkey was seen', async () => {
    await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(50 * MINUTE);
    expect(await count('subject-reminded')).toBe(0);
  });

  it('ends at its deadline although the clock is set back', async () => {
    const onboarding = await stage.open();
    await stage.clock.advance(50 * MINUTE);
    stage.clock.setBack(45 * MINUTE);
    await stage.clock.advance(11 * MINUTE);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.group.size).toBe(0);
  });

  it('ends at once when a restart finds a clock from before it', async () => {
    const onboarding = await stage.open();
    await stage.clock.advance(10 * MINUTE);
    stage.clock.setBack(3 * HOUR);
    await stage.restart();
    await stage.clock.advance(70_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.group.size).toBe(0);
  });

  it('ends when a machine wakes after its deadline', async () => {
    const onboarding = await stage.open();
    await stage.clock.jump(3 * HOUR);
    await stage.clock.advance(5_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
  });
});

describe('a steady clock', () => {
  it('follows the wall clock forward and goes on by what really passed when that is set back', () => {
    let wall = 1_000;
    let passed = 0;
    const now = steady(
      () => wall,
      () => passed,
    );
    wall += 5_000;
    passed += 10;
    expect(now()).toBe(6_000);
    wall -= 4_000;
    passed += 10;
    expect(now()).toBe(6_010);
    expect(now()).toBe(6_010);
    passed += 3_995;
    wall += 3_995;
    expect(now()).toBe(10_005);
  });
});

describe('a machine that slept in the middle of a step', () => {
  it.each(['removeMember', 'revokeSessions', 'addMember'] as const)(
    'goes on with it, and does not do it twice: %s',
    async (held) => {
      let go: () => void = () => undefined;
      let began = 0;
      const waiting = new Promise<void>((resolve) => {
        go = resolve;
      });
      stage.tenant.before = async (call) => {
        if (call !== held) return;
        began += 1;
        await waiting;
      };
      const onboarding = held === 'addMember' ? await stage.approved() : await stage.open();
      const pressed =
        held === 'addMember'
          ? stage.workflow.onboardings.showPass(stage.click(onboarding, mo.id))
          : stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
      await stage.clock.advance(500, 50);
      expect(began).toBe(1);
      // Longer than any lease; the step is still waiting for its answer.
      await stage.clock.jump(5 * MINUTE);
      await stage.clock.advance(10_000);
      expect(began).toBe(1);
      go();
      await stage.clock.advance(5_000);
      await pressed;
    },
  );
});
