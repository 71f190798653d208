import type { GraphRecord } from '../../playground/contract';
import { seedPasskey } from '../../playground/tenant/seed-passkey';
import { GRAPH_DELAY, type Rig } from './rig';

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until it is so; throws after `limitMs`. */
export async function until(what: string, is: () => unknown, limitMs = 300_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!is()) {
    if (performance.now() > end) throw new Error(`not within ${limitMs / 1_000} s: ${what}`);
    await pause(5);
  }
}

/** This person has a passkey from now on, as a look through Graph shows it. */
export function register(rig: Rig, userId: string): number {
  const user = rig.state.users.get(userId);
  if (!user) throw new Error('there is nobody to register a passkey');
  const at = Date.now();
  for (const method of seedPasskey(user, 'securityKey')) rig.state.methods.push({ ...method, createdAt: at });
  return at;
}

/** Reads the journal of the tenant from where it was left. */
export function follow(rig: Rig) {
  const { journal, state } = rig;
  let next = journal.graph.length;
  const removed = new Map<string, number>();
  const readBack = new Map<string, number>();
  const look = () => {
    for (; next < journal.graph.length; next++) {
      const { method, path, status, at } = journal.graph[next] as GraphRecord;
      const group = state.onboardingGroupId;
      const gone = new RegExp(`/groups/${group}/members/([0-9a-f-]{36})/\\$ref$`, 'i').exec(path)?.[1];
      if (gone && method === 'DELETE' && status === 204) removed.set(gone.toLowerCase(), at);
      const read = new RegExp(`/users/([0-9a-f-]{36})/memberOf/${group}`, 'i').exec(path)?.[1];
      // The answer goes out after the delay: only then it was read. Before a window opens nobody is a member either.
      if (read && status === 404 && removed.has(read.toLowerCase()) && !readBack.has(read.toLowerCase()))
        readBack.set(read.toLowerCase(), at + GRAPH_DELAY);
    }
  };
  return {
    /** When this person was taken out, and when her absence was read; epoch ms. */
    removedAt(id: string): number | undefined {
      look();
      return removed.get(id);
    },
    readBackAt(id: string): number | undefined {
      look();
      return readBack.get(id);
    },
  };
}

export interface Traffic {
  readonly requests: number;
  readonly units: number;
}

/** Requests, and what Microsoft's list of costs makes of them: 1 each, parts of a batch one by one, some kinds more. */
export function traffic(calls: readonly GraphRecord[]): Traffic {
  let requests = 0;
  let units = 0;
  for (const call of calls) {
    if (/oauth2|openid|discovery/.test(call.path)) continue;
    if (!call.batch) requests++;
    if (!/\/\$batch$/.test(call.path)) units += cost(call);
  }
  return { requests, units };
}

/** "Microsoft Graph service-specific throttling limits", Identity and access: members of a group 3, less 1 for $select. */
function cost({ method, path }: GraphRecord): number {
  if (method === 'GET') return /\/groups\/[^/]+\/members$/.test(path) ? 2 : 1;
  return 2;
}
