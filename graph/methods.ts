import type { Method } from '../bot/onboarding/method';
import type { PersonId } from '../bot/onboarding/person';
import { TenantError } from '../bot/workflow/tenant';
import { readBatch } from './batch';
import type { GraphClient } from './client';
import { METHOD_KINDS, readOf, toMethods, toPasskeys } from './method-kinds';

/**
 * Every method of a person of the kinds that may be read. A kind whose permission is not granted is left out; passkeys
 * must be readable. A kind that may be read but failed to be is an error: a baseline that lacks it would later show old
 * methods as new ones. Throws TenantError.
 */
export async function readMethods(client: GraphClient, id: PersonId): Promise<readonly Method[]> {
  const results = await readBatch(
    client,
    METHOD_KINDS.map((kind) => readOf(kind, id)),
  );
  return METHOD_KINDS.flatMap((kind, index) => {
    const result = results[index];
    if (!(result instanceof TenantError)) {
      return kind === 'passkey' ? toPasskeys(result) : toMethods(kind, result);
    }
    if (kind !== 'passkey' && result.detail.status === 403) return [];
    throw result;
  });
}
