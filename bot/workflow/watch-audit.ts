import { freeze } from '../onboarding/exit';
import { type Onboarding, reference } from '../onboarding/onboarding';
import { type AuditReader, findForeign } from './audit';
import { commit } from './commit';
import type { Context } from './context';

/**
 * One question to the audit log for all windows that are open or being closed: is somebody else known to have added a
 * passkey in one of them? That one is frozen; the others are not touched by anything that the log says or does not say.
 */
export async function watchAudit(context: Context, audit: AuditReader): Promise<void> {
  if (context.policy.audit === 'off') return;
  const { oldestOpenedAt } = await context.store.overview();
  if (oldestOpenedAt === null) return;
  const { events } = await audit.read('passkey-added', oldestOpenedAt);
  if (events.length === 0) return;
  for (const { id, subject, openedAt } of await context.store.windows()) {
    // By a name alone it may be anybody; the whole onboarding says who that is.
    if (!events.some(({ at, target }) => at >= openedAt && (target.id ?? subject) === subject)) continue;
    const onboarding = await context.store.load(id);
    if (!onboarding || onboarding.state === 'closed') continue;
    const foreign = await findForeign(context, onboarding, events);
    if (foreign !== null) await freezeFor(context, onboarding, foreign);
  }
}

/** Commits the freeze; does nothing when this evidence was acted on already. */
export async function freezeFor(context: Context, onboarding: Onboarding, foreign: string): Promise<Onboarding> {
  const { clock, policy, log } = context;
  const done = await commit(context, onboarding, (now) => freeze(now, foreign, policy, clock.now()));
  if (done.ok) log.error({ event: 'onboarding-frozen', onboarding: reference(onboarding), by: foreign });
  return done.onboarding;
}
