import type { Behaviour, Fault } from '../../playground/contract';
import { numbers } from '../crash/plans';

/** One way in which the tenant is unkind, and what may be expected of a story then. */
export interface Unkindness {
  readonly name: string;
  readonly is: Partial<Behaviour>;
  /** Onboarding cannot work so: people must be told, and nothing may be left half done. */
  readonly blocks?: true;
  /** The product's token is to be a new one when it begins. */
  readonly freshToken?: true;
}

/** What docs/permissions.md says is needed: each taken away alone. */
export const NEEDED_ROLES = [
  'User.Read.All',
  'GroupMember.ReadWrite.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthMethod-Passkey.Read.All',
  'RoleManagement.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'Policy.Read.AuthenticationMethod',
  'User.RevokeSessions.All',
] as const;

/** What it says is wanted for more, and is granted in the local tenant. */
export const MORE_ROLES = [
  'UserAuthMethod-MicrosoftAuthApp.Read.All',
  'UserAuthMethod-WindowsHello.Read.All',
  'UserAuthMethod-PlatformCred.Read.All',
  'UserAuthMethod-Phone.Read.All',
  'UserAuthMethod-Email.Read.All',
  'UserAuthMethod-SoftwareOATH.Read.All',
  'AuditLog.Read.All',
  'UserAuthMethod-Passkey.ReadWrite.All',
] as const;

const GOOD: readonly Unkindness[] = [
  { name: 'kind', is: {} },
  { name: 'only what is needed', is: { withoutRoles: [...MORE_ROLES] }, freshToken: true },
  { name: 'slow answers', is: { graphDelayMs: 200, graphJitterMs: 400 } },
  { name: 'late everywhere', is: { replicationLagMs: 8_000 } },
  { name: 'late membership', is: { membershipLagMs: 25_000 } },
  { name: 'late passes', is: { passLagMs: 25_000 } },
  { name: 'late methods', is: { methodsLagMs: 25_000 } },
  { name: 'late policies', is: { policyLagMs: 25_000 } },
  { name: 'flickering replicas', is: { replicationLagMs: 8_000, flicker: true } },
  { name: 'server errors', is: { errorShare: 0.12 } },
  { name: 'lost answers', is: { lostShare: 0.4 } },
  { name: 'throttled', is: { throttleShare: 0.12 } },
  { name: 'throttled without a word', is: { throttleShare: 0.12, withoutRetryAfter: true } },
  { name: 'half-open connections', is: { stallShare: 0.01 } },
  { name: 'a small tenant’s budget', is: { identityUnits: 400, identityWrites: 100 } },
  { name: 'tokens of a minute', is: { tokenSeconds: 60 } },
  { name: 'a token dies in the middle', is: { faults: expiring(6) } },
  { name: 'no licence for PIM', is: { withoutPremium: true } },
  { name: 'the tenant’s clock is ahead', is: { clockSkewMs: 90_000 } },
  { name: 'the tenant’s clock is behind', is: { clockSkewMs: -90_000 } },
  { name: 'a second pass is refused', is: { secondPass: 'refused' } },
  { name: 'a federated domain', is: { domain: 'federated' } },
  { name: 'passes for the group only', is: { passPolicy: 'group-only', membershipLagMs: 5_000 } },
  { name: 'short passes only', is: { passPolicy: 'short' } },
  { name: 'long passes only', is: { passPolicy: 'long' } },
  { name: 'passkey profiles', is: { passkeyPolicy: 'profiles' } },
  { name: 'attestation', is: { passkeyPolicy: 'attested' } },
  { name: 'a late audit log', is: { auditLagMs: 120_000, auditNames: 'nobody' } },
  { name: 'every first write is lost', is: { faults: lostOnce() } },
  { name: 'every first write is a 504', is: { faults: lostOnce('gateway') } },
];

const BLOCKING: readonly Unkindness[] = [
  ...(['dynamic', 'role-assignable', 'on-premises', 'nested'] as const).map((onboardingGroup) => ({
    name: `group: ${onboardingGroup}`,
    is: { onboardingGroup },
    blocks: true as const,
  })),
  ...(['off', 'one-time', 'out-of-scope'] as const).map((passPolicy) => ({
    name: `passes: ${passPolicy}`,
    is: { passPolicy },
    blocks: true as const,
  })),
  ...(['off', 'no-self-service', 'keys-only', 'not-authenticator', 'out-of-scope'] as const).map((passkeyPolicy) => ({
    name: `passkeys: ${passkeyPolicy}`,
    is: { passkeyPolicy },
    blocks: true as const,
  })),
];

/** Another that is granted and lets the same calls through. */
const COVERS: Readonly<Partial<Record<string, string>>> = {
  'UserAuthMethod-Passkey.Read.All': 'UserAuthMethod-Passkey.ReadWrite.All',
};

const WITHOUT: readonly Unkindness[] = NEEDED_ROLES.map((role) => ({
  name: `without ${role}`,
  is: { withoutRoles: [role, ...(COVERS[role] ? [COVERS[role]] : [])] },
  blocks: true,
  freshToken: true,
}));

export const ALONE: readonly Unkindness[] = [...GOOD, ...BLOCKING, ...WITHOUT];

/** Two to four of the kinds that an onboarding has to live through, at once. */
export function mixed(seed: number, count: number): Unkindness[] {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const chosen = new Set<Unkindness>();
    const size = 2 + Math.floor(next() * 3);
    while (chosen.size < size) {
      const one = GOOD[1 + Math.floor(next() * (GOOD.length - 1))];
      if (one) chosen.add(one);
    }
    const names = [...chosen].map(({ name }) => name);
    const together: Partial<Behaviour> = {};
    for (const { is } of chosen) Object.assign(together, is, faultsOf(together, is));
    return { name: `mix ${index + 1}: ${names.join(' + ')}`, is: together };
  });
}

function faultsOf(a: Partial<Behaviour>, b: Partial<Behaviour>): Partial<Behaviour> {
  const faults = [...(a.faults ?? []), ...(b.faults ?? [])];
  return faults.length > 0 ? { faults } : {};
}

function expiring(times: number): Fault[] {
  return Array.from({ length: times }, () => ({ method: 'GET', path: '^/v1.0/', do: 'expire', skip: 15, times: 1 }));
}

/** The first of each kind of write is carried out, and nobody hears of it. */
function lostOnce(how: 'lost' | 'gateway' = 'lost'): Fault[] {
  return [
    { method: 'POST', path: '/members/\\$ref$', do: how, times: 2 },
    { method: 'DELETE', path: '/members/', do: how, times: 2 },
    { method: 'POST', path: 'temporaryAccessPassMethods$', do: how, times: 2 },
    { method: 'DELETE', path: 'temporaryAccessPassMethods/', do: how, times: 2 },
    { method: 'POST', path: 'revokeSignInSessions$', do: how, times: 2 },
  ];
}
