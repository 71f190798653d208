import type { Page } from '../../playground/contract';
import { GROUPS, ROLES, STRENGTHS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import type { ConditionalAccessPolicy } from '../../playground/tenant/state';
import { CODE, createRig, type Rig } from './devices-rig';

/**
 * One policy beside those of the tenant, as organizations have them, and what somebody in her window meets who has a
 * pass: at Security info on a computer, in Authenticator on an iPhone. She is in the group, and the policy does not leave
 * the group out unless the row says so.
 */
type Users = Partial<ConditionalAccessPolicy['conditions']['users']>;
interface Policy {
  readonly users?: Users;
  readonly apps?: Partial<ConditionalAccessPolicy['conditions']['applications']>;
  readonly conditions?: Record<string, unknown>;
  readonly grant?: Record<string, unknown> | null;
  readonly session?: Record<string, unknown>;
  readonly state?: ConditionalAccessPolicy['state'];
}

const OTHER = '44444444-0000-4000-8000-000000000777';
const ALL: Users = { includeUsers: ['All'] };
const REGISTERING = { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] };
const RESISTANT = { authenticationStrength: { id: STRENGTHS.phishingResistant } };
const MFA = { builtInControls: ['mfa'] };
const BLOCK = { builtInControls: ['block'] };
const G = [GROUPS.onboarding];
const EXCEPT_TRUSTED = { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } };
const PHONES = { platforms: { includePlatforms: ['android', 'iOS'], excludePlatforms: [] } };

function add(rig: Rig, { users = ALL, apps, conditions, grant = MFA, session, state = 'enabled' }: Policy): void {
  rig.state.policies.push({
    id: OTHER,
    displayName: 'The other policy',
    state,
    conditions: {
      clientAppTypes: ['all'],
      applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [], ...apps },
      users: {
        includeUsers: [],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        ...users,
      },
      ...conditions,
    },
    grantControls: grant && { operator: 'OR', builtInControls: [], authenticationStrength: null, ...grant },
    sessionControls: session ?? null,
  });
}

/** How it ended, in one line: in, or the symptom with its code and the policy that did it. */
function told(page: Page, rig: Rig): string {
  if (!page.stopped) return 'in';
  const by = page.stopped.policy?.id === OTHER ? 'other' : (page.stopped.policy?.displayName ?? 'nobody');
  const signIn = rig.lastSignIn();
  expect([page.page, signIn?.decidedBy === page.stopped.policy?.id]).toEqual([page.page, true]);
  return `${page.stopped.symptom} ${page.stopped.errorCode} by ${by}`;
}

type Where = Readonly<Record<string, unknown>>;

async function onComputer(rig: Rig, key: string, where: Where, url = 'security-info'): Promise<string> {
  const computer = rig.computer(key);
  await computer.press('open', { url, ...where });
  await computer.press('next', { name: rig.user(key).userPrincipalName });
  const page = await computer.press('next', { pass: CODE });
  // A page that sends her to register is no refusal yet: what comes after it is what she meets.
  if (page.page !== 'interrupt') return told(page, rig);
  const after = await computer.press('next');
  return after.page === 'wizard-install' ? 'in' : told(after, rig);
}

async function onPhone(rig: Rig, key: string, where: Where): Promise<string> {
  const phone = rig.phone(key);
  await phone.press('open-app', { app: 'authenticator', ...where });
  await phone.press('add-account');
  await phone.press('next', { name: rig.user(key).userPrincipalName });
  const page = await phone.press('next', { pass: CODE });
  return page.page === 'interrupt' ? told(await phone.press('next'), rig) : told(page, rig);
}

function windowOf(key: string, policy: Policy): Rig {
  const rig = createRig('everyone');
  // Somebody with a role as the customer's own example has it.
  rig.state.roleAssignments.push({
    id: 'r',
    principalId: idOfPerson('ada'),
    roleDefinitionId: ROLES.userAdministrator,
    kind: 'active',
  });
  rig.join(key);
  rig.givePass(key);
  add(rig, policy);
  return rig;
}

const DEAD_END = 'dead-end 50072 by other';
const LOOP = 'loop 50072 by other';
const BLOCKED = 'blocked 53003 by other';
const UNPROTECTED = 'blocked 53009 by other';
const UNMANAGED = 'blocked 53000 by other';

type Row = [what: string, policy: Policy, computer: string, phone: string, where?: Where, who?: string];

const ROWS: Row[] = [
  [
    'roles, all resources, phishing-resistant',
    { users: { includeRoles: Object.values(ROLES) }, grant: RESISTANT },
    DEAD_END,
    LOOP,
    {},
    'ada',
  ],
  ['everybody, all resources, MFA', { grant: MFA }, 'in', 'in'],
  [
    'everybody, all resources, the built-in MFA strength',
    { grant: { authenticationStrength: { id: STRENGTHS.mfa } } },
    'in',
    'in',
  ],
  [
    'everybody, registering, blocked but from a trusted place: elsewhere',
    { apps: REGISTERING, conditions: EXCEPT_TRUSTED, grant: BLOCK },
    BLOCKED,
    BLOCKED,
  ],
  [
    'everybody, registering, blocked but from a trusted place: in the office',
    { apps: REGISTERING, conditions: EXCEPT_TRUSTED, grant: BLOCK },
    'in',
    'in',
    { network: 'office' },
  ],
  [
    'everybody, registering, a second strength that takes her pass',
    { apps: REGISTERING, grant: { authenticationStrength: { id: 'takes' } } },
    'in',
    'in',
  ],
  [
    'everybody, registering, a second strength that does not: both must be met',
    { apps: REGISTERING, grant: { authenticationStrength: { id: 'refuses' } } },
    DEAD_END,
    LOOP,
  ],
  ['guests, all resources, MFA', { users: { includeUsers: ['GuestsOrExternalUsers'] }, grant: RESISTANT }, 'in', 'in'],
  [
    'everybody, Office 365, managed or protected',
    {
      apps: { includeApplications: ['Office365'] },
      grant: { builtInControls: ['compliantDevice', 'compliantApplication'] },
    },
    'in',
    'in',
  ],
  [
    'iOS and Android, all resources, protected apps',
    { conditions: PHONES, grant: { builtInControls: ['compliantApplication'] } },
    'in',
    UNPROTECTED,
  ],
  [
    'roles, admin portals, phishing-resistant',
    {
      users: { includeRoles: Object.values(ROLES) },
      apps: { includeApplications: ['MicrosoftAdminPortals'] },
      grant: RESISTANT,
    },
    'in',
    'in',
    {},
    'ada',
  ],
  [
    'everybody, platforms that she does not have, blocked',
    {
      conditions: {
        platforms: { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS', 'windows', 'macOS'] },
      },
      grant: BLOCK,
    },
    'in',
    'in',
  ],
  [
    'everybody and roles, phishing-resistant, the group left out: the exclusion wins',
    { users: { ...ALL, includeRoles: Object.values(ROLES), excludeGroups: G }, grant: RESISTANT },
    'in',
    'in',
    {},
    'ada',
  ],
  [
    'everybody, joining devices, MFA',
    { apps: { includeApplications: [], includeUserActions: ['urn:user:registerdevice'] }, grant: MFA },
    'in',
    'in',
  ],
  [
    'everybody, all resources but one, phishing-resistant, the group left out',
    { users: { ...ALL, excludeGroups: G }, apps: { excludeApplications: ['x'] }, grant: RESISTANT },
    'in',
    'in',
  ],
  [
    'everybody, all resources but one, phishing-resistant, the group not left out',
    { apps: { excludeApplications: ['x'] }, grant: RESISTANT },
    DEAD_END,
    LOOP,
  ],
  [
    'report-only, everybody, all resources, phishing-resistant',
    { grant: RESISTANT, state: 'enabledForReportingButNotEnforced' },
    'in',
    'in',
  ],
  [
    'service principals, blocked outside of the office',
    {
      users: { includeUsers: ['None'] },
      conditions: {
        clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
        ...EXCEPT_TRUSTED,
      },
      grant: BLOCK,
    },
    'in',
    'in',
  ],
  // What may stay, and what it does beside.
  ['a managed device, everywhere: her own', { grant: { builtInControls: ['compliantDevice'] } }, UNMANAGED, UNMANAGED],
  [
    'a managed device, everywhere: the organization’s',
    { grant: { builtInControls: ['compliantDevice'] } },
    'in',
    'in',
    { managed: true },
  ],
  [
    'a managed device, everywhere but where credentials are configured: her own phone is let in',
    {
      apps: { excludeApplications: ['ea890292-c8c8-4433-b5ea-b09d0668e1a6'] },
      grant: { builtInControls: ['compliantDevice'] },
    },
    UNMANAGED,
    'in',
  ],
  [
    'a joined device, everywhere',
    { grant: { builtInControls: ['domainJoinedDevice'] } },
    'blocked 53001 by other',
    'blocked 53001 by other',
  ],
  [
    'an approved app, everywhere',
    { grant: { builtInControls: ['approvedApplication'] } },
    'blocked 53002 by other',
    'blocked 53002 by other',
  ],
  ['everything blocked', { grant: BLOCK }, BLOCKED, BLOCKED],
  [
    'legacy clients, blocked',
    { conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] }, grant: BLOCK },
    'in',
    'in',
  ],
  [
    'device codes, blocked',
    { conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' } }, grant: BLOCK },
    'in',
    'in',
  ],
  ['terms of use', { grant: { termsOfUse: ['t'] } }, 'in', 'in'],
  [
    'a sign-in every time, and nothing else',
    { grant: null, session: { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime' } } },
    'in',
    'in',
  ],
  [
    'an authentication context alone',
    { apps: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] }, grant: RESISTANT },
    'in',
    'in',
  ],
  ['disabled', { grant: BLOCK, state: 'disabled' }, 'in', 'in'],
];

test.each(ROWS)('%s', async (_what, policy, computer, phone, where = {}, who = 'jane') => {
  const strengths = [
    { id: 'takes', allowedCombinations: ['temporaryAccessPassMultiUse', 'fido2'] },
    { id: 'refuses', allowedCombinations: ['temporaryAccessPassOneTime', 'fido2'] },
  ];
  const begin = () => {
    const rig = windowOf(who, policy);
    for (const one of strengths)
      rig.state.strengths.push({ ...one, displayName: one.id, policyType: 'custom', requirementsSatisfied: 'mfa' });
    return rig;
  };
  expect([await onComputer(begin(), who, where), await onPhone(begin(), who, where)]).toEqual([computer, phone]);
});

describe('risk', () => {
  test('of the sign-in, with MFA: a pass is enough', async () => {
    const policy: Policy = { conditions: { signInRiskLevels: ['high'] }, grant: MFA };
    const rig = windowOf('jane', policy);
    rig.user('jane').signInRisk = 'high';
    expect(await onComputer(rig, 'jane', {})).toBe('in');
    expect(rig.lastSignIn()?.policies).toContainEqual(expect.objectContaining({ id: OTHER, result: 'satisfied' }));
  });

  test('of the sign-in, phishing-resistant: a pass is not', async () => {
    const rig = windowOf('jane', { conditions: { signInRiskLevels: ['high'] }, grant: RESISTANT });
    expect(await onComputer(rig, 'jane', {})).toBe('in');
    rig.user('jane').signInRisk = 'high';
    expect(await onComputer(rig, 'jane', {})).toBe(DEAD_END);
  });

  test('of the person, with a change of the password: nobody without a password gets past it', async () => {
    const grant = { operator: 'AND', builtInControls: ['passwordChange', 'mfa'] };
    const rig = windowOf('jane', { conditions: { userRiskLevels: ['high'] }, grant });
    rig.user('jane').userRisk = 'high';
    expect(await onComputer(rig, 'jane', {})).toBe('blocked 0 by other');
  });
});

describe('what registers is not all that people do', () => {
  const rows: [string, Policy, string][] = [
    [
      'mail',
      { apps: { includeApplications: ['Office365'] }, grant: { builtInControls: ['compliantDevice'] } },
      UNMANAGED,
    ],
    ['portal', { apps: { includeApplications: ['MicrosoftAdminPortals'] }, grant: BLOCK }, BLOCKED],
    [
      'teams',
      { apps: { includeApplications: ['Office365'] }, grant: { builtInControls: ['compliantApplication'] } },
      UNPROTECTED,
    ],
  ];
  test.each(rows)('%s is stopped where registering is not', async (url, policy, end) => {
    expect(await onComputer(windowOf('jane', policy), 'jane', {}, url)).toBe(end);
    expect(await onComputer(windowOf('jane', policy), 'jane', {})).toBe('in');
  });
});
