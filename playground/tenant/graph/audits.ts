import type { TenantRecord } from '../../contract';
import type { TenantState } from '../state';
import { badRequest, tooMany } from './errors';
import { ACCEPTS } from './permissions';
import type { GraphRoute, Parts } from './route';
import { ticks } from './shapes';

/** The audit log takes this many questions in this time from one application and tenant. */
const MOST = 5;
const SPAN = 10_000;

const CLAUSE = /^(activityDisplayName|initiatedBy\/app\/appId) eq '((?:[^']|'')*)'$/;

type Row = Readonly<Record<string, unknown>>;

/** `GET /auditLogs/directoryAudits`: what the journal has of registrations and memberships, as late as it is told to be. */
export function auditRoutes({ state, clock, journal }: Parts): GraphRoute[] {
  let asked: number[] = [];
  return [
    {
      method: 'GET',
      pattern: /^\/auditLogs\/directoryAudits$/i,
      accepts: ACCEPTS.audits,
      service: 'directory',
      handle(call) {
        const now = clock.now();
        asked = asked.filter((at) => at > now - SPAN);
        if (asked.length >= MOST) throw tooMany(SPAN / 1_000);
        asked.push(now);
        const { auditLagMs, clockSkewMs } = state.behaviour;
        const written = journal.tenant.filter(({ at }) => at <= now - clockSkewMs - auditLagMs);
        const rows = written.flatMap((record) => rowsOf(state, record)).filter(parse(call.query.get('$filter') ?? ''));
        return {
          status: 200,
          body: { '@odata.context': `${call.base}/$metadata#auditLogs/directoryAudits`, value: rows.reverse() },
        };
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
    return [row(state, record, 'Core Directory', activity, [member])];
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

/** `activityDateTime ge TIME`, then clauses with `eq`, joined by `and`; one group of them in parentheses joined by `or`. */
function parse(filter: string): (row: Row) => boolean {
  const match = /^activityDateTime ge (\S+)(?: and (.+))?$/.exec(filter);
  const since = Date.parse(match?.[1] ?? '');
  if (!match || Number.isNaN(since)) throw badRequest('Invalid filter clause.');
  const tests = (match[2] ?? '')
    .split(' and ')
    .filter((part) => part !== '')
    .map((part) => {
      const either = /^\((.+)\)$/.exec(part)?.[1]?.split(' or ') ?? [part];
      // A name in parentheses must not be cut: none of the clauses has " or " or " and " in it.
      const clauses = either.map(clause);
      return (row: Row) => clauses.some((test) => test(row));
    });
  return (row) => Date.parse(String(row.activityDateTime)) >= since && tests.every((test) => test(row));
}

function clause(text: string): (row: Row) => boolean {
  const [, property, value = ''] = CLAUSE.exec(text) ?? [];
  if (property === undefined) throw badRequest(`Invalid filter clause: '${text}'.`);
  const wanted = value.replaceAll("''", "'");
  return (row) => {
    if (property === 'activityDisplayName') return row.activityDisplayName === wanted;
    const { app } = row.initiatedBy as { app: { appId: string } | null };
    return app?.appId === wanted;
  };
}
