import type { RoleAssignment, TenantState } from './state';

/** Direct members by group id; by default the tenant as it is, for late reads a snapshot. */
type Members = ReadonlyMap<string, ReadonlySet<string>>;

function membersNow(state: TenantState): Members {
  return new Map([...state.groups].map(([id, group]) => [id, group.members]));
}

/** Ids of all groups that a person (or a group) is in, directly or through other groups. */
export function groupsOf(state: TenantState, id: string, members: Members = membersNow(state)): Set<string> {
  const found = new Set<string>();
  const look = [id];
  for (let member = look.pop(); member !== undefined; member = look.pop()) {
    for (const [groupId, direct] of members) {
      if (!direct.has(member) || found.has(groupId)) continue;
      found.add(groupId);
      look.push(groupId);
    }
  }
  return found;
}

/** Role assignments of a person of one kind, direct and through groups. */
export function rolesOf(
  state: TenantState,
  userId: string,
  kind: RoleAssignment['kind'],
  members?: Members,
): RoleAssignment[] {
  const principals = groupsOf(state, userId, members).add(userId);
  return state.roleAssignments.filter((row) => row.kind === kind && principals.has(row.principalId));
}

/** Whether a person holds or may take a role, or is in a group that roles can be given to. */
export function isPrivileged(state: TenantState, userId: string): boolean {
  return (
    rolesOf(state, userId, 'active').length > 0 ||
    rolesOf(state, userId, 'eligible').length > 0 ||
    [...groupsOf(state, userId)].some((id) => state.groups.get(id)?.isAssignableToRole) ||
    state.groupEligibilities.some(
      (row) => row.principalId === userId && state.groups.get(row.groupId)?.isAssignableToRole,
    )
  );
}
