import type { Tenant } from '../../bot/workflow/tenant';
import { fake, graphError, type Said } from '../graph/fake-graph';
import { jane } from '../onboarding/people';
import { Stage } from './stage';

const SUBJECT = '22222222-2222-4222-8222-222222222222';
const none: Said = { body: { value: [] } };
const SOON = [
  ['not answered', () => graphError(503, 'x')],
  ['held for a while', () => graphError(429, 'x', 'words', { 'retry-after': '5' })],
] as const;

let stage: Stage;
afterEach(() => stage.end());

/** The tenant's privilege read is the product's own, with one of its six looks answered by `said` while it says anything. */
async function begin(privileged: 'on' | 'off', said: () => Said | null): Promise<void> {
  stage = await new Stage({ privileged }).start();
  const read: Tenant['privilege'] = () => {
    const now = said();
    const look = 'roleEligibilityScheduleInstances';
    return fake(({ path }) => (now && path.includes(look) ? now : none)).tenant.privilege(SUBJECT);
  };
  Object.assign(stage.tenant, { privilege: read });
}

describe.each(['on', 'off'] as const)('one look at the roles, with administrators %s,', (privileged) => {
  test.each(SOON)('that is %s in the opening puts it off, and lets nobody in before', async (_, answer) => {
    let said: Said | null = null;
    await begin(privileged, () => said);
    const approved = await stage.approved();
    let opening = false;
    stage.tenant.before = async () => {
      if (opening || (await stage.now(approved)).state !== 'opening') return;
      opening = true;
      said = answer();
    };
    await stage.showPass(approved);
    await stage.clock.advance(5_000, 500);
    expect(opening).toBe(true);
    expect(await stage.now(approved)).toMatchObject({ state: 'opening', privileged: false });
    expect(stage.tenant.effects).toEqual([]);

    said = null;
    await stage.clock.advance(60_000, 500);
    expect(await stage.now(approved)).toMatchObject({ state: 'open', privileged: false });
    expect(stage.tenant.effects).toEqual([`add ${jane.id}`]);
  });

  test.each(SOON)('that is %s at the request or the approval is asked again, by people', async (_, answer) => {
    let said: Said | null = answer();
    await begin(privileged, () => said);
    await expect(stage.request()).rejects.toThrow('tenant-unavailable');
    said = null;
    const asked = await stage.request();
    expect(asked.privileged).toBe(false);
    said = answer();
    const approve = () =>
      stage.workflow.onboardings.approve(stage.click(asked, asked.approver.id), {
        knowsPerson: true,
        spokeToday: true,
      });
    expect(await approve()).toMatchObject({ kind: 'refused', refusal: { code: 'tenant-unavailable' } });
    said = null;
    expect(await approve()).toMatchObject({ kind: 'ok', onboarding: { state: 'approved', privileged: false } });
  });

  test('that is forbidden opens nothing', async () => {
    let said: Said | null = null;
    await begin(privileged, () => said);
    const approved = await stage.approved();
    stage.tenant.before = async () => {
      if ((await stage.now(approved)).state === 'opening') said = graphError(403, 'Authorization_RequestDenied');
    };
    await stage.showPass(approved);
    await stage.clock.advance(20_000, 1_000);
    expect(await stage.now(approved)).toMatchObject({
      state: 'closed',
      outcome: 'stopped',
      findings: [privileged === 'on' ? 'awaiting-second' : 'privileged-unreadable'],
    });
    expect(stage.tenant.effects).not.toContain(`add ${jane.id}`);
  });
});
