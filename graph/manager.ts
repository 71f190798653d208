import type { PersonId } from '../bot/onboarding/person';
import { type Manager, TenantError } from '../bot/workflow/tenant';
import { fields, text } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';
import { readPerson } from './people';
import { path, query } from './url';

/**
 * The manager, as a person of the directory. Throws TenantError, `not-found` when the person herself is unknown.
 *
 * Having no manager is a 404 with the same code as an unknown person; only its words differ. A second read tells them
 * apart without trusting words.
 */
export async function readManager(client: GraphClient, id: PersonId): Promise<Manager> {
  let found: Readonly<Record<string, unknown>>;
  try {
    const { body } = await client.send({
      operation: 'manager.read',
      method: 'GET',
      repeat: 'read',
      cost: { service: 'directory', units: 1 },
      permission: 'User.Read.All',
      path: `${path('users', id)}/manager${query({ $select: 'id' })}`,
    });
    found = fields(body);
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'not-found') throw error;
    if (await readPerson(client, id)) return { kind: 'none' };
    throw tenantError('not-found', 'GRAPH_NOT_FOUND', 'manager.read', error.detail);
  }
  const type = text(found['@odata.type']);
  const managerId = text(found.id);
  if (!managerId) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', 'manager.read');
  if (type !== undefined && type !== '#microsoft.graph.user') return { kind: 'not-a-person' };
  const person = await readPerson(client, managerId);
  return person ? { kind: 'person', person } : { kind: 'not-a-person' };
}
