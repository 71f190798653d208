import type { PersonId } from '../bot/onboarding/person';
import { Pass } from '../bot/pass';
import { type PassRecord, TenantError } from '../bot/workflow/tenant';
import { fields, text, time } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';
import { path } from './url';

const permission = 'UserAuthMethod-TAP.ReadWrite.All';
const cost = { service: 'methods', units: 1 } as const;

function passesOf(id: PersonId): string {
  return `${path('users', id)}/authentication/temporaryAccessPassMethods`;
}

/** What is listed, also when it has expired; a person has at most one. Throws TenantError. */
export async function listPasses(client: GraphClient, id: PersonId): Promise<readonly PassRecord[]> {
  const operation = 'pass.list';
  const { body } = await client.send({
    operation,
    method: 'GET',
    repeat: 'read',
    cost,
    permission,
    path: passesOf(id),
  });
  const { value } = fields(body);
  if (!Array.isArray(value)) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
  return value.map((item) => {
    const record = toRecord(item);
    if (!record) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
    return record;
  });
}

/**
 * Creates a multi-use pass that is valid at once. The code is in this one answer and nowhere else, ever, so the request
 * is sent once: after a lost answer the caller lists, deletes and asks again. Throws TenantError with code
 * GRAPH_TAP_SCOPE, GRAPH_TAP_LIFETIME or GRAPH_TAP_GUEST where Graph says so (in words only), kind `unknown` after
 * a lost answer.
 */
export async function createPass(
  client: GraphClient,
  id: PersonId,
  lifetimeMinutes: number,
  signal: AbortSignal,
): Promise<{ readonly pass: Pass; readonly record: PassRecord }> {
  const operation = 'pass.create';
  const { body } = await client.send({
    operation,
    method: 'POST',
    repeat: 'once',
    cost,
    permission,
    path: passesOf(id),
    // The policy's default may be one-time, with which a registration has to be over in ten minutes.
    body: { lifetimeInMinutes: lifetimeMinutes, isUsableOnce: false },
    recognize,
    signal,
  });
  const code = text(fields(body).temporaryAccessPass);
  const record = toRecord(body);
  if (!code || !record) throw tenantError('unknown', 'GRAPH_TAP_NO_CODE', operation);
  return { pass: new Pass(code), record };
}

/** `gone` on a 404, which also a replica that has not heard of it yet may give. Throws TenantError. */
export async function deletePass(client: GraphClient, id: PersonId, passId: string): Promise<'deleted' | 'gone'> {
  try {
    await client.send({
      operation: 'pass.delete',
      method: 'DELETE',
      repeat: 'write',
      cost,
      permission,
      path: passesOf(id) + path(passId),
    });
    return 'deleted';
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'not-found') throw error;
    return 'gone';
  }
}

/** Graph has one code, badRequest, for all three; the words are the only difference that there is. */
function recognize(status: number, words: string): string | undefined {
  if (status !== 400) return undefined;
  if (/UserCredentialPolicy/i.test(words)) return 'GRAPH_TAP_SCOPE';
  if (/LifetimeInMinutes/i.test(words)) return 'GRAPH_TAP_LIFETIME';
  if (/guest/i.test(words)) return 'GRAPH_TAP_GUEST';
  return undefined;
}

function toRecord(body: unknown): PassRecord | undefined {
  const item = fields(body);
  const id = text(item.id);
  if (!id) return undefined;
  return {
    id,
    startsAt: time(item.startDateTime) ?? time(item.createdDateTime) ?? 0,
    lifetimeMinutes: typeof item.lifetimeInMinutes === 'number' ? item.lifetimeInMinutes : 0,
    usableOnce: item.isUsableOnce === true,
    // Expired passes stay listed; whether one still opens anything is said here and not by its being there.
    usable: item.isUsable === true,
  };
}
