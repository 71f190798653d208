/**
 * Which application permissions let a call through, by what is asked for. From Microsoft's published permissions
 * reference (microsoft-graph-devx-content, permissions.json of 2026-08-07) and, where that file is silent, from the
 * page of the call; never from what the product happens to hold. Permissions of other workloads (device management,
 * agents, cross-cloud) that the reference also lists for users are left out.
 */
export const ACCEPTS = {
  // "List users", "Get a user". User.ReadBasic.All is listed too, and hides the properties that decide here.
  users: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  // "List manager".
  manager: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  // "directoryObject: checkMemberGroups", path of a user. GroupMember.ReadWrite.All is not in the list.
  checkMemberGroups: [
    'User.Read.All',
    'User.ReadWrite.All',
    'GroupMember.ReadBasic.All',
    'GroupMember.Read.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  // permissions.json, GET /users/{id}/memberOf/{id}: only this one; the Directory pair from "List a user's memberships".
  memberOfOne: ['User.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  // "List a user's memberships (direct and transitive)", path transitiveMemberOf and its casts.
  transitiveMemberOf: [
    'User.Read.All',
    'GroupMember.ReadBasic.All',
    'GroupMember.Read.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  // "List unifiedRoleAssignments", directory provider.
  roleAssignments: [
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  // "List roleEligibilityScheduleInstances".
  roleEligibility: [
    'RoleEligibilitySchedule.Read.Directory',
    'RoleEligibilitySchedule.ReadWrite.Directory',
    'RoleManagement.Read.All',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  // "List roleAssignmentScheduleInstances".
  roleActivation: [
    'RoleAssignmentSchedule.Read.Directory',
    'RoleAssignmentSchedule.ReadWrite.Directory',
    'RoleManagement.Read.All',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  // "List eligibilityScheduleInstances" of PIM for Groups.
  groupEligibility: [
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  ],
  // "Create assignmentScheduleRequest" of PIM for Groups.
  writeGroupAssignments: ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'],
  // "Get privilegedAccessGroupAssignmentScheduleRequest", "List assignmentScheduleInstances".
  readGroupAssignments: [
    'PrivilegedAssignmentSchedule.Read.AzureADGroup',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  ],
  // "Get group". GroupMember.ReadWrite.All is let through by its own description: "list groups, read basic properties".
  group: [
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  // "List group members" and "List group transitive members".
  members: [
    'GroupMember.ReadBasic.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
  ],
  // "List group memberOf".
  groupParents: [
    'GroupMember.ReadBasic.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
  ],
  // "List directoryAudits".
  audits: ['AuditLog.Read.All'],
  // "Add members" and "Remove member", a user as the member.
  writeMembers: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  // "List temporaryAccessPassMethods", "Get temporaryAccessPassAuthenticationMethod".
  readPasses: [
    'UserAuthMethod-TAP.Read.All',
    'UserAuthMethod-TAP.ReadWrite.All',
    'UserAuthenticationMethod.Read.All',
    'UserAuthenticationMethod.ReadWrite.All',
  ],
  // "Create temporaryAccessPassMethod", "Delete temporaryAccessPassAuthenticationMethod".
  writePasses: ['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'],
  // "List fido2AuthenticationMethods" (permissions.json leaves the older pair out of the list's row; the page has it).
  passkeys: readMethods('Passkey'),
  // "Delete fido2AuthenticationMethod".
  writePasskeys: writeMethods('Passkey'),
  // The pages "Delete ..." of the other methods, each in its own name.
  writeAuthenticator: writeMethods('MicrosoftAuthApp'),
  writeWindowsHello: writeMethods('WindowsHello'),
  writePlatformCredential: writeMethods('PlatformCred'),
  writePhone: writeMethods('Phone'),
  writeEmail: writeMethods('Email'),
  writeSoftwareOath: writeMethods('SoftwareOATH'),
  // "List microsoftAuthenticatorAuthenticationMethods".
  authenticator: readMethods('MicrosoftAuthApp'),
  // "List windowsHelloForBusinessAuthenticationMethods".
  windowsHello: readMethods('WindowsHello'),
  // "List platformCredentialAuthenticationMethods".
  platformCredential: readMethods('PlatformCred'),
  // "List phoneMethods".
  phone: readMethods('Phone'),
  // "List emailMethods".
  email: readMethods('Email'),
  // "List softwareOathMethods".
  softwareOath: readMethods('SoftwareOATH'),
  // "List methods": none of the narrow permissions.
  allMethods: ['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All'],
  // "user: revokeSignInSessions".
  revoke: ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
  // "Get authenticationMethodsPolicy", and a configuration by a key that is not one of the named two.
  methodsPolicy: ['Policy.Read.AuthenticationMethod', 'Policy.ReadWrite.AuthenticationMethod', 'Policy.Read.All'],
  // "Get temporaryAccessPassAuthenticationMethodConfiguration", "Get fido2AuthenticationMethodConfiguration": the
  // reference does not list Policy.Read.All for these two.
  methodConfiguration: ['Policy.Read.AuthenticationMethod', 'Policy.ReadWrite.AuthenticationMethod'],
  // "List authenticationStrengthPolicies", "Get authenticationStrengthPolicy".
  strengths: [
    'Policy.Read.AuthenticationMethod',
    'Policy.ReadWrite.AuthenticationMethod',
    'Policy.Read.All',
    'Policy.ReadWrite.ConditionalAccess',
  ],
  // "Update temporaryAccessPassAuthenticationMethodConfiguration", "Update fido2AuthenticationMethodConfiguration".
  writeMethodConfiguration: ['Policy.ReadWrite.AuthenticationMethod'],
  // "Create authenticationStrengthPolicy", "updateAllowedCombinations", and the update and deletion of one.
  writeStrengths: ['Policy.ReadWrite.ConditionalAccess', 'Policy.ReadWrite.AuthenticationMethod'],
  // "List policies", "Get conditionalAccessPolicy", "List namedLocations".
  conditionalAccess: ['Policy.Read.All'],
  // "Create conditionalAccessPolicy", "Update conditionalAccessPolicy", "Delete conditionalAccessPolicy"; see NEEDS.
  writeConditionalAccess: ['Policy.ReadWrite.ConditionalAccess'],
  // "List userRegistrationDetails", "Get userRegistrationDetails"; "List signIns" (with Policy.Read.All for what policies said).
  reports: ['AuditLog.Read.All'],
  // "List teamsApp" of the app catalog.
  catalog: ['AppCatalog.Read.All', 'AppCatalog.ReadWrite.All'],
  // "Install app for user", "List apps installed for user", "Get chat between user and teamsApp": the app for itself.
  teamsApps: ['TeamsAppInstallation.ReadWriteSelfForUser.All', 'TeamsAppInstallation.ReadWriteForUser.All'],
  // "Get identitySecurityDefaultsEnforcementPolicy".
  securityDefaults: ['Policy.Read.All'],
  // "List subscribedSkus".
  licences: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  // "List domains", "Get domain", "List internalDomainFederations".
  domains: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'],
  // "Get servicePrincipal", "List appRoleAssignments granted to a service principal".
  applications: ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'],
  // "Grant an appRoleAssignment to a service principal"; see NEEDS.
  writeAppRoles: ['AppRoleAssignment.ReadWrite.All'],
  // "List roleManagementPolicyAssignments" of PIM for Groups.
  groupPimPolicies: ['RoleManagementPolicy.Read.AzureADGroup', 'RoleManagementPolicy.ReadWrite.AzureADGroup'],
  // "List groups".
  groups: [
    'GroupMember.Read.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  // "Create group".
  createGroup: ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  // "List group owners".
  groupOwners: ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All'],
  // "List appRoleAssignments granted to a group".
  groupAppRoles: ['Directory.Read.All', 'Directory.ReadWrite.All'],
  // "conditionalAccessRoot: evaluate".
  evaluate: ['Policy.Read.ConditionalAccess', 'Policy.Read.All'],
} as const satisfies Record<string, readonly string[]>;

/** Permissions that a call needs besides one of those above. */
export const NEEDS = {
  // Known issue on the pages of "Create conditionalAccessPolicy" and "Update conditionalAccessPolicy".
  writeConditionalAccess: ['Policy.Read.All', 'Application.Read.All'],
  writeAppRoles: ['Application.Read.All'],
} as const satisfies Partial<Record<keyof typeof ACCEPTS, readonly string[]>>;

function readMethods(name: string): string[] {
  return [
    `UserAuthMethod-${name}.Read.All`,
    `UserAuthMethod-${name}.ReadWrite.All`,
    'UserAuthenticationMethod.Read.All',
    'UserAuthenticationMethod.ReadWrite.All',
  ];
}

function writeMethods(name: string): string[] {
  return [`UserAuthMethod-${name}.ReadWrite.All`, 'UserAuthenticationMethod.ReadWrite.All'];
}
