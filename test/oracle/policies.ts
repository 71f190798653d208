/**
 * What Entra's documents say of a Conditional Access policy, for somebody in the onboarding group with a multi-use pass:
 * written from the documents alone, before any judge. The doctor is held against it here, and so is the playground.
 * `source` is the Microsoft page, by its short name; `unproven` marks what the pages leave open.
 */
export interface OracleCase {
  readonly name: string;
  readonly policy: PolicyBody;
  readonly verdict: 'ok' | 'may-stay' | 'warn' | 'review' | 'must-exclude' | 'fail';
  readonly source: string;
  readonly unproven?: true;
}

export interface PolicyBody {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly grantControls: Readonly<Record<string, unknown>> | null;
  readonly sessionControls: Readonly<Record<string, unknown>> | null;
}

export const GROUP = '6f1d3f0a-0000-4000-8000-00000000a001';
export const BREAK_GLASS = '6f1d3f0a-0000-4000-8000-00000000b001';
const ADMIN_ROLE = '62e90394-69f5-4237-9190-012177145e10';
const CREDENTIAL_SERVICE = 'ea890292-c8c8-4433-b5ea-b09d0668e1a6';

export const PHISHING_RESISTANT = {
  id: '00000000-0000-0000-0000-000000000004',
  displayName: 'Phishing-resistant MFA',
  policyType: 'builtIn',
  requirementsSatisfied: 'mfa',
  allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
};
export const MULTIFACTOR = {
  id: '00000000-0000-0000-0000-000000000002',
  displayName: 'Multifactor authentication',
  policyType: 'builtIn',
  requirementsSatisfied: 'mfa',
  allowedCombinations: [
    ...PHISHING_RESISTANT.allowedCombinations,
    'deviceBasedPush',
    'temporaryAccessPassOneTime',
    'temporaryAccessPassMultiUse',
    'password,microsoftAuthenticatorPush',
  ],
};
export const ONBOARDING_STRENGTH = {
  id: '6f1d3f0a-0000-4000-8000-00000000c001',
  displayName: 'Passkey Onboarding/Recovery',
  policyType: 'custom',
  requirementsSatisfied: 'mfa',
  allowedCombinations: [
    ...PHISHING_RESISTANT.allowedCombinations,
    'temporaryAccessPassOneTime',
    'temporaryAccessPassMultiUse',
    'password, microsoftAuthenticatorPush',
  ],
};

let number = 0;

/** A policy as Graph v1.0 answers it, with the parts that matter replaced. */
export function policy(parts: {
  readonly state?: string;
  readonly users?: Readonly<Record<string, unknown>>;
  readonly applications?: Readonly<Record<string, unknown>>;
  readonly conditions?: Readonly<Record<string, unknown>>;
  readonly grant?: Readonly<Record<string, unknown>> | null;
  readonly session?: Readonly<Record<string, unknown>> | null;
}): PolicyBody {
  number += 1;
  return {
    id: `6f1d3f0a-0000-4000-8000-${String(number).padStart(12, '0')}`,
    displayName: `Policy ${number}`,
    state: parts.state ?? 'enabled',
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
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
        ...parts.applications,
      },
      users: {
        includeUsers: ['All'],
        excludeUsers: [BREAK_GLASS],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
        ...parts.users,
      },
      ...parts.conditions,
    },
    grantControls:
      parts.grant === null
        ? null
        : {
            operator: 'OR',
            builtInControls: [],
            customAuthenticationFactors: [],
            termsOfUse: [],
            authenticationStrength: null,
            ...parts.grant,
          },
    sessionControls: parts.session ?? null,
  };
}

const mfa = { builtInControls: ['mfa'] };
const block = { builtInControls: ['block'] };
const strong = { authenticationStrength: PHISHING_RESISTANT };
const registering = { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] };
const joining = { includeApplications: [], includeUserActions: ['urn:user:registerdevice'] };
const out = { excludeGroups: [GROUP] };
const office = { includeApplications: ['Office365'] };

const STRENGTHS = 'Conditional Access authentication strengths';
const TARGETS = 'Conditional Access: Target resources';
const GRANT = 'Conditional Access: Grant';
const CONDITIONS = 'Conditional Access: Conditions';
const USERS = 'Conditional Access: Users, groups, agents, and workload identities';
const METHOD = 'The five-part way out: group excluded from every other policy that asks for MFA';

export const ORACLE: readonly OracleCase[] = [
  {
    name: 'roles, all resources, phishing-resistant',
    policy: policy({ users: { includeUsers: [], includeRoles: [ADMIN_ROLE] }, grant: strong }),
    verdict: 'fail',
    source: STRENGTHS,
  },
  {
    name: 'everybody, all resources, phishing-resistant',
    policy: policy({ grant: strong }),
    verdict: 'fail',
    source: STRENGTHS,
  },
  { name: 'everybody, all resources, mfa', policy: policy({ grant: mfa }), verdict: 'must-exclude', source: METHOD },
  {
    name: 'everybody, all resources, the built-in strength that takes a pass',
    policy: policy({ grant: { authenticationStrength: MULTIFACTOR } }),
    verdict: 'must-exclude',
    source: METHOD,
  },
  {
    name: 'registering only from trusted places',
    policy: policy({
      applications: registering,
      conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      grant: block,
    }),
    verdict: 'may-stay',
    source: 'Conditional Access: Securing security info registration',
  },
  {
    name: 'a second strength on registering',
    policy: policy({
      applications: registering,
      grant: { authenticationStrength: { ...ONBOARDING_STRENGTH, id: '6f1d3f0a-0000-4000-8000-00000000c002' } },
    }),
    verdict: 'fail',
    source: STRENGTHS,
  },
  {
    name: 'guests, all resources, mfa',
    policy: policy({ users: { includeUsers: ['GuestsOrExternalUsers'] }, grant: mfa }),
    verdict: 'ok',
    source: USERS,
  },
  {
    name: 'guests by kind, all resources, phishing-resistant',
    policy: policy({
      users: {
        includeUsers: [],
        includeGuestsOrExternalUsers: {
          guestOrExternalUserTypes: 'b2bCollaborationGuest',
          externalTenants: { membershipKind: 'all' },
        },
      },
      grant: strong,
    }),
    verdict: 'ok',
    source: USERS,
  },
  {
    name: 'Office 365, compliant device or app protection',
    policy: policy({ applications: office, grant: { builtInControls: ['compliantDevice', 'compliantApplication'] } }),
    verdict: 'warn',
    source: GRANT,
  },
  {
    name: 'phones, all resources, app protection',
    policy: policy({
      conditions: { platforms: { includePlatforms: ['iOS', 'android'], excludePlatforms: [] } },
      grant: { builtInControls: ['compliantApplication'] },
    }),
    verdict: 'fail',
    source: GRANT,
  },
  {
    name: 'the same without the service that Authenticator uses',
    policy: policy({
      applications: { excludeApplications: [CREDENTIAL_SERVICE] },
      grant: { builtInControls: ['compliantApplication'] },
    }),
    verdict: 'may-stay',
    source: 'Support passkeys in Microsoft Authenticator',
    unproven: true,
  },
  {
    name: 'admin portals, roles, phishing-resistant',
    policy: policy({
      users: { includeUsers: [], includeRoles: [ADMIN_ROLE] },
      applications: { includeApplications: ['MicrosoftAdminPortals'] },
      grant: strong,
    }),
    verdict: 'warn',
    source: TARGETS,
  },
  {
    name: 'high sign-in risk, mfa every time',
    policy: policy({
      conditions: { signInRiskLevels: ['high'] },
      grant: mfa,
      session: { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime' } },
    }),
    verdict: 'review',
    source: 'Risk-based access policies',
  },
  {
    name: 'high user risk, change of password and mfa',
    policy: policy({
      conditions: { userRiskLevels: ['high'] },
      grant: { operator: 'AND', builtInControls: ['mfa', 'passwordChange'] },
    }),
    verdict: 'review',
    source: 'Risk-based access policies',
  },
  {
    name: 'unknown platforms are blocked',
    policy: policy({
      conditions: {
        platforms: { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS', 'windows', 'macOS'] },
      },
      grant: block,
    }),
    verdict: 'may-stay',
    source: CONDITIONS,
  },
  {
    name: 'mfa for everybody, the group excluded',
    policy: policy({ users: out, grant: mfa }),
    verdict: 'ok',
    source: USERS,
  },
  {
    name: 'excluded, although roles include the person too',
    policy: policy({ users: { ...out, includeRoles: [ADMIN_ROLE] }, grant: strong }),
    verdict: 'ok',
    source: USERS,
  },
  {
    name: 'an exclusion of a role does not help',
    policy: policy({ users: { excludeRoles: [ADMIN_ROLE] }, grant: strong }),
    verdict: 'fail',
    source: USERS,
  },
  {
    name: 'registering a device, mfa',
    policy: policy({ applications: joining, grant: mfa }),
    verdict: 'ok',
    source: TARGETS,
  },
  {
    name: 'all resources but one, phishing-resistant, group excluded',
    policy: policy({
      applications: { excludeApplications: ['6f1d3f0a-0000-4000-8000-00000000d001'] },
      users: out,
      grant: strong,
    }),
    verdict: 'ok',
    source: USERS,
  },
  {
    name: 'all resources but one, phishing-resistant',
    policy: policy({ applications: { excludeApplications: ['6f1d3f0a-0000-4000-8000-00000000d001'] }, grant: strong }),
    verdict: 'fail',
    source: TARGETS,
  },
  {
    name: 'report-only, phishing-resistant',
    policy: policy({ state: 'enabledForReportingButNotEnforced', grant: strong }),
    verdict: 'warn',
    source: 'Conditional Access report-only mode',
  },
  {
    name: 'switched off, phishing-resistant',
    policy: policy({ state: 'disabled', grant: strong }),
    verdict: 'ok',
    source: 'Conditional Access: Building a policy',
  },
  {
    name: 'applications blocked outside of the office',
    policy: policy({
      users: { includeUsers: ['None'] },
      conditions: {
        clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'], excludeServicePrincipals: [] },
        locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
      },
      grant: block,
    }),
    verdict: 'review',
    source: 'Conditional Access for workload identities',
  },
  {
    name: 'legacy clients blocked',
    policy: policy({ conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] }, grant: block }),
    verdict: 'ok',
    source: 'Block legacy authentication with Conditional Access',
  },
  {
    name: 'device code blocked',
    policy: policy({
      conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' } },
      grant: block,
    }),
    verdict: 'ok',
    source: 'Conditional Access: Authentication flows',
  },
  { name: 'everything blocked for everybody', policy: policy({ grant: block }), verdict: 'fail', source: GRANT },
  {
    name: 'registering blocked for everybody',
    policy: policy({ applications: registering, grant: block }),
    verdict: 'fail',
    source: TARGETS,
  },
  {
    name: 'countries blocked',
    policy: policy({
      conditions: { locations: { includeLocations: ['6f1d3f0a-0000-4000-8000-00000000e001'], excludeLocations: [] } },
      grant: block,
    }),
    verdict: 'may-stay',
    source: CONDITIONS,
  },
  {
    name: 'a compliant device for all resources',
    policy: policy({ grant: { builtInControls: ['compliantDevice'] } }),
    verdict: 'may-stay',
    source: METHOD,
  },
  {
    name: 'a compliant device or app protection for all resources',
    policy: policy({ grant: { builtInControls: ['compliantDevice', 'compliantApplication'] } }),
    verdict: 'may-stay',
    source: GRANT,
  },
  {
    name: 'mfa or a compliant device',
    policy: policy({ grant: { builtInControls: ['mfa', 'compliantDevice'] } }),
    verdict: 'must-exclude',
    source: METHOD,
  },
  {
    name: 'mfa and a compliant device',
    policy: policy({ grant: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] } }),
    verdict: 'fail',
    source: GRANT,
  },
  {
    name: 'terms of use',
    policy: policy({ grant: { termsOfUse: ['6f1d3f0a-0000-4000-8000-00000000f001'] } }),
    verdict: 'may-stay',
    source: 'Terms of use',
  },
  {
    name: 'sign-in frequency every time',
    policy: policy({ grant: null, session: { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime' } } }),
    verdict: 'may-stay',
    source: 'Conditional Access: Session',
  },
  {
    name: 'browser sessions never kept',
    policy: policy({ grant: null, session: { persistentBrowser: { isEnabled: true, mode: 'never' } } }),
    verdict: 'may-stay',
    source: 'Conditional Access: Session',
  },
  {
    name: 'a step up inside an application',
    policy: policy({
      applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] },
      grant: strong,
    }),
    verdict: 'ok',
    source: TARGETS,
  },
  {
    name: 'My Signins, phishing-resistant',
    policy: policy({ applications: { includeApplications: ['19db86c3-b2b9-44cc-b339-36da233a3be2'] }, grant: strong }),
    verdict: 'fail',
    source: TARGETS,
  },
  {
    name: 'one application, mfa',
    policy: policy({ applications: { includeApplications: ['6f1d3f0a-0000-4000-8000-00000000d001'] }, grant: mfa }),
    verdict: 'warn',
    source: METHOD,
  },
  {
    name: 'Office 365 blocked',
    policy: policy({ applications: office, grant: block }),
    verdict: 'warn',
    source: GRANT,
  },
  {
    name: "another provider's factor",
    policy: policy({ grant: { customAuthenticationFactors: ['Provider'] } }),
    verdict: 'fail',
    source: GRANT,
  },
  {
    name: 'a custom strength whose combinations the export does not hold',
    policy: policy({ grant: { authenticationStrength: { id: '6f1d3f0a-0000-4000-8000-00000000c009' } } }),
    verdict: 'must-exclude',
    source: METHOD,
  },
  {
    name: 'a built-in strength named by id alone',
    policy: policy({ grant: { authenticationStrength: { id: PHISHING_RESISTANT.id } } }),
    verdict: 'fail',
    source: STRENGTHS,
  },
  {
    name: 'nobody',
    policy: policy({ users: { includeUsers: ['None'] }, grant: strong }),
    verdict: 'ok',
    source: USERS,
  },
  {
    name: 'another group, phishing-resistant',
    policy: policy({
      users: { includeUsers: [], includeGroups: ['6f1d3f0a-0000-4000-8000-00000000a002'] },
      grant: strong,
    }),
    verdict: 'fail',
    source: USERS,
  },
  {
    name: 'mfa outside of trusted places',
    policy: policy({
      conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      grant: mfa,
    }),
    verdict: 'must-exclude',
    source: METHOD,
  },
  {
    name: 'a control that nobody knows yet',
    policy: policy({ grant: { builtInControls: ['quantumProof'] } }),
    verdict: 'must-exclude',
    source: METHOD,
    unproven: true,
  },
  {
    name: 'the guard: the group, all resources, a strength that takes a pass',
    policy: policy({
      users: { includeUsers: [], includeGroups: [GROUP] },
      grant: { authenticationStrength: ONBOARDING_STRENGTH },
    }),
    verdict: 'ok',
    source: STRENGTHS,
    unproven: true,
  },
  {
    name: 'a guard that takes no pass',
    policy: policy({ users: { includeUsers: [], includeGroups: [GROUP] }, grant: strong }),
    verdict: 'fail',
    source: STRENGTHS,
  },
];

/** The policy that lets the group register, as it should be, and each way in which it can be wrong. */
export function onboardingPolicy(parts: Parameters<typeof policy>[0] = {}): PolicyBody {
  return policy({
    ...parts,
    users: { includeUsers: [], includeGroups: [GROUP], ...parts.users },
    applications: { ...registering, ...parts.applications },
    grant: parts.grant === undefined ? { authenticationStrength: ONBOARDING_STRENGTH } : parts.grant,
  });
}

const lacking = (mode: string) => ({
  authenticationStrength: {
    ...ONBOARDING_STRENGTH,
    allowedCombinations: ONBOARDING_STRENGTH.allowedCombinations.filter((one) => !one.includes(mode)),
  },
});

export const ONBOARDING_ORACLE: readonly OracleCase[] = [
  { name: 'as it should be', policy: onboardingPolicy(), verdict: 'ok', source: METHOD },
  { name: 'switched off', policy: onboardingPolicy({ state: 'disabled' }), verdict: 'fail', source: METHOD },
  {
    name: 'report-only',
    policy: onboardingPolicy({ state: 'enabledForReportingButNotEnforced' }),
    verdict: 'fail',
    source: 'Conditional Access report-only mode',
  },
  {
    name: 'for everybody too',
    policy: onboardingPolicy({ users: { includeUsers: ['All'] } }),
    verdict: 'fail',
    source: METHOD,
  },
  {
    name: 'for roles too',
    policy: onboardingPolicy({ users: { includeRoles: [ADMIN_ROLE] } }),
    verdict: 'fail',
    source: METHOD,
  },
  {
    name: 'includes and excludes the group',
    policy: onboardingPolicy({ users: { excludeGroups: [GROUP] } }),
    verdict: 'fail',
    source: USERS,
  },
  {
    name: 'does not exclude break-glass',
    policy: onboardingPolicy({ users: { excludeUsers: [] } }),
    verdict: 'warn',
    source: 'Manage emergency access accounts',
  },
  { name: 'mfa instead of a strength', policy: onboardingPolicy({ grant: mfa }), verdict: 'fail', source: METHOD },
  {
    name: 'a strength without the multi-use pass',
    policy: onboardingPolicy({ grant: lacking('temporaryAccessPassMultiUse') }),
    verdict: 'fail',
    source: STRENGTHS,
  },
  {
    name: 'a strength without fido2',
    policy: onboardingPolicy({ grant: lacking('fido2') }),
    verdict: 'fail',
    source: STRENGTHS,
  },
  {
    name: 'a strength without push',
    policy: onboardingPolicy({ grant: lacking('microsoftAuthenticatorPush') }),
    verdict: 'warn',
    source: STRENGTHS,
  },
  {
    name: 'a strength with text messages',
    policy: onboardingPolicy({
      grant: {
        authenticationStrength: {
          ...ONBOARDING_STRENGTH,
          allowedCombinations: [...ONBOARDING_STRENGTH.allowedCombinations, 'password,sms'],
        },
      },
    }),
    verdict: 'warn',
    source: STRENGTHS,
  },
  {
    name: 'only from trusted places',
    policy: onboardingPolicy({ conditions: { locations: { includeLocations: ['AllTrusted'], excludeLocations: [] } } }),
    verdict: 'warn',
    source: METHOD,
  },
  {
    name: 'some clients only',
    policy: onboardingPolicy({ conditions: { clientAppTypes: ['browser'] } }),
    verdict: 'fail',
    source: CONDITIONS,
    unproven: true,
  },
];
