import { systemClock } from '../bot/clock';
import type { Lane, Tenant } from '../bot/workflow/tenant';
import { readAuditEvents } from './audit-log';
import { graphBase } from './base-url';
import { createBudget } from './budget';
import { createClients } from './client';
import { createCredential } from './credential';
import { readGroupShape } from './group-shape';
import { addMember, isDirectMember, listMembers, removeMember } from './groups';
import { createGuardCheck } from './guard';
import { readManager } from './manager';
import { readMethods } from './methods';
import { readPassPolicy } from './pass-policy';
import { createPass, deletePass, listPasses } from './passes';
import { readAuthenticators, readPasskeys, removePasskey } from './passkeys';
import { findPeople, isInGroup, readPerson } from './people';
import { addMemberUntil } from './pim-membership';
import { readPrivilege } from './privilege';
import { readSessionsValidFrom, revokeSessions } from './sessions';
import type { GraphLog, GraphSeams, GraphSettings } from './settings';

export { type Credential, createCredential } from './credential';
export type { CredentialSettings, CredentialSource, GraphLog, GraphSeams, GraphSettings } from './settings';
export { type AppInstalled, createAppInstaller } from './teams-app';

/**
 * The tenant over Microsoft Graph. Sends nothing before the first call. Throws RangeError when an address in the
 * settings is not https.
 */
export function createTenant(settings: GraphSettings, log: GraphLog, seams: GraphSeams = {}): Tenant {
  const clock = seams.clock ?? systemClock;
  const clients = createClients({
    base: graphBase(settings.graphBaseUrl),
    credential: seams.credential ?? createCredential(settings),
    log,
    clock,
    budget: createBudget(clock, settings.budgetPercent, seams.onBudget),
    ...(seams.fetch ? { fetch: seams.fetch } : {}),
    ...(seams.onRequest ? { onRequest: seams.onRequest } : {}),
  });
  const group = settings.onboardingGroupId;
  const now = () => clock.now();
  // What it has read is kept for everybody, whichever lane asked.
  const guardPolicy = createGuardCheck(clients('click'), now, group, settings.guardPolicyId);

  function inLane(lane: Lane): Tenant {
    const client = clients(lane);
    return {
      inLane,
      findPeople: (text) => findPeople(client, text),
      person: (id) => readPerson(client, id),
      manager: (id) => readManager(client, id),
      isInGroup: (id, groupId) => isInGroup(client, id, groupId),
      privilege: (id) => readPrivilege(client, id),
      methods: (id) => readMethods(client, id),
      removePasskey: (id, methodId) => removePasskey(client, id, methodId),
      auditEvents: (what, since) => readAuditEvents(client, settings, what, since),
      groupShape: () => readGroupShape(client, group),
      passkeys: (ids) => readPasskeys(client, ids),
      authenticators: (ids) => readAuthenticators(client, ids),
      isMember: (id) => isDirectMember(client, group, id),
      members: () => listMembers(client, group),
      addMember: (id, until) =>
        settings.membership === 'pim'
          ? addMemberUntil(client, clock, group, id, until)
          : addMember(client, (ms) => clock.sleep(ms), group, id),
      removeMember: (id) => removeMember(client, now, group, id),
      passes: (id) => listPasses(client, id),
      createPass: (id, lifetimeMinutes, signal) => createPass(client, id, lifetimeMinutes, signal),
      deletePass: (id, passId) => deletePass(client, id, passId),
      passPolicy: () => readPassPolicy(client),
      revokeSessions: (id) => revokeSessions(client, id),
      sessionsValidFrom: (id) => readSessionsValidFrom(client, id),
      guardPolicy,
    };
  }
  // Who does not say in which lane is somebody who waits for an answer.
  return inLane('click');
}
