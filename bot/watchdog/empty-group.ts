import type { Clock } from '../clock';
import { type Tenant, TenantError } from '../workflow/tenant';

/** All that the watchdog does in a tenant. */
export type Group = Pick<Tenant, 'members' | 'removeMember' | 'revokeSessions'>;

export interface Emptied {
  /** Removal was answered, in this round. */
  readonly removed: readonly string[];
  /** Still in the group when it was read back. */
  readonly left: readonly string[];
  /** The first thing that went wrong; its code and hint are for the operator. */
  readonly error?: TenantError;
}

export interface Revoked {
  readonly revoked: readonly string[];
  /** To be tried again. */
  readonly owed: readonly string[];
  /** The permission is not there: the sessions of these people live on, and somebody has to know. */
  readonly denied: readonly string[];
}

const AT_ONCE = 4;
/** A removal takes a moment to show in a read; longer than this, the next round looks. */
const READS = [0, 500, 1_500, 3_000];

/** Takes these people out and reads the group back. Throws nothing but what is no TenantError. */
export async function emptyGroup(group: Group, members: readonly string[], clock: Clock): Promise<Emptied> {
  const removed: string[] = [];
  let error: TenantError | undefined;
  const keep = (failure: unknown) => {
    if (!(failure instanceof TenantError)) throw failure;
    error ??= failure;
  };
  await each(members, async (id) => {
    try {
      await group.removeMember(id);
      removed.push(id);
    } catch (failure) {
      keep(failure);
    }
  });
  let left = members;
  for (const wait of READS) {
    await clock.sleep(wait);
    try {
      left = await group.members();
    } catch (failure) {
      keep(failure);
    }
    if (left.length === 0) break;
  }
  return { removed, left, ...(error ? { error } : {}) };
}

/** Revokes sessions. Who is no person, or is gone, has none. */
export async function revokeAll(group: Group, ids: readonly string[]): Promise<Revoked> {
  const revoked: string[] = [];
  const owed: string[] = [];
  const denied: string[] = [];
  await each(ids, async (id) => {
    try {
      await group.revokeSessions(id);
      revoked.push(id);
    } catch (failure) {
      if (!(failure instanceof TenantError)) throw failure;
      if (failure.kind === 'denied') denied.push(id);
      else if (failure.kind !== 'not-found' && failure.kind !== 'rejected') owed.push(id);
    }
  });
  return { revoked, owed, denied };
}

async function each(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const waiting = [...ids];
  const lane = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await work(id);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, lane));
}
