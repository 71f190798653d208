import { TenantError } from '../../bot/workflow/tenant';
import { jane, mo } from '../onboarding/people';
import { Stage } from './stage';

test.each([
  ['GRAPH_NOT_NOW', 'too-busy'],
  ['GRAPH_THROTTLED', 'tenant-unavailable'],
])('who is refused for %s reads %s: only a tenant that does not answer is said not to', async (code, refusal) => {
  const stage = await new Stage().start();
  stage.tenant.before = async () => {
    throw new TenantError('throttled', code, 'test', 'hint', { retryAfter: 9_000 });
  };
  expect(
    await stage.workflow.onboardings.request({ requester: mo.id, who: { id: jane.id }, askedIn: 'c' }),
  ).toMatchObject({ kind: 'refused', refusal: { code: refusal } });
  await stage.end();
});
