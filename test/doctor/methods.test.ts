import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeGroup, judgeGroupLinks } from '../../graph/readiness/judge-group';
import { judgeAuthenticatorPolicy, judgePasskeyPolicy, judgePassPolicy } from '../../graph/readiness/judge-methods';
import { judgePermissions } from '../../graph/readiness/judge-permissions';
import { judgeTenant } from '../../graph/readiness/judge-tenant';
import type { TenantFacts } from '../../graph/readiness/read-tenant';
import { exitStatusOf } from '../../graph/readiness/verdict';
import { BREAK_GLASS, GROUP, ONBOARDING_STRENGTH, onboardingPolicy, policy } from '../oracle/policies';

/** Bodies as Microsoft documents them: "Get temporaryAccessPassAuthenticationMethodConfiguration" and its neighbours. */
const need = { groupId: GROUP, windowMinutes: 60 };
const everybody = { targetType: 'group', id: 'all_users', isRegistrationRequired: false };
const other = { targetType: 'group', id: '6f1d3f0a-0000-4000-8000-00000000a009' };
const group = { targetType: 'group', id: GROUP };
const passes = {
  id: 'TemporaryAccessPass',
  state: 'enabled',
  isUsableOnce: false,
  defaultLifetimeInMinutes: 60,
  defaultLength: 8,
  minimumLifetimeInMinutes: 10,
  maximumLifetimeInMinutes: 480,
  includeTargets: [everybody],
  excludeTargets: [],
};
const ios = '90a3ccdf-635c-4729-a248-9b709135078f';
const android = 'de1e552d-db1d-4423-a619-566b625cdc84';
const open = { isEnforced: false, enforcementType: 'block', aaGuids: [] };
const passkeys = {
  id: 'Fido2',
  state: 'enabled',
  isSelfServiceRegistrationAllowed: true,
  isAttestationEnforced: false,
  keyRestrictions: open,
  includeTargets: [everybody],
  excludeTargets: [],
  passkeyProfiles: [],
};
const profile = (id: string, more: object = {}) => ({
  id,
  name: id,
  passkeyTypes: 'deviceBound,synced',
  attestationEnforcement: 'disabled',
  keyRestrictions: open,
  ...more,
});
const worst = (findings: readonly { readonly verdict: string }[]) =>
  ['fail', 'review', 'warn', 'ok'].find((verdict) => findings.some((one) => one.verdict === verdict));

test.each<[string, object, string]>([
  ['as it should be', {}, 'ok'],
  ['for the group alone', { includeTargets: [group] }, 'ok'],
  ['switched off', { state: 'disabled' }, 'fail'],
  ['forced to be one-time', { isUsableOnce: true }, 'fail'],
  ['never as short as a window', { minimumLifetimeInMinutes: 120 }, 'fail'],
  ['never as long as a window', { maximumLifetimeInMinutes: 30 }, 'fail'],
  ['not for the group', { excludeTargets: [group] }, 'fail'],
  ['for nobody', { includeTargets: [] }, 'fail'],
  ['for another group', { includeTargets: [other] }, 'review'],
])('passes, %s', (_, change, verdict) => {
  expect(worst(judgePassPolicy({ ...passes, ...change }, need))).toBe(verdict);
});

test.each<[string, object, string]>([
  ['as it should be', {}, 'ok'],
  ['switched off', { state: 'disabled' }, 'fail'],
  ['not for people to register', { isSelfServiceRegistrationAllowed: false }, 'fail'],
  ['attested', { isAttestationEnforced: true }, 'warn'],
  [
    'only one of the two AAGUIDs of Authenticator',
    { keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: [ios] } },
    'fail',
  ],
  [
    'both AAGUIDs of Authenticator',
    { keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: [ios, android.toUpperCase()] } },
    'ok',
  ],
  [
    'Authenticator blocked',
    { keyRestrictions: { isEnforced: true, enforcementType: 'block', aaGuids: [android] } },
    'fail',
  ],
  ['another key blocked', { keyRestrictions: { isEnforced: true, enforcementType: 'block', aaGuids: [GROUP] } }, 'ok'],
  [
    'a profile for synced ones only',
    {
      includeTargets: [{ ...everybody, allowedPasskeyProfiles: ['a'] }],
      passkeyProfiles: [profile('a', { passkeyTypes: 'synced' })],
    },
    'fail',
  ],
  [
    'one good profile of two',
    {
      includeTargets: [{ ...everybody, allowedPasskeyProfiles: ['a', 'b'] }],
      passkeyProfiles: [profile('a', { passkeyTypes: 'synced' }), profile('b')],
    },
    'ok',
  ],
  [
    'a good profile that is not for the group',
    {
      includeTargets: [
        { ...everybody, allowedPasskeyProfiles: ['a'] },
        { ...other, allowedPasskeyProfiles: ['b'] },
      ],
      passkeyProfiles: [profile('a', { passkeyTypes: 'synced' }), profile('b')],
    },
    'fail',
  ],
  [
    'old fields against profiles: the profile counts',
    {
      keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: [] },
      includeTargets: [{ ...everybody, allowedPasskeyProfiles: ['a'] }],
      passkeyProfiles: [profile('a')],
    },
    'ok',
  ],
  [
    'a profile that asks for attestation',
    {
      includeTargets: [{ ...everybody, allowedPasskeyProfiles: ['a'] }],
      passkeyProfiles: [profile('a', { attestationEnforcement: 'registrationOnly' })],
    },
    'warn',
  ],
])('passkeys, %s', (_, change, verdict) => {
  expect(worst(judgePasskeyPolicy({ ...passkeys, ...change }, need))).toBe(verdict);
});

test('Authenticator off as a method is remarked on', () => {
  expect(worst(judgeAuthenticatorPolicy({ state: 'enabled' }))).toBe('ok');
  expect(worst(judgeAuthenticatorPolicy({ state: 'disabled' }))).toBe('warn');
});

const cloud = {
  groupTypes: [],
  securityEnabled: true,
  mailEnabled: false,
  isAssignableToRole: null,
  onPremisesSyncEnabled: null,
};
test.each<[string, object, string]>([
  ['as it should be', {}, 'ok'],
  ['dynamic', { groupTypes: ['DynamicMembership'] }, 'fail'],
  ['of Microsoft 365', { groupTypes: ['Unified'], mailEnabled: true }, 'fail'],
  ['kept on premises', { onPremisesSyncEnabled: true }, 'fail'],
  ['with a mail address', { mailEnabled: true }, 'fail'],
  ['no security group', { securityEnabled: false }, 'fail'],
  ['role-assignable', { isAssignableToRole: true }, 'fail'],
])('a group, %s', (_, change, verdict) => {
  expect(worst(judgeGroup({ ...cloud, ...change }))).toBe(verdict);
});

const none = { groupParents: { value: [] }, groupOwners: { value: [] }, groupMembers: { value: [] } };
test.each<[string, object, string | undefined]>([
  ['alone', {}, undefined],
  ['in another group', { groupParents: { value: [{ id: 'x' }] } }, 'fail'],
  ['owned', { groupOwners: { value: [{ id: 'x' }] } }, 'warn'],
  ['with somebody in it', { groupMembers: { value: [{ id: 'x' }] } }, 'review'],
])('a group that is %s', (_, change, verdict) => {
  expect(worst(judgeGroupLinks({ ...none, ...change }))).toBe(verdict);
});

const granted = [
  'User.Read.All',
  'GroupMember.ReadWrite.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthMethod-Passkey.Read.All',
  'RoleManagement.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'Policy.Read.AuthenticationMethod',
  'User.RevokeSessions.All',
];

test.each(granted)('the permission %s is missed, and named', (name) => {
  const [finding] = judgePermissions(granted.filter((one) => one !== name));
  expect(finding).toMatchObject({ verdict: 'fail', reason: expect.stringContaining(name) });
});

test('the doctor asks for what the document calls needed, and for nothing else', () => {
  const [, needed = ''] = readFileSync(join(__dirname, '../../docs/permissions.md'), 'utf8').split(/^## /m).slice(0, 2);
  const names = [...needed.matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual([...granted].sort());
});

test('permissions: enough is enough, and too much is remarked on', () => {
  expect(worst(judgePermissions(granted))).toBe('ok');
  expect(worst(judgePermissions([...granted, 'Directory.ReadWrite.All']))).toBe('warn');
});

const facts: TenantFacts = {
  policies: { value: [{ ...onboardingPolicy() }] },
  passPolicy: { value: passes },
  passkeyPolicy: { value: passkeys },
  authenticatorPolicy: { value: { state: 'enabled' } },
  securityDefaults: { value: { isEnabled: false } },
  group: { value: cloud },
  ...none,
  permissions: { value: granted },
};
const question = { groupId: GROUP, breakGlass: [BREAK_GLASS] };
const judge = (change: Partial<TenantFacts> = {}, exits: Parameters<typeof judgeTenant>[3] = { membership: 'pim' }) =>
  judgeTenant({ ...facts, ...change }, question, need, exits);

test('a tenant in order is ready', () => {
  expect(judge()).toMatchObject({ ready: true });
});

// Nobody may be told "ready" because something could not be read.
test.each(Object.keys(facts).filter((name) => name !== 'groupOwners') as (keyof TenantFacts)[])(
  'where %s could not be read, it could not tell',
  (name) => {
    const report = judge({ [name]: { unread: 'GRAPH_DENIED: Grant it.' } });
    expect(exitStatusOf(report)).toBe(2);
    expect(report.checks).toContainEqual(expect.objectContaining({ reason: expect.stringContaining('Grant it.') }));
  },
);

test('security defaults that are on make it not ready', () => {
  expect(exitStatusOf(judge({ securityDefaults: { value: { isEnabled: true } } }))).toBe(1);
});

test('an installation in which nothing else ends an exemption fails', () => {
  const of = (exits: Parameters<typeof judgeTenant>[3]) =>
    judge({}, exits).checks.find(({ id }) => id === 'exits')?.verdict;
  expect(of({ membership: 'direct' })).toBe('fail');
  expect(of({ membership: 'direct', watchdogHost: 'host two' })).toBe('manual');
  expect(of({ membership: 'pim' })).toBe('ok');
});

// By the rules by which a privileged person's window opens, so that the two never say different things.
test.each<[string, Parameters<typeof policy>[0], string]>([
  ['the group, all resources, the onboarding strength', {}, 'ok'],
  ['resources left out', { applications: { excludeApplications: [GROUP] } }, 'warn'],
  ['switched off', { state: 'disabled' }, 'warn'],
  [
    'text messages too',
    {
      grant: {
        authenticationStrength: {
          ...ONBOARDING_STRENGTH,
          allowedCombinations: [...ONBOARDING_STRENGTH.allowedCombinations, 'password,sms'],
        },
      },
    },
    'warn',
  ],
])('a guard: %s', (_, change, verdict) => {
  const guard = policy({
    grant: { authenticationStrength: ONBOARDING_STRENGTH },
    ...change,
    users: { includeUsers: [], includeGroups: [GROUP] },
  });
  const { checks } = judge({ policies: { value: [{ ...onboardingPolicy() }, { ...guard }] } });
  expect(checks.find(({ id }) => id === 'guard-policy')?.verdict).toBe(verdict);
});
