import { isPerson } from '../onboarding/audit';
import { entry } from '../onboarding/moved';
import { hasOpenWindow, reference } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import { DAY, MINUTE } from '../onboarding/policy';
import type { Context } from './context';
import { sawInGroup } from './facts';
import { groupLooksWrong } from './group-looks-wrong';
import type { Glance } from './store-port';
import { TenantError } from './tenant';

export interface SweepResult {
  readonly members: number;
  /** Taken out: their window is closed, or should have been a while ago. */
  readonly removed: readonly PersonId[];
  /** Taken out: Onboard added them, by the audit log, and has no window for them. */
  readonly ours: readonly PersonId[];
  /** Taken out because the installation says so: nobody knows them. */
  readonly cleared: readonly PersonId[];
  /** Still in the group without any window of ours; told, not touched: somebody else may have put them there. */
  readonly unknown: readonly PersonId[];
}

/** The most that one sweep takes out of those whom nobody knows. A mistake is then seen before it is large. */
const MOST_CLEARED = 3;
/** How far back the audit log is asked who added a member. */
const AUDIT_BACK = 30 * DAY;
/** From then on a window's deadline is the sweep's business as well: its own exit has had many tries by then. */
const OVERDUE = MINUTE;
/** No wait of an open window is longer: a due time beyond it comes from a clock that was set back. */
const LONGEST_WAIT = 10 * MINUTE;

/**
 * Compares the group with the windows, again and again. Members are read first and windows second: a window that opens in
 * between then shows as open, and nobody is taken out of a window that is just opening.
 *
 * A member whose window is closed goes at once, after one look: a window is committed before its add, so the store cannot
 * lag behind the group, and a list of members that is late leads to the removal of somebody who is out already, which
 * changes nothing. This stops being safe if a window is ever added before it is committed. A member whose deadline has
 * passed goes too, whatever keeps the exit from being written down: a store that is full can still be read. Whoever is not known at all is
 * judged only when two sweeps in a row agree, because there the group is all there is to go by.
 */
export function createSweep(
  context: Context,
  remember: (windows: readonly Glance[]) => void = () => undefined,
): () => Promise<SweepResult> {
  const { tenant, store, log, policy } = context;
  let before: ReadonlySet<PersonId> = new Set();

  return async () => {
    const members = await tenant.members();
    const all = await store.windows();
    remember(all);
    const windows = new Map(all.filter(({ leftAt }) => leftAt === undefined).map((window) => [window.subject, window]));
    await sawInGroup(
      context,
      members.filter((member) => !windows.has(member)),
    );
    const due = context.clock.now() - OVERDUE;
    const removals = createRemovals(context);
    const removed: PersonId[] = [];
    const unknown: PersonId[] = [];
    for (const member of members) {
      const window = windows.get(member);
      if (window && window.deadline > due) continue;
      if (window) {
        if (await removals.remove(member, 'deadline-passed', window)) removed.push(member);
        continue;
      }
      const last = await store.lastWindowOf(member);
      if (last && hasOpenWindow(last)) continue;
      if (!last) unknown.push(member);
      else if (await removals.remove(member, 'window-closed', last)) removed.push(member);
    }

    const agreed = unknown.filter((member) => before.has(member));
    before = new Set(unknown);
    const ours: PersonId[] = [];
    for (const member of await addedByUs(context, agreed))
      if (await removals.remove(member, 'added-by-onboard')) ours.push(member);

    const strangers = agreed.filter((member) => !ours.includes(member));
    const cleared: PersonId[] = [];
    if (policy.sweepUnknown === 'remove' && strangers.length > 0) {
      const next = strangers.slice(0, MOST_CLEARED);
      const wrong = await groupLooksWrong(context, unknown.length, next);
      if (wrong !== null) log.error({ event: 'sweep-group-looks-wrong', why: wrong, unknown: unknown.length });
      else for (const member of next) if (await removals.remove(member, 'unknown')) cleared.push(member);
    }

    const left = unknown.filter((member) => !ours.includes(member) && !cleared.includes(member));
    if (left.length > 0) log.error({ event: 'sweep-unknown-members', count: left.length, members: left });
    await lookNow(context, all);
    removals.throwFirst();
    return { members: members.length, removed, ours, cleared, unknown: left };
  };
}

/**
 * Takes people out one by one; one who cannot be taken out does not keep the others in, and a store that cannot be
 * written keeps nobody in whose window is over: the log then holds what the ledger could not.
 */
function createRemovals({ tenant, store, clock, log }: Context) {
  const failures: unknown[] = [];
  const actor = { onboard: 'sweep' } as const;
  return {
    /** True when the person was in the group and is not any more. */
    async remove(
      member: PersonId,
      why: string,
      last?: { readonly id: string; readonly number: number },
    ): Promise<boolean> {
      const id = last?.id ?? null;
      const of = last ? { onboarding: reference(last) } : {};
      const note = (event: string, more: Readonly<Record<string, string>> = {}) =>
        store
          .record(id, [entry(clock.now(), actor, event, { subject: member, why, ...more })])
          .catch((error: unknown) => {
            if (!last) throw error;
            log.error({ event: 'sweep-unrecorded', what: event, why, member, ...of, error: String(error) });
          });
      try {
        await note('sweep-remove-intended');
        const { result } = await tenant.removeMember(member);
        await note('sweep-removed', { result });
        // Out already: the list of members was late.
        if (result === 'not-member') return false;
        log.error({ event: 'sweep-removes', why, member, ...of });
        await tenant.revokeSessions(member);
        return true;
      } catch (error) {
        const code = error instanceof TenantError ? { code: error.code, hint: error.hint } : { error: String(error) };
        log.error({ event: 'sweep-removal-failed', why, member, ...of, ...code });
        failures.push(error);
        return false;
      }
    },
    throwFirst(): void {
      if (failures.length > 0) throw failures[0];
    },
  };
}

/**
 * Those whom Onboard itself put into the group, by the audit log: left over from a store that was lost. Without the log
 * nobody is.
 */
async function addedByUs(context: Context, members: readonly PersonId[]): Promise<readonly PersonId[]> {
  if (members.length === 0 || context.policy.audit === 'off') return [];
  const { events } = await context.audit.read('member-added', context.clock.now() - AUDIT_BACK);
  return members.filter((id) =>
    events.some(
      ({ what, by, groupId, target }) =>
        what === 'member-added' &&
        by.kind === 'onboard' &&
        groupId === context.policy.onboardingGroupId &&
        isPerson(target, { id, userPrincipalName: '' }),
    ),
  );
}

/** A window that is to be looked at only in a far future would be nobody's: it is looked at now. */
async function lookNow({ store, clock, owner, policy }: Context, windows: readonly Glance[]): Promise<void> {
  const now = clock.now();
  const latest = now + Math.max(LONGEST_WAIT, policy.settle);
  for (const { id, version, dueAt = now } of windows) {
    if (dueAt <= latest) continue;
    if (await store.lease(id, now, now + MINUTE, owner)) await store.release(id, owner, { version, dueAt: now });
  }
}
