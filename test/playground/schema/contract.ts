import { faultsOf } from './check';

/** One call and its answer as they were on the wire. */
export interface Exchange {
  readonly method: string;
  /** Below the version, without the query. */
  readonly path: string;
  readonly status: number;
  readonly sent: unknown;
  readonly answered: unknown;
  /** `$select` narrows what comes, and leaves the types alone. */
  readonly selected?: boolean;
}

type Types = readonly [call: RegExp, sent: string | null, answered: string | null];

const ID = '[^/]+';
const call = (method: string, path: string): RegExp => new RegExp(`^${method} ${path.replaceAll('ID', ID)}$`, 'i');
const METHODS = '/users/ID/authentication';
const PIM = '/identityGovernance/privilegedAccess/group';
const list = (type: string): string => `Collection(${type})`;

/** Which type goes over the wire with which call; null is no body. A list is answered as `value`. */
const CALLS: readonly Types[] = [
  [call('GET', '/users'), null, list('user')],
  [call('GET', '/users/ID'), null, 'user'],
  [call('GET', '/users/ID/manager'), null, 'directoryObject'],
  [call('GET', '/users/ID/memberOf/ID'), null, 'directoryObject'],
  [call('GET', '/users/ID/transitiveMemberOf/microsoft.graph.group'), null, list('group')],
  [call('GET', '/users/ID/transitiveMemberOf/microsoft.graph.directoryRole'), null, list('directoryRole')],
  [call('POST', '/users/ID/checkMemberGroups'), '{groupIds: Collection(String)}', list('String')],
  [call('POST', '/users/ID/revokeSignInSessions'), null, '{value: Boolean}'],
  [call('GET', '/groups'), null, list('group')],
  [call('POST', '/groups'), 'group', 'group'],
  [call('GET', '/groups/ID'), null, 'group'],
  [call('GET', '/groups/ID/(members|transitiveMembers|memberOf|owners)'), null, list('directoryObject')],
  [call('GET', '/groups/ID/appRoleAssignments'), null, list('appRoleAssignment')],
  [call('POST', '/groups/ID/members/\\$ref'), '{}', null],
  [call('DELETE', '/groups/ID/members/ID/\\$ref'), null, null],
  [call('GET', '/roleManagement/directory/roleAssignments'), null, list('unifiedRoleAssignment')],
  [
    call('GET', '/roleManagement/directory/roleEligibilityScheduleInstances'),
    null,
    list('unifiedRoleEligibilityScheduleInstance'),
  ],
  [
    call('GET', '/roleManagement/directory/roleAssignmentScheduleInstances'),
    null,
    list('unifiedRoleAssignmentScheduleInstance'),
  ],
  [call('GET', `${PIM}/eligibilityScheduleInstances`), null, list('privilegedAccessGroupEligibilityScheduleInstance')],
  [call('GET', `${PIM}/assignmentScheduleInstances`), null, list('privilegedAccessGroupAssignmentScheduleInstance')],
  [
    call('POST', `${PIM}/assignmentScheduleRequests`),
    'privilegedAccessGroupAssignmentScheduleRequest',
    'privilegedAccessGroupAssignmentScheduleRequest',
  ],
  [call('GET', `${PIM}/assignmentScheduleRequests/ID`), null, 'privilegedAccessGroupAssignmentScheduleRequest'],
  [call('GET', '/policies/roleManagementPolicyAssignments'), null, list('unifiedRoleManagementPolicyAssignment')],
  [call('GET', `${METHODS}/temporaryAccessPassMethods`), null, list('temporaryAccessPassAuthenticationMethod')],
  [
    call('POST', `${METHODS}/temporaryAccessPassMethods`),
    'temporaryAccessPassAuthenticationMethod',
    'temporaryAccessPassAuthenticationMethod',
  ],
  [call('GET', `${METHODS}/temporaryAccessPassMethods/ID`), null, 'temporaryAccessPassAuthenticationMethod'],
  ...[
    'fido2',
    'microsoftAuthenticator',
    'windowsHelloForBusiness',
    'platformCredential',
    'phone',
    'email',
    'softwareOath',
  ].map((kind): Types => [call('GET', `${METHODS}/${kind}Methods`), null, list(`${kind}AuthenticationMethod`)]),
  [call('GET', `${METHODS}/methods`), null, list('authenticationMethod')],
  [call('DELETE', `${METHODS}/\\w+Methods/ID`), null, null],
  [call('GET', '/policies/authenticationMethodsPolicy'), null, 'authenticationMethodsPolicy'],
  [
    call('GET', '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/ID'),
    null,
    'authenticationMethodConfiguration',
  ],
  [
    call('PATCH', '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/ID'),
    'authenticationMethodConfiguration',
    null,
  ],
  [call('GET', '/policies/authenticationStrengthPolicies'), null, list('authenticationStrengthPolicy')],
  [
    call('POST', '/policies/authenticationStrengthPolicies'),
    'authenticationStrengthPolicy',
    'authenticationStrengthPolicy',
  ],
  [call('GET', '/policies/authenticationStrengthPolicies/ID'), null, 'authenticationStrengthPolicy'],
  [call('PATCH', '/policies/authenticationStrengthPolicies/ID'), 'authenticationStrengthPolicy', null],
  [call('DELETE', '/policies/authenticationStrengthPolicies/ID'), null, null],
  [call('GET', '/policies/authenticationStrengthPolicies/ID/usage'), null, 'authenticationStrengthUsage'],
  [
    call('POST', '/policies/authenticationStrengthPolicies/ID/updateAllowedCombinations'),
    '{allowedCombinations: Collection(authenticationMethodModes)}',
    'updateAllowedCombinationsResult',
  ],
  [call('GET', '/identity/conditionalAccess/authenticationStrength'), null, 'authenticationStrengthRoot'],
  [call('GET', '/identity/conditionalAccess/policies'), null, list('conditionalAccessPolicy')],
  [call('POST', '/identity/conditionalAccess/policies'), 'conditionalAccessPolicy', 'conditionalAccessPolicy'],
  [call('GET', '/identity/conditionalAccess/policies/ID'), null, 'conditionalAccessPolicy'],
  [call('PATCH', '/identity/conditionalAccess/policies/ID'), 'conditionalAccessPolicy', null],
  [call('DELETE', '/identity/conditionalAccess/policies/ID'), null, null],
  [call('GET', '/identity/conditionalAccess/namedLocations'), null, list('namedLocation')],
  [
    call('POST', '/identity/conditionalAccess/evaluate'),
    '{signInIdentity: signInIdentity, signInContext: signInContext, signInConditions: signInConditions?, appliedPoliciesOnly: Boolean?}',
    list('whatIfAnalysisResult'),
  ],
  [call('GET', '/auditLogs/directoryAudits'), null, list('directoryAudit')],
  [call('GET', '/auditLogs/signIns'), null, list('signIn')],
  [call('GET', '/reports/authenticationMethods/userRegistrationDetails'), null, list('userRegistrationDetails')],
  [call('GET', '/reports/authenticationMethods/userRegistrationDetails/ID'), null, 'userRegistrationDetails'],
  [call('GET', '/appCatalogs/teamsApps'), null, list('teamsApp')],
  [call('GET', '/users/ID/teamwork/installedApps'), null, list('userScopeTeamsAppInstallation')],
  [call('POST', '/users/ID/teamwork/installedApps'), 'userScopeTeamsAppInstallation', null],
  [call('GET', '/users/ID/teamwork/installedApps/ID/chat'), null, 'chat'],
  [
    call('GET', '/policies/identitySecurityDefaultsEnforcementPolicy'),
    null,
    'identitySecurityDefaultsEnforcementPolicy',
  ],
  [call('GET', '/subscribedSkus'), null, list('subscribedSku')],
  [call('GET', '/domains'), null, list('domain')],
  [call('GET', '/domains/ID'), null, 'domain'],
  [call('GET', '/domains/ID/federationConfiguration'), null, list('internalDomainFederation')],
  [call('GET', "/servicePrincipals\\(appId='ID'\\)"), null, 'servicePrincipal'],
  [call('GET', '/servicePrincipals/ID/appRoleAssignments'), null, list('appRoleAssignment')],
  [call('POST', '/servicePrincipals/ID/appRoleAssignments'), 'appRoleAssignment', 'appRoleAssignment'],
];

/**
 * What is wrong with both bodies of one exchange, by Microsoft's types. A sent object may leave out what it likes; an
 * error has an envelope of its own and is not looked at. A call that is not in the table is a fault.
 */
export function wrongWith({ method, path, status, sent, answered }: Exchange): string[] {
  const name = `${method} ${path}`;
  const types = CALLS.find(([pattern]) => pattern.test(name));
  if (!types) return [`${name} has no types here`];
  const [, request, response] = types;
  const asked = request === null ? (sent === undefined ? [] : [`${name} takes no body`]) : sentFaults(sent, request);
  if (status >= 400) return asked;
  return [...asked, ...answerFaults(answered, response)].map((fault) => `${name}: ${fault}`);
}

function sentFaults(sent: unknown, type: string): string[] {
  const parameters = /^\{(.*)\}$/.exec(type)?.[1];
  if (parameters === undefined) return faultsOf(sent, type, 'sent');
  const known = new Map(parameters.split(', ').map((one) => one.split(': ') as [string, string]));
  return Object.entries((sent ?? {}) as object).flatMap(([name, value]) => {
    if (name.startsWith('@')) return [];
    const of = known.get(name);
    return of === undefined ? [`sent.${name} is no parameter`] : faultsOf(value, of, `sent.${name}`);
  });
}

function answerFaults(answered: unknown, type: string | null): string[] {
  if (type === null) return answered === undefined ? [] : ['answered a body where there is none'];
  const body = (answered ?? {}) as Record<string, unknown>;
  if (type.startsWith('Collection(') || type === '{value: Boolean}') {
    const other = Object.keys(body).filter((name) => name !== 'value' && !name.startsWith('@odata.'));
    const of = type.startsWith('{') ? 'Boolean' : type;
    return [...other.map((name) => `answered.${name} is beside the list`), ...faultsOf(body.value, of, 'answered')];
  }
  return faultsOf(answered, type, 'answered');
}

/** Every call of the table, for a test that all of them are tried. */
export const KNOWN_CALLS = CALLS.map(([pattern]) => pattern);
