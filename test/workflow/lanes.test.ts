import { StoreError } from '../../bot/store/store-error';
import { type Lane, type Tenant, TenantError } from '../../bot/workflow/tenant';
import { jane, mo, passkey, person, priya } from '../onboarding/people';
import type { FakeTenant } from './fake-tenant';
import { Stage } from './stage';

/** A stage whose tenant answers exits only, from `hold` on: as after one 429 with a long wait. */
class HeldStage extends Stage {
  #held = false;

  constructor(...more: ConstructorParameters<typeof Stage>) {
    super(...more);
    Object.assign(this, { tenant: this.#laned(this.tenant, 'click') });
  }

  hold(): void {
    this.#held = true;
  }

  #laned(tenant: FakeTenant, lane: Lane): FakeTenant {
    return new Proxy(tenant, {
      get: (target, key) => {
        if (key === 'inLane') return (other: Lane): Tenant => this.#laned(tenant, other);
        const part: unknown = Reflect.get(target, key, target);
        if (typeof part !== 'function') return part;
        return (...asked: unknown[]) => {
          if (this.#held && lane !== 'exit' && isCall(key))
            return Promise.reject(new TenantError('throttled', 'GRAPH_NOT_NOW', key, 'held', { retryAfter: 300_000 }));
          return part.apply(target, asked) as unknown;
        };
      },
    });
  }
}

function isCall(key: string | symbol): key is string {
  return typeof key === 'string' && !['fail', 'heal', 'now', 'before'].includes(key);
}

let stage: HeldStage;
afterEach(() => stage.end());

describe('while the tenant takes nothing but exits', () => {
  it('a colleague at the helpdesk can stop a window, by its card and in chat', async () => {
    const colleague = person('other-helper');
    for (const way of ['card', 'chat'] as const) {
      stage = await new HeldStage().start();
      stage.tenant.people.set(colleague.id, colleague);
      stage.tenant.groups.get(stage.policy.helpdeskGroupId)?.add(colleague.id);
      const onboarding = await stage.open();
      stage.hold();
      const { onboardings } = stage.workflow;
      const answer =
        way === 'card'
          ? await onboardings.stop(stage.click(onboarding, colleague.id))
          : await onboardings.cancel(colleague.id, onboarding.number);
      expect([way, answer.kind]).toEqual([way, 'ok']);
      await stage.clock.advance(10_000, 500);
      expect(stage.tenant.group.has(jane.id)).toBe(false);
      if (way === 'card') await stage.end();
    }
  });

  it('a store that is full keeps nobody in past the deadline', async () => {
    stage = await new HeldStage().start();
    await stage.open();
    stage.hold();
    for (const write of ['commit', 'record', 'claimDue', 'alive'] as const)
      jest.spyOn(stage.opened.store, write).mockRejectedValue(new StoreError('STORE_FULL'));
    await stage.clock.advance(60 * 60_000 + 15_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(false);
    expect(stage.said('exit-unrecorded')).toMatchObject([{ why: 'deadline-passed' }]);
    expect(stage.said('exit-part-failed')).toEqual([]);
    jest.restoreAllMocks();
  });

  it('a theft ends her sessions', async () => {
    stage = await new HeldStage({ recoverDelete: 'on' }).start();
    stage.tenant.keys.set(jane.id, [passkey('old')]);
    // What the request itself reads comes before the pause.
    stage.tenant.before = async (call) => {
      if (call === 'sessionsValidFrom') stage.hold();
    };
    const answer = await stage.workflow.onboardings.request({
      requester: priya.id,
      who: { id: jane.id },
      askedIn: 'conversation-1',
      recover: { loss: 'stolen', old: ['old'], noneWorks: true },
    });
    expect(answer.kind).toBe('requested');
    await stage.clock.advance(5_000, 500);
    expect(stage.tenant.effects).toEqual([`revoke ${jane.id}`]);
  });

  it('a passkey that is not hers ends her sessions, too', async () => {
    stage = await new HeldStage().start();
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('not-hers')]);
    await stage.clock.advance(240_000, 5_000);
    const closed = await stage.now(onboarding);
    expect(closed.state).toBe('closed');
    const revoked = () => stage.tenant.effects.filter((effect) => effect === `revoke ${jane.id}`).length;
    const before = revoked();
    stage.hold();
    await stage.workflow.onboardings.stop(stage.click(closed, jane.id));
    await stage.clock.advance(30_000, 1_000);
    expect(revoked()).toBeGreaterThan(before);
    expect((await stage.now(onboarding)).deniedRevokedAt).toBeGreaterThan(0);
  });
});

describe('a defect of ours', () => {
  it('is no reason to act without the ledger while the store can be written', async () => {
    stage = await new HeldStage().start();
    const onboarding = await stage.open();
    const broken = jest.spyOn(stage.opened.store, 'commit').mockRejectedValue(new TypeError('undefined is not it'));
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(25_000, 5_000);
    expect(stage.said('step-broken').length).toBeGreaterThan(0);
    expect(stage.said('exit-unrecorded')).toEqual([]);
    expect(stage.tenant.effects).not.toContain(`remove ${jane.id}`);
    broken.mockRestore();
    await stage.clock.advance(60_000, 5_000);
    const events = await stage.events(onboarding);
    expect(events).not.toContain('removed-unrecorded');
    expect(stage.tenant.group.has(jane.id)).toBe(false);
  });

  it('is told from a store that says it cannot be written, and an unknown error has the store asked', async () => {
    for (const [what, more] of [
      [new StoreError('STORE_FULL'), []],
      [new Error('disk full'), ['alive']],
    ] as const) {
      stage = await new HeldStage().start();
      await stage.open();
      for (const write of ['commit', ...more] as const) jest.spyOn(stage.opened.store, write).mockRejectedValue(what);
      stage.tenant.keys.set(jane.id, [passkey('new')]);
      await stage.clock.advance(25_000, 5_000);
      expect(stage.said('exit-unrecorded')).toMatchObject([{ why: 'passkey-seen' }]);
      jest.restoreAllMocks();
      if (more.length === 0) await stage.end();
    }
  });

  it('in one of several looks leaves none of the others unsaid', async () => {
    stage = await new HeldStage().start();
    const janeToo = person('jane-roe', { displayName: 'Jane Roe' });
    stage.tenant.people.set(janeToo.id, janeToo);
    stage.tenant.managers.set(janeToo.id, mo.id);
    await stage.open();
    const asked = await stage.request({ id: janeToo.id });
    const approved = await stage.workflow.onboardings.approve(stage.click(asked, mo.id), {
      knowsPerson: true,
      spokeToday: true,
    });
    if (approved.kind !== 'ok') throw new Error(approved.refusal.code);
    expect((await stage.showPass(approved.onboarding)).kind).toBe('pass');
    await stage.clock.advance(30_000, 1_000);
    const release = jest.spyOn(stage.opened.store, 'release').mockRejectedValue(new Error('no such row'));
    await stage.clock.jump(12_000);
    await stage.clock.advance(2_000, 250);
    release.mockRestore();
    expect(stage.said('worker-broken')).toHaveLength(2);
  });
});
