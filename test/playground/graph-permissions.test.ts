import { createHash } from 'node:crypto';
import { ACCEPTS, NEEDS } from '../../playground/tenant/graph/permissions';
import { CATALOG_ID } from '../../playground/tenant/graph/teams-apps';
import { GROUPS, POLICIES, STRENGTHS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { EVENTUAL, type Harness, startTenant } from './tenant-harness';

/**
 * The least application permission of each call, as the page of the call gives it. Written down apart from the table of
 * the playground: one of them alone must open the call, and everything but the accepted ones must not.
 */
const jane = idOfPerson('jane');
const pat = idOfPerson('pat');
const gid = GROUPS.onboarding;
const ref = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${jane}` };
const METHODS = '/policies/authenticationMethodsPolicy';

/** Service principals of the product and of Graph, and one of Graph's roles. */
const BOT_SP = '88888888-0000-4000-8000-000000000002';
const GRAPH_SP = '88888888-0000-4000-8000-000000000003';
const USER_READ = createHash('sha256')
  .update('User.Read.All')
  .digest('hex')
  .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

const OTHER_METHODS = [
  ['microsoftAuthenticatorMethods', 'MicrosoftAuthApp', 'writeAuthenticator', 'microsoftAuthenticator'],
  ['windowsHelloForBusinessMethods', 'WindowsHello', 'writeWindowsHello', 'windowsHelloForBusiness'],
  ['platformCredentialMethods', 'PlatformCred', 'writePlatformCredential', 'platformCredential'],
  ['phoneMethods', 'Phone', 'writePhone', 'phone'],
  ['emailMethods', 'Email', 'writeEmail', 'email'],
  ['softwareOathMethods', 'SoftwareOATH', 'writeSoftwareOath', 'softwareOath'],
] as const;

type Refusal =
  | 'Authorization_RequestDenied'
  | 'accessDenied'
  | 'AccessDenied'
  | 'PermissionScopeNotGranted'
  | 'Forbidden';
type Row = [call: string, least: string, row: keyof typeof ACCEPTS, refusal: Refusal, body?: unknown];

const ROWS: Row[] = [
  ['GET /users?$top=1', 'User.Read.All', 'users', 'Authorization_RequestDenied'],
  [`GET /users/${jane}`, 'User.Read.All', 'users', 'Authorization_RequestDenied'],
  [`GET /users/${jane}/manager`, 'User.Read.All', 'manager', 'Authorization_RequestDenied'],
  [
    `POST /users/${jane}/checkMemberGroups`,
    'GroupMember.Read.All',
    'checkMemberGroups',
    'Authorization_RequestDenied',
    { groupIds: [gid] },
  ],
  [
    `GET /users/${idOfPerson('sam')}/memberOf/${GROUPS.nightShift}`,
    'User.Read.All',
    'memberOfOne',
    'Authorization_RequestDenied',
  ],
  [
    `GET /users/${jane}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`,
    'User.Read.All',
    'transitiveMemberOf',
    'Authorization_RequestDenied',
  ],
  [
    `GET /users/${jane}/transitiveMemberOf/microsoft.graph.group?$count=true`,
    'User.Read.All',
    'transitiveMemberOf',
    'Authorization_RequestDenied',
  ],
  [`GET /groups/${gid}`, 'GroupMember.Read.All', 'group', 'Authorization_RequestDenied'],
  [`GET /groups/${gid}/members`, 'GroupMember.ReadBasic.All', 'members', 'Authorization_RequestDenied'],
  [`GET /groups/${gid}/transitiveMembers`, 'GroupMember.ReadBasic.All', 'members', 'Authorization_RequestDenied'],
  [`GET /groups/${gid}/memberOf`, 'GroupMember.Read.All', 'groupParents', 'Authorization_RequestDenied'],
  [
    'GET /auditLogs/directoryAudits?$filter=activityDateTime ge 2026-01-01T00:00:00Z',
    'AuditLog.Read.All',
    'audits',
    'Authorization_RequestDenied',
  ],
  [
    `DELETE /users/${jane}/authentication/fido2Methods/planted-key`,
    'UserAuthMethod-Passkey.ReadWrite.All',
    'writePasskeys',
    'accessDenied',
  ],
  [`POST /groups/${gid}/members/$ref`, 'GroupMember.ReadWrite.All', 'writeMembers', 'Authorization_RequestDenied', ref],
  [
    `DELETE /groups/${GROUPS.helpdesk}/members/${idOfPerson('priya')}/$ref`,
    'GroupMember.ReadWrite.All',
    'writeMembers',
    'Authorization_RequestDenied',
  ],
  [
    'GET /roleManagement/directory/roleAssignments',
    'RoleManagement.Read.Directory',
    'roleAssignments',
    'Authorization_RequestDenied',
  ],
  [
    'GET /roleManagement/directory/roleEligibilityScheduleInstances',
    'RoleEligibilitySchedule.Read.Directory',
    'roleEligibility',
    'PermissionScopeNotGranted',
  ],
  [
    'GET /roleManagement/directory/roleAssignmentScheduleInstances',
    'RoleAssignmentSchedule.Read.Directory',
    'roleActivation',
    'PermissionScopeNotGranted',
  ],
  [
    `GET /identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=principalId eq '${jane}'`,
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'groupEligibility',
    'PermissionScopeNotGranted',
  ],
  [
    'POST /identityGovernance/privilegedAccess/group/assignmentScheduleRequests',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
    'writeGroupAssignments',
    'PermissionScopeNotGranted',
    {
      accessId: 'member',
      principalId: jane,
      groupId: gid,
      action: 'adminAssign',
      justification: 'x',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    },
  ],
  [
    `GET /identityGovernance/privilegedAccess/group/assignmentScheduleInstances?$filter=groupId eq '${gid}'`,
    'PrivilegedAssignmentSchedule.Read.AzureADGroup',
    'readGroupAssignments',
    'PermissionScopeNotGranted',
  ],
  [
    `GET /users/${jane}/authentication/temporaryAccessPassMethods`,
    'UserAuthMethod-TAP.Read.All',
    'readPasses',
    'accessDenied',
  ],
  [
    `POST /users/${jane}/authentication/temporaryAccessPassMethods`,
    'UserAuthMethod-TAP.ReadWrite.All',
    'writePasses',
    'accessDenied',
    {},
  ],
  [
    `DELETE /users/${pat}/authentication/temporaryAccessPassMethods/planted`,
    'UserAuthMethod-TAP.ReadWrite.All',
    'writePasses',
    'accessDenied',
  ],
  [`GET /users/${pat}/authentication/fido2Methods`, 'UserAuthMethod-Passkey.Read.All', 'passkeys', 'accessDenied'],
  [
    `GET /users/${pat}/authentication/microsoftAuthenticatorMethods`,
    'UserAuthMethod-MicrosoftAuthApp.Read.All',
    'authenticator',
    'accessDenied',
  ],
  [
    `GET /users/${pat}/authentication/windowsHelloForBusinessMethods`,
    'UserAuthMethod-WindowsHello.Read.All',
    'windowsHello',
    'accessDenied',
  ],
  [
    `GET /users/${pat}/authentication/platformCredentialMethods`,
    'UserAuthMethod-PlatformCred.Read.All',
    'platformCredential',
    'accessDenied',
  ],
  [`GET /users/${pat}/authentication/phoneMethods`, 'UserAuthMethod-Phone.Read.All', 'phone', 'accessDenied'],
  [`GET /users/${pat}/authentication/emailMethods`, 'UserAuthMethod-Email.Read.All', 'email', 'accessDenied'],
  [
    `GET /users/${pat}/authentication/softwareOathMethods`,
    'UserAuthMethod-SoftwareOATH.Read.All',
    'softwareOath',
    'accessDenied',
  ],
  [`GET /users/${pat}/authentication/methods`, 'UserAuthenticationMethod.Read.All', 'allMethods', 'accessDenied'],
  [`POST /users/${jane}/revokeSignInSessions`, 'User.RevokeSessions.All', 'revoke', 'Authorization_RequestDenied'],
  [`GET ${METHODS}`, 'Policy.Read.AuthenticationMethod', 'methodsPolicy', 'accessDenied'],
  [
    `GET ${METHODS}/authenticationMethodConfigurations/temporaryAccessPass`,
    'Policy.Read.AuthenticationMethod',
    'methodConfiguration',
    'accessDenied',
  ],
  [
    `GET ${METHODS}/authenticationMethodConfigurations/fido2`,
    'Policy.Read.AuthenticationMethod',
    'methodConfiguration',
    'accessDenied',
  ],
  ['GET /policies/authenticationStrengthPolicies', 'Policy.Read.AuthenticationMethod', 'strengths', 'AccessDenied'],
  [
    `GET /policies/authenticationStrengthPolicies/${STRENGTHS.onboarding}`,
    'Policy.Read.AuthenticationMethod',
    'strengths',
    'AccessDenied',
  ],
  ['GET /identity/conditionalAccess/policies', 'Policy.Read.All', 'conditionalAccess', 'AccessDenied'],
  [
    `GET /identity/conditionalAccess/policies/${POLICIES.CA888}`,
    'Policy.Read.All',
    'conditionalAccess',
    'AccessDenied',
  ],
  [
    `PATCH ${METHODS}/authenticationMethodConfigurations/temporaryAccessPass`,
    'Policy.ReadWrite.AuthenticationMethod',
    'writeMethodConfiguration',
    'accessDenied',
    { '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration', state: 'disabled' },
  ],
  [
    'POST /policies/authenticationStrengthPolicies',
    'Policy.ReadWrite.ConditionalAccess',
    'writeStrengths',
    'AccessDenied',
    { displayName: 'Mine', allowedCombinations: ['fido2'] },
  ],
  [
    `PATCH /identity/conditionalAccess/policies/${POLICIES.CA888}`,
    'Policy.ReadWrite.ConditionalAccess',
    'writeConditionalAccess',
    'AccessDenied',
    { state: 'disabled' },
  ],
  ['GET /auditLogs/signIns', 'AuditLog.Read.All', 'reports', 'Authorization_RequestDenied'],
  [
    `GET /reports/authenticationMethods/userRegistrationDetails/${jane}`,
    'AuditLog.Read.All',
    'reports',
    'Authorization_RequestDenied',
  ],
  ['GET /appCatalogs/teamsApps', 'AppCatalog.Read.All', 'catalog', 'Forbidden'],
  [
    `GET /users/${jane}/teamwork/installedApps`,
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
    'teamsApps',
    'Forbidden',
  ],
  [
    `POST /users/${jane}/teamwork/installedApps`,
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
    'teamsApps',
    'Forbidden',
    { 'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${CATALOG_ID}` },
  ],
  ['GET /policies/identitySecurityDefaultsEnforcementPolicy', 'Policy.Read.All', 'securityDefaults', 'AccessDenied'],
  ['GET /subscribedSkus', 'LicenseAssignment.Read.All', 'licences', 'Authorization_RequestDenied'],
  ['GET /domains', 'Domain.Read.All', 'domains', 'Authorization_RequestDenied'],
  [
    "GET /servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
    'Application.Read.All',
    'applications',
    'Authorization_RequestDenied',
  ],
  [
    `GET /policies/roleManagementPolicyAssignments?$filter=scopeId eq '${gid}' and scopeType eq 'Group'`,
    'RoleManagementPolicy.Read.AzureADGroup',
    'groupPimPolicies',
    'PermissionScopeNotGranted',
  ],
  ['GET /groups', 'GroupMember.Read.All', 'groups', 'Authorization_RequestDenied'],
  [
    'POST /groups',
    'Group.Create',
    'createGroup',
    'Authorization_RequestDenied',
    { displayName: 'New', mailEnabled: false, mailNickname: 'new', securityEnabled: true },
  ],
  [`GET /groups/${gid}/owners`, 'GroupMember.Read.All', 'groupOwners', 'Authorization_RequestDenied'],
  [`GET /groups/${gid}/appRoleAssignments`, 'Directory.Read.All', 'groupAppRoles', 'Authorization_RequestDenied'],
  ...OTHER_METHODS.map(
    ([segment, name, row]): Row => [
      `DELETE /users/${jane}/authentication/${segment}/planted-${segment}`,
      `UserAuthMethod-${name}.ReadWrite.All`,
      row,
      'accessDenied',
    ],
  ),
  [
    `POST /servicePrincipals/${BOT_SP}/appRoleAssignments`,
    'AppRoleAssignment.ReadWrite.All',
    'writeAppRoles',
    'Authorization_RequestDenied',
    { principalId: BOT_SP, resourceId: GRAPH_SP, appRoleId: USER_READ },
  ],
  [
    'POST /identity/conditionalAccess/evaluate',
    'Policy.Read.ConditionalAccess',
    'evaluate',
    'AccessDenied',
    {
      signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: jane },
      signInContext: {
        '@odata.type': '#microsoft.graph.userActionContext',
        userAction: 'registerSecurityInformation',
      },
    },
  ],
];

const EVERY_PERMISSION = [...new Set(Object.values(ACCEPTS).flat() as string[])];

let t: Harness;
beforeEach(async () => {
  t = await startTenant();
  for (const [segment, , , kind] of OTHER_METHODS)
    t.tenant.state.methods.push({ id: `planted-${segment}`, userId: jane, kind, displayName: '', createdAt: 0 });
  t.tenant.state.methods.push({ id: 'planted-key', userId: jane, kind: 'fido2', displayName: '', createdAt: 0 });
  t.tenant.state.passes.set(pat, {
    id: 'planted',
    userId: pat,
    code: 'none',
    createdAt: 0,
    startsAt: 0,
    lifetimeMinutes: 60,
    usableOnce: false,
    uses: 0,
  });
});
afterEach(() => t.close());

async function callWith(permissions: string[], row: Row) {
  t.tenant.state.botApp.roles = permissions;
  const [, method = '', path = ''] = /^(\w+) (.+)$/.exec(row[0]) ?? [];
  return t.call(method, path, { headers: EVENTUAL, ...(row[4] ? { body: row[4] } : {}) });
}

test.each(ROWS)('%s: %s is enough; without an accepted one it is refused and changes nothing', async (...row) => {
  const accepted: readonly string[] = ACCEPTS[row[2]];
  expect(accepted).toContain(row[1]);

  const before = JSON.stringify(t.tenant.records());
  const refused = await callWith(
    EVERY_PERMISSION.filter((permission) => !accepted.includes(permission)),
    row,
  );
  expect([refused.status, refused.body.error?.code]).toEqual([403, row[3]]);
  expect(JSON.stringify(t.tenant.records())).toBe(before);
  // The pass that was planted has long run out, which is noticed and no change of the product's.
  expect(t.journal.tenant.filter(({ kind }) => kind !== 'pass-expired')).toEqual([]);
  expect(t.journal.graph.at(-1)).toMatchObject({ status: 403, write: false });

  const besides: readonly string[] = (NEEDS as Partial<Record<string, readonly string[]>>)[row[2]] ?? [];
  for (const left of besides) {
    const without = [row[1], ...besides].filter((permission) => permission !== left);
    expect([left, (await callWith(without, row)).status]).toEqual([left, 403]);
  }

  const allowed = await callWith([row[1], ...besides], row);
  expect([row[0], allowed.status, allowed.body.error]).toEqual([row[0], expect.any(Number), undefined]);
  expect(allowed.status).toBeLessThan(300);
});

test('every line of the table is tried', () => {
  expect(new Set(ROWS.map((row) => row[2]))).toEqual(new Set(Object.keys(ACCEPTS)));
});

test('the product is granted what is written down for it and nothing that could delete a person', async () => {
  const everyone = t.tenant.state.botApp.roles;
  expect([...everyone].sort()).toEqual([
    'GroupMember.ReadWrite.All',
    'Policy.Read.AuthenticationMethod',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'RoleManagement.Read.Directory',
    'User.Read.All',
    'User.RevokeSessions.All',
    'UserAuthMethod-MicrosoftAuthApp.Read.All',
    'UserAuthMethod-Passkey.Read.All',
    'UserAuthMethod-Passkey.ReadWrite.All',
    'UserAuthMethod-TAP.ReadWrite.All',
  ]);
});

test('roles that are taken away are missing from the next token, not from the one that is held', async () => {
  const held = t.tenant.tokens.issue('https://graph.microsoft.com');
  t.behave({ withoutRoles: ['User.Read.All'] });
  expect((await t.call('GET', `/users/${jane}`, { token: held })).status).toBe(200);
  expect((await t.call('GET', `/users/${jane}`)).status).toBe(403);
});
