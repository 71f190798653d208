import { CLOCK_SLACK } from '../onboarding/due';
import type { PersonId } from '../onboarding/person';
import { HOUR } from '../onboarding/policy';
import type { Context } from './context';
import { sawInGroup } from './facts';

/** Entries of the audit log may come this much late, ms. */
const LATE = HOUR;
/** A question that may be answered in a moment is put again after this, ms; in between the log is there for other questions. */
const ASK_AGAIN = 30_000;

/**
 * Between two sweeps, or while no instance ran, somebody may have been put into the group and taken out again, by an
 * administrator or by the watchdog. Where the audit log may be read it names them; they count as seen now, because nobody
 * saw them leave. Without the log nobody knows.
 */
export function createNoteLeft(context: Context): () => Promise<void> {
  const { tenant, store, clock, policy, audit, pace } = context;
  /** Answered, and gone through. */
  let askedAt: number | undefined;
  let turn = { at: Number.NEGATIVE_INFINITY, wait: 0 };
  return async () => {
    const now = clock.now();
    if (policy.audit === 'off' || Math.abs(now - turn.at) < turn.wait) return;
    turn = { at: now, wait: Math.min(ASK_AGAIN, pace.sweep) };
    const since = askedAt === undefined ? now - policy.cooldown : askedAt - LATE;
    const { events, unread } = await audit.read('member-added', since);
    if (unread === 'lasting') turn = { at: now, wait: pace.sweep };
    if (unread !== undefined) return;
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
    askedAt = now;
    turn = { at: now, wait: pace.sweep };
  };
}
