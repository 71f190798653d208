import type { Method, MethodKind, Passkey } from '../bot/onboarding/method';
import type { PersonId } from '../bot/onboarding/person';
import { TenantError } from '../bot/workflow/tenant';
import { readBatch } from './batch';
import type { GraphClient } from './client';
import { readOf, toMethods, toPasskeys } from './method-kinds';
import { path } from './url';

/** The passkeys of many people, 20 in a request. A person whose part failed has the error; the rest have their list. */
export function readPasskeys(client: GraphClient, ids: readonly PersonId[]) {
  return readOfMany<Passkey>(client, 'passkey', ids, toPasskeys);
}

/** Authenticator registrations of many people, read in the same way. */
export function readAuthenticators(client: GraphClient, ids: readonly PersonId[]) {
  return readOfMany<Method>(client, 'authenticator', ids, (body) => toMethods('authenticator', body));
}

async function readOfMany<T>(
  client: GraphClient,
  kind: MethodKind,
  ids: readonly PersonId[],
  convert: (body: unknown) => readonly T[],
): Promise<ReadonlyMap<PersonId, readonly T[] | TenantError>> {
  const each = [...new Set(ids)];
  const results = await readBatch(
    client,
    each.map((id) => readOf(kind, id)),
  );
  return new Map(each.map((id, index) => [id, attempt(results[index], convert)]));
}

function attempt<T>(result: unknown, convert: (body: unknown) => readonly T[]): readonly T[] | TenantError {
  if (result instanceof TenantError) return result;
  try {
    return convert(result);
  } catch (error) {
    if (error instanceof TenantError) return error;
    throw error;
  }
}

/**
 * Deletes one passkey ("Delete fido2AuthenticationMethod": the permission can register passkeys for anybody as well, so it
 * is granted only where it is wanted). A passkey that is gone already is a success. Throws TenantError.
 */
export async function removePasskey(client: GraphClient, id: PersonId, methodId: string): Promise<void> {
  try {
    await client.send({
      operation: 'passkey.remove',
      method: 'DELETE',
      repeat: 'write',
      cost: { service: 'methods', units: 1 },
      permission: 'UserAuthMethod-Passkey.ReadWrite.All',
      path: path('users', id, 'authentication', 'fido2Methods', methodId),
    });
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'not-found') throw error;
  }
}
