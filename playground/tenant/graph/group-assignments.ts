import { randomUUID } from 'node:crypto';
import type { Reply } from '../../http';
import { type GroupAssignment, keepAssignments, liveAssignments } from '../group-assignments';
import { page } from './collection';
import { badRequest, GraphRefusal, notThere } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { seconds } from './shapes';

const ROOT = '/identityGovernance/privilegedAccess/group';
const REQUESTS = `${ROOT}/assignmentScheduleRequests`;
const SHORTEST = 5 * 60_000;
/** What the settings of a group allow at first: no active assignment for good, and none longer than half a year. */
const LONGEST = 180 * 24 * 3_600_000;

const refuse = (code: string, message: string) => new GraphRefusal(400, code, message);
const policy = (rule: string) =>
  refuse('RoleAssignmentRequestPolicyValidationFailed', `The following policy rules failed: ["${rule}"]`);

/** PIM for Groups, as far as an application assigns and removes active memberships. */
export function groupAssignmentRoutes({ state, changes, clock }: Parts): GraphRoute[] {
  const carryOut = keepAssignments(state, changes, clock);

  /** @param only to see whether it would be let through: nothing is assigned */
  function assign(call: Call, groupId: string, principalId: string, schedule: unknown, only: boolean): GroupAssignment {
    const group = state.groups.get(groupId);
    if (!group) throw notThere(groupId);
    if (!state.users.has(principalId)) throw notThere(principalId);
    if (group.groupTypes.includes('DynamicMembership') || group.onPremisesSyncEnabled)
      throw refuse('InvalidResource', 'The resource is not supported by Privileged Identity Management.');
    if (state.behaviour.withoutPremium)
      throw refuse(
        'AadPremiumLicenseRequired',
        'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
      );
    if (group.members.has(principalId) || liveAssignments(state, groupId, principalId).length > 0)
      throw refuse('RoleAssignmentExists', 'The Role assignment already exists.');
    const now = clock.now();
    const { start, end } = readSchedule(schedule, now);
    if (end - Math.max(start, now) < SHORTEST)
      throw refuse('ActiveDurationTooShort', 'The Active duration is too short. Miniumum Required is 5 minutes.');
    if (end - now > LONGEST) throw policy('ExpirationRule');
    const assignment: GroupAssignment = {
      id: randomUUID(),
      groupId,
      principalId,
      actor: call.actor,
      createdAt: now,
      startsAt: Math.max(start, now) + state.behaviour.provisionMs,
      endsAt: end,
      state: 'pending',
    };
    if (!only) state.groupAssignments.push(assignment);
    return assignment;
  }

  function remove(call: Call, groupId: string, principalId: string, only: boolean): GroupAssignment {
    const [assignment] = liveAssignments(state, groupId, principalId);
    if (!assignment) throw refuse('RoleAssignmentDoesNotExist', 'The Role assignment does not exist.');
    if (clock.now() - assignment.createdAt < SHORTEST)
      throw refuse('ActiveDurationTooShort', 'The Active duration is too short. Miniumum Required is 5 minutes.');
    if (!only) changes.removeMember(call.actor, groupId, principalId);
    return assignment;
  }

  function request(call: Call): Reply {
    const asked = (call.body ?? {}) as Readonly<Record<string, unknown>>;
    const groupId = String(asked.groupId ?? '').toLowerCase();
    const principalId = String(asked.principalId ?? '').toLowerCase();
    if (asked.accessId !== 'member') throw refuse('InvalidAccessId', 'The access id is not supported here.');
    if (typeof asked.justification !== 'string' || asked.justification.trim() === '') throw policy('JustificationRule');
    const only = asked.isValidationOnly === true;
    const assignment =
      asked.action === 'adminAssign'
        ? assign(call, groupId, principalId, asked.scheduleInfo, only)
        : asked.action === 'adminRemove'
          ? remove(call, groupId, principalId, only)
          : undefined;
    if (!assignment) throw refuse('InvalidAction', 'The action is not supported here.');
    carryOut();
    const { action, justification } = asked;
    return { status: 201, body: { ...rowOf(assignment), action, justification, isValidationOnly: only } };
  }

  function rowOf(assignment: GroupAssignment): Record<string, unknown> {
    const { id, groupId, principalId, createdAt, startsAt, endsAt } = assignment;
    return {
      id,
      status: assignment.state === 'pending' ? 'PendingProvisioning' : 'Provisioned',
      action: 'adminAssign',
      approvalId: null,
      customData: null,
      isValidationOnly: false,
      accessId: 'member',
      principalId,
      groupId,
      targetScheduleId: `${groupId}_member_${id}`,
      createdDateTime: seconds(createdAt),
      completedDateTime: assignment.state === 'pending' ? null : seconds(startsAt),
      scheduleInfo: {
        startDateTime: seconds(startsAt),
        recurrence: null,
        expiration: { type: 'afterDateTime', endDateTime: seconds(endsAt), duration: null },
      },
      ticketInfo: { ticketNumber: null, ticketSystem: null },
    };
  }

  /** Members for good have no times. */
  function instances(): Record<string, unknown>[] {
    const timed = state.groupAssignments.filter((one) => one.state === 'provisioned');
    const plain = [...state.groups.values()].flatMap(({ id: groupId, members }) =>
      [...members]
        .filter((id) => !timed.some((one) => one.groupId === groupId && one.principalId === id))
        .map((principalId) => ({ id: `${groupId}_member_${principalId}`, groupId, principalId })),
    );
    return [...timed, ...plain].map((one) => ({
      id: 'endsAt' in one ? `${one.groupId}_member_${one.id}` : one.id,
      principalId: one.principalId,
      groupId: one.groupId,
      accessId: 'member',
      assignmentType: 'Assigned',
      memberType: 'direct',
      assignmentScheduleId: one.id,
      startDateTime: 'startsAt' in one ? seconds(one.startsAt) : null,
      endDateTime: 'endsAt' in one ? seconds(one.endsAt) : null,
    }));
  }

  return [
    {
      method: 'POST',
      pattern: new RegExp(`^${REQUESTS}$`, 'i'),
      accepts: ACCEPTS.writeGroupAssignments,
      service: 'privilegedAccess',
      writes: true,
      handle: request,
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${REQUESTS}/(?<request>[^/]+)$`, 'i'),
      accepts: ACCEPTS.readGroupAssignments,
      service: 'privilegedAccess',
      handle(call) {
        const found = state.groupAssignments.find(({ id }) => id === parameter(call, 'request'));
        if (!found) throw notThere(parameter(call, 'request'));
        return { status: 200, body: rowOf(found) };
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${ROOT}/assignmentScheduleInstances$`, 'i'),
      accepts: ACCEPTS.readGroupAssignments,
      service: 'privilegedAccess',
      handle(call) {
        if (!/\b(principalId|groupId) eq/.test(call.query.get('$filter') ?? ''))
          throw new GraphRefusal(400, 'MissingParameters', 'Required parameters GroupId or PrincipalId are missing.');
        return page(call, {
          rows: instances(),
          properties: ['principalId', 'groupId', 'accessId'],
          resource: 'privilegedAccessGroupAssignmentScheduleInstance',
          context: 'identityGovernance/privilegedAccess/group/assignmentScheduleInstances',
          type: 'microsoft.graph.privilegedAccessGroupAssignmentScheduleInstance',
        });
      },
    },
  ];
}

/** Only what ends at a time, or after a duration of whole minutes or hours; anything else breaks the group's rules. */
function readSchedule(schedule: unknown, now: number): { readonly start: number; readonly end: number } {
  const { startDateTime, expiration } = (schedule ?? {}) as Readonly<Record<string, unknown>>;
  const { type, endDateTime, duration } = (expiration ?? {}) as Readonly<Record<string, unknown>>;
  const start = startDateTime === undefined || startDateTime === null ? now : Date.parse(String(startDateTime));
  if (Number.isNaN(start)) throw badRequest('Invalid date time for scheduleInfo.startDateTime.');
  if (type === 'afterDateTime') {
    const end = Date.parse(String(endDateTime));
    if (Number.isNaN(end)) throw badRequest('Invalid date time for scheduleInfo.expiration.endDateTime.');
    return { start, end };
  }
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(duration)) ?? [];
  if (type !== 'afterDuration' || (hours ?? minutes) === undefined) throw policy('ExpirationRule');
  return { start, end: start + Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 };
}
