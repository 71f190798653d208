import { isOver } from '../onboarding/due';
import { judgePasskey } from '../onboarding/method';
import { entry } from '../onboarding/moved';
import { hasOpenWindow, type Onboarding, reference } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import type { Context } from './context';
import { activePages } from './each-active';
import type { Glance } from './store-port';
import { TenantError } from './tenant';

/** The same person is not taken out again before this, ms: a removal that was answered may not be seen for a while. */
const AGAIN = 60_000;

/** Somebody who has to be out of the group, and by what. */
interface Due {
  readonly id: string;
  readonly number: number;
  readonly subject: PersonId;
  readonly why: 'exit-begun' | 'deadline-passed' | 'passkey-seen';
}

/**
 * Whether this error says by itself that the store cannot be written. Known by its name, because the store's own room is
 * closed to this one. Not what the engine refused for what was asked of it: that is a defect, and others can still write.
 */
export function isUnwritable(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'StoreError') return false;
  return 'code' in error && error.code !== 'STORE_FAILED';
}

/** Ends exemptions while the store cannot be written, or not even read. */
export interface WithoutStore {
  /** The windows as they were last read; all there is to go by when the store does not answer at all. */
  remember(windows: readonly Glance[]): void;
  /** Takes out whoever has to be out. Does nothing when it was done a moment ago. Never throws. */
  act(): Promise<void>;
  /** The store answers again: what was done meanwhile is written into its ledger. Throws what the store throws. */
  catchUp(): Promise<void>;
}

/**
 * A change in the tenant has its intent in the ledger first; the one exception is here. Leaving the group needs no record
 * to be safe: a deadline never moves, an exit that has begun never turns back, and a proof stays one. So a full disk keeps
 * nobody exempt; the log says what was done, and the ledger says it later. The exit itself is still carried out and read
 * back when the store can be written. Nothing else is done without a record: no pass, no window, no message.
 *
 * With a store that does not answer, a window that another instance opened for the same person since it was last read
 * could be cut short. That is the harmless side of it.
 */
export function createWithoutStore(context: Context): WithoutStore {
  const { tenant, store, clock, log, pace, policy } = context;
  let remembered: readonly Glance[] = [];
  let nextAt = Number.NEGATIVE_INFINITY;
  const triedAt = new Map<string, number>();
  const unrecorded: (Due & { readonly at: number; readonly result: string })[] = [];

  async function findDue(): Promise<readonly Due[]> {
    const now = clock.now();
    const due: Due[] = [];
    try {
      for await (const page of activePages(store)) due.push(...(await dueAmong(page.filter(hasOpenWindow), now)));
      return due;
    } catch {
      return remembered
        .filter(({ leftAt, exitAt, deadline }) => leftAt === undefined && (exitAt !== undefined || deadline <= now))
        .map(({ id, number, subject, exitAt }) => ({
          id,
          number,
          subject,
          why: exitAt === undefined ? 'deadline-passed' : 'exit-begun',
        }));
    }
  }

  async function dueAmong(windows: readonly Onboarding[], now: number): Promise<readonly Due[]> {
    const open = windows.filter((one) => one.state === 'open' && !isOver(one, now));
    const passkeys = await readPasskeys(open.map((one) => one.subject.id));
    return windows.flatMap((one): readonly Due[] => {
      const due = (why: Due['why']): readonly Due[] => [
        { id: one.id, number: one.number, subject: one.subject.id, why },
      ];
      if (one.state === 'closing') return due('exit-begun');
      if (isOver(one, now)) return due('deadline-passed');
      const found = passkeys.get(one.subject.id) ?? [];
      const { baseline } = one;
      if (!baseline || found instanceof TenantError) return [];
      const proof = found.some((passkey) => judgePasskey(passkey, baseline, policy.accepted) === 'acceptable');
      return proof ? due('passkey-seen') : [];
    });
  }

  async function readPasskeys(ids: readonly PersonId[]): ReturnType<typeof tenant.passkeys> {
    try {
      return ids.length === 0 ? new Map() : await tenant.passkeys(ids);
    } catch {
      return new Map();
    }
  }

  async function takeOut(due: Due): Promise<void> {
    const now = clock.now();
    if (now - (triedAt.get(due.id) ?? Number.NEGATIVE_INFINITY) < AGAIN) return;
    const of = { onboarding: reference(due), member: due.subject, why: due.why };
    try {
      const { result } = await tenant.removeMember(due.subject);
      triedAt.set(due.id, now);
      if (result === 'not-member') return;
      log.error({ event: 'exit-unrecorded', ...of });
      unrecorded.push({ ...due, at: now, result });
      // After a completion the sign-in at the computer still has to say Next and Done; the exit revokes when it settles.
      if (due.why !== 'passkey-seen') await tenant.revokeSessions(due.subject);
    } catch (error) {
      const code = error instanceof TenantError ? { code: error.code, hint: error.hint } : { error: String(error) };
      log.warn({ event: 'exit-part-failed', ...of, ...code });
    }
  }

  return {
    remember(windows) {
      remembered = windows;
    },
    async act() {
      if (clock.now() < nextAt) return;
      nextAt = clock.now() + pace.pollHot;
      for (const due of await findDue()) await takeOut(due);
    },
    async catchUp() {
      for (let next = unrecorded[0]; next; next = unrecorded[0]) {
        const { id, at, subject, why, result } = next;
        await store.record(id, [entry(at, { onboard: 'worker' }, 'removed-unrecorded', { subject, why, result })]);
        unrecorded.shift();
        triedAt.delete(id);
      }
    },
  };
}
