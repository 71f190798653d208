import type { Behaviour } from '../contract';
import type { GroupAssignment } from './group-assignments';

/**
 * The tenant as it is. Plain mutable data, changed only by playground/tenant/changes.ts, which also writes the journal
 * and keeps the past for late reads. Property names of policies are Graph's own (v1.0), so that what an administrator
 * exports can be loaded as it is.
 */
export interface TenantState {
  readonly tenantId: string;
  readonly domain: string;
  readonly scenario: 'everyone' | 'admins';
  readonly botApp: { readonly appId: string; readonly secret: string; roles: string[] };
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  /** Deleted and still to be restored. */
  readonly deletedGroups: Map<string, Group>;
  readonly onboardingGroupId: string;
  /** Of the policy that guards the window of privileged people, where there is one. */
  readonly guardPolicyId: string | null;
  /** Directory role template id -> name. */
  readonly roleDefinitions: Map<string, string>;
  readonly roleAssignments: RoleAssignment[];
  /** People who may become members of a group through PIM for Groups, and are not now. */
  readonly groupEligibilities: { readonly id: string; readonly groupId: string; readonly principalId: string }[];
  /** Memberships through PIM for Groups, newest last, also those that are over. */
  readonly groupAssignments: GroupAssignment[];
  readonly passes: Map<string, PassMethod>;
  readonly methods: AuthenticationMethod[];
  readonly strengths: Strength[];
  readonly policies: ConditionalAccessPolicy[];
  /** As Graph writes them; nobody here is ever at one. */
  readonly namedLocations: Readonly<Record<string, unknown>>[];
  readonly authenticationMethodsPolicy: AuthenticationMethodsPolicy;
  readonly sessions: Map<string, Session>;
  behaviour: Behaviour;
}

export interface User {
  readonly key: string;
  readonly id: string;
  /** Why the person is in the scenario, in one sentence for the page. */
  readonly role: string;
  displayName: string;
  givenName: string;
  surname: string;
  userPrincipalName: string;
  mailNickname: string;
  mail: string | null;
  jobTitle: string;
  department: string;
  preferredLanguage: string | null;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest' | null;
  identities: { signInType: string; issuer: string; issuerAssignedId: string }[];
  password: string;
  /** A user, an orgContact or nobody. */
  managerId: string | null;
  managerKind: 'user' | 'orgContact';
  /** Epoch ms; sessions older than this are void. */
  signInSessionsValidFrom: number;
  readonly phone: 'ios' | 'android' | null;
  readonly breakGlass: boolean;
  /** As ID Protection sees this person; nobody is risky at the start. */
  signInRisk?: 'low' | 'medium' | 'high';
  userRisk?: 'low' | 'medium' | 'high';
}

export interface Group {
  readonly id: string;
  displayName: string;
  members: Set<string>;
  groupTypes: string[];
  securityEnabled: boolean;
  mailEnabled: boolean;
  isAssignableToRole: boolean;
  onPremisesSyncEnabled: boolean | null;
  /** Owners; groups of the scenarios have none. */
  owners?: string[];
}

export interface RoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  /** `eligible` ones are PIM's. */
  readonly kind: 'active' | 'eligible';
}

/** The one Temporary Access Pass of a user. The code stays in here; reads answer null. */
export interface PassMethod {
  readonly id: string;
  readonly userId: string;
  readonly code: string;
  readonly createdAt: number;
  readonly startsAt: number;
  readonly lifetimeMinutes: number;
  readonly usableOnce: boolean;
  uses: number;
}

export interface AuthenticationMethod {
  readonly id: string;
  readonly userId: string;
  readonly kind:
    | 'fido2'
    | 'microsoftAuthenticator'
    | 'windowsHelloForBusiness'
    | 'platformCredential'
    | 'phone'
    | 'email'
    | 'softwareOath'
    | 'password';
  displayName: string;
  readonly createdAt: number;
  /** fido2 only. `publicKey` is COSE, `counter` is what WebAuthn compares. */
  readonly fido2?: {
    readonly aaGuid: string;
    readonly model: string;
    readonly passkeyType: 'deviceBound' | 'synced';
    readonly attestationLevel: 'attested' | 'notAttested';
    readonly credentialId: string;
    readonly publicKey: Uint8Array;
    counter: number;
    readonly transports: readonly string[];
  };
}

export interface Strength {
  readonly id: string;
  readonly displayName: string;
  readonly policyType: 'builtIn' | 'custom';
  readonly allowedCombinations: string[];
  readonly requirementsSatisfied: 'mfa' | 'none';
  readonly description?: string;
  /** Which makers' keys count, as Graph writes it. Shown, and not enforced here. */
  readonly combinationConfigurations?: readonly Readonly<Record<string, unknown>>[];
}

/** As Graph writes it; only what is evaluated is typed, the rest is kept. */
export interface ConditionalAccessPolicy {
  readonly id: string;
  displayName: string;
  state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
  conditions: {
    clientAppTypes: string[];
    applications: {
      includeApplications: string[];
      excludeApplications: string[];
      includeUserActions: string[];
      includeAuthenticationContextClassReferences?: string[];
    };
    users: {
      includeUsers: string[];
      excludeUsers: string[];
      includeGroups: string[];
      excludeGroups: string[];
      includeRoles: string[];
      excludeRoles: string[];
    };
    platforms?: { includePlatforms: string[]; excludePlatforms: string[] } | null;
    [more: string]: unknown;
  };
  grantControls: {
    operator: 'AND' | 'OR';
    builtInControls: string[];
    authenticationStrength: { id: string } | null;
    [more: string]: unknown;
  } | null;
  sessionControls: Record<string, unknown> | null;
  [more: string]: unknown;
}

export interface AuthenticationMethodsPolicy {
  temporaryAccessPass: {
    state: 'enabled' | 'disabled';
    isUsableOnce: boolean;
    defaultLifetimeInMinutes: number;
    defaultLength: number;
    minimumLifetimeInMinutes: number;
    maximumLifetimeInMinutes: number;
    includeTargets: { targetType: 'group'; id: string; isRegistrationRequired: boolean }[];
    excludeTargets: { targetType: 'group'; id: string }[];
  };
  fido2: {
    state: 'enabled' | 'disabled';
    isSelfServiceRegistrationAllowed: boolean;
    isAttestationEnforced: boolean;
    keyRestrictions: { isEnforced: boolean; enforcementType: 'allow' | 'block'; aaGuids: string[] };
    includeTargets: {
      targetType: 'group';
      id: string;
      isRegistrationRequired: boolean;
      allowedPasskeyProfiles?: string[];
    }[];
    excludeTargets: { targetType: 'group'; id: string }[];
    /** Synced passkeys are let in too; of the default profile, while no profiles are set. */
    syncedAllowed: boolean;
    /** Once there are profiles, they decide and what stands beside them does not; null while there are none. */
    passkeyProfiles: PasskeyProfile[] | null;
    defaultPasskeyProfile: string | null;
  };
}

/** As Graph writes it; `passkeyTypes` is a set of flags in one string. */
export interface PasskeyProfile {
  id: string;
  name: string;
  passkeyTypes: string;
  attestationEnforcement: 'disabled' | 'registrationOnly';
  keyRestrictions: { isEnforced: boolean; enforcementType: 'allow' | 'block'; aaGuids: string[] };
}

/** A signed-in session of a person on a device. Got with a pass, it dies with the pass. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly device: 'computer' | 'phone';
  readonly resource: string;
  readonly with: 'password' | 'pass' | 'passkey';
  readonly passId?: string;
  readonly startedAt: number;
  /** Last strong authentication; registering wants one within 5 minutes. */
  strongAt: number | null;
}
