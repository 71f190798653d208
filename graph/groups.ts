import type { PersonId } from '../bot/onboarding/person';
import { type Removal, TenantError } from '../bot/workflow/tenant';
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
const write = {
  repeat: 'write',
  cost: { service: 'directory', units: 1 },
  permission: 'GroupMember.ReadWrite.All',
  deniedHint: 'The same answer comes for a dynamic, synchronized or role-assignable group: it must be none of these.',
} as const;

/** Direct membership of one person: false for an unknown person too. Throws TenantError. */
export async function isDirectMember(client: GraphClient, groupId: string, id: PersonId): Promise<boolean> {
  const operation = 'group.member';
  try {
    const { body } = await client.send({
      ...read,
      operation,
      permission: 'User.Read.All',
      path: path('users', id, 'memberOf', groupId) + query({ $select: 'id' }),
    });
    if (!isId(body, groupId)) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
    return true;
  } catch (error) {
    if (error instanceof TenantError && error.kind === 'not-found') return false;
    throw error;
  }
}

/** Ids of all direct members, of whatever kind. */
export async function listMembers(client: GraphClient, groupId: string): Promise<readonly PersonId[]> {
  const members = await list(client, {
    ...read,
    operation: 'group.members',
    cost: { service: 'directory', units: 2 },
    path: path('groups', groupId, 'members') + query({ $select: 'id', $top: '999' }),
  });
  return members.flatMap(({ id }) => text(id)?.toLowerCase() ?? []);
}

/** How long to wait before each look at whether somebody is in the group already, ms. */
const LOOKS = [0, 300, 900];

/**
 * Adds a person. Graph answers an add of a member with a 400 that has no code of its own, so a read decides what it
 * meant. Throws TenantError; kind `unknown` when Graph says "already" and the reads do not show it yet.
 */
export async function addMember(
  client: GraphClient,
  sleep: (ms: number) => Promise<void>,
  groupId: string,
  id: PersonId,
): Promise<'added' | 'already-member'> {
  try {
    await client.send({
      ...write,
      operation: 'group.add',
      method: 'POST',
      path: memberReferences(groupId),
      body: { '@odata.id': `${client.base.origin}/v1.0${path('directoryObjects', id)}` },
      recognize: (_, words) => (/already exist/i.test(words) ? 'GRAPH_ADD_UNCLEAR' : undefined),
    });
    return 'added';
  } catch (error) {
    if (!(error instanceof TenantError) || error.detail.graphCode !== 'Request_BadRequest') throw error;
    for (const wait of LOOKS) {
      await sleep(wait);
      if (await isDirectMember(client, groupId, id)) return 'already-member';
      if (error.code !== 'GRAPH_ADD_UNCLEAR') break;
    }
    throw error.code === 'GRAPH_ADD_UNCLEAR'
      ? tenantError('unknown', error.code, error.operation, error.detail)
      : error;
  }
}

/**
 * Takes a person out. `not-member` only after the group itself was read: a wrong group id gives the same 404, and
 * believing it would leave somebody exempt. Throws TenantError.
 */
export async function removeMember(
  client: GraphClient,
  now: () => number,
  groupId: string,
  id: PersonId,
): Promise<Removal> {
  try {
    const { tenantTime } = await client.send({
      ...write,
      operation: 'group.remove',
      method: 'DELETE',
      path: memberReference(groupId, id),
    });
    return { result: 'removed', tenantTime: tenantTime ?? now() };
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'not-found') throw error;
    const tenantTime = await readGroup(client, groupId);
    return { result: 'not-member', tenantTime: tenantTime ?? now() };
  }
}

/** The tenant's time at which the group was there. */
async function readGroup(client: GraphClient, groupId: string): Promise<number | undefined> {
  try {
    const { body, tenantTime } = await client.send({
      ...read,
      operation: 'group.read',
      path: path('groups', groupId) + query({ $select: 'id' }),
    });
    if (!isId(body, groupId)) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', 'group.read');
    return tenantTime;
  } catch (error) {
    if (error instanceof TenantError && error.kind === 'not-found') {
      throw tenantError('not-found', 'GRAPH_WRONG_GROUP', 'group.remove', error.detail);
    }
    throw error;
  }
}

function isId(body: unknown, id: string): boolean {
  return text(fields(body).id)?.toLowerCase() === id.toLowerCase();
}

function memberReferences(groupId: string): string {
  return `${path('groups', groupId, 'members')}/$ref`;
}

/**
 * The only place that builds the address of a removal. Without `/$ref` at its end Graph would delete the person instead
 * of the membership.
 */
export function memberReference(groupId: string, id: PersonId): string {
  return `${path('groups', groupId, 'members', id)}/$ref`;
}
