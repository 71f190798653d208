import type { PersonId } from '../bot/onboarding/person';
import { fields, time } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';
import { path, query } from './url';

/** Ends all sessions that began before now. May be repeated. Throws TenantError. */
export async function revokeSessions(client: GraphClient, id: PersonId): Promise<void> {
  await client.send({
    operation: 'sessions.revoke',
    method: 'POST',
    repeat: 'write',
    cost: { service: 'directory', units: 1 },
    permission: 'User.RevokeSessions.All',
    path: `${path('users', id)}/revokeSignInSessions`,
  });
}

/** Sessions from before this are void: epoch ms of the tenant's clock, 0 when it was never set. Throws TenantError. */
export async function readSessionsValidFrom(client: GraphClient, id: PersonId): Promise<number> {
  const operation = 'sessions.read';
  const { body } = await client.send({
    operation,
    method: 'GET',
    repeat: 'read',
    cost: { service: 'directory', units: 1 },
    permission: 'User.Read.All',
    path: path('users', id) + query({ $select: 'id,signInSessionsValidFromDateTime' }),
  });
  const { id: found, signInSessionsValidFromDateTime: validFrom } = fields(body);
  if (typeof found !== 'string') throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
  return time(validFrom) ?? 0;
}
