import { CLOCK_SLACK } from '../onboarding/due';
import type { PersonId } from '../onboarding/person';
import { HOUR } from '../onboarding/policy';
import type { Context } from './context';
import { sawInGroup } from './facts';

/** Entries of the audit log may come this much late, ms. */
const LATE = HOUR;

/**
 * Between two sweeps, or while no instance ran, somebody may have been put into the group and taken out again, by an
 * administrator or by the watchdog. Where the audit log may be read it names them; they count as seen now, because nobody
 * saw them leave. Without the log nobody knows.
 */
export function createNoteLeft(context: Context): () => Promise<void> {
  const { tenant, store, clock, policy, audit, pace } = context;
  let askedAt: number | undefined;
  return async () => {
    const now = clock.now();
    if (policy.audit === 'off' || (askedAt !== undefined && Math.abs(now - askedAt) < pace.sweep)) return;
    const since = askedAt === undefined ? now - policy.cooldown : askedAt - LATE;
    const events = await audit.read('member-added', since);
    askedAt = now;
    const left: PersonId[] = [];
    for (const { groupId, target, at } of events) {
      const { id } = target;
      if (groupId !== policy.onboardingGroupId || id === undefined || left.includes(id)) continue;
      const [seenAt, last] = await Promise.all([store.lastSeenInGroup(id), store.lastWindowOf(id)]);
      if (seenAt !== null && seenAt >= at) continue;
      const { openedAt = Number.POSITIVE_INFINITY, exit } = last ?? {};
      // A window of ours knows by itself when it was left.
      const ours = at >= openedAt - CLOCK_SLACK && at <= (exit?.leftAt ?? Number.POSITIVE_INFINITY) + CLOCK_SLACK;
      if (!ours && !(await tenant.isMember(id))) left.push(id);
    }
    await sawInGroup(context, left);
  };
}
