import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch as undiciFetch } from 'undici';
import { createTenant } from '../../graph';
import { ACCEPTS, NEEDS } from '../../playground/tenant/graph/permissions';
import { CATALOG_ID } from '../../playground/tenant/graph/teams-apps';
import { GROUPS, POLICIES, STRENGTHS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { faultsOf } from './schema/check';
import { type Exchange, KNOWN_CALLS, wrongWith } from './schema/contract';
import { EVENTUAL, type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant('admins');
  t.tenant.state.botApp.roles = [...new Set([...Object.values(ACCEPTS).flat(), ...Object.values(NEEDS).flat()])];
});
afterEach(() => t.close());

const jane = idOfPerson('jane');
const pat = idOfPerson('pat');
const gid = GROUPS.onboarding;
const METHODS = (id: string) => `/users/${id}/authentication`;
const PIM = '/identityGovernance/privilegedAccess/group';
const CONFIGURATIONS = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';
const REGISTERING = { '@odata.type': '#microsoft.graph.userActionContext', userAction: 'registerSecurityInformation' };

/** Calls one after the other, each with a second of its own, and keeps what was on the wire. */
async function exchange(
  method: string,
  path: string,
  sent?: unknown,
): Promise<Exchange & { readonly body: Exchange['answered'] }> {
  t.clock.advance(10_001);
  const answer = await t.call(method, path, { headers: EVENTUAL, ...(sent === undefined ? {} : { body: sent }) });
  const answered = Object.keys(answer.body).length === 0 ? undefined : answer.body;
  const plain = path.split('?')[0] ?? path;
  return { method, path: plain, status: answer.status, sent, answered, body: answered };
}

/** A registered method of every kind, a sign-in, a pass and a membership through PIM, so that no list is empty. */
function furnish(): void {
  const kinds = ['windowsHelloForBusiness', 'platformCredential', 'phone', 'email', 'softwareOath'] as const;
  for (const kind of kinds)
    t.tenant.changes.addMethod('admin', { id: `a-${kind}`, userId: pat, kind, displayName: kind, createdAt: 0 });
  t.tenant.state.groupEligibilities.push({ id: 'e', groupId: GROUPS.roleAssignable, principalId: jane });
  t.tenant.changes.addMember('admin', GROUPS.helpdesk, jane);
  t.tenant.state.namedLocations.push({
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: 'office',
    displayName: 'Office',
    createdDateTime: '2026-01-12T08:00:00Z',
    modifiedDateTime: null,
    isTrusted: true,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' }],
  });
  t.journal.addSignIn({
    userId: jane,
    device: 'computer',
    resource: 'mail',
    with: 'password',
    result: 'failure',
    errorCode: 53003,
    message: 'no',
    policies: [{ id: POLICIES.CA999, displayName: 'x', result: 'failed' }],
  });
  t.behave({ domain: 'federated', passkeyPolicy: 'profiles' });
}

test("every call's two bodies are of Microsoft's types", async () => {
  furnish();
  const seen: Exchange[] = [];
  const ask = async (method: string, path: string, sent?: unknown): Promise<Record<string, unknown>> => {
    const done = await exchange(method, path, sent);
    seen.push(done);
    expect([method, path, done.status < 300]).toEqual([method, path, true]);
    return (done.body ?? {}) as Record<string, unknown>;
  };
  const get = (path: string) => ask('GET', path);

  for (const path of ['/users?$count=true', '/groups', `/users/${jane}`, `/users/${idOfPerson('gus')}`])
    await get(path);
  await get(
    '/users?$select=id,accountEnabled,createdDateTime,creationType,department,employeeId,externalUserState,identities,isManagementRestricted,mailNickname,onPremisesSyncEnabled,signInSessionsValidFromDateTime,usageLocation,userType',
  );
  for (const key of ['jane', 'otto']) await get(`/users/${idOfPerson(key)}/manager`);
  await get(`/users/${idOfPerson('sam')}/memberOf/${GROUPS.nightShift}`);
  await get(`/users/${idOfPerson('ruth')}/transitiveMemberOf/microsoft.graph.group?$count=true`);
  await get(`/users/${idOfPerson('gloria')}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`);
  await ask('POST', `/users/${jane}/checkMemberGroups`, { groupIds: [gid] });
  await ask('POST', `/users/${jane}/revokeSignInSessions`);
  await ask('POST', '/groups', { displayName: 'New', mailEnabled: false, mailNickname: 'new', securityEnabled: true });
  await get(`/groups/${gid}`);
  for (const what of ['members', 'transitiveMembers', 'memberOf', 'owners', 'appRoleAssignments'])
    await get(`/groups/${GROUPS.helpdesk}/${what}`);
  const ref = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${jane}` };
  await ask('POST', `/groups/${gid}/members/$ref`, ref);
  await ask('DELETE', `/groups/${gid}/members/${jane}/$ref`);
  const roles = '/roleManagement/directory';
  await get(`${roles}/roleAssignments?$expand=roleDefinition`);
  await get(`${roles}/roleEligibilityScheduleInstances`);
  await get(`${roles}/roleAssignmentScheduleInstances`);
  const { id } = await ask('POST', `${PIM}/assignmentScheduleRequests`, {
    accessId: 'member',
    principalId: jane,
    groupId: gid,
    action: 'adminAssign',
    justification: 'x',
    ticketInfo: { ticketNumber: '1', ticketSystem: 'Onboard' },
    scheduleInfo: { startDateTime: null, expiration: { type: 'afterDuration', duration: 'PT1H' } },
  });
  await get(`${PIM}/assignmentScheduleRequests/${id}`);
  await get(`${PIM}/assignmentScheduleInstances?$filter=groupId eq '${gid}'`);
  await get(`${PIM}/eligibilityScheduleInstances?$filter=principalId eq '${jane}'`);
  await get(
    `/policies/roleManagementPolicyAssignments?$filter=scopeId eq '${gid}' and scopeType eq 'Group'&$expand=policy($expand=rules)`,
  );
  const passes = `${METHODS(pat)}/temporaryAccessPassMethods`;
  const pass = await ask('POST', passes, { lifetimeInMinutes: 60, isUsableOnce: false });
  await get(passes);
  await get(`${passes}/${pass.id}`);
  await get(`${METHODS(pat)}/methods`);
  for (const kind of [
    'fido2',
    'microsoftAuthenticator',
    'windowsHelloForBusiness',
    'platformCredential',
    'phone',
    'email',
    'softwareOath',
  ])
    await get(`${METHODS(pat)}/${kind}Methods`);
  await ask('DELETE', `${passes}/${pass.id}`);
  await get('/policies/authenticationMethodsPolicy');
  for (const name of ['temporaryAccessPass', 'fido2', 'microsoftAuthenticator']) await get(`${CONFIGURATIONS}/${name}`);
  await ask('PATCH', `${CONFIGURATIONS}/temporaryAccessPass`, {
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
    defaultLifetimeInMinutes: 90,
  });
  const strengths = '/policies/authenticationStrengthPolicies';
  await get(strengths);
  const own = await ask('POST', strengths, { displayName: 'Own', allowedCombinations: ['password,sms', 'fido2'] });
  await get(`${strengths}/${own.id}`);
  await get(`${strengths}/${STRENGTHS.phishingResistant}/usage`);
  await ask('POST', `${strengths}/${own.id}/updateAllowedCombinations`, { allowedCombinations: ['fido2'] });
  await ask('PATCH', `${strengths}/${own.id}`, { displayName: 'Mine' });
  await ask('DELETE', `${strengths}/${own.id}`);
  await get('/identity/conditionalAccess/authenticationStrength');
  const policies = '/identity/conditionalAccess/policies';
  await get(policies);
  const policy = await ask('POST', policies, {
    displayName: 'New',
    state: 'enabledForReportingButNotEnforced',
    conditions: { applications: { includeApplications: ['All'] }, users: { includeUsers: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  });
  await get(`${policies}/${policy.id}`);
  await ask('PATCH', `${policies}/${policy.id}`, { state: 'disabled' });
  await ask('DELETE', `${policies}/${policy.id}`);
  await get('/identity/conditionalAccess/namedLocations');
  await ask('POST', '/identity/conditionalAccess/evaluate', {
    signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: jane },
    signInContext: REGISTERING,
    signInConditions: { devicePlatform: 'iOS', clientAppType: 'browser', deviceInfo: { isCompliant: false } },
    appliedPoliciesOnly: false,
  });
  for (const path of ['/auditLogs/directoryAudits', '/auditLogs/signIns']) await get(path);
  const registered = '/reports/authenticationMethods/userRegistrationDetails';
  await get(registered);
  await get(`${registered}/${jane}`);
  await get('/appCatalogs/teamsApps');
  const apps = `/users/${jane}/teamwork/installedApps`;
  await ask('POST', apps, {
    'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${CATALOG_ID}`,
  });
  const installed = await get(`${apps}?$expand=teamsApp&$filter=teamsApp/id eq '${CATALOG_ID}'`);
  await get(`${apps}/${(installed.value as { id: string }[])[0]?.id}/chat`);
  await get('/policies/identitySecurityDefaultsEnforcementPolicy');
  await get('/subscribedSkus');
  await get('/domains');
  await get(`/domains/${t.tenant.state.domain}`);
  await get(`/domains/${t.tenant.state.domain}/federationConfiguration`);
  const graph = await get("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
  const bot = await get(`/servicePrincipals(appId='${t.tenant.state.botApp.appId}')`);
  await get(`/servicePrincipals/${bot.id}/appRoleAssignments`);
  const [taken] = t.tenant.state.botApp.roles.splice(0, 1);
  const role = (graph.appRoles as { id: string; value: string }[]).find(({ value }) => value === taken);
  if (role) {
    t.tenant.state.botApp.roles.push('AppRoleAssignment.ReadWrite.All');
    const assignment = { principalId: bot.id, resourceId: graph.id, appRoleId: role.id };
    await ask('POST', `/servicePrincipals/${bot.id}/appRoleAssignments`, assignment);
  }

  expect(seen.flatMap(wrongWith)).toEqual([]);
  const names = seen.map(({ method, path }) => `${method} ${path}`);
  const untried = KNOWN_CALLS.filter((pattern) => !names.some((name) => pattern.test(name)));
  expect(untried.map(String)).toEqual([]);
});

test("the product's own calls and their answers are of Microsoft's types", async () => {
  furnish();
  const seen: Exchange[] = [];
  const recording = async (url: string, init: { method?: string; body?: unknown }) => {
    const response = await undiciFetch(url, { ...init, dispatcher: t.dispatcher } as never);
    const text = await response.clone().text();
    const parse = (body: unknown) =>
      typeof body === 'string' && body !== '' ? (JSON.parse(body) as unknown) : undefined;
    const path = decodeURIComponent(new URL(url).pathname.replace('/v1.0', ''));
    const { method = 'GET' } = init;
    const one = { method, path, status: response.status, sent: parse(init.body), answered: parse(text) };
    if (path === '/$batch') seen.push(...partsOf(one));
    else seen.push(one);
    return response;
  };
  const settings = {
    tenantId: t.tenant.state.tenantId,
    clientId: t.tenant.state.botApp.appId,
    credential: { kind: 'secret', secret: 'x' } as const,
    graphBaseUrl: t.origin,
    onboardingGroupId: gid,
  };
  const quiet = { debug: () => undefined, warn: () => undefined };
  const product = createTenant(settings, quiet, {
    fetch: recording as unknown as typeof fetch,
    credential: { tokenFor: async () => t.tenant.tokens.issue('https://graph.microsoft.com') },
  });
  await product.findPeople('jane');
  for (const who of [jane, pat, idOfPerson('gloria')]) {
    await product.person(who);
    await product.manager(who);
    await product.privilege(who);
    await product.methods(who);
  }
  await product.groupShape();
  await product.addMember(jane, t.clock.now() + 3_600_000);
  await product.members();
  await product.isMember(jane);
  await product.passPolicy();
  await product.passkeys([jane, pat]);
  await product.authenticators([jane, pat]);
  await product.passes(jane);
  await product.removeMember(jane);
  await product.revokeSessions(jane);
  await product.sessionsValidFrom(jane);
  expect(seen.flatMap(wrongWith)).toEqual([]);
  expect(new Set(seen.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'DELETE']));
  expect(t.journal.graph.filter(({ unknown }) => unknown)).toEqual([]);
});

/** The parts of a batch, each as if it had gone alone. */
function partsOf({ sent, answered }: Exchange): Exchange[] {
  const { requests } = sent as { requests: { id: string; method: string; url: string; body?: unknown }[] };
  const { responses } = answered as { responses: { id: string; status: number; body?: unknown }[] };
  return requests.map(({ id, method, url, body }) => {
    const response = responses.find((one) => one.id === id);
    const path = decodeURIComponent(new URL(url, 'https://part.invalid').pathname);
    return { method, path, status: response?.status ?? 0, sent: body, answered: response?.body };
  });
}

describe('the check itself', () => {
  test.each([
    ['a name that does not exist', { id: 'x', nickname: 'y' }, 'user', 'nickname does not exist'],
    ['a number for a text', { displayName: 5 }, 'user', 'is no String'],
    ['a text for a time', { createdDateTime: 'yesterday' }, 'user', 'is no DateTimeOffset'],
    ['a member that does not exist', { state: 'on' }, 'conditionalAccessPolicy', 'is no conditionalAccessPolicyState'],
    ['null where there is no null', { state: null }, 'conditionalAccessPolicy', 'is not nullable'],
    ['one for a list', { groupTypes: 'x' }, 'group', 'is no list'],
    ['another type', { '@odata.type': '#microsoft.graph.group' }, 'user', 'group is no user'],
    ['a flag that does not exist', { passkeyTypes: 'deviceBound,magic' }, 'passkeyProfile', 'is no passkeyTypes'],
  ])('finds %s', (_what, value, type, fault) => {
    expect(faultsOf(value, type).join()).toContain(fault);
  });

  test('has its types from Microsoft, and says so', () => {
    const text = readFileSync(join(__dirname, 'schema/graph-v1.0.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ source: expect.stringContaining('microsoftgraph/msgraph-metadata') });
  });
});
