import { GROUPS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Harness, startTenant } from './tenant-harness';

/** PIM for Groups, as Microsoft's pages describe it. */
const MINUTE = 60_000;
const REQUESTS = '/identityGovernance/privilegedAccess/group/assignmentScheduleRequests';
const INSTANCES = '/identityGovernance/privilegedAccess/group/assignmentScheduleInstances';
const jane = idOfPerson('jane');
const gid = GROUPS.onboarding;

let t: Harness;
beforeEach(async () => {
  t = await startTenant();
  t.tenant.state.botApp.roles.push('PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup');
});
afterEach(() => t.close());

const ask = (change: Record<string, unknown> = {}, minutes = 65) =>
  t.call('POST', REQUESTS, {
    body: {
      accessId: 'member',
      principalId: jane,
      groupId: gid,
      action: 'adminAssign',
      justification: 'Passkey onboarding',
      scheduleInfo: {
        startDateTime: new Date(t.clock.now()).toISOString(),
        expiration: { type: 'afterDateTime', endDateTime: new Date(t.clock.now() + minutes * MINUTE).toISOString() },
      },
      ...change,
    },
  });
const members = () => [...(t.tenant.state.groups.get(gid)?.members ?? [])];
const isOver = () => {
  t.tenant.records();
  return members();
};

test('a membership begins at once and ends by itself, by the tenant own hand', async () => {
  const { status, body } = await ask();
  expect([status, body.status]).toEqual([201, 'Provisioned']);
  expect(members()).toEqual([jane]);
  t.clock.advance(64 * MINUTE);
  expect(isOver()).toEqual([jane]);
  t.clock.advance(1 * MINUTE);
  expect(isOver()).toEqual([]);
  expect(t.journal.tenant.map(({ kind, actor }) => [kind, actor])).toEqual([
    ['member-added', `app:${t.tenant.state.botApp.appId}`],
    ['member-removed', 'tenant'],
  ]);
});

test('it ends while nobody asks for anything', async () => {
  await ask();
  t.clock.advance(65 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(members()).toEqual([]);
});

test('an ordinary removal ends it early, and nothing happens at its end', async () => {
  await ask();
  expect((await t.call('DELETE', `/groups/${gid}/members/${jane}/$ref`)).status).toBe(204);
  t.clock.advance(70 * MINUTE);
  expect(isOver()).toEqual([]);
  expect(t.journal.tenant.filter(({ kind }) => kind === 'member-removed')).toHaveLength(1);
  expect((await ask()).status).toBe(201);
});

test('provisioning takes time; the request can be asked how far it is', async () => {
  t.behave({ provisionMs: 3_000 });
  const { body } = await ask();
  expect(body.status).toBe('PendingProvisioning');
  expect(members()).toEqual([]);
  t.clock.advance(3_000);
  expect((await t.call('GET', `${REQUESTS}/${body.id}`)).body.status).toBe('Provisioned');
  expect(members()).toEqual([jane]);
  expect((await t.call('GET', `${REQUESTS}/33333333-0000-4000-8000-000000000999`)).status).toBe(404);
});

test('instances say who is in until when; members for good have no times; a filter is a must', async () => {
  await ask();
  t.tenant.changes.addMember('admin', gid, idOfPerson('sam'));
  const { body } = await t.call('GET', `${INSTANCES}?$filter=groupId eq '${gid}'`);
  expect(body.value).toEqual([
    expect.objectContaining({ principalId: jane, accessId: 'member', endDateTime: expect.stringMatching(/Z$/) }),
    expect.objectContaining({ principalId: idOfPerson('sam'), startDateTime: null, endDateTime: null }),
  ]);
  expect((await t.call('GET', INSTANCES)).body.error.code).toBe('MissingParameters');
});

test('adminRemove ends it, not in its first five minutes', async () => {
  await ask();
  expect((await ask({ action: 'adminRemove' })).body.error.code).toBe('ActiveDurationTooShort');
  t.clock.advance(5 * MINUTE);
  expect((await ask({ action: 'adminRemove' })).status).toBe(201);
  expect(members()).toEqual([]);
  expect((await ask({ action: 'adminRemove' })).body.error.code).toBe('RoleAssignmentDoesNotExist');
});

describe('is refused, and changes nothing', () => {
  afterEach(() => expect(members()).toEqual([]));
  const code = async (answer: ReturnType<typeof ask>) => {
    const { status, body } = await answer;
    return [status, body.error.code];
  };

  test('without a licence', async () => {
    t.behave({ withoutPremium: true });
    expect(await code(ask())).toEqual([400, 'AadPremiumLicenseRequired']);
  });
  test('for less than five minutes', async () => {
    expect(await code(ask({}, 4))).toEqual([400, 'ActiveDurationTooShort']);
  });
  test.each([
    ['for good', { scheduleInfo: { expiration: { type: 'noExpiration' } } }],
    ['without an end', { scheduleInfo: {} }],
    ['without a reason', { justification: ' ' }],
  ])('%s', async (_what, change) => {
    expect(await code(ask(change))).toEqual([400, 'RoleAssignmentRequestPolicyValidationFailed']);
  });
  test('for a dynamic group, a group or a person that does not exist', async () => {
    expect((await ask({ groupId: GROUPS.dynamic })).status).toBe(400);
    expect((await ask({ groupId: '33333333-0000-4000-8000-000000000999' })).status).toBe(404);
    expect((await ask({ principalId: '22222222-0000-4000-8000-000000000999' })).status).toBe(404);
  });
});

test('twice, and for somebody who is in the group anyway, it exists already', async () => {
  await ask();
  expect((await ask()).body.error.code).toBe('RoleAssignmentExists');
  t.tenant.changes.addMember('admin', gid, idOfPerson('sam'));
  expect((await ask({ principalId: idOfPerson('sam') })).body.error.code).toBe('RoleAssignmentExists');
});

test('a request that only asks is judged like any other and assigns nothing', async () => {
  const asked = await ask({ isValidationOnly: true });
  expect([asked.status, asked.body.isValidationOnly]).toEqual([201, true]);
  t.clock.advance(MINUTE);
  expect([isOver(), t.tenant.state.groupAssignments]).toEqual([[], []]);
  expect((await ask({ isValidationOnly: true }, 1)).body.error.code).toBe('ActiveDurationTooShort');
});
