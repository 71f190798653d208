import { groupsOf } from '../membership';
import type { TenantState, User } from '../state';
import { entity, isAdvanced, page } from './collection';
import { badDirectoryRequest, denied, notThere, unsupportedQuery } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { contactRow, directoryDefaults, groupRow, USER_DEFAULTS, userRow } from './shapes';

/** Properties that the directory filters users by. */
const FILTERABLE = [
  'id',
  'accountEnabled',
  'department',
  'displayName',
  'employeeId',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'onPremisesSyncEnabled',
  'surname',
  'userPrincipalName',
  'userType',
];

/** By object id or user principal name, without case. Throws the directory's 404. */
export function userOf(state: TenantState, call: Call): User {
  const asked = parameter(call, 'user');
  const wanted = asked.toLowerCase();
  const found =
    state.users.get(wanted) ??
    [...state.users.values()].find((user) => user.userPrincipalName.toLowerCase() === wanted);
  if (!found) throw notThere(asked);
  return found;
}

const USER = '/users/(?<user>[^/]+)';

export function userRoutes({ state, changes }: Parts): GraphRoute[] {
  const shape = { defaults: USER_DEFAULTS, context: 'users', type: 'microsoft.graph.user' };
  return [
    {
      method: 'GET',
      pattern: /^\/users$/i,
      accepts: ACCEPTS.users,
      service: 'directory',
      handle: (call) =>
        page(call, {
          ...shape,
          rows: [...state.users.values()].map(userRow),
          properties: FILTERABLE,
          resource: 'User',
          searchable: true,
        }),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${USER}$`, 'i'),
      accepts: ACCEPTS.users,
      service: 'directory',
      handle: (call) => entity(call, userRow(userOf(state, call)), shape),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${USER}/manager$`, 'i'),
      accepts: ACCEPTS.manager,
      service: 'directory',
      handle(call) {
        const user = userOf(state, call);
        const directoryObject = { context: 'directoryObjects', type: 'microsoft.graph.directoryObject' };
        if (user.managerId !== null && user.managerKind === 'orgContact') {
          return entity(call, contactRow(), { ...directoryObject, defaults: directoryDefaults });
        }
        const manager = user.managerId === null ? undefined : state.users.get(user.managerId);
        // Nobody is an error here, and not an empty answer.
        if (!manager) throw notThere('manager');
        return entity(
          call,
          { '@odata.type': '#microsoft.graph.user', ...userRow(manager) },
          { ...directoryObject, defaults: directoryDefaults },
        );
      },
    },
    {
      method: 'POST',
      pattern: new RegExp(`^${USER}/(microsoft\\.graph\\.)?checkMemberGroups$`, 'i'),
      accepts: ACCEPTS.checkMemberGroups,
      service: 'directory',
      handle(call) {
        const user = userOf(state, call);
        const ids = (call.body as { groupIds?: unknown } | undefined)?.groupIds;
        if (!Array.isArray(ids) || ids.length === 0 || ids.length > 20) {
          throw badDirectoryRequest('The groupIds collection must hold between 1 and 20 ids.');
        }
        const groups = groupsOf(state, user.id, changes.seen(call.path).members);
        const value = ids.filter((id) => groups.has(String(id).toLowerCase()));
        return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Collection(Edm.String)`, value } };
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${USER}/memberOf/(?<group>[^/]+)$`, 'i'),
      accepts: ACCEPTS.memberOfOne,
      service: 'directory',
      handle(call) {
        const user = userOf(state, call);
        const asked = parameter(call, 'group');
        const group = state.groups.get(asked.toLowerCase());
        if (!group || !changes.seen(call.path).members.get(group.id)?.has(user.id)) throw notThere(asked);
        return entity(
          call,
          { '@odata.type': '#microsoft.graph.group', ...groupRow(group) },
          { context: 'directoryObjects', type: 'microsoft.graph.directoryObject' },
        );
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${USER}/transitiveMemberOf/microsoft\\.graph\\.group$`, 'i'),
      accepts: ACCEPTS.transitiveMemberOf,
      service: 'directory',
      handle(call) {
        const groups = groupsOf(state, userOf(state, call).id, changes.seen(call.path).members);
        return page(call, {
          rows: [...groups].flatMap((id) => state.groups.get(id) ?? []).map(groupRow),
          properties: ['id', 'displayName', 'isAssignableToRole', 'securityEnabled', 'mailEnabled'],
          resource: 'Group',
          context: 'groups',
          type: 'microsoft.graph.group',
          advancedOnly: true,
        });
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${USER}/transitiveMemberOf/microsoft\\.graph\\.directoryRole$`, 'i'),
      accepts: ACCEPTS.transitiveMemberOf,
      service: 'directory',
      handle: (call) => directoryRoles(state, call, changes.seen(call.path).members),
    },
    {
      method: 'POST',
      pattern: new RegExp(`^${USER}/(microsoft\\.graph\\.)?revokeSignInSessions$`, 'i'),
      accepts: ACCEPTS.revoke,
      service: 'directory',
      writes: true,
      handle(call) {
        changes.revokeSessions(call.actor, userOf(state, call).id);
        return { status: 200, body: { '@odata.context': `${call.base}/$metadata#Edm.Boolean`, value: true } };
      },
    },
    {
      // Never carried out here: nothing that Onboard does may delete a person.
      method: 'DELETE',
      pattern: new RegExp(`^${USER}$`, 'i'),
      accepts: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
      service: 'directory',
      handle() {
        throw denied('directory');
      },
    },
  ];
}

/** Roles that are active for a person, also through a group. They come without names unless roles may be read. */
function directoryRoles(state: TenantState, call: Call, members: ReadonlyMap<string, ReadonlySet<string>>) {
  const user = userOf(state, call);
  if (!isAdvanced(call)) {
    throw unsupportedQuery(
      "The request uses advanced query capabilities: send $count=true and the header 'ConsistencyLevel: eventual'.",
    );
  }
  const principals = groupsOf(state, user.id, members).add(user.id);
  const held = new Set(
    state.roleAssignments
      .filter((row) => row.kind === 'active' && principals.has(row.principalId))
      .map((row) => row.roleDefinitionId),
  );
  const named = ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', 'Directory.Read.All'].some(
    (permission) => call.permissions.has(permission),
  );
  return page(call, {
    rows: [...held].map((templateId) => ({
      id: templateId.replace(/^.{8}/, '77777777'),
      description: null,
      displayName: named ? (state.roleDefinitions.get(templateId) ?? null) : null,
      roleTemplateId: named ? templateId : null,
    })),
    properties: ['id', 'roleTemplateId'],
    resource: 'DirectoryRole',
    context: 'directoryRoles',
    type: 'microsoft.graph.directoryRole',
  });
}
