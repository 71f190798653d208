import { mintLost } from '../onboarding/due';
import { entry } from '../onboarding/moved';
import { type Onboarding, reference } from '../onboarding/onboarding';
import { mintSettled } from '../onboarding/window';
import { commit } from './commit';
import type { Context } from './context';
import { TenantError } from './tenant';

/**
 * A mint whose answer was lost, or which died with its process, may have made a pass that nobody was shown. From the end
 * of its lease the passes are listed at every look, and what was not shown is deleted. A pass may take minutes to be
 * listed, so "none" is believed only after that time. A press on "Show pass" does the same by itself, under its own lease.
 *
 * @returns the newest state. What cannot be read now is looked at again at the next look.
 */
export async function settleMint(context: Context, onboarding: Onboarding): Promise<Onboarding> {
  const { tenant, store, clock, log } = context;
  if (!mintLost(onboarding, clock.now())) return onboarding;
  const subject = onboarding.subject.id;
  try {
    const listed = await tenant.passes(subject);
    // Whoever began to mint meanwhile deletes what was there before by itself; what was listed may not be touched then.
    const newest = await store.load(onboarding.id);
    if (!newest || newest.mintingUntil !== onboarding.mintingUntil || !mintLost(newest, clock.now()))
      return newest ?? onboarding;

    const unseen = listed.filter(({ id }) => id !== newest.pass?.id);
    const note = (event: string, pass: string) =>
      store.record(newest.id, [
        entry(clock.now(), { onboard: 'worker' }, event, { number: newest.passesStarted, pass }),
      ]);
    for (const { id } of unseen) {
      log.warn({
        event: 'pass-discarded',
        onboarding: reference(newest),
        number: newest.passesStarted,
        reason: 'answer-lost',
      });
      await note('pass-discard-intended', id);
      await tenant.deletePass(subject, id);
      await note('pass-deleted', id);
    }
    const settled = await commit(context, newest, (now) =>
      mintSettled(now, newest.mintingUntil, unseen.length > 0, clock.now()),
    );
    return settled.onboarding;
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const { code, hint, detail } = error;
    log.warn({ event: 'mint-unsettled', onboarding: reference(onboarding), code, hint, requestId: detail.requestId });
    return onboarding;
  }
}
