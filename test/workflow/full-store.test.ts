import { StoreError, type StoreErrorCode } from '../../bot/store/store-error';
import { jane, passkey } from '../onboarding/people';
import { Stage } from './stage';

/** A store that can be read and not written: a full disk, a database that has become read-only. */
describe('a store that is full', () => {
  let stage: Stage;
  afterEach(() => stage.end());

  const writes = ['commit', 'record', 'claimDue', 'lease', 'release', 'alive', 'sawInGroup'] as const;
  const reads = ['active', 'windows', 'load', 'lastWindowOf', 'paused'] as const;
  function refuses(methods: readonly ((typeof writes)[number] | (typeof reads)[number])[], code: StoreErrorCode) {
    const spies = methods.map((method) =>
      jest.spyOn(stage.opened.store, method as 'commit').mockRejectedValue(new StoreError(code)),
    );
    return () => {
      for (const spy of spies) spy.mockRestore();
    };
  }

  it('keeps nobody in the group past the deadline', async () => {
    stage = await new Stage().start();
    const onboarding = await stage.open();
    const works = refuses(writes, 'STORE_FULL');
    await stage.clock.advance(59 * 60_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(true);
    await stage.clock.advance(60_000 + 20_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(false);
    expect(stage.said('exit-unrecorded')).toMatchObject([{ why: 'deadline-passed', member: jane.id }]);

    works();
    await stage.clock.advance(30_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.taps.size).toBe(0);
    const ledger = await stage.opened.ledger.entries({ onboardingId: onboarding.id });
    expect(ledger.filter(({ entry }) => entry.event === 'removed-unrecorded')).toHaveLength(1);
  });

  it('takes her out when the passkey is there, and completes when it can be written again', async () => {
    stage = await new Stage().start();
    const onboarding = await stage.open();
    const works = refuses(writes, 'STORE_FULL');
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(25_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(false);
    expect(stage.said('exit-unrecorded')).toMatchObject([{ why: 'passkey-seen', member: jane.id }]);
    expect(stage.tenant.effects).not.toContain(`revoke ${jane.id}`);

    works();
    await stage.clock.advance(4 * 60_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  it('that is gone altogether keeps nobody in the group past the deadline either', async () => {
    stage = await new Stage().start();
    const onboarding = await stage.open();
    await stage.clock.advance(61_000, 5_000);
    const works = refuses([...writes, ...reads], 'STORE_UNREACHABLE');
    await stage.clock.advance(57 * 60_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(true);
    await stage.clock.advance(3 * 60_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(false);
    works();
    await stage.clock.advance(60_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
  });
});
