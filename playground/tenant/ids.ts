/**
 * The identifiers of the scenarios: fixed, so that a log, a test and a page of yesterday still mean the same, and
 * readable, so that a person sees at once what kind of thing one names (1 tenant and app, 2 people, 3 groups,
 * 4 policies, 5 strengths, 6 role assignments).
 */
const id = (kind: number, number: number): string =>
  `${String(kind).repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const TENANT_ID = id(1, 1);
export const BOT_APP_ID = id(1, 2);

export const personId = (number: number): string => id(2, number);

export const GROUPS = {
  onboarding: id(3, 1),
  helpdesk: id(3, 2),
  /** Nested in the helpdesk group: transitive membership matters. */
  nightShift: id(3, 3),
  roleAssignable: id(3, 4),
  dynamic: id(3, 5),
  /** An ordinary group with rights of its own, into which somebody may nest another. */
  branchTools: id(3, 6),
} as const;

export const POLICIES = {
  CA001: id(4, 1),
  CA010: id(4, 10),
  CA888: id(4, 888),
  CA889: id(4, 889),
  CA999: id(4, 999),
} as const;

/** The first three are Entra's own, with the ids they have in every tenant. */
export const STRENGTHS = {
  mfa: '00000000-0000-0000-0000-000000000002',
  passwordless: '00000000-0000-0000-0000-000000000003',
  phishingResistant: '00000000-0000-0000-0000-000000000004',
  onboarding: id(5, 1),
} as const;

export const roleAssignmentId = (number: number): string => id(6, number);

/** Role template ids, the same in every tenant. */
export const ROLES = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  authenticationAdministrator: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  conditionalAccessAdministrator: 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de',
  groupsAdministrator: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  sharePointAdministrator: 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const;

export const ROLE_NAMES: Readonly<Record<keyof typeof ROLES, string>> = {
  globalAdministrator: 'Global Administrator',
  applicationAdministrator: 'Application Administrator',
  authenticationAdministrator: 'Authentication Administrator',
  conditionalAccessAdministrator: 'Conditional Access Administrator',
  exchangeAdministrator: 'Exchange Administrator',
  groupsAdministrator: 'Groups Administrator',
  privilegedAuthenticationAdministrator: 'Privileged Authentication Administrator',
  privilegedRoleAdministrator: 'Privileged Role Administrator',
  securityAdministrator: 'Security Administrator',
  sharePointAdministrator: 'SharePoint Administrator',
  userAdministrator: 'User Administrator',
};
