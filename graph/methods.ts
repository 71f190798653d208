import type { Method, MethodKind, MethodsRead } from '../bot/onboarding/method';
import type { PersonId } from '../bot/onboarding/person';
import { TenantError } from '../bot/workflow/tenant';
import { readBatch } from './batch';
import type { GraphClient } from './client';
import { METHOD_KINDS, readOf, toMethods, toPasskeys } from './method-kinds';

/**
 * Every method of a person of the kinds that may be read, and which kinds those are. A kind whose permission is not granted is left out; passkeys
 * must be readable. A kind that may be read but failed to be is an error: a baseline that lacks it would later show old
 * methods as new ones. Throws TenantError.
 */
export async function readMethods(client: GraphClient, id: PersonId): Promise<MethodsRead> {
  const results = await readBatch(
    client,
    METHOD_KINDS.map((kind) => readOf(kind, id)),
  );
  const kinds: MethodKind[] = [];
  const methods: Method[] = [];
  for (const [index, kind] of METHOD_KINDS.entries()) {
    const result = results[index];
    if (result instanceof TenantError) {
      if (kind !== 'passkey' && result.detail.status === 403) continue;
      throw result;
    }
    kinds.push(kind);
    methods.push(...(kind === 'passkey' ? toPasskeys(result) : toMethods(kind, result)));
  }
  return { kinds, methods };
}
