import type { Behaviour } from './contract';

/** The other side as nobody in particular has met it: at once, complete and in order. */
export const KIND_BEHAVIOUR: Behaviour = {
  seed: 0,
  graphDelayMs: 0,
  graphJitterMs: 0,
  replicationLagMs: 0,
  membershipLagMs: 0,
  passLagMs: 0,
  methodsLagMs: 0,
  policyLagMs: 0,
  flicker: false,
  faults: [],
  errorShare: 0,
  lostShare: 0,
  throttleShare: 0,
  stallShare: 0,
  withoutRetryAfter: false,
  identityUnits: 0,
  identityWrites: 0,
  policyContention: 0,
  tokenSeconds: 0,
  withoutRoles: [],
  teamsStatus: 0,
  withoutPremium: false,
  provisionMs: 0,
  auditLagMs: 0,
  auditNames: 'id',
  clockSkewMs: 0,
  secondPass: 'replaces',
  onboardingGroup: 'assigned',
  domain: 'managed',
  passPolicy: 'usual',
  passkeyPolicy: 'usual',
};

type Words = { readonly [K in keyof Behaviour as string extends Behaviour[K] ? never : K]?: readonly Behaviour[K][] };

/** What may be said where a switch takes words. */
const WORDS: Words = {
  auditNames: ['id', 'name', 'nobody'],
  secondPass: ['replaces', 'refused'],
  onboardingGroup: ['assigned', 'dynamic', 'role-assignable', 'on-premises', 'nested', 'deleted'],
  domain: ['managed', 'federated'],
  passPolicy: ['usual', 'off', 'one-time', 'group-only', 'out-of-scope', 'short', 'long'],
  passkeyPolicy: [
    'usual',
    'off',
    'no-self-service',
    'attested',
    'keys-only',
    'not-authenticator',
    'out-of-scope',
    'profiles',
    'synced',
  ],
};

/** What is wrong with a change of behaviour, in one sentence, or null: a typing error must not pass for a kind tenant. */
export function whyNoBehaviour(change: object): string | null {
  for (const [key, value] of Object.entries(change)) {
    if (!Object.hasOwn(KIND_BEHAVIOUR, key)) return `no such behaviour: ${key}.`;
    const kind = KIND_BEHAVIOUR[key as keyof Behaviour];
    const words: readonly unknown[] | undefined = WORDS[key as keyof typeof WORDS];
    if (words && !words.includes(value)) return `${key} is one of ${words.join(', ')}.`;
    if (Array.isArray(kind) ? !Array.isArray(value) : typeof value !== typeof kind)
      return `${key} is a ${Array.isArray(kind) ? 'list' : typeof kind}.`;
    if (typeof value === 'number' && !Number.isFinite(value)) return `${key} is a number.`;
    const isShare = /Share$|Contention$/.test(key);
    if (isShare && (Number(value) < 0 || Number(value) > 1)) return `${key} is between 0 and 1.`;
  }
  return null;
}

/** True while nothing was made unkind; what is added to Behaviour is covered by itself. */
export function isKind(behaviour: Behaviour): boolean {
  return JSON.stringify({ ...KIND_BEHAVIOUR, ...behaviour }) === JSON.stringify(KIND_BEHAVIOUR);
}
