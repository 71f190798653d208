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
  const windows = (await context.store.active()).filter(({ state }) => state !== 'closed' && state !== 'requested');
  const opened = windows.flatMap(({ openedAt }) => openedAt ?? []);
  if (opened.length === 0) return;
  const events = await audit.read('passkey-added', Math.min(...opened));
  for (const onboarding of windows) {
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
