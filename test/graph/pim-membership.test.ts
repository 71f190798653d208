import { DATE, failureOf, fake, GROUP, graphError, JANE, type Said, type Seen } from './fake-graph';

const UNTIL = Date.parse(DATE) + 60 * 60_000;
const END = new Date(UNTIL + 5 * 60_000).toISOString();
const ROOT = '/v1.0/identityGovernance/privilegedAccess/group';
const exists = graphError(400, 'RoleAssignmentExists', 'The Role assignment already exists.');
const isRequest = ({ method }: Seen) => method === 'POST';
const isInstances = ({ path }: Seen) => path.startsWith(`${ROOT}/assignmentScheduleInstances`);
const isMemberRead = ({ path }: Seen) => path.startsWith(`/v1.0/users/${JANE}/memberOf/`);
const pim = (script: (seen: Seen, count: number) => Said) => fake(script, { membership: 'pim' });

it('asks for a membership that ends five minutes after the deadline', async () => {
  const { tenant, seen } = pim(() => ({ status: 201, body: { id: 'r1', status: 'Provisioned' } }));
  expect(await tenant.addMember(JANE, UNTIL)).toBe('added');
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${ROOT}/assignmentScheduleRequests`]);
  expect(seen[0]?.body).toEqual({
    accessId: 'member',
    principalId: JANE,
    groupId: GROUP,
    action: 'adminAssign',
    scheduleInfo: {
      startDateTime: new Date(DATE).toISOString(),
      expiration: { type: 'afterDateTime', endDateTime: END },
    },
    justification: 'Passkey onboarding',
  });
});

it('waits until it is provisioned', async () => {
  const { tenant, seen } = pim((one, count) => ({
    status: isRequest(one) ? 201 : 200,
    body: { id: 'r1', status: count < 3 ? 'PendingProvisioning' : 'Provisioned' },
  }));
  expect(await tenant.addMember(JANE, UNTIL)).toBe('added');
  expect(seen.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array.from({ length: seen.length - 1 }, () => `GET ${ROOT}/assignmentScheduleRequests/r1`),
  );
});

it('is unknown where it is not provisioned in time, and refused where PIM refuses', async () => {
  const pending = pim(() => ({ status: 201, body: { id: 'r1', status: 'PendingProvisioning' } }));
  expect(await failureOf(pending.tenant.addMember(JANE, UNTIL))).toMatchObject({
    kind: 'unknown',
    code: 'GRAPH_PIM_PENDING',
  });
  for (const status of ['Denied', 'Failed', 'PendingApproval', 'Revoked']) {
    const refused = pim(() => ({ status: 201, body: { id: 'r1', status } }));
    expect(await failureOf(refused.tenant.addMember(JANE, UNTIL))).toMatchObject({
      kind: 'rejected',
      code: 'GRAPH_PIM_REFUSED',
    });
  }
});

it.each([
  ['AadPremiumLicenseRequired', 'GRAPH_PIM_LICENSE', /P2/],
  ['ActiveDurationTooShort', 'GRAPH_PIM_TOO_SHORT', /5 minutes/],
  ['RoleAssignmentRequestPolicyValidationFailed', 'GRAPH_PIM_POLICY', /settings/],
])('%s is rejected with what to do', async (graphCode, code, hint) => {
  const { tenant, seen } = pim(() => graphError(400, graphCode, 'words with Jane Doe in them'));
  const error = await failureOf(tenant.addMember(JANE, UNTIL));
  expect(error).toMatchObject({ kind: 'rejected', code, hint: expect.stringMatching(hint) });
  expect(JSON.stringify(error)).not.toContain('Jane Doe');
  expect(seen).toHaveLength(1);
});

it('names the permission that is missing', async () => {
  const { tenant } = pim(() => graphError(403, 'PermissionScopeNotGranted', 'no'));
  expect(await failureOf(tenant.addMember(JANE, UNTIL))).toMatchObject({
    kind: 'denied',
    hint: expect.stringContaining('PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'),
  });
});

describe('an assignment that exists', () => {
  const instance = (endDateTime: string | null) => ({ body: { value: [{ principalId: JANE, endDateTime }] } });
  const there = (endDateTime: string | null) =>
    pim((one) => (isRequest(one) ? exists : isInstances(one) ? instance(endDateTime) : { body: { id: GROUP } }));

  it('is ours where it ends in time: the answer of an attempt before was lost', async () => {
    const { tenant, seen } = there(END);
    expect(await tenant.addMember(JANE, UNTIL)).toBe('already-member');
    expect(seen.some(isMemberRead)).toBe(true);
  });

  it.each([[null], ['2031-01-01T00:00:00Z']])('that ends at %s is not what was asked for', async (endDateTime) => {
    expect(await failureOf(there(endDateTime).tenant.addMember(JANE, UNTIL))).toMatchObject({
      kind: 'rejected',
      code: 'GRAPH_PIM_STAYS',
    });
  });

  it('and cannot be seen yet is unknown', async () => {
    const { tenant } = pim((one) => (isRequest(one) ? exists : { body: { value: [] } }));
    expect(await failureOf(tenant.addMember(JANE, UNTIL))).toMatchObject({
      kind: 'unknown',
      code: 'GRAPH_PIM_PENDING',
    });
  });
});

it('without the mode, the deadline is not sent anywhere', async () => {
  const { tenant, seen } = fake(() => ({ status: 204 }));
  await tenant.addMember(JANE, UNTIL);
  expect(seen.map(({ path }) => path)).toEqual([`/v1.0/groups/${GROUP}/members/$ref`]);
});
