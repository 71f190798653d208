import type { TenantRecord } from '../../contract';
import type { TenantState } from '../state';
import { page } from './collection';
import { tooMany } from './errors';
import { ACCEPTS } from './permissions';
import type { GraphRoute, Parts } from './route';
import { ticks } from './shapes';

type Row = Readonly<Record<string, unknown>>;

/** `GET /auditLogs/directoryAudits`: what the journal has of registrations and memberships, as late as it is told to be. */
export function auditRoutes({ state, clock, journal }: Parts, limit: () => number | null): GraphRoute[] {
  return [
    {
      method: 'GET',
      pattern: /^\/auditLogs\/directoryAudits$/i,
      accepts: ACCEPTS.audits,
      service: 'directory',
      handle(call) {
        const wait = limit();
        if (wait !== null) throw tooMany(wait);
        const { auditLagMs, clockSkewMs } = state.behaviour;
        const written = journal.tenant.filter(({ at }) => at <= clock.now() - clockSkewMs - auditLagMs);
        return page(call, {
          rows: written.flatMap((record) => rowsOf(state, record)).reverse(),
          properties: [
            'activityDateTime',
            'activityDisplayName',
            'category',
            'correlationId',
            'loggedByService',
            'result',
            'initiatedBy/app/appId',
            'initiatedBy/user/id',
            'initiatedBy/user/userPrincipalName',
          ],
          anyOf: { targetResources: ['id', 'displayName'] },
          resource: 'directoryAudit',
          context: 'auditLogs/directoryAudits',
          type: 'microsoft.graph.directoryAudit',
          sortsFiltered: true,
          usualPage: 1_000,
        });
      },
    },
  ];
}

/** One change as the services write it down: a registration twice, by two of them. */
function rowsOf(state: TenantState, record: TenantRecord): Row[] {
  if (record.kind === 'method-added' && record.methodKind === 'fido2') {
    const own = record.actor === `user:${record.userId}`;
    return [
      // The device registration service knows the person by name alone.
      row(state, record, 'Device Registration Service', 'Add Passkey (device-bound)', [
        target(state, record.userId, { id: null }),
      ]),
      row(
        state,
        record,
        'Authentication Methods',
        own ? 'User registered security info' : 'Admin registered security info',
        [target(state, record.userId)],
        [{ key: 'AuthenticationMethod', value: 'Passkey' }],
      ),
    ];
  }
  if (record.kind === 'pass-created') {
    const details = [{ key: 'AuthenticationMethod', value: 'Temporary Access Pass' }];
    return [
      row(
        state,
        record,
        'Authentication Methods',
        'Admin registered security info',
        [target(state, record.userId)],
        details,
      ),
    ];
  }
  if (record.kind === 'member-added' || record.kind === 'member-removed') {
    const group = [{ displayName: 'Group.ObjectID', oldValue: null, newValue: JSON.stringify(record.groupId) }];
    const member = target(state, record.userId, { modifiedProperties: group });
    const activity = record.kind === 'member-added' ? 'Add member to group' : 'Remove member from group';
    const { displayName = null } = state.groups.get(record.groupId) ?? {};
    const into = { id: record.groupId, displayName, type: 'Group', userPrincipalName: null, modifiedProperties: [] };
    return [row(state, record, 'Core Directory', activity, [member, into])];
  }
  return [];
}

function row(
  state: TenantState,
  record: TenantRecord,
  service: string,
  activity: string,
  targets: readonly Row[],
  details: readonly Row[] = [],
): Row {
  return {
    id: `${service.replaceAll(' ', '')}_${record.seq}`,
    category: 'UserManagement',
    correlationId: null,
    result: 'success',
    resultReason: '',
    activityDisplayName: activity,
    activityDateTime: ticks(record.at + state.behaviour.clockSkewMs),
    loggedByService: service,
    operationType: 'Add',
    initiatedBy: initiator(state, record.actor),
    targetResources: targets,
    additionalDetails: details,
  };
}

function target(state: TenantState, userId: string, more: Row = {}): Row {
  const user = state.users.get(userId);
  return {
    id: userId,
    displayName: user?.displayName ?? null,
    type: 'User',
    userPrincipalName: user?.userPrincipalName ?? null,
    modifiedProperties: [],
    ...more,
  };
}

function initiator(state: TenantState, actor: string): Row {
  const [kind, id = ''] = actor.split(':');
  const { auditNames } = state.behaviour;
  if (kind === 'app') return { user: null, app: { appId: id, displayName: null, servicePrincipalId: null } };
  if (kind === 'tenant' || auditNames === 'nobody') return { user: null, app: null };
  // Somebody in the admin center, whom the directory does not show.
  const user = state.users.get(id) ?? {
    id: '22222222-0000-4000-8000-0000000000ad',
    userPrincipalName: `admin@${state.domain}`,
  };
  const named = { userPrincipalName: user.userPrincipalName, ipAddress: '' };
  return { user: { id: auditNames === 'id' ? user.id : null, ...named }, app: null };
}
