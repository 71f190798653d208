/** What the watchdog remembers from one look to the next. */
export interface Watch {
  /** When the product was last looked at, epoch ms; `null` before the first look. */
  readonly lookedAt: number | null;
  /** How long it has been silent, ms, as far as that was seen; `null` while it answers. */
  readonly silentFor: number | null;
}

export const FIRST_WATCH: Watch = { lookedAt: null, silentFor: null };

/**
 * One look more. Silence is what was seen of it: it grows by the time between two looks that both found the product
 * silent, and one gap counts for half the limit at most. So at least three looks in a row must have failed before
 * anything is done, however the clock was set and however long this machine slept. After a gap longer than the limit
 * nothing is known of the time before, and counting begins anew.
 */
export function look(before: Watch, silent: boolean, now: number, limit: number): Watch {
  if (!silent) return { lookedAt: now, silentFor: null };
  if (before.silentFor === null || before.lookedAt === null) return { lookedAt: now, silentFor: 0 };
  const gap = now - before.lookedAt;
  if (gap < 0 || gap > limit) return { lookedAt: now, silentFor: 0 };
  return { lookedAt: now, silentFor: Math.min(before.silentFor + Math.min(gap, limit / 2), limit) };
}

/** Whether the group has to be emptied now. */
export function mustAct({ silentFor }: Watch, limit: number): boolean {
  return silentFor !== null && silentFor >= limit;
}
