import { KIND_BEHAVIOUR } from '../kind-behaviour';

export { KIND_BEHAVIOUR } from '../kind-behaviour';

import { furnish } from './export/furnish';
import type { LoadedTenant } from './export/load';
import { BOT_APP_ID, GROUPS, POLICIES, ROLE_NAMES, ROLES, roleAssignmentId, TENANT_ID } from './ids';
import { createPeople, GROUP_MEMBERS, idOfPerson, SCENARIO_START } from './people';
import { seedPasskey } from './seed-passkey';
import { createAuthenticationMethodsPolicy, createPolicies, createStrengths } from './seed-policies';
import type { AuthenticationMethod, Group, RoleAssignment, TenantState } from './state';

export type Scenario = TenantState['scenario'];

export const DOMAIN = 'northwind.example';

/** The application permissions that the installation guide asks an administrator to grant, and no more. */
const PRODUCT_ROLES = [
  'User.Read.All',
  'GroupMember.ReadWrite.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthMethod-Passkey.Read.All',
  // Deleting the old passkey of somebody who recovers, which this installation has switched on.
  'UserAuthMethod-Passkey.ReadWrite.All',
  'UserAuthMethod-MicrosoftAuthApp.Read.All',
  'RoleManagement.Read.Directory',
  'Policy.Read.AuthenticationMethod',
  'User.RevokeSessions.All',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
];
/** Proving the guard policy means reading Conditional Access. */
const PRODUCT_ROLES_FOR_ADMINS = ['Policy.Read.All'];

/**
 * "Northwind Bank", an Entra tenant in memory. In `everyone` the phishing-resistant policy covers all people; in
 * `admins` it covers privileged roles, Ada holds one, and the guard policy exists. Every call makes a tenant of its own.
 */
export function createState(scenario: Scenario, crowd = 0, loaded?: LoadedTenant): TenantState {
  const state = scenarioState(scenario, crowd);
  return loaded ? furnish(state, loaded) : state;
}

function scenarioState(scenario: Scenario, crowd: number): TenantState {
  const people = createPeople(DOMAIN, crowd);
  const methods: AuthenticationMethod[] = people.flatMap(({ user, has }) => [
    // Every account has this entry with this id, whether or not its password is known to anybody.
    {
      id: '28c10230-6103-485e-b985-444c60001490',
      userId: user.id,
      kind: 'password' as const,
      displayName: '',
      createdAt: SCENARIO_START,
    },
    ...(has ? seedPasskey(user, has) : []),
  ]);
  return {
    tenantId: TENANT_ID,
    domain: DOMAIN,
    scenario,
    botApp: {
      appId: BOT_APP_ID,
      secret: 'playground~secret~that~protects~nothing',
      roles: [...PRODUCT_ROLES, ...(scenario === 'admins' ? PRODUCT_ROLES_FOR_ADMINS : [])],
    },
    users: new Map(people.map(({ user }) => [user.id, user])),
    groups: new Map(createGroups().map((group) => [group.id, group])),
    deletedGroups: new Map(),
    onboardingGroupId: GROUPS.onboarding,
    guardPolicyId: scenario === 'admins' ? POLICIES.CA889 : null,
    roleDefinitions: new Map(
      Object.entries(ROLE_NAMES).map(([role, name]) => [ROLES[role as keyof typeof ROLES], name]),
    ),
    roleAssignments: createRoleAssignments(scenario),
    groupEligibilities: [],
    groupAssignments: [],
    passes: new Map(),
    methods,
    strengths: createStrengths(),
    policies: createPolicies(scenario),
    namedLocations: [],
    authenticationMethodsPolicy: createAuthenticationMethodsPolicy(),
    sessions: new Map(),
    behaviour: KIND_BEHAVIOUR,
  };
}

/** What an administrator would write into the product's configuration for this tenant. */
export interface ProductSettings {
  readonly tenantId: string;
  readonly botAppId: string;
  readonly botAppSecret: string;
  readonly helpdeskGroupId: string;
  readonly onboardingGroupId: string;
  readonly fallbackApproverIds: readonly string[];
  readonly secondApproverIds: readonly string[];
  readonly protectedIds: readonly string[];
  readonly privileged: 'off' | 'on';
  /** Only where privileged people may be onboarded. */
  readonly guardPolicyId: string | null;
}

export function productSettings(state: TenantState): ProductSettings {
  // Privileged people are onboarded only behind a guard.
  const { guardPolicyId } = state;
  return {
    tenantId: state.tenantId,
    botAppId: state.botApp.appId,
    botAppSecret: state.botApp.secret,
    helpdeskGroupId: GROUPS.helpdesk,
    onboardingGroupId: state.onboardingGroupId,
    fallbackApproverIds: [idOfPerson('lee')],
    secondApproverIds: [idOfPerson('kim')],
    protectedIds: [idOfPerson('breakglass')],
    privileged: guardPolicyId === null ? 'off' : 'on',
    guardPolicyId,
  };
}

function createGroups(): Group[] {
  const group = (id: string, displayName: string, more: Partial<Group> = {}): Group => ({
    id,
    displayName,
    members: new Set(GROUP_MEMBERS[id] ?? []),
    groupTypes: [],
    securityEnabled: true,
    mailEnabled: false,
    isAssignableToRole: false,
    onPremisesSyncEnabled: null,
    ...more,
  });
  return [
    group(GROUPS.onboarding, 'Passkey onboarding'),
    group(GROUPS.helpdesk, 'Helpdesk'),
    group(GROUPS.nightShift, 'Helpdesk night shift'),
    group(GROUPS.roleAssignable, 'Directory operators', { isAssignableToRole: true }),
    group(GROUPS.dynamic, 'Branch staff', { groupTypes: ['DynamicMembership'] }),
    group(GROUPS.branchTools, 'Branch tools'),
  ];
}

function createRoleAssignments(scenario: Scenario): RoleAssignment[] {
  const rows: [principalId: string, roleDefinitionId: string, kind: RoleAssignment['kind']][] = [
    [idOfPerson('gloria'), ROLES.globalAdministrator, 'active'],
    [idOfPerson('breakglass'), ROLES.globalAdministrator, 'active'],
    [idOfPerson('eli'), ROLES.securityAdministrator, 'eligible'],
    [GROUPS.roleAssignable, ROLES.groupsAdministrator, 'active'],
    ...(scenario === 'admins'
      ? [[idOfPerson('ada'), ROLES.userAdministrator, 'active'] as [string, string, 'active']]
      : []),
  ];
  return rows.map(([principalId, roleDefinitionId, kind], index) => ({
    id: roleAssignmentId(index + 1),
    principalId,
    roleDefinitionId,
    kind,
  }));
}
