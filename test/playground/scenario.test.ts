import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import { GROUPS, POLICIES } from '../../playground/tenant/ids';
import { groupsOf, isPrivileged } from '../../playground/tenant/membership';
import { idOfPerson } from '../../playground/tenant/people';
import { createState, productSettings } from '../../playground/tenant/scenario';
import { seededPrivateKey } from '../../playground/tenant/seed-passkey';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.each(['everyone', 'admins'] as const)('the %s tenant', (scenario) => {
  const state = createState(scenario);
  const keys = [...state.users.values()].map((user) => user.key);

  test('holds everybody whom scripts call by key, each with a reason to be there', () => {
    expect(keys).toEqual(
      expect.arrayContaining(
        'priya sam helen tim mo jane jane-roe gus dana gloria eli nora derek otto olga pat breakglass lee kim mallory ada'.split(
          ' ',
        ),
      ),
    );
    for (const user of state.users.values()) expect(user.role).toMatch(/\w.*\.$/);
  });

  test('has ids that are GUIDs and differ', () => {
    const ids = [
      state.tenantId,
      state.botApp.appId,
      ...state.users.keys(),
      ...state.groups.keys(),
      ...state.policies.map((policy) => policy.id),
    ];
    for (const id of ids) expect(id).toMatch(GUID);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every manager, member and policy subject exists', () => {
    for (const user of state.users.values()) {
      if (user.managerId && user.managerKind === 'user') expect(state.users.has(user.managerId)).toBe(true);
    }
    for (const group of state.groups.values()) {
      for (const member of group.members) expect(state.users.has(member) || state.groups.has(member)).toBe(true);
    }
    for (const policy of state.policies) {
      const { users } = policy.conditions;
      for (const id of [...users.includeGroups, ...users.excludeGroups]) expect(state.groups.has(id)).toBe(true);
      for (const id of users.excludeUsers) expect(state.users.has(id)).toBe(true);
      const strength = policy.grantControls?.authenticationStrength;
      if (strength) expect(state.strengths.some(({ id }) => id === strength.id)).toBe(true);
    }
  });

  test('excludes break-glass from every policy, and the group from every policy that asks for MFA', () => {
    for (const policy of state.policies) {
      expect(policy.conditions.users.excludeUsers).toContain(idOfPerson('breakglass'));
      const asksForMfa =
        policy.grantControls?.builtInControls.includes('mfa') || policy.grantControls?.authenticationStrength;
      const ours = policy.id === POLICIES.CA888 || policy.id === POLICIES.CA889;
      if (asksForMfa && !ours) expect(policy.conditions.users.excludeGroups).toContain(GROUPS.onboarding);
    }
  });

  test('whoever asks or decides has a passkey; the new hires have none', () => {
    const hasPasskey = (key: string) =>
      state.methods.some((method) => method.userId === idOfPerson(key) && method.kind === 'fido2');
    for (const key of ['priya', 'sam', 'helen', 'mo', 'lee', 'kim', 'pat'])
      expect([key, hasPasskey(key)]).toEqual([key, true]);
    for (const key of ['jane', 'jane-roe', 'tim', 'ada', 'olga', 'nora'])
      expect([key, hasPasskey(key)]).toEqual([key, false]);
  });

  test('knows who is privileged: by role, by eligibility, by a group', () => {
    const privileged = keys.filter((key) => isPrivileged(state, idOfPerson(key)));
    expect(privileged.sort()).toEqual(
      ['breakglass', 'eli', 'gloria', 'ruth', ...(scenario === 'admins' ? ['ada'] : [])].sort(),
    );
  });

  test('settings name things that exist', () => {
    const settings = productSettings(state);
    expect(state.groups.has(settings.helpdeskGroupId)).toBe(true);
    for (const id of [...settings.fallbackApproverIds, ...settings.secondApproverIds, ...settings.protectedIds])
      expect(state.users.has(id)).toBe(true);
    expect(state.policies.some(({ id }) => id === settings.guardPolicyId)).toBe(scenario === 'admins');
  });
});

test('the night shift is in the helpdesk group through a nested group', () => {
  const state = createState('everyone');
  expect(state.groups.get(GROUPS.helpdesk)?.members.has(idOfPerson('sam'))).toBe(false);
  expect(groupsOf(state, idOfPerson('sam'))).toEqual(new Set([GROUPS.nightShift, GROUPS.helpdesk]));
});

test('two tenants share nothing that changes', () => {
  const one = createState('everyone');
  one.groups.get(one.onboardingGroupId)?.members.add(idOfPerson('jane'));
  for (const policy of one.policies) policy.state = 'disabled';
  one.authenticationMethodsPolicy.temporaryAccessPass.includeTargets.pop();
  const two = createState('everyone');
  expect(two.groups.get(two.onboardingGroupId)?.members.size).toBe(0);
  expect(two.policies[0]?.state).toBe('enabled');
  expect(two.authenticationMethodsPolicy.temporaryAccessPass.includeTargets).toHaveLength(1);
});

test('a seeded passkey signs what its stored public key verifies', () => {
  const state = createState('everyone');
  const pat = state.methods.find((method) => method.userId === idOfPerson('pat') && method.kind === 'fido2');
  const cose = Buffer.from(pat?.fido2?.publicKey ?? []);
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: cose.subarray(10, 42).toString('base64url'),
      y: cose.subarray(45).toString('base64url'),
    },
  });
  const challenge = createHash('sha256').update('challenge').digest();
  const signature = sign('sha256', challenge, seededPrivateKey(pat?.fido2?.credentialId ?? ''));
  expect(verify('sha256', challenge, key, signature)).toBe(true);
  expect(cose).toHaveLength(77);
});
