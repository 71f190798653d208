import { GROUPS, POLICIES, STRENGTHS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Answer, type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant('admins');
  t.tenant.state.botApp.roles.push(
    'Policy.Read.All',
    'Policy.ReadWrite.ConditionalAccess',
    'Policy.ReadWrite.AuthenticationMethod',
    'Application.Read.All',
  );
});
afterEach(() => t.close());

const ROOT = '/identity/conditionalAccess';
const at = (id: unknown) => `${ROOT}/policies/${String(id)}`;

/** One call in a second of its own. */
function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  t.clock.advance(1_001);
  return t.call(method, path, body === undefined ? {} : { body });
}

const CA888 = {
  displayName: 'Register security info',
  state: 'disabled',
  conditions: {
    clientAppTypes: ['all'],
    applications: { includeUserActions: ['urn:user:registersecurityinfo'] },
    users: { includeGroups: [GROUPS.onboarding], excludeUsers: [idOfPerson('breakglass')], excludeGroups: [] },
  },
  grantControls: { operator: 'OR', authenticationStrength: { id: STRENGTHS.onboarding } },
};

describe('policies', () => {
  test('are created whole, with what was left out, and read back with their strength', async () => {
    const made = await ask('POST', `${ROOT}/policies`, CA888);
    expect([made.status, made.body.state]).toEqual([201, 'disabled']);
    const read = await ask('GET', at(made.body.id));
    expect(read.body).toMatchObject({
      conditions: {
        platforms: null,
        users: { includeUsers: [], includeGroups: [GROUPS.onboarding] },
        applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
      },
      grantControls: {
        builtInControls: [],
        authenticationStrength: { id: STRENGTHS.onboarding, allowedCombinations: expect.any(Array) },
      },
    });
    expect(t.journal.tenant.at(-1)).toMatchObject({ kind: 'policy-changed', policyId: made.body.id });
  });

  test('are changed list by list: what is sent replaces, what is left out stays', async () => {
    const before = (await ask('GET', at(POLICIES.CA999))).body;
    const users = { excludeGroups: [GROUPS.helpdesk] };
    expect((await ask('PATCH', at(POLICIES.CA999), { conditions: { users } })).status).toBe(204);
    const after = (await ask('GET', at(POLICIES.CA999))).body;
    expect(after.conditions).toEqual({
      ...(before.conditions as object),
      users: { ...(before.conditions as { users: object }).users, excludeGroups: [GROUPS.helpdesk] },
    });
    expect(after.grantControls).toEqual(before.grantControls);
    expect(after.modifiedDateTime).not.toBeNull();
  });

  test('are deleted', async () => {
    expect((await ask('DELETE', at(POLICIES.CA010))).status).toBe(204);
    expect((await ask('GET', at(POLICIES.CA010))).status).toBe(404);
    expect((await ask('DELETE', at(POLICIES.CA010))).status).toBe(404);
  });

  test.each([
    ['an id', { id: 'x', state: 'disabled' }, '1001'],
    ['a date', { createdDateTime: '2026-01-01T00:00:00Z' }, '1001'],
    ['a strength that is bound', { grantControls: { 'authenticationStrength@odata.bind': 'x' } }, '1007'],
    [
      'the whole strength as it was read',
      { grantControls: { authenticationStrength: { id: STRENGTHS.onboarding, displayName: 'x' } } },
      '1007',
    ],
    ['a strength that does not exist', { grantControls: { authenticationStrength: { id: 'x' } } }, '1007'],
    [
      'mfa beside a strength',
      { grantControls: { builtInControls: ['mfa'], authenticationStrength: { id: STRENGTHS.mfa } } },
      '1007',
    ],
    ['a control that does not exist', { grantControls: { builtInControls: ['prayer'] } }, '1007'],
    ['a state that does not exist', { state: 'on' }, '1007'],
    ['a property that does not exist', { colour: 'red' }, '1007'],
    [
      'an application and a user action',
      { conditions: { applications: { includeUserActions: ['urn:user:registersecurityinfo'] } } },
      '1007',
    ],
  ])('refuse %s and stay as they are', async (_what, body, number) => {
    const before = JSON.stringify(t.tenant.state.policies);
    const answer = await ask('PATCH', at(POLICIES.CA010), body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'BadRequest']);
    expect(answer.body.error.message).toMatch(new RegExp(`^${number}: `));
    expect(JSON.stringify(t.tenant.state.policies)).toBe(before);
  });

  test('hide what was added later to their enumerations from who does not ask for it', async () => {
    const grantControls = { builtInControls: ['mfa', 'riskRemediation'] };
    expect((await ask('PATCH', at(POLICIES.CA010), { grantControls })).status).toBe(204);
    const hidden = (await ask('GET', at(POLICIES.CA010))).body.grantControls;
    expect(hidden).toMatchObject({ builtInControls: ['mfa', 'unknownFutureValue'] });
    t.clock.advance(1_001);
    const headers = { Prefer: 'include-unknown-enum-members' };
    expect((await t.call('GET', at(POLICIES.CA010), { headers })).body.grantControls).toMatchObject(grantControls);
  });

  test('are read late while policies replicate late, by sign-ins as well', async () => {
    t.clock.advance(60_000);
    t.behave({ policyLagMs: 30_000 });
    expect((await ask('PATCH', at(POLICIES.CA010), { state: 'disabled' })).status).toBe(204);
    expect((await ask('GET', at(POLICIES.CA010))).body.state).toBe('enabled');
    t.clock.advance(30_000);
    expect((await ask('GET', at(POLICIES.CA010))).body.state).toBe('disabled');
  });

  test('one call a second for everybody together, writes and questions too, without a word about how long to wait', async () => {
    expect((await ask('GET', at(POLICIES.CA010))).status).toBe(200);
    for (const [method, path, body] of [
      ['PATCH', at(POLICIES.CA010), { state: 'disabled' }],
      ['POST', `${ROOT}/evaluate`, {}],
      ['GET', `${ROOT}/namedLocations`, undefined],
    ] as const) {
      const refused = await t.call(method, path, body ? { body } : {});
      expect([path, refused.status, refused.headers['retry-after']]).toEqual([path, 429, undefined]);
    }
    t.behave({ policyContention: 1 });
    expect((await ask('GET', at(POLICIES.CA010))).status).toBe(429);
  });
});

describe('What If', () => {
  const CONDITIONS = {
    devicePlatform: 'iOS',
    clientAppType: 'browser',
    signInRiskLevel: 'none',
    userRiskLevel: 'none',
    ipAddress: '203.0.113.7',
    country: 'SE',
    insiderRiskLevel: 'none',
    authenticationFlow: { transferMethod: 'none' },
    deviceInfo: { isCompliant: false },
  };

  async function whatIf(key: string, context: object, more: object = {}) {
    const { status, body } = await ask('POST', `${ROOT}/evaluate`, {
      signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: idOfPerson(key) },
      signInContext: context,
      signInConditions: CONDITIONS,
      ...more,
    });
    expect(status).toBe(200);
    return Object.fromEntries(body.value.map((one) => [String(one.id), one]));
  }

  const REGISTERING = {
    '@odata.type': '#microsoft.graph.userActionContext',
    userAction: 'registerSecurityInformation',
  };
  const MAIL = {
    '@odata.type': '#microsoft.graph.applicationContext',
    includeApplications: ['00000002-0000-0ff1-ce00-000000000000'],
  };

  test('registering: outside the group the policies on all resources, inside it only those for the group', async () => {
    const outside = await whatIf('ada', REGISTERING);
    expect(outside[POLICIES.CA999]).toMatchObject({ policyApplies: true, analysisReasons: 'notSet' });
    expect(outside[POLICIES.CA888]).toMatchObject({ policyApplies: false, analysisReasons: 'users' });
    expect(outside[POLICIES.CA001]).toMatchObject({ policyApplies: false, analysisReasons: 'clientApps' });
    t.tenant.changes.addMember('admin', GROUPS.onboarding, idOfPerson('ada'));
    const inside = await whatIf('ada', REGISTERING, { appliedPoliciesOnly: true });
    expect(Object.keys(inside).sort()).toEqual([POLICIES.CA888, POLICIES.CA889].sort());
  });

  test('an application is no user action', async () => {
    t.tenant.changes.addMember('admin', GROUPS.onboarding, idOfPerson('jane'));
    const all = await whatIf('jane', MAIL);
    expect(all[POLICIES.CA888]).toMatchObject({ policyApplies: false, analysisReasons: 'userActions' });
    expect(all[POLICIES.CA999]).toMatchObject({ policyApplies: false, analysisReasons: 'users' });
    expect(all[POLICIES.CA889]?.policyApplies).toBe(true);
  });

  test('a condition that was left out makes a policy that asks for it undecided; report-only ones are shown', async () => {
    const [policy] = t.tenant.state.policies.filter(({ id }) => id === POLICIES.CA010);
    if (!policy) throw new Error('no CA010');
    policy.conditions.platforms = { includePlatforms: ['iOS'], excludePlatforms: [] };
    policy.state = 'enabledForReportingButNotEnforced';
    expect((await whatIf('jane', MAIL))[POLICIES.CA010]).toMatchObject({ policyApplies: true, state: policy.state });
    const { devicePlatform: _left, ...rest } = CONDITIONS;
    expect((await whatIf('jane', MAIL, { signInConditions: rest }))[POLICIES.CA010]).toMatchObject({
      policyApplies: false,
      analysisReasons: 'notEnoughInformation',
    });
    policy.state = 'disabled';
    expect((await whatIf('jane', MAIL))[POLICIES.CA010]?.analysisReasons).toBe('policyNotEnabled');
  });

  test('asked badly it is a 400', async () => {
    expect((await ask('POST', `${ROOT}/evaluate`, {})).status).toBe(400);
  });
});

describe('strengths', () => {
  const AT = '/policies/authenticationStrengthPolicies';

  test('are created, changed and told who uses them; combinations count in any order and with blanks', async () => {
    const made = await ask('POST', AT, {
      displayName: 'Mine',
      allowedCombinations: ['microsoftAuthenticatorPush, password'],
    });
    expect([made.status, made.body.policyType, made.body.requirementsSatisfied]).toEqual([201, 'custom', 'mfa']);
    const changed = await ask('POST', `${AT}/${made.body.id}/updateAllowedCombinations`, {
      allowedCombinations: ['fido2'],
    });
    expect(changed.body).toMatchObject({ currentCombinations: ['fido2'], conditionalAccessReferences: [] });
    expect((await ask('PATCH', `${AT}/${made.body.id}`, { displayName: 'Ours' })).status).toBe(204);
    expect((await ask('GET', `${AT}/${made.body.id}`)).body).toMatchObject({
      displayName: 'Ours',
      allowedCombinations: ['fido2'],
    });
    const usage = await ask('GET', `${AT}/${STRENGTHS.phishingResistant}/usage`);
    expect((usage.body.mfa as { id: string }[]).map(({ id }) => id)).toEqual([POLICIES.CA999]);
    expect((await ask('DELETE', `${AT}/${made.body.id}`)).status).toBe(204);
  });

  test("refuse what is not a combination, a change of Entra's own, a deletion while in use, and a sixteenth", async () => {
    expect((await ask('POST', AT, { displayName: 'x', allowedCombinations: ['fido2,sms'] })).status).toBe(400);
    const builtIn = `${AT}/${STRENGTHS.mfa}/updateAllowedCombinations`;
    expect((await ask('POST', builtIn, { allowedCombinations: ['fido2'] })).status).toBe(400);
    expect((await ask('DELETE', `${AT}/${STRENGTHS.onboarding}`)).status).toBe(400);
    for (let n = 2; n <= 15; n += 1)
      expect((await ask('POST', AT, { displayName: `s${n}`, allowedCombinations: ['fido2'] })).status).toBe(201);
    expect((await ask('POST', AT, { displayName: 's16', allowedCombinations: ['fido2'] })).status).toBe(400);
  });
});

describe('the methods policy', () => {
  const AT = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';
  const FIDO2 = '#microsoft.graph.fido2AuthenticationMethodConfiguration';

  test('is changed only with its type, and only by what belongs to it', async () => {
    expect((await ask('PATCH', `${AT}/fido2`, { state: 'disabled' })).status).toBe(400);
    expect((await ask('PATCH', `${AT}/fido2`, { '@odata.type': FIDO2, lifetime: 1 })).status).toBe(400);
    expect((await ask('PATCH', `${AT}/fido2`, { '@odata.type': FIDO2, state: 'disabled' })).status).toBe(204);
    expect((await ask('GET', `${AT}/fido2`)).body.state).toBe('disabled');
  });

  test('keeps lifetimes in order and inside of what any tenant may have', async () => {
    const type = '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration';
    const set = (more: object) => ask('PATCH', `${AT}/temporaryAccessPass`, { '@odata.type': type, ...more });
    expect((await set({ minimumLifetimeInMinutes: 5 })).status).toBe(400);
    expect((await set({ minimumLifetimeInMinutes: 90 })).status).toBe(400);
    expect((await set({ maximumLifetimeInMinutes: 43_201 })).status).toBe(400);
    expect((await set({ minimumLifetimeInMinutes: 10, defaultLifetimeInMinutes: 20 })).status).toBe(204);
    expect(t.tenant.state.authenticationMethodsPolicy.temporaryAccessPass.minimumLifetimeInMinutes).toBe(10);
  });

  test('shows passkey profiles, and Authenticator beside them', async () => {
    t.behave({ passkeyPolicy: 'profiles' });
    const { body } = await ask('GET', '/policies/authenticationMethodsPolicy');
    const all = body.authenticationMethodConfigurations as { id: string; passkeyProfiles?: unknown[] }[];
    expect(all.map(({ id }) => id)).toEqual(['Fido2', 'MicrosoftAuthenticator', 'TemporaryAccessPass']);
    expect(all[0]?.passkeyProfiles).toHaveLength(2);
  });
});
