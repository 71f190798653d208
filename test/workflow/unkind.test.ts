import { TenantError } from '../../bot/workflow/tenant';
import { jane, mo, passkey } from '../onboarding/people';
import { Stage } from './stage';

/** A tenant that answers late, says wait, or shows the past: what it may cost, and what it must not. */

const MINUTE = 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await new Stage().start();
});
afterEach(() => stage.end());

const count = (what: string) => stage.tenant.effects.filter((effect) => effect.startsWith(what)).length;
const calls = (call: string) => stage.tenant.calls.filter((made) => made === call).length;

describe('a wait that is longer than the window', () => {
  it('does not keep anybody in past the deadline of an opening', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('addMember', 'unknown', 1, { after: true });
    const click = stage.workflow.onboardings.showPass(stage.click(onboarding, mo.id));
    await stage.clock.advance(50, 25);
    stage.tenant.fail('isMember', 'throttled', 40, { retryAfter: 120 * MINUTE });
    await stage.clock.advance(4_000, 50);
    await click;
    stage.tenant.heal();
    await stage.clock.advance(stage.policy.windowLength + 30_000, 5_000);
    expect(stage.tenant.group.size).toBe(0);
    expect((await stage.now(onboarding)).state).toBe('closed');
  });

  it('of one part of an exit does not delay another', async () => {
    const onboarding = await stage.open();
    stage.tenant.fail('revokeSessions', 'throttled', 500, { retryAfter: 30 * MINUTE });
    stage.tenant.fail('removeMember', 'unavailable', 3);
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(10_000);
    expect(stage.tenant.group.size).toBe(0);
    expect(calls('revokeSessions')).toBe(1);
    await stage.clock.advance(2 * MINUTE);
    expect(calls('revokeSessions')).toBeLessThanOrEqual(4);
  });
});

describe('a read that is late', () => {
  it('after an add is waited for, not answered with more adds', async () => {
    const onboarding = await stage.approved();
    const isMember = stage.tenant.isMember.bind(stage.tenant);
    const from = stage.clock.now();
    stage.tenant.isMember = async (id) => (await isMember(id)) && stage.clock.now() - from > MINUTE;
    await stage.showPass(onboarding);
    await stage.clock.advance(MINUTE + 6_000);
    expect((await stage.now(onboarding)).state).toBe('open');
    expect(calls('addMember')).toBeLessThanOrEqual(3);
    expect(calls('person')).toBeLessThan(80);
  });

  it('after a revocation is waited for, not answered with more revocations', async () => {
    const onboarding = await stage.open();
    const validFrom = stage.tenant.sessionsValidFrom.bind(stage.tenant);
    const from = stage.clock.now();
    stage.tenant.sessionsValidFrom = async (id) => (stage.clock.now() - from > 2 * MINUTE ? validFrom(id) : 0);
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(2 * MINUTE + 15_000);
    expect((await stage.now(onboarding)).state).toBe('closed');
    expect(count('revoke')).toBeLessThanOrEqual(5);
  });

  it('that shows her in the group after a removal that found nobody leads to the removal that counts', async () => {
    const onboarding = await stage.open();
    const remove = stage.tenant.removeMember.bind(stage.tenant);
    let early = true;
    stage.tenant.removeMember = async (id) => {
      if (!early) return remove(id);
      early = false;
      return { result: 'not-member', tenantTime: Math.floor(stage.clock.now() / 1000) * 1000 };
    };
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(20_000);
    const closed = await stage.now(onboarding);
    expect(closed.state).toBe('closed');
    const lastRemoval = stage.tenant.effects.lastIndexOf('remove id-jane');
    expect(stage.tenant.effects.lastIndexOf('revoke id-jane')).toBeGreaterThan(lastRemoval);
    expect(stage.tenant.validFrom.get(jane.id)).toBeGreaterThan(
      closed.exit?.removedTenantTime ?? Number.POSITIVE_INFINITY,
    );
    expect(await stage.events(closed)).toEqual(expect.arrayContaining(['member-not-there', 'member-removed']));
  });

  it('that does not know the pass yet is not taken for "no pass"', async () => {
    const onboarding = await stage.open();
    const { passes, deletePass } = stage.tenant;
    stage.tenant.passes = async () => [];
    stage.tenant.deletePass = async () => 'gone';
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(MINUTE);
    expect((await stage.now(onboarding)).state).toBe('closing');
    expect(stage.tenant.group.size).toBe(0);
    stage.tenant.passes = passes;
    stage.tenant.deletePass = deletePass;
    await stage.clock.advance(15_000);
    expect((await stage.now(onboarding)).state).toBe('closed');
    expect(stage.tenant.taps.size).toBe(0);
  });
});

describe('an account that is deleted in the middle', () => {
  it('closes, is no completion, and is told as a finding', async () => {
    const onboarding = await stage.open();
    stage.tenant.people.delete(jane.id);
    stage.tenant.group.delete(jane.id);
    const gone = async () => {
      throw new TenantError('not-found', 'GRAPH_NOT_FOUND', 'any', 'no such person');
    };
    Object.assign(stage.tenant, { passes: gone, deletePass: gone, revokeSessions: gone, sessionsValidFrom: gone });
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(15_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped' });
    expect((await stage.now(onboarding)).findings).toContain('subject-gone');
  });
});

describe('clicks', () => {
  it('while the tenant says wait do not make it more calls', async () => {
    const onboarding = await stage.approved();
    stage.tenant.fail('passPolicy', 'throttled', 1_000, { retryAfter: MINUTE });
    await stage.showPass(onboarding);
    expect(calls('passPolicy')).toBeLessThanOrEqual(3);
  });

  it('on "done" in an exit that waits do not hurry the tenant', async () => {
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    stage.tenant.fail('removeMember', 'throttled', 1_000, { retryAfter: MINUTE });
    await stage.clock.advance(15_000);
    const before = calls('removeMember');
    for (let press = 0; press < 30; press++) await stage.workflow.onboardings.done(stage.click(onboarding, jane.id));
    await stage.clock.advance(3_000, 100);
    expect(calls('removeMember') - before).toBeLessThanOrEqual(1);
  });
});
