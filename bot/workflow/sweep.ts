import { entry } from '../onboarding/moved';
import { hasOpenWindow, reference } from '../onboarding/onboarding';
import type { Context } from './context';

export interface SweepResult {
  readonly members: number;
  /** Taken out: their window is closed. */
  readonly removed: readonly string[];
  /** In the group without any window of ours; told, not touched: somebody else may have put them there. */
  readonly unknown: readonly string[];
}

/**
 * Compares the group with the windows. Members are read first and windows second: a window that opens in between then
 * shows as open, and nobody is taken out of a window that is just opening.
 */
export async function sweep(context: Context): Promise<SweepResult> {
  const { tenant, store, clock, log } = context;
  const members = await tenant.members();
  const windows = new Map(
    (await store.active()).filter(hasOpenWindow).map((onboarding) => [onboarding.subject.id, onboarding]),
  );

  const removed: string[] = [];
  const unknown: string[] = [];
  for (const member of members) {
    if (windows.has(member)) continue;
    const last = await store.lastWindowOf(member);
    if (last && hasOpenWindow(last)) continue;
    if (!last) {
      unknown.push(member);
      continue;
    }
    log.error({ event: 'sweep-removes', onboarding: reference(last), member });
    await store.record(last.id, [
      entry(clock.now(), { onboard: 'sweep' }, 'sweep-remove-intended', { subject: member }),
    ]);
    await tenant.removeMember(member);
    await tenant.revokeSessions(member);
    await store.record(last.id, [entry(clock.now(), { onboard: 'sweep' }, 'sweep-removed', { subject: member })]);
    removed.push(member);
  }
  if (unknown.length > 0) log.error({ event: 'sweep-unknown-members', members: unknown });
  return { members: members.length, removed, unknown };
}
