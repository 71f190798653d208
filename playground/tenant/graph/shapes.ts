import { CONTACT, SCENARIO_START } from '../people';
import type { Group, TenantState, User } from '../state';

/** Whole seconds, as the directory writes times. */
export function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Seven digits of a second, as the authentication methods service writes times. */
export function ticks(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}

/** The properties of a user that come without `$select`. */
export const USER_DEFAULTS = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** Every property of a user that the playground knows; the rest of the schema is refused when it is selected. */
export function userRow(user: User): Record<string, unknown> {
  const guest = user.userType === 'Guest';
  return {
    id: user.id,
    businessPhones: [],
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: user.jobTitle,
    mail: user.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: user.preferredLanguage,
    surname: user.surname,
    userPrincipalName: user.userPrincipalName,
    accountEnabled: user.accountEnabled,
    createdDateTime: seconds(SCENARIO_START),
    creationType: guest ? 'Invitation' : null,
    department: user.department,
    employeeId: null,
    externalUserState: guest ? 'Accepted' : null,
    identities: user.identities,
    isManagementRestricted: null,
    mailNickname: user.mailNickname,
    onPremisesSyncEnabled: null,
    signInSessionsValidFromDateTime: seconds(user.signInSessionsValidFrom),
    usageLocation: null,
    userType: user.userType,
  };
}

export function contactRow(): Record<string, unknown> {
  return {
    '@odata.type': '#microsoft.graph.orgContact',
    id: CONTACT.id,
    displayName: CONTACT.displayName,
    mail: CONTACT.mail,
    givenName: null,
    surname: null,
    jobTitle: null,
    department: null,
    mailNickname: 'dispatch',
  };
}

export function groupRow(group: Group): Record<string, unknown> {
  const dynamic = group.groupTypes.includes('DynamicMembership');
  return {
    id: group.id,
    createdDateTime: seconds(SCENARIO_START),
    description: null,
    displayName: group.displayName,
    groupTypes: group.groupTypes,
    isAssignableToRole: group.isAssignableToRole,
    isManagementRestricted: null,
    mail: null,
    mailEnabled: group.mailEnabled,
    mailNickname: group.displayName.toLowerCase().replaceAll(' ', '-'),
    membershipRule: dynamic ? '(user.department -eq "Branches")' : null,
    onPremisesSyncEnabled: group.onPremisesSyncEnabled,
    securityEnabled: group.securityEnabled,
    visibility: null,
  };
}

/** A member of a group: a user or a nested group. Without a permission for users they come as type and id alone. */
export function memberRow(state: TenantState, id: string, mayReadUsers: boolean): Record<string, unknown> | null {
  const user = state.users.get(id);
  if (user) {
    const row = userRow(user);
    const shown = mayReadUsers ? row : Object.fromEntries(Object.keys(row).map((name) => [name, null]));
    return { '@odata.type': '#microsoft.graph.user', ...shown, id };
  }
  const group = state.groups.get(id);
  if (!group) return null;
  return { '@odata.type': '#microsoft.graph.group', ...groupRow(group) };
}

/** What comes of a directory object without `$select`. */
export function directoryDefaults(row: Readonly<Record<string, unknown>>): readonly string[] {
  if (row['@odata.type'] === '#microsoft.graph.user') return USER_DEFAULTS;
  return Object.keys(row).filter((name) => !name.startsWith('@'));
}

/** Properties that some directory object has: asking a group for one of people is no mistake. */
export const DIRECTORY_PROPERTIES: ReadonlySet<string> = new Set([
  ...USER_DEFAULTS,
  'accountEnabled',
  'createdDateTime',
  'creationType',
  'department',
  'description',
  'employeeId',
  'externalUserState',
  'groupTypes',
  'identities',
  'isAssignableToRole',
  'isManagementRestricted',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'onPremisesSyncEnabled',
  'securityEnabled',
  'signInSessionsValidFromDateTime',
  'usageLocation',
  'userType',
  'visibility',
]);
