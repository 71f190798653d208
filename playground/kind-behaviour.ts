import type { Behaviour } from './contract';

/** The other side as nobody in particular has met it: at once, complete and in order. */
export const KIND_BEHAVIOUR: Behaviour = {
  graphDelayMs: 0,
  replicationLagMs: 0,
  faults: [],
  withoutRoles: [],
  teamsStatus: 0,
  withoutPremium: false,
  provisionMs: 0,
  auditLagMs: 0,
  auditNames: 'id',
};

/** True while nothing was made unkind; what is added to Behaviour is covered by itself. */
export function isKind(behaviour: Behaviour): boolean {
  return JSON.stringify({ ...KIND_BEHAVIOUR, ...behaviour }) === JSON.stringify(KIND_BEHAVIOUR);
}
