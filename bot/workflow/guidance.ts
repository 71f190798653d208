import type { Onboarding } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import type { Route } from '../onboarding/routes';
import { helpCalled, pageTurned, type StuckSaid, stuckSaid } from '../onboarding/stuck';
import { commit } from './commit';
import type { Context } from './context';
import type { Answer } from './onboardings';
import { TenantError } from './tenant';
import { watchPasskeys } from './watch-passkeys';

/** She turns a page of the guide. Where she is already, and after the end, nothing is stored. */
export async function turnPage(
  context: Context,
  onboarding: Onboarding,
  by: PersonId,
  place: { readonly route: Route; readonly step: number } | null,
): Promise<Answer> {
  const done = await commit(context, onboarding, (now) => pageTurned(now, by, place));
  return done.ok || done.refusal.code === 'stale-card'
    ? { kind: 'ok', onboarding: done.onboarding }
    : { kind: 'refused', refusal: done.refusal, onboarding: done.onboarding };
}

/** She says what she sees; what Onboard sees is read at once, so that the answer can say it. */
export async function saySeen(
  context: Context,
  onboarding: Onboarding,
  by: PersonId,
  said: StuckSaid,
): Promise<Answer> {
  const done = await commit(context, onboarding, (now) => stuckSaid(now, by, said, context.clock.now()));
  if (!done.ok && done.refusal.code !== 'stale-card')
    return { kind: 'refused', refusal: done.refusal, onboarding: done.onboarding };
  return { kind: 'ok', onboarding: await lookNow(context, done.onboarding) };
}

/** Calls a person at the helpdesk, with all of it. */
export async function callHelp(context: Context, onboarding: Onboarding, by: PersonId): Promise<Answer> {
  const looked = await lookNow(context, onboarding);
  const done = await commit(context, looked, (now) => helpCalled(now, by, context.clock.now()));
  return done.ok
    ? { kind: 'ok', onboarding: done.onboarding }
    : { kind: 'refused', refusal: done.refusal, onboarding: done.onboarding };
}

/**
 * The look that the worker would take next, now: whoever gets the commit first has seen it. A tenant that does not answer
 * is left to the worker.
 */
async function lookNow(context: Context, onboarding: Onboarding): Promise<Onboarding> {
  if (onboarding.state !== 'open') return onboarding;
  try {
    const looked = (await watchPasskeys(context, [onboarding])).get(onboarding.id);
    return looked && !(looked instanceof TenantError) ? looked.onboarding : onboarding;
  } catch (error) {
    if (error instanceof TenantError) return onboarding;
    throw error;
  }
}
