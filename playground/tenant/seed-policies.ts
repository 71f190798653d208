import { GROUPS, POLICIES, ROLES, STRENGTHS } from './ids';
import { idOfPerson } from './people';
import type { AuthenticationMethodsPolicy, ConditionalAccessPolicy, Strength } from './state';

const PHISHING_RESISTANT = ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'];
const PASSES = ['temporaryAccessPassOneTime', 'temporaryAccessPassMultiUse'];

/** Entra's three built-in strengths with their documented combinations, and the customer's own. */
export function createStrengths(): Strength[] {
  const passwordless = [...PHISHING_RESISTANT, 'deviceBasedPush'];
  return [
    builtIn(STRENGTHS.mfa, 'Multifactor authentication', [
      ...passwordless,
      ...PASSES,
      'password,microsoftAuthenticatorPush',
      'password,softwareOath',
      'password,hardwareOath',
      'password,sms',
      'password,voice',
      'federatedMultiFactor',
    ]),
    builtIn(STRENGTHS.passwordless, 'Passwordless MFA', passwordless),
    builtIn(STRENGTHS.phishingResistant, 'Phishing-resistant MFA', PHISHING_RESISTANT),
    {
      id: STRENGTHS.onboarding,
      displayName: 'Passkey Onboarding/Recovery',
      policyType: 'custom',
      allowedCombinations: [...PHISHING_RESISTANT, ...PASSES, 'password,microsoftAuthenticatorPush'],
      requirementsSatisfied: 'mfa',
    },
  ];
}

function builtIn(id: string, displayName: string, allowedCombinations: string[]): Strength {
  return { id, displayName, policyType: 'builtIn', allowedCombinations, requirementsSatisfied: 'mfa' };
}

/** The defaults of Entra, with passes multi-use (what the whole method needs) and passkeys device-bound. */
export function createAuthenticationMethodsPolicy(): AuthenticationMethodsPolicy {
  const everybody = { targetType: 'group' as const, id: 'all_users', isRegistrationRequired: false };
  return {
    temporaryAccessPass: {
      state: 'enabled',
      isUsableOnce: false,
      defaultLifetimeInMinutes: 60,
      defaultLength: 8,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
      includeTargets: [{ ...everybody }],
      excludeTargets: [],
    },
    fido2: {
      state: 'enabled',
      isSelfServiceRegistrationAllowed: true,
      isAttestationEnforced: false,
      keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] },
      includeTargets: [{ ...everybody }],
      excludeTargets: [],
      syncedAllowed: false,
      passkeyProfiles: null,
      defaultPasskeyProfile: null,
    },
  };
}

type Users = Partial<ConditionalAccessPolicy['conditions']['users']>;
type Grant = NonNullable<ConditionalAccessPolicy['grantControls']>;

const ALL_RESOURCES = ['All'];

/** Everybody's policies exclude the break-glass account; the group is excluded wherever MFA is asked for. */
export function createPolicies(scenario: 'everyone' | 'admins'): ConditionalAccessPolicy[] {
  const notDuringOnboarding = { excludeGroups: [GROUPS.onboarding] };
  const legacy = policy(
    POLICIES.CA001,
    'CA001 Block legacy authentication',
    { includeUsers: ['All'] },
    { builtInControls: ['block'] },
  );
  legacy.conditions.clientAppTypes = ['exchangeActiveSync', 'other'];
  const register = policy(
    POLICIES.CA888,
    'CA888 Passkey onboarding: register security info',
    { includeGroups: [GROUPS.onboarding] },
    { authenticationStrength: { id: STRENGTHS.onboarding } },
  );
  register.conditions.applications = {
    includeApplications: [],
    excludeApplications: [],
    includeUserActions: ['urn:user:registersecurityinfo'],
  };
  const phishingResistant = { authenticationStrength: { id: STRENGTHS.phishingResistant } };
  if (scenario === 'everyone') {
    return [
      legacy,
      register,
      policy(
        POLICIES.CA999,
        'CA999 Phishing-resistant MFA for all users',
        { includeUsers: ['All'], ...notDuringOnboarding },
        phishingResistant,
      ),
    ];
  }
  return [
    legacy,
    policy(
      POLICIES.CA010,
      'CA010 MFA for all users',
      { includeUsers: ['All'], ...notDuringOnboarding },
      { builtInControls: ['mfa'] },
    ),
    register,
    policy(
      POLICIES.CA889,
      'CA889 Passkey onboarding: guard all resources',
      { includeGroups: [GROUPS.onboarding] },
      { authenticationStrength: { id: STRENGTHS.onboarding } },
    ),
    policy(
      POLICIES.CA999,
      'CA999 Phishing-resistant MFA for privileged roles',
      { includeRoles: Object.values(ROLES), ...notDuringOnboarding },
      phishingResistant,
    ),
  ];
}

function policy(id: string, displayName: string, users: Users, grant: Partial<Grant>): ConditionalAccessPolicy {
  return {
    id,
    templateId: null,
    displayName,
    createdDateTime: '2026-01-12T08:00:00Z',
    modifiedDateTime: null,
    state: 'enabled',
    conditions: {
      clientAppTypes: ['all'],
      userRiskLevels: [],
      signInRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      platforms: null,
      locations: null,
      devices: null,
      clientApplications: null,
      authenticationFlows: null,
      applications: {
        includeApplications: [...ALL_RESOURCES],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
      },
      users: {
        includeUsers: [],
        excludeUsers: [idOfPerson('breakglass')],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        ...users,
      },
    },
    grantControls: {
      operator: 'OR',
      builtInControls: [],
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
      ...grant,
    },
    sessionControls: null,
  };
}
