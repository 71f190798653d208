import { StoreError } from '../../bot/store/store-error';
import { jane } from '../onboarding/people';
import { Stage } from './stage';

/** A store that can be read and not written: a full disk, a database that has become read-only. */
describe('a store that is full', () => {
  let stage: Stage;
  afterEach(() => stage.end());

  it('keeps nobody in the group past the deadline', async () => {
    stage = await new Stage().start();
    const onboarding = await stage.open();
    const { store } = stage.opened;
    const full = (['commit', 'record', 'claimDue', 'lease', 'release'] as const).map((method) =>
      jest.spyOn(store, method).mockRejectedValue(new StoreError('STORE_FULL')),
    );
    await stage.clock.advance(59 * 60_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(true);
    await stage.clock.advance(4 * 60_000, 5_000);
    expect(stage.tenant.group.has(jane.id)).toBe(false);
    expect(stage.said('sweep-removes')).toMatchObject([{ why: 'deadline-passed', member: jane.id }]);
    expect(stage.said('sweep-unrecorded')).not.toHaveLength(0);

    for (const spy of full) spy.mockRestore();
    await stage.clock.advance(30_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.taps.size).toBe(0);
  });
});
