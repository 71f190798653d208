import { closeUnopened } from '../onboarding/approval';
import type { Decision } from '../onboarding/decision';
import { startExit } from '../onboarding/exit';
import { type Onboarding, reference } from '../onboarding/onboarding';
import { commit } from './commit';
import type { Context } from './context';
import { eachActive } from './each-active';

type Needs = Pick<Context, 'store' | 'policy' | 'clock' | 'log' | 'changed'>;

/**
 * To be run before anything else on a store that was put back: what it says is from an earlier moment. An approval may
 * have been used or withdrawn since, so it counts no more; a window may have been closed since, or have gone on without
 * anybody watching, so its subject is taken out. Requests stay: whoever decides on one is asked anew by a card.
 *
 * Only the store is touched; the worker carries it out. May be cut off and run again.
 *
 * @returns the references of what was ended.
 */
export async function closeAfterRestore(context: Needs): Promise<readonly string[]> {
  const { store, policy, clock, log } = context;
  const decide = (current: Onboarding): Decision =>
    current.state === 'approved'
      ? closeUnopened(current, 'cancelled', 'onboard', policy, clock.now())
      : startExit(current, 'stopped', 'onboard', policy, clock.now(), 'store-restored');

  const ended: string[] = [];
  for await (const onboarding of eachActive(store)) {
    if (!['approved', 'opening', 'open'].includes(onboarding.state)) continue;
    const done = await commit(context, onboarding, decide);
    if (done.ok) ended.push(reference(onboarding));
  }
  log.error({ event: 'restore-treated', ended });
  return ended;
}
