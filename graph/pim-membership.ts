import type { Clock } from '../bot/clock';
import type { PersonId } from '../bot/onboarding/person';
import { TenantError } from '../bot/workflow/tenant';
import { fields, text, time } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';
import { isDirectMember } from './groups';
import { list } from './list';
import { literal, path, query } from './url';

/**
 * Membership through PIM for Groups: Entra itself ends it, whatever becomes of us. Leaving earlier is the plain removal,
 * which Microsoft documents to end the assignment as well.
 */

const PERMISSION = 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup';
const REQUESTS = '/identityGovernance/privilegedAccess/group/assignmentScheduleRequests';
const INSTANCES = '/identityGovernance/privilegedAccess/group/assignmentScheduleInstances';

/**
 * After the deadline, ms: the exit comes first, and Entra's timer only where nobody made it. Not less than 5 minutes,
 * which is the shortest assignment that PIM takes.
 */
const GRACE = 5 * 60_000;
/** Graph writes times to the second. */
const ROUNDING = 2_000;
/** How long to wait before each look at a request that is not yet provisioned, and at a membership that must be there. */
const LOOKS = [0, 400, 1_200, 2_500];

const DONE = ['Provisioned', 'Granted'];
const UNDER_WAY = ['PendingProvisioning', 'PendingScheduleCreation', 'ScheduleCreated'];

const REFUSALS: Readonly<Record<string, string>> = {
  AadPremiumLicenseRequired: 'GRAPH_PIM_LICENSE',
  ActiveDurationTooShort: 'GRAPH_PIM_TOO_SHORT',
  RoleAssignmentRequestPolicyValidationFailed: 'GRAPH_PIM_POLICY',
  RoleAssignmentExists: 'GRAPH_PIM_EXISTS',
};

/**
 * Makes somebody a member until `until` (epoch ms) and 5 minutes. `already-member` only where the assignment that is
 * there ends by itself no later than that. Throws TenantError; kind `unknown` where it was not provisioned in time: it
 * may still be, so look before asking again.
 */
export async function addMemberUntil(
  client: GraphClient,
  clock: Pick<Clock, 'now' | 'sleep'>,
  groupId: string,
  id: PersonId,
  until: number,
): Promise<'added' | 'already-member'> {
  const operation = 'pim.add';
  const end = until + GRACE;
  try {
    const { body } = await client.send({
      operation,
      method: 'POST',
      path: REQUESTS,
      repeat: 'write',
      cost: { service: 'directory', units: 1 },
      permission: PERMISSION,
      body: {
        accessId: 'member',
        principalId: id,
        groupId,
        action: 'adminAssign',
        scheduleInfo: {
          startDateTime: new Date(clock.now()).toISOString(),
          expiration: { type: 'afterDateTime', endDateTime: new Date(end).toISOString() },
        },
        justification: 'Passkey onboarding',
      },
      recognize: (_status, _words, graphCode) => REFUSALS[graphCode ?? ''],
    });
    await untilProvisioned(client, clock, body);
    return 'added';
  } catch (error) {
    if (!(error instanceof TenantError) || error.code !== 'GRAPH_PIM_EXISTS') throw error;
    return endsInTime(client, clock, groupId, id, end, error);
  }
}

async function untilProvisioned(client: GraphClient, clock: Pick<Clock, 'sleep'>, first: unknown): Promise<void> {
  const operation = 'pim.request';
  let { id, status } = fields(first);
  if (typeof id !== 'string' || typeof status !== 'string')
    throw tenantError('unknown', 'GRAPH_LOST_ANSWER', 'pim.add');
  for (const wait of LOOKS) {
    if (DONE.includes(String(status))) return;
    if (!UNDER_WAY.includes(String(status))) throw tenantError('rejected', 'GRAPH_PIM_REFUSED', operation);
    await clock.sleep(wait);
    const { body } = await client.send({
      operation,
      method: 'GET',
      path: `${REQUESTS}${path(String(id))}`,
      repeat: 'read',
      cost: { service: 'directory', units: 1 },
      permission: PERMISSION,
    });
    ({ id = id, status } = fields(body));
  }
  if (!DONE.includes(String(status))) throw tenantError('unknown', 'GRAPH_PIM_PENDING', operation);
}

/** What is there already: ours of an attempt whose answer was lost, or somebody's that would not end in time. */
async function endsInTime(
  client: GraphClient,
  clock: Pick<Clock, 'sleep'>,
  groupId: string,
  id: PersonId,
  end: number,
  refusal: TenantError,
): Promise<'already-member'> {
  const instances = await list(client, {
    operation: 'pim.instances',
    method: 'GET',
    path:
      INSTANCES +
      query({ $filter: `groupId eq ${literal(groupId)} and principalId eq ${literal(id)} and accessId eq 'member'` }),
    repeat: 'read',
    cost: { service: 'directory', units: 1 },
    permission: PERMISSION,
  });
  const ends = instances
    .filter((row) => text(row.principalId)?.toLowerCase() === id.toLowerCase())
    .map((row) => time(row.endDateTime) ?? Number.POSITIVE_INFINITY);
  if (ends.length > 0 && !ends.every((one) => one <= end + ROUNDING))
    throw tenantError('rejected', 'GRAPH_PIM_STAYS', 'pim.add', refusal.detail);
  if (ends.length > 0) {
    for (const wait of LOOKS) {
      await clock.sleep(wait);
      if (await isDirectMember(client, groupId, id)) return 'already-member';
    }
  }
  throw tenantError('unknown', 'GRAPH_PIM_PENDING', 'pim.add', refusal.detail);
}
