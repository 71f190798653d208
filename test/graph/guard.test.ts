import { failureOf, fake, GROUP, graphError, JANE, MO, notFound } from './fake-graph';

const POLICY = '44444444-4444-4444-8444-444444444444';
const STRENGTH = '55555555-5555-4555-8555-555555555555';

type Json = Record<string, unknown>;

const users = {
  includeUsers: [],
  excludeUsers: [MO],
  includeGroups: [GROUP.toUpperCase()],
  excludeGroups: [],
  includeRoles: [],
  excludeRoles: [],
  includeGuestsOrExternalUsers: null,
};
const applications = {
  includeApplications: ['All'],
  excludeApplications: [],
  includeUserActions: [],
  includeAuthenticationContextClassReferences: [],
  applicationFilter: null,
};
const conditions: Json = {
  users,
  applications,
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
};
const grantControls: Json = {
  operator: 'OR',
  builtInControls: [],
  customAuthenticationFactors: [],
  termsOfUse: [],
  'authenticationStrength@odata.context': 'x',
  authenticationStrength: { id: STRENGTH, allowedCombinations: ['password'] },
};
const policy: Json = { id: POLICY, displayName: 'CA889 guard', state: 'enabled', conditions, grantControls };
const strength: Json = {
  id: STRENGTH,
  allowedCombinations: [
    'windowsHelloForBusiness',
    'fido2',
    'x509CertificateMultiFactor',
    'temporaryAccessPassOneTime',
    'temporaryAccessPassMultiUse',
    'microsoftAuthenticatorPush, password',
  ],
};

function guarded(policyNow: Json = policy, strengthNow: Json = strength) {
  return fake(({ path }) => ({ body: path.includes('authenticationStrength') ? strengthNow : policyNow }), {
    guardPolicyId: POLICY,
  });
}

/** Somebody who is excluded from nothing. */
const ADA = '11111111-aaaa-4aaa-8aaa-111111111111';

const withConditions = (change: Json): Json => ({ ...policy, conditions: { ...conditions, ...change } });
const withUsers = (change: Json) => withConditions({ users: { ...users, ...change } });
const withApplications = (change: Json) => withConditions({ applications: { ...applications, ...change } });
const withGrant = (change: Json): Json => ({ ...policy, grantControls: { ...grantControls, ...change } });

describe('the guard policy', () => {
  it('is proven by the one shape that surely closes the hole', async () => {
    const { tenant, seen } = guarded();
    expect(await tenant.guardPolicy(ADA)).toEqual({
      proven: true,
      policyName: 'CA889 guard',
    });
    expect(seen.map(({ path }) => path)).toEqual([
      `/v1.0/identity/conditionalAccess/policies/${POLICY}`,
      `/v1.0/policies/authenticationStrengthPolicies/${STRENGTH}`,
    ]);
    for (const { headers } of seen) expect(headers.get('prefer')).toBe('include-unknown-enum-members');
  });

  it('is proven with conditions that name everything', async () => {
    const all = withConditions({
      platforms: { includePlatforms: ['all'], excludePlatforms: [] },
      locations: { includeLocations: ['All'], excludeLocations: [] },
      devices: { deviceFilter: null, includeDevices: [] },
    });
    expect((await guarded(all).tenant.guardPolicy(ADA)).proven).toBe(true);
  });

  const unproven: [string, Json][] = [
    ['report-only', { ...policy, state: 'enabledForReportingButNotEnforced' }],
    ['disabled', { ...policy, state: 'disabled' }],
    ['not for the group', withUsers({ includeGroups: [JANE] })],
    ['excluding the group', withUsers({ excludeGroups: [GROUP] })],
    ['excluding another group', withUsers({ excludeGroups: [JANE] })],
    ['excluding a role', withUsers({ excludeRoles: [JANE] })],
    ['for some resources', withApplications({ includeApplications: ['Office365'] })],
    ['for no resources', withApplications({ includeApplications: [] })],
    ['excluding a resource', withApplications({ excludeApplications: ['Office365'] })],
    ['filtering resources', withApplications({ applicationFilter: { mode: 'exclude', rule: 'x' } })],
    ['for a user action', withApplications({ includeApplications: [], includeUserActions: ['urn:x'] })],
    ['for some platforms', withConditions({ platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } })],
    ['excluding a platform', withConditions({ platforms: { includePlatforms: ['all'], excludePlatforms: ['linux'] } })],
    [
      'outside some places',
      withConditions({ locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } }),
    ],
    ['for risky sign-ins', withConditions({ signInRiskLevels: ['high'] })],
    ['for risky users', withConditions({ userRiskLevels: ['high'] })],
    ['for insider risk', withConditions({ insiderRiskLevels: 'elevated' })],
    ['for browsers', withConditions({ clientAppTypes: ['browser'] })],
    ['for some devices', withConditions({ devices: { deviceFilter: { mode: 'exclude', rule: 'x' } } })],
    ['for some flows', withConditions({ authenticationFlows: { transferMethods: 'deviceCodeFlow' } })],
    ['with a condition yet to be invented', withConditions({ moonPhases: ['full'] })],
    ['with MFA instead', withGrant({ authenticationStrength: null, builtInControls: ['mfa'] })],
    ['with a compliant device instead', withGrant({ builtInControls: ['compliantDevice'] })],
    ['with a control yet to be invented', withGrant({ builtInControls: ['unknownFutureValue'] })],
    ['with a custom factor', withGrant({ customAuthenticationFactors: ['x'] })],
    ['with terms of use', withGrant({ termsOfUse: ['x'] })],
    ['without grant controls', { ...policy, grantControls: null }],
    ['without conditions', { ...policy, conditions: null }],
  ];

  it.each(unproven)('is not proven when it is %s', async (_, changed) => {
    const proof = await guarded(changed).tenant.guardPolicy(ADA);
    expect(proof).toEqual({ proven: false, why: expect.stringMatching(/guard policy|strength/) });
  });

  it.each([
    ['password'],
    ['password,sms'],
    ['deviceBasedPush'],
    ['federatedSingleFactor'],
    ['passkeyOfTheFuture'],
    [''],
  ])('is not proven with a strength that allows %j', async (combination) => {
    const weak = { ...strength, allowedCombinations: ['fido2', combination] };
    expect((await guarded(policy, weak).tenant.guardPolicy(ADA)).proven).toBe(false);
  });

  it('is not proven with a strength that lists nothing', async () => {
    for (const allowedCombinations of [[], undefined, null, 'fido2']) {
      const proof = await guarded(policy, { ...strength, allowedCombinations }).tenant.guardPolicy(ADA);
      expect(proof.proven).toBe(false);
    }
  });

  it('is not proven when none is configured, or it is gone', async () => {
    const unset = fake(() => ({}));
    expect(await unset.tenant.guardPolicy(ADA)).toMatchObject({ proven: false });
    expect(unset.seen).toHaveLength(0);
    const gone = fake(() => notFound, { guardPolicyId: POLICY });
    expect(await gone.tenant.guardPolicy(ADA)).toMatchObject({ proven: false });
  });

  it('that cannot be read is an error with its permission', async () => {
    const { tenant } = fake(() => graphError(403, 'AccessDenied'), { guardPolicyId: POLICY });
    expect((await failureOf(tenant.guardPolicy(ADA))).hint).toContain('Policy.Read.All');
  });

  it('proves nothing for somebody whom it excludes by name, and everything for the others', async () => {
    const breakGlass = '22222222-BBBB-4bbb-8bbb-222222222222';
    const { tenant } = guarded(withUsers({ excludeUsers: [breakGlass] }));
    expect(await tenant.guardPolicy(breakGlass.toLowerCase())).toMatchObject({ proven: false });
    expect(await tenant.guardPolicy(ADA)).toMatchObject({ proven: true });
  });

  it('is read once a minute, once at a time, and again after a failure', async () => {
    const { tenant, seen, advance } = guarded();
    await Promise.all([tenant.guardPolicy(ADA), tenant.guardPolicy(ADA)]);
    advance(59_999);
    await tenant.guardPolicy(ADA);
    expect(seen).toHaveLength(2);
    advance(1);
    await tenant.guardPolicy(ADA);
    expect(seen).toHaveLength(4);

    let up = false;
    const shaky = fake(
      ({ path }) => {
        if (!up) return graphError(403, 'x');
        return { body: path.includes('authenticationStrength') ? strength : policy };
      },
      { guardPolicyId: POLICY },
    );
    await failureOf(shaky.tenant.guardPolicy(ADA));
    up = true;
    expect((await shaky.tenant.guardPolicy(ADA)).proven).toBe(true);
  });
});
