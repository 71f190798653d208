import type { Changes } from './changes';
import { groupsOf, rolesOf } from './membership';
import type { TenantState, User } from './state';

interface Parts {
  readonly state: TenantState;
  readonly changes: Changes;
}

interface Targets {
  readonly includeTargets: readonly { readonly id: string }[];
  readonly excludeTargets: readonly { readonly id: string }[];
}

/** The groups of a person as far as their members have replicated: what sign-in knows. */
export function seenGroups({ state, changes }: Parts, user: User): ReadonlySet<string> {
  return groupsOf(state, user.id, changes.seen().members);
}

/** Template ids of the roles that are active for a person; an eligible role is none until it is activated. */
export function activeRoles({ state, changes }: Parts, user: User): ReadonlySet<string> {
  return new Set(rolesOf(state, user.id, 'active', changes.seen().members).map((row) => row.roleDefinitionId));
}

/** Whether an authentication method's policy covers a person; an exclusion wins. */
export function inScope(targets: Targets, groups: ReadonlySet<string>): boolean {
  const covers = (one: { readonly id: string }) => one.id === 'all_users' || groups.has(one.id);
  return targets.includeTargets.some(covers) && !targets.excludeTargets.some(covers);
}
