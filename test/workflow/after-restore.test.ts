import { closeAfterRestore } from '../../bot/workflow/after-restore';
import { jane } from '../onboarding/people';
import { Stage } from './stage';

describe('a store that was put back', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await new Stage().start();
  });
  afterEach(() => stage.end());

  const treat = () =>
    closeAfterRestore({
      store: stage.opened.store,
      policy: stage.policy,
      clock: stage.clock,
      log: stage.log,
      changed: () => undefined,
    });

  it('ends an open window, and its subject gets out', async () => {
    const open = await stage.open();
    expect(stage.tenant.group.has(jane.id)).toBe(true);
    expect(await treat()).toEqual(['ONB-1']);
    expect(await stage.now(open)).toMatchObject({
      state: 'closing',
      exit: { outcome: 'stopped', startedBy: 'onboard' },
      findings: ['store-restored'],
    });
    await stage.clock.advance(5_000, 500);
    expect(stage.tenant.group.has(jane.id)).toBe(false);
    expect(await stage.now(open)).toMatchObject({ state: 'closed', outcome: 'stopped' });
    expect(await treat()).toEqual([]);
  });

  it('cancels an approval, and nobody gets in through it', async () => {
    const approved = await stage.approved();
    expect(await treat()).toEqual(['ONB-1']);
    expect(await stage.now(approved)).toMatchObject({ state: 'closed', outcome: 'cancelled', closedBy: 'onboard' });
    expect(await stage.showPass(approved)).toMatchObject({ kind: 'refused' });
    expect(stage.tenant.group.size).toBe(0);
  });

  it('leaves a request to whoever decides on it', async () => {
    const requested = await stage.request();
    expect(await treat()).toEqual([]);
    expect(await stage.now(requested)).toEqual(requested);
  });
});
