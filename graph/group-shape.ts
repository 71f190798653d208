import type { GroupShape } from '../bot/workflow/tenant';
import { fields, text } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';
import { list } from './list';
import { path, query } from './url';

const read = {
  method: 'GET',
  repeat: 'read',
  permission: 'GroupMember.Read.All',
  cost: { service: 'directory', units: 1 },
} as const;

/** What the onboarding group is like ("group resource type"; "List group memberOf"). Throws TenantError. */
export async function readGroupShape(client: GraphClient, groupId: string): Promise<GroupShape> {
  const operation = 'group.shape';
  const [{ body }, parents] = await Promise.all([
    client.send({
      ...read,
      operation,
      path: path('groups', groupId) + query({ $select: 'id,groupTypes,isAssignableToRole,onPremisesSyncEnabled' }),
    }),
    list(client, {
      ...read,
      operation: 'group.parents',
      path: path('groups', groupId, 'memberOf') + query({ $select: 'id', $top: '1' }),
    }),
  ]);
  const { id, groupTypes, isAssignableToRole, onPremisesSyncEnabled } = fields(body);
  if (text(id)?.toLowerCase() !== groupId.toLowerCase() || !Array.isArray(groupTypes))
    throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
  return {
    dynamic: groupTypes.includes('DynamicMembership'),
    synchronized: onPremisesSyncEnabled === true,
    // Null is how groups say it that were never asked.
    roleAssignable: isAssignableToRole === true,
    nested: parents.length > 0,
  };
}
