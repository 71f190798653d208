import type { Method } from '../onboarding/method';
import { type Onboarding, reference } from '../onboarding/onboarding';
import {
  deletesOld,
  LOOK_FOR_GONE,
  mustRevoke,
  oldGone,
  oldLeft,
  oldRemoveIntended,
  revokedRead,
  revokeIntended,
  waitsForHand,
} from '../onboarding/recovery';
import { commit } from './commit';
import type { Context } from './context';
import { inLane } from './lanes';
import type { Step } from './open-window';
import { TenantError } from './tenant';

/** Revoked, and the tenant does not say so yet: looked again after this, and revoked again if it still does not, ms. */
const READ_AGAIN = 10_000;

/**
 * The part of an opening that removes the old passkeys which the approval card named: look, intend, delete, look again.
 * Gives the onboarding as it is then; `goneAt` says whether it may go on. Throws TenantError.
 *
 * @param read what was there a moment ago, by every read of it: what one of them shows is not gone
 */
export async function removeOld(
  context: Context,
  onboarding: Onboarding,
  read: readonly Method[],
): Promise<Onboarding> {
  const { tenant, clock, policy, store } = context;
  const { recovery, subject } = onboarding;
  if (!recovery || recovery.goneAt !== undefined) return onboarding;

  const left = oldLeft(onboarding, read);
  let current = onboarding;
  if (left.length > 0) {
    // By hand: somebody put it back, or the read is late. Nobody is let in on top of it.
    if (!deletesOld(onboarding, policy)) return onboarding;
    if (recovery.removeIntendedAt === undefined) {
      const intended = await commit(context, onboarding, (now) => oldRemoveIntended(now, clock.now()));
      if (!intended.ok) return intended.onboarding;
      current = intended.onboarding;
    }
    for (const { id } of left) {
      // A stop that was answered meanwhile must not find anything deleted after it.
      const newest = await store.load(onboarding.id);
      if (newest?.state !== 'opening') return newest ?? current;
      await tenant.removePasskey(subject.id, id);
    }
    if (oldLeft(current, await ownPasskeys(context, subject.id)).length > 0) return current;
  }
  return (await commit(context, current, (now) => oldGone(now, clock.now()))).onboarding;
}

/**
 * What a recovery needs while it waits for people: a theft revokes every session at once, whoever decides on the rest and
 * however long that takes; and an old passkey that has to be removed by hand is looked for.
 */
export async function whileWaiting(context: Context, step: Step): Promise<Step> {
  const { clock } = context;
  const { onboarding } = step;
  if (onboarding.state !== 'requested' && onboarding.state !== 'approved') return step;
  if (mustRevoke(onboarding)) return revokeNow(context, onboarding);
  if (!waitsForHand(onboarding)) return step;
  const left = oldLeft(onboarding, await ownPasskeys(context, onboarding.subject.id));
  if (left.length > 0) return { onboarding, again: 'planned', ...sooner(step, clock.now() + LOOK_FOR_GONE) };
  const done = await commit(context, onboarding, (now) => oldGone(now, clock.now()));
  return { onboarding: done.onboarding, again: 'planned' };
}

/** Before everything else that is asked of the tenant: a thief is signed in meanwhile. */
async function revokeNow(anyLane: Context, onboarding: Onboarding): Promise<Step> {
  const context = inLane(anyLane, 'exit');
  const { tenant, clock, log } = context;
  const subject = onboarding.subject.id;
  const seen = await tenant.sessionsValidFrom(subject);
  const read = await commit(context, onboarding, (now) => revokedRead(now, seen, clock.now()));
  if (read.ok) {
    log.info({ event: 'theft-sessions-revoked', onboarding: reference(onboarding) });
    return { onboarding: read.onboarding, again: 'planned' };
  }
  const intended = await commit(context, read.onboarding, (now) => revokeIntended(now, seen, clock.now()));
  const current = intended.onboarding;
  if (!mustRevoke(current)) return { onboarding: current, again: 'planned' };
  await tenant.revokeSessions(subject);
  const after = await tenant.sessionsValidFrom(subject);
  const done = await commit(context, current, (now) => revokedRead(now, after, clock.now()));
  return done.ok
    ? { onboarding: done.onboarding, again: 'planned' }
    : { onboarding: done.onboarding, again: 'planned', dueAt: clock.now() + READ_AGAIN };
}

async function ownPasskeys({ tenant }: Context, subject: string): Promise<readonly Method[]> {
  const read = (await tenant.passkeys([subject])).get(subject) ?? [];
  if (read instanceof TenantError) throw read;
  return read;
}

function sooner(step: Step, at: number): Pick<Step, 'dueAt'> {
  return { dueAt: Math.min(step.dueAt ?? at, at) };
}
