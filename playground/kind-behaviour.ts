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

/** True while nothing was made unkind; what is added to Behaviour is covered by itself. */
export function isKind(behaviour: Behaviour): boolean {
  return JSON.stringify({ ...KIND_BEHAVIOUR, ...behaviour }) === JSON.stringify(KIND_BEHAVIOUR);
}
