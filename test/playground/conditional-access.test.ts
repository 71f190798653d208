import { evaluate, type Facts, type Mode } from '../../playground/tenant/conditional-access';
import type { ConditionalAccessPolicy, Strength } from '../../playground/tenant/state';

const STRENGTHS: Strength[] = [
  strength('resistant', ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor']),
  strength('onboarding', ['fido2', 'temporaryAccessPassMultiUse', 'microsoftAuthenticatorPush, password']),
];

function strength(id: string, allowedCombinations: string[]): Strength {
  return { id, displayName: id, policyType: 'custom', allowedCombinations, requirementsSatisfied: 'mfa' };
}

type Conditions = ConditionalAccessPolicy['conditions'];

function policy(
  parts: {
    id?: string;
    state?: ConditionalAccessPolicy['state'];
    users?: Partial<Conditions['users']>;
    apps?: Partial<Conditions['applications']>;
    more?: Record<string, unknown>;
    grant?: Partial<NonNullable<ConditionalAccessPolicy['grantControls']>> | null;
  } = {},
): ConditionalAccessPolicy {
  return {
    id: parts.id ?? 'p',
    displayName: `policy ${parts.id ?? 'p'}`,
    state: parts.state ?? 'enabled',
    conditions: {
      clientAppTypes: ['all'],
      applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [], ...parts.apps },
      users: {
        includeUsers: ['All'],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        ...parts.users,
      },
      ...parts.more,
    },
    grantControls:
      parts.grant === null
        ? null
        : { operator: 'OR', builtInControls: ['mfa'], authenticationStrength: null, ...parts.grant },
    sessionControls: null,
  };
}

const RESISTANT = { builtInControls: [], authenticationStrength: { id: 'resistant' } };
const ONBOARDING = { builtInControls: [], authenticationStrength: { id: 'onboarding' } };
const REGISTER = { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] };

function facts(parts: Partial<Facts> = {}, ...modes: Mode[]): Facts {
  return {
    userId: 'jane',
    guest: false,
    groups: new Set(['g']),
    roles: new Set(),
    appId: 'mail',
    appGroups: ['Office365'],
    registers: false,
    platform: 'windows',
    client: 'browser',
    modes: new Set(modes.length > 0 ? modes : ['password']),
    ...parts,
  };
}

const result = (one: ConditionalAccessPolicy, given: Facts) => evaluate([one], STRENGTHS, given).results[0]?.result;

describe('who', () => {
  test.each<[string, Partial<Conditions['users']>, string]>([
    ['everybody', {}, 'failed'],
    ['nobody', { includeUsers: ['None'] }, 'not-applied'],
    ['her by name', { includeUsers: ['jane'] }, 'failed'],
    ['her group', { includeUsers: [], includeGroups: ['g'] }, 'failed'],
    ['another group', { includeUsers: [], includeGroups: ['h'] }, 'not-applied'],
    ['everybody but her group', { excludeGroups: ['g'] }, 'not-applied'],
    ['everybody but her', { excludeUsers: ['jane'] }, 'not-applied'],
    ['her by name, but not her group: exclusion wins', { includeUsers: ['jane'], excludeGroups: ['g'] }, 'not-applied'],
    ['guests', { includeUsers: ['GuestsOrExternalUsers'] }, 'not-applied'],
  ])('%s', (_name, users, expected) => {
    expect(result(policy({ users }), facts())).toBe(expected);
  });

  test('a role that is active', () => {
    const one = policy({ users: { includeUsers: [], includeRoles: ['admin'] } });
    expect(result(one, facts())).toBe('not-applied');
    expect(result(one, facts({ roles: new Set(['admin']) }))).toBe('failed');
  });

  test('excluding a group wins over including a role', () => {
    const one = policy({ users: { includeUsers: [], includeRoles: ['admin'], excludeGroups: ['g'] } });
    expect(result(one, facts({ roles: new Set(['admin']) }))).toBe('not-applied');
  });

  test('guests by their kind', () => {
    const users = {
      includeUsers: [],
      includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest' },
    };
    const one = policy({ users: users as Partial<Conditions['users']> });
    expect(result(one, facts({ guest: true }))).toBe('failed');
    expect(result(one, facts())).toBe('not-applied');
  });
});

describe('where', () => {
  test.each<[string, Partial<Conditions['applications']>, Partial<Facts>, string]>([
    ['all resources reach an app', {}, {}, 'failed'],
    ['an app by id', { includeApplications: ['MAIL'] }, {}, 'failed'],
    ['another app', { includeApplications: ['other'] }, {}, 'not-applied'],
    ['a group of apps', { includeApplications: ['Office365'] }, {}, 'failed'],
    ['all but this app', { excludeApplications: ['mail'] }, {}, 'not-applied'],
    ['registering, at an app', REGISTER, {}, 'not-applied'],
    ['registering, while registering', REGISTER, { registers: true }, 'failed'],
    ['all resources, while registering: the Catch-22', {}, { registers: true, appId: 'my-sign-ins' }, 'failed'],
    [
      'registering a device',
      { ...REGISTER, includeUserActions: ['urn:user:registerdevice'] },
      { registers: true },
      'not-applied',
    ],
  ])('%s', (_name, apps, given, expected) => {
    expect(result(policy({ apps }), facts(given))).toBe(expected);
  });
});

describe('when', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['legacy clients only', { clientAppTypes: ['exchangeActiveSync', 'other'] }, 'not-applied'],
    ['browsers', { clientAppTypes: ['browser'] }, 'failed'],
    ['all platforms', { platforms: { includePlatforms: ['all'], excludePlatforms: [] } }, 'failed'],
    ['phones', { platforms: { includePlatforms: ['iOS', 'android'], excludePlatforms: [] } }, 'not-applied'],
    ['all but Windows', { platforms: { includePlatforms: ['all'], excludePlatforms: ['windows'] } }, 'not-applied'],
    ['sign-in risk', { signInRiskLevels: ['high'] }, 'not-applied'],
    [
      'any place but trusted ones',
      { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      'failed',
    ],
    ['a named place', { locations: { includeLocations: ['office'], excludeLocations: [] } }, 'not-applied'],
    ['device code', { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }, 'not-applied'],
    ['workloads', { clientApplications: { includeServicePrincipals: ['bot'] } }, 'not-applied'],
  ])('%s', (_name, more, expected) => {
    expect(result(policy({ more }), facts())).toBe(expected);
  });
});

describe('state', () => {
  test('disabled does not apply', () => {
    expect(result(policy({ state: 'disabled' }), facts())).toBe('not-applied');
  });

  test('report-only is listed and decides nothing', () => {
    const verdict = evaluate([policy({ state: 'enabledForReportingButNotEnforced' })], STRENGTHS, facts());
    expect(verdict.results[0]?.result).toBe('report-only');
    expect(verdict.granted).toBe(true);
    expect(verdict.decidedBy).toBeNull();
  });

  test('report-only is inert for user actions', () => {
    const one = policy({ state: 'enabledForReportingButNotEnforced', apps: REGISTER });
    expect(result(one, facts({ registers: true }))).toBe('not-applied');
  });
});

describe('grant', () => {
  const PUSH: Mode[] = ['password', 'microsoftAuthenticatorPush'];
  test.each<[string, Parameters<typeof policy>[0], Mode[], string]>([
    ['mfa refuses a bare password', {}, ['password'], 'failed'],
    ['mfa takes a pass', {}, ['temporaryAccessPassMultiUse'], 'satisfied'],
    ['mfa takes a one-time pass', {}, ['temporaryAccessPassOneTime'], 'satisfied'],
    ['mfa takes a passkey', {}, ['fido2'], 'satisfied'],
    ['mfa takes password and push', {}, PUSH, 'satisfied'],
    ['mfa refuses push alone', {}, ['microsoftAuthenticatorPush'], 'failed'],
    ['phishing-resistant refuses a pass', { grant: RESISTANT }, ['temporaryAccessPassMultiUse'], 'failed'],
    ['phishing-resistant refuses push', { grant: RESISTANT }, PUSH, 'failed'],
    ['phishing-resistant takes a passkey', { grant: RESISTANT }, ['fido2'], 'satisfied'],
    ['onboarding takes a multi-use pass', { grant: ONBOARDING }, ['temporaryAccessPassMultiUse'], 'satisfied'],
    ['a strength without one-time passes refuses one', { grant: ONBOARDING }, ['temporaryAccessPassOneTime'], 'failed'],
    ['a combination in another order, with a space', { grant: ONBOARDING }, PUSH, 'satisfied'],
    ['half a combination', { grant: ONBOARDING }, ['password'], 'failed'],
    [
      'a strength that no longer exists',
      { grant: { ...RESISTANT, authenticationStrength: { id: 'gone' } } },
      ['fido2'],
      'failed',
    ],
    ['OR: one is enough', { grant: { builtInControls: ['mfa', 'compliantDevice'] } }, ['fido2'], 'satisfied'],
    [
      'AND: all are needed',
      { grant: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] } },
      ['fido2'],
      'failed',
    ],
    ['block refuses everything', { grant: { builtInControls: ['block'] } }, ['fido2'], 'failed'],
    ['a custom factor', { grant: { builtInControls: [], customAuthenticationFactors: ['x'] } }, ['fido2'], 'failed'],
    ['terms of use only', { grant: { builtInControls: [], termsOfUse: ['x'] } }, ['password'], 'satisfied'],
    ['a policy with session controls only', { grant: null }, ['password'], 'satisfied'],
  ])('%s', (_name, parts, modes, expected) => {
    expect(result(policy(parts), facts({}, ...modes))).toBe(expected);
  });
});

describe('together', () => {
  test('every policy is needed, and the first that fails decides', () => {
    const verdict = evaluate(
      [policy({ id: 'a' }), policy({ id: 'b', grant: RESISTANT }), policy({ id: 'c', users: { includeUsers: [] } })],
      STRENGTHS,
      facts({}, 'temporaryAccessPassMultiUse'),
    );
    expect(verdict.results.map((one) => one.result)).toEqual(['satisfied', 'failed', 'not-applied']);
    expect(verdict.granted).toBe(false);
    expect(verdict.decidedBy).toEqual({ id: 'b', displayName: 'policy b' });
    expect(verdict.wants).toContain('fido2');
  });

  test('a block decides before anything else', () => {
    const verdict = evaluate(
      [policy({ id: 'a' }), policy({ id: 'b', grant: { builtInControls: ['block'] } })],
      STRENGTHS,
      facts(),
    );
    expect(verdict.blocked).toBe(true);
    expect(verdict.decidedBy?.id).toBe('b');
    expect(verdict.wants).toEqual([]);
  });

  test('without a policy in reach everything is let in', () => {
    expect(evaluate([], STRENGTHS, facts())).toEqual({
      results: [],
      granted: true,
      blocked: false,
      decidedBy: null,
      wants: [],
    });
  });
});
