import { CATALOG_ID } from '../../playground/tenant/graph/teams-apps';
import { GROUPS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Answer, type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant();
  t.tenant.state.botApp.roles.push(
    'AuditLog.Read.All',
    'AppCatalog.Read.All',
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
    'RoleManagementPolicy.Read.AzureADGroup',
    'Group.Create',
    'Domain.Read.All',
  );
});
afterEach(() => t.close());

const jane = idOfPerson('jane');
const get = (path: string) => t.call('GET', path);
const ids = ({ body }: Answer) => body.value.map(({ id }) => id);

describe('registration details', () => {
  const path = (id: string) => `/reports/authenticationMethods/userRegistrationDetails/${id}`;

  test('are hours behind: nobody learns of a passkey here first', async () => {
    const key = t.tenant.state.methods.find(({ userId, kind }) => userId === idOfPerson('pat') && kind === 'fido2');
    if (key) t.tenant.changes.addMethod('tenant', { ...key, id: 'new', userId: jane, createdAt: t.clock.now() });
    expect((await get(path(jane))).body).toMatchObject({ methodsRegistered: [], isMfaRegistered: false });
    t.clock.advance(2 * 3_600_000 + 1);
    expect((await get(path(jane))).body).toMatchObject({
      methodsRegistered: ['passKeyDeviceBoundAuthenticator'],
      isPasswordlessCapable: true,
    });
  });

  test('know who is an administrator, and nobody who is not there', async () => {
    expect((await get(path(idOfPerson('gloria')))).body.isAdmin).toBe(true);
    expect((await get(path(jane))).body.isAdmin).toBe(false);
    expect((await get(path('nobody'))).status).toBe(404);
    const filtered = await get('/reports/authenticationMethods/userRegistrationDetails?$filter=isAdmin eq true&$top=5');
    expect(ids(filtered)).toContain(idOfPerson('gloria'));
    expect(ids(filtered)).not.toContain(jane);
  });
});

describe('the sign-in log', () => {
  const signIn = (userId: string, result: 'satisfied' | 'failed') =>
    t.journal.addSignIn({
      userId,
      device: 'phone',
      resource: 'mail',
      with: 'pass',
      result: result === 'failed' ? 'failure' : 'success',
      errorCode: result === 'failed' ? 53003 : 0,
      message: '',
      policies: [{ id: 'p', displayName: 'P', result }],
    });

  test('is asked by person and time, newest first, and is as late as the audit log', async () => {
    signIn(jane, 'failed');
    signIn(idOfPerson('mo'), 'satisfied');
    t.clock.advance(60_000);
    signIn(jane, 'satisfied');
    const since = new Date(t.clock.now() - 30_000).toISOString();
    const all = await get(`/auditLogs/signIns?$filter=userId eq '${jane}'`);
    expect(all.body.value.map((one) => (one.status as { errorCode: number }).errorCode)).toEqual([0, 53003]);
    const late = await get(`/auditLogs/signIns?$filter=userId eq '${jane}' and createdDateTime ge ${since}`);
    expect(late.body.value).toHaveLength(1);
    t.behave({ auditLagMs: 30_000 });
    expect((await get('/auditLogs/signIns')).body.value).toHaveLength(2);
  });

  test('says what policies said only to those who may read policies', async () => {
    signIn(jane, 'failed');
    const [plain] = (await get('/auditLogs/signIns')).body.value;
    expect(plain).toMatchObject({ conditionalAccessStatus: 'failure', appliedConditionalAccessPolicies: [] });
    t.tenant.state.botApp.roles.push('Policy.Read.All');
    const [full] = (await get('/auditLogs/signIns')).body.value;
    expect(full?.appliedConditionalAccessPolicies).toMatchObject([{ id: 'p', result: 'failure' }]);
  });
});

test('the audit log is filtered by times, joined and sorted, and comes in pages', async () => {
  for (const key of ['jane', 'mo', 'pat']) t.tenant.changes.addMember('admin', GROUPS.onboarding, idOfPerson(key));
  const path = '/auditLogs/directoryAudits';
  const now = new Date(t.clock.now() + 1_000).toISOString();
  const names = "(activityDisplayName eq 'Add member to group' or activityDisplayName eq 'x')";
  const found = await get(`${path}?$filter=activityDateTime le ${now} and ${names}&$orderby=activityDateTime desc`);
  expect(found.body.value).toHaveLength(3);
  const first = await get(`${path}?$top=2`);
  expect(first.body.value).toHaveLength(2);
  const second = await t.call('GET', String(first.body['@odata.nextLink']));
  expect(second.body.value).toHaveLength(1);
  expect((await get(`${path}?$filter=activityDateTime gt ${now}`)).body.value).toEqual([]);
});

describe('the app in Teams', () => {
  const apps = `/users/${jane}/teamwork/installedApps`;
  const install = (id = CATALOG_ID) =>
    t.call('POST', apps, {
      body: { 'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${id}` },
    });

  test('is found by what its manifest says, installed once, and has a chat', async () => {
    const catalog = await get(`/appCatalogs/teamsApps?$filter=externalId eq '${t.tenant.state.botApp.appId}'`);
    expect(catalog.body.value).toMatchObject([{ id: CATALOG_ID, distributionMethod: 'organization' }]);
    expect((await get(apps)).body.value).toEqual([]);
    expect((await install()).status).toBe(201);
    const again = await install();
    expect([again.status, again.body.error.code]).toEqual([409, 'Conflict']);
    const [there] = (await get(`${apps}?$expand=teamsApp&$filter=teamsApp/id eq '${CATALOG_ID}'`)).body.value;
    expect(there?.teamsApp).toMatchObject({ externalId: t.tenant.state.botApp.appId });
    expect((await get(`${apps}/${there?.id}/chat`)).body).toMatchObject({
      chatType: 'oneOnOne',
      id: expect.any(String),
    });
  });

  test('is not installed from another catalog, against a policy, or for somebody without Teams', async () => {
    expect((await install('other')).status).toBe(404);
    t.tenant.connectTeams({ installed: () => false, blocked: () => true, install: () => {}, chatId: () => '' });
    const blocked = await install();
    expect([blocked.status, blocked.body.error.code]).toEqual([403, 'Forbidden']);
    expect((await get(`/users/${idOfPerson('dana')}/teamwork/installedApps`)).status).toBe(404);
  });
});

test("a group's settings in Privileged Identity Management are read with their rules, by a filter only", async () => {
  const path = '/policies/roleManagementPolicyAssignments';
  expect((await get(path)).status).toBe(400);
  const filter = `$filter=scopeId eq '${GROUPS.onboarding}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`;
  const [one] = (await get(`${path}?${filter}&$expand=policy($expand=rules)`)).body.value;
  expect(one?.policy).toMatchObject({
    rules: [{ id: 'Expiration_Admin_Assignment' }, { id: 'Enablement_Admin_Assignment' }],
  });
});

test('a group is created whole or not at all, and found by a name that need not be the only one', async () => {
  const body = { displayName: 'Twins', mailEnabled: false, mailNickname: 'twins', securityEnabled: true };
  const { mailNickname: _left, ...short } = body;
  expect((await t.call('POST', '/groups', { body: short })).status).toBe(400);
  expect((await t.call('POST', '/groups', { body: { ...body, isAssignableToRole: true } })).status).toBe(403);
  for (const _ of [1, 2]) expect((await t.call('POST', '/groups', { body })).status).toBe(201);
  t.tenant.state.botApp.roles.push('GroupMember.Read.All');
  expect(ids(await get("/groups?$filter=displayName eq 'twins'"))).toHaveLength(2);
});

test('a federated domain says so, and with what', async () => {
  const path = `/domains/${t.tenant.state.domain}`;
  expect((await get(path)).body.authenticationType).toBe('Managed');
  expect((await get(`${path}/federationConfiguration`)).body.value).toEqual([]);
  t.behave({ domain: 'federated' });
  expect((await get(path)).body.authenticationType).toBe('Federated');
  expect((await get(`${path}/federationConfiguration`)).body.value).toMatchObject([
    { federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp' },
  ]);
  expect((await get('/domains/other.example')).status).toBe(404);
});
