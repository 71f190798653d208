import { expire } from '../onboarding/approval';
import { escalationAt } from '../onboarding/due';
import type { Onboarding } from '../onboarding/onboarding';
import { escalate, remind, startReached } from '../onboarding/reminders';
import { commit } from './commit';
import type { Context } from './context';
import { readListed } from './facts';
import type { Step } from './open-window';
import { TenantError } from './tenant';

/**
 * What time does to an onboarding that waits for people: it expires, is taken to the fallbacks, or somebody is reminded.
 * Each is judged on the newest state, so that looking twice, late, or with several instances does it once.
 */
export async function waitForPeople(context: Context, onboarding: Onboarding): Promise<Step> {
  const { clock, policy } = context;
  const expired = await commit(context, onboarding, (current) => expire(current, policy, clock.now()));
  if (expired.ok) return planned(expired.onboarding);

  const newest = expired.onboarding;
  if (newest.state === 'approved') {
    return planned((await commit(context, newest, (now) => startReached(now, policy, clock.now()))).onboarding);
  }
  const reminded = (await commit(context, newest, (now) => remind(now, policy, clock.now()))).onboarding;
  const at = escalationAt(reminded, policy);
  if (at === undefined || clock.now() < at) return planned(reminded);
  const fallbacks = await readFallbacks(context);
  return planned((await commit(context, reminded, (now) => escalate(now, fallbacks, policy, clock.now()))).onboarding);
}

/** A tenant that cannot say who the fallbacks are is asked again later; the reminder does not wait for it. */
async function readFallbacks(context: Context): ReturnType<typeof readListed> {
  try {
    return await readListed(context, context.policy.fallbackApproverIds);
  } catch (error) {
    if (error instanceof TenantError) context.log.warn({ event: 'escalation-delayed', code: error.code });
    throw error;
  }
}

function planned(onboarding: Onboarding): Step {
  return { onboarding, again: 'planned' };
}
