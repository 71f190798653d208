import type { PersonId } from '../bot/onboarding/person';
import { isPassing, type Privilege, TenantError } from '../bot/workflow/tenant';
import { type Call, fields, text } from './call';
import type { GraphClient } from './client';
import { list } from './list';
import { literal, path, query } from './url';

interface Look {
  readonly name: string;
  readonly permission: string;
  /** Transitive memberships take 2, less one for `$select`; the rest is 1 each, one more for `$expand`. */
  readonly units: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without Entra ID P2 there is no PIM, and so nobody who holds anything through it. */
  readonly pim?: boolean;
  /** What was found names groups, of which only the role-assignable ones count. */
  readonly groups?: boolean;
}

const ADVANCED = { ConsistencyLevel: 'eventual' };
const ROLE = 'roleDefinition($select=id,displayName)';

/**
 * Whether a person holds any power over the directory. No single read sees all of it: the first does not see roles
 * scoped to an administrative unit, the second does not see roles through a group, neither sees PIM's eligible ones.
 */
function looks(id: PersonId): readonly Look[] {
  const user = path('users', id);
  const ofPerson = `principalId eq ${literal(id)}`;
  const management = '/roleManagement/directory';
  return [
    {
      name: 'active roles',
      permission: 'User.Read.All',
      units: 1,
      path: `${user}/transitiveMemberOf/microsoft.graph.directoryRole${query({ $select: 'id,displayName,roleTemplateId', $count: 'true' })}`,
      headers: ADVANCED,
    },
    {
      name: 'role assignments',
      permission: 'RoleManagement.Read.Directory',
      units: 2,
      path: `${management}/roleAssignments${query({ $filter: ofPerson, $expand: ROLE })}`,
    },
    {
      name: 'eligible roles',
      permission: 'RoleManagement.Read.Directory',
      units: 2,
      path: `${management}/roleEligibilityScheduleInstances${query({ $filter: ofPerson, $expand: ROLE })}`,
      pim: true,
    },
    {
      name: 'scheduled roles',
      permission: 'RoleManagement.Read.Directory',
      units: 2,
      path: `${management}/roleAssignmentScheduleInstances${query({ $filter: ofPerson, $expand: ROLE })}`,
      pim: true,
    },
    {
      name: 'role-assignable groups',
      permission: 'User.Read.All',
      units: 1,
      path: `${user}/transitiveMemberOf/microsoft.graph.group${query({ $filter: 'isAssignableToRole eq true', $select: 'id,displayName', $count: 'true' })}`,
      headers: ADVANCED,
    },
    {
      name: 'eligible groups',
      permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      units: 1,
      path: `/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances${query({ $filter: ofPerson })}`,
      pim: true,
      groups: true,
    },
  ];
}

/**
 * Any role counts, whatever its power: which roles are harmless changes without notice. What cannot be read for a reason
 * that lasts is `unreadable`, which callers treat as privileged. Throws TenantError where only asking again can tell.
 */
export async function readPrivilege(client: GraphClient, id: PersonId): Promise<Privilege> {
  const results = await Promise.all(looks(id).map((look) => see(client, look)));
  const held = [...new Set(results.flatMap(({ held }) => held))];
  if (held.length > 0) return { level: 'privileged', evidence: held };
  const unread = results.flatMap(({ unread }) => unread);
  const lasting = unread.filter(({ error }) => !isPassing(error));
  if (lasting.length > 0)
    return { level: 'unreadable', evidence: lasting.map(({ look, error }) => `${look}: ${error.code}`) };
  // For the one that asked for the longest wait: before that, the next try would fail there again.
  const [last] = unread
    .map(({ error }) => error)
    .sort((a, b) => (b.detail.retryAfter ?? 0) - (a.detail.retryAfter ?? 0));
  if (last) throw last;
  return { level: 'none', evidence: [] };
}

interface Unread {
  readonly look: string;
  readonly error: TenantError;
}

async function see(client: GraphClient, look: Look): Promise<{ held: readonly string[]; unread: readonly Unread[] }> {
  const call: Call = {
    operation: 'person.privilege',
    method: 'GET',
    repeat: 'read',
    cost: { service: 'directory', units: look.units },
    permission: look.permission,
    path: look.path,
    ...(look.headers ? { headers: look.headers } : {}),
  };
  try {
    const found = await list(client, call);
    const items = look.groups ? await roleAssignable(client, found) : found;
    return { held: items.map((item) => nameOf(item, look.name)), unread: [] };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    if (look.pim && error.detail.graphCode === 'AadPremiumLicenseRequired') return { held: [], unread: [] };
    return { held: [], unread: [{ look: look.name, error }] };
  }
}

/** The groups behind these rows that can carry a role. */
async function roleAssignable(client: GraphClient, rows: readonly Readonly<Record<string, unknown>>[]) {
  const ids = new Set(rows.flatMap(({ groupId }) => text(groupId) ?? []));
  const groups = await Promise.all(
    [...ids].map(async (id) => {
      const { body } = await client.send({
        operation: 'group.kind',
        method: 'GET',
        repeat: 'read',
        cost: { service: 'directory', units: 1 },
        permission: 'GroupMember.Read.All',
        path: path('groups', id) + query({ $select: 'id,displayName,isAssignableToRole' }),
      });
      return fields(body);
    }),
  );
  // Only a clear no: a group that does not say counts.
  return groups.filter(({ isAssignableToRole }) => isAssignableToRole !== false && isAssignableToRole !== null);
}

function nameOf(item: Readonly<Record<string, unknown>>, look: string): string {
  const role = fields(item.roleDefinition);
  return text(role.displayName) ?? text(item.displayName) ?? text(item.roleDefinitionId) ?? look;
}
