import { randomUUID } from 'node:crypto';
import type { Group, TenantState } from '../state';
import { entity, page } from './collection';
import { badDirectoryRequest, denied, notThere } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { directoryDefaults, groupRow, memberRow } from './shapes';

const GROUP = '/groups/(?<group>[^/]+)';
const READS_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];

function groupOf(state: TenantState, call: Call): Group {
  const asked = parameter(call, 'group');
  const group = state.groups.get(asked.toLowerCase());
  if (!group) throw notThere(asked);
  return group;
}

/** A new assigned security group of what was posted. Throws GraphRefusal for any other kind. */
function newGroup(body: unknown): Group {
  const asked = (body ?? {}) as Record<string, unknown>;
  for (const name of ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled']) {
    if (asked[name] === undefined) {
      throw badDirectoryRequest(`A value is required for property '${name}' of resource 'Group'.`);
    }
  }
  if (asked.mailEnabled !== false || asked.securityEnabled !== true || ((asked.groupTypes ?? []) as []).length > 0) {
    throw badDirectoryRequest('Only assigned security groups are created here.');
  }
  return {
    id: randomUUID(),
    displayName: String(asked.displayName),
    members: new Set(),
    groupTypes: [],
    securityEnabled: true,
    mailEnabled: false,
    isAssignableToRole: asked.isAssignableToRole === true,
    onPremisesSyncEnabled: null,
  };
}

export function groupRoutes({ state, changes, warn }: Parts): GraphRoute[] {
  /** Memberships that cannot be written through Graph, each with the answer that Graph gives. */
  function refuseUnwritable(group: Group, call: Call): void {
    // Dynamic and synchronised groups: the answer speaks of privileges, whatever the app holds.
    if (group.groupTypes.includes('DynamicMembership') || group.onPremisesSyncEnabled) throw denied('directory');
    if (group.isAssignableToRole && !call.permissions.has('RoleManagement.ReadWrite.Directory')) {
      throw denied('directory');
    }
    if (group.mailEnabled && group.groupTypes.length === 0) {
      throw badDirectoryRequest('Cannot Update a mail-enabled security groups and or distribution list.');
    }
  }

  function listMembers(call: Call, ids: Iterable<string>) {
    const mayReadUsers = READS_USERS.some((permission) => call.permissions.has(permission));
    return page(call, {
      rows: [...ids].map((id) => memberRow(state, id, mayReadUsers)).filter((row) => row !== null),
      defaults: directoryDefaults,
      properties: ['id', 'displayName', 'userPrincipalName'],
      resource: 'DirectoryObject',
      context: 'directoryObjects',
      type: 'microsoft.graph.directoryObject',
    });
  }

  return [
    {
      method: 'GET',
      pattern: /^\/groups$/i,
      accepts: ACCEPTS.groups,
      service: 'directory',
      // The name is not unique: two groups may have it.
      handle: (call) =>
        page(call, {
          rows: [...state.groups.values()].map(groupRow),
          properties: ['id', 'displayName', 'mailNickname', 'securityEnabled', 'mailEnabled', 'isAssignableToRole'],
          resource: 'Group',
          context: 'groups',
          type: 'microsoft.graph.group',
          searchable: true,
        }),
    },
    {
      method: 'POST',
      pattern: /^\/groups$/i,
      accepts: ACCEPTS.createGroup,
      service: 'directory',
      writes: true,
      handle(call) {
        const group = newGroup(call.body);
        if (group.isAssignableToRole && !call.permissions.has('RoleManagement.ReadWrite.Directory')) {
          throw denied('directory');
        }
        changes.createGroup(call.actor, group);
        const context = `${call.base}/$metadata#groups/$entity`;
        return { status: 201, body: { '@odata.context': context, ...groupRow(group) } };
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${GROUP}/owners$`, 'i'),
      accepts: ACCEPTS.groupOwners,
      service: 'directory',
      handle: (call) => listMembers(call, groupOf(state, call).owners ?? []),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${GROUP}/appRoleAssignments$`, 'i'),
      accepts: ACCEPTS.groupAppRoles,
      service: 'directory',
      handle(call) {
        const { id } = groupOf(state, call);
        return page(call, {
          rows: [],
          properties: ['resourceId'],
          resource: 'appRoleAssignment',
          context: `groups('${id}')/appRoleAssignments`,
          type: 'microsoft.graph.appRoleAssignment',
        });
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${GROUP}$`, 'i'),
      accepts: ACCEPTS.group,
      service: 'directory',
      handle: (call) =>
        entity(call, groupRow(groupOf(state, call)), { context: 'groups', type: 'microsoft.graph.group' }),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${GROUP}/members(/microsoft\\.graph\\.user)?$`, 'i'),
      accepts: ACCEPTS.members,
      service: 'directory',
      handle(call) {
        const direct = changes.seen(call.path).members.get(groupOf(state, call).id) ?? [];
        const onlyUsers = call.path.toLowerCase().endsWith('microsoft.graph.user');
        return listMembers(call, onlyUsers ? [...direct].filter((id) => state.users.has(id)) : direct);
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${GROUP}/transitiveMembers$`, 'i'),
      accepts: ACCEPTS.members,
      service: 'directory',
      handle(call) {
        const members = changes.seen(call.path).members;
        const found = new Set<string>();
        const look = [groupOf(state, call).id];
        for (let id = look.pop(); id !== undefined; id = look.pop()) {
          for (const member of members.get(id) ?? []) {
            if (found.has(member)) continue;
            found.add(member);
            look.push(member);
          }
        }
        return listMembers(call, found);
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${GROUP}/memberOf$`, 'i'),
      accepts: ACCEPTS.groupParents,
      service: 'directory',
      handle(call) {
        const { id } = groupOf(state, call);
        return listMembers(
          call,
          [...state.groups.values()].filter((group) => group.members.has(id)).map((group) => group.id),
        );
      },
    },
    {
      method: 'POST',
      pattern: new RegExp(`^${GROUP}/members/\\$ref$`, 'i'),
      accepts: ACCEPTS.writeMembers,
      service: 'directory',
      writes: true,
      handle(call) {
        const reference = (call.body as Record<string, unknown> | undefined)?.['@odata.id'];
        if (call.body === undefined) {
          throw badDirectoryRequest(
            "An unexpected 'EndOfInput' node was found when reading from the JSON reader. A 'StartObject' node was expected.",
          );
        }
        const id = /^https:\/\/[^/]+\/v1\.0\/(?:directoryObjects|users)\/([0-9a-f-]{36})$/i.exec(
          String(reference),
        )?.[1];
        if (id === undefined) throw badDirectoryRequest('Invalid URL format specified in @odata.id for members.');
        const group = groupOf(state, call);
        const user = state.users.get(id.toLowerCase());
        if (!user) throw notThere(id);
        refuseUnwritable(group, call);
        if (group.members.has(user.id)) {
          throw badDirectoryRequest(
            "One or more added object references already exist for the following modified properties: 'members'.",
          );
        }
        changes.addMember(call.actor, group.id, user.id);
        return { status: 204 };
      },
    },
    {
      method: 'DELETE',
      pattern: new RegExp(`^${GROUP}/members/(?<member>[^/]+)/\\$ref$`, 'i'),
      accepts: ACCEPTS.writeMembers,
      service: 'directory',
      writes: true,
      handle(call) {
        const asked = parameter(call, 'member');
        const group = groupOf(state, call);
        if (!group.members.has(asked.toLowerCase())) throw notThere(asked);
        refuseUnwritable(group, call);
        changes.removeMember(call.actor, group.id, asked.toLowerCase());
        return { status: 204 };
      },
    },
    {
      // Without `/$ref` Graph deletes the person and not the membership; only a missing permission stops it.
      method: 'DELETE',
      pattern: new RegExp(`^${GROUP}/members/(?<member>[^/]+)$`, 'i'),
      accepts: [],
      service: 'directory',
      handle(call) {
        warn(`DELETE ${call.path} without /$ref would have deleted the person ${parameter(call, 'member')}`);
        throw denied('directory');
      },
    },
  ];
}
