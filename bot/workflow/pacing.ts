/** The longest wait that a tenant's Retry-After is given while somebody is exempt, ms. */
const MOST_RETRY_AFTER = 60_000;
const FIRST = 300;

/**
 * How often one thing is tried: each part of each exit, each opening. In memory only; after a restart everything is
 * tried at once, which is what a restart is for.
 */
export interface Pacing {
  /** Epoch ms; 0 when it may be tried now. */
  dueAt(key: string): number;
  /** Not done yet: wait longer than the last time, up to `most` ms, or as long as the tenant asks. */
  again(key: string, now: number, most: number, retryAfter?: number): number;
  /** When something was last done, for what must not be repeated too soon. */
  note(key: string, now: number): void;
  noted(key: string): number | undefined;
  /** Nothing about this onboarding matters any more. */
  forget(onboarding: string): void;
}

export function createPacing(): Pacing {
  const waits = new Map<string, { readonly count: number; readonly dueAt: number }>();
  const notes = new Map<string, number>();
  return {
    dueAt: (key) => waits.get(key)?.dueAt ?? 0,
    again(key, now, most, retryAfter = 0) {
      const count = (waits.get(key)?.count ?? 0) + 1;
      const backoff = Math.min(FIRST * 2 ** Math.min(count - 1, 12), most);
      const dueAt = now + Math.max(backoff, Math.min(retryAfter, MOST_RETRY_AFTER));
      waits.set(key, { count, dueAt });
      return dueAt;
    },
    note: (key, now) => void notes.set(key, now),
    noted: (key) => notes.get(key),
    forget(onboarding) {
      for (const map of [waits, notes]) for (const key of map.keys()) if (key.startsWith(onboarding)) map.delete(key);
    },
  };
}
