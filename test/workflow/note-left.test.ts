import type { AuditEvent } from '../../bot/onboarding/audit';
import { HOUR } from '../../bot/onboarding/policy';
import { kim, lee } from '../onboarding/people';
import { Stage } from './stage';

/** Who was put into the group and taken out again while nobody looked, as the audit log tells of them. */

let stage: Stage;
beforeEach(() => {
  stage = new Stage({ audit: 'on' });
});
afterEach(() => stage.end());

const added = (id: string, more: Partial<AuditEvent> = {}) =>
  stage.tenant.audit.push({
    id: `e${stage.tenant.audit.length}`,
    at: stage.clock.now() - 5 * HOUR,
    what: 'member-added',
    target: { id },
    groupId: stage.policy.onboardingGroupId,
    by: { kind: 'person', id: 'id-admin' },
    ...more,
  });
const noted = (id: string) => stage.opened.store.lastSeenInGroup(id);

it('is noted, whoever put them in, and nobody of another group', async () => {
  added(kim.id);
  added(lee.id, { groupId: 'id-another-group' });
  await stage.start();
  await stage.clock.advance(30_000);
  expect(await noted(kim.id)).not.toBeNull();
  expect(await noted(lee.id)).toBeNull();
});

it('is noted although the first reads fail: the day before is asked for until there is an answer', async () => {
  added(kim.id);
  stage.tenant.fail('auditEvents', 'throttled', 2);
  await stage.start();
  await stage.clock.advance(90_000, 2_000);
  expect(await noted(kim.id)).not.toBeNull();
});

it('is noted although the question after an answer fails', async () => {
  added(kim.id);
  stage.tenant.fail('isMember', 'unavailable', 1);
  await stage.start();
  await stage.clock.advance(90_000, 2_000);
  expect(await noted(kim.id)).not.toBeNull();
});
