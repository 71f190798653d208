import { methodsLooked, methodsUnreadable, removable } from '../onboarding/added';
import type { MethodsRead } from '../onboarding/method';
import { type Onboarding, reference } from '../onboarding/onboarding';
import type { Policy } from '../onboarding/policy';
import { findForeign } from './audit';
import { commit } from './commit';
import type { Context } from './context';
import { isPassing, TenantError } from './tenant';
import { freezeFor } from './watch-audit';

/**
 * So long after the settling the audit log is asked again, ms, when it could not be read for a passing reason. She is out
 * of the group by then and her pass and sessions are ended by themselves; only the word "completed" waits.
 */
export const EVIDENCE_WAIT = 40_000;

/**
 * The part of an exit that reads what was added since the baseline: the proof of a completion once more, and everything
 * else for the outcome to list. After a stop or a freeze it deletes passkeys where that right was granted.
 */
export async function readAdded(context: Context, onboarding: Onboarding): Promise<void> {
  const { tenant, clock, policy } = context;
  const subject = onboarding.subject.id;
  let current = onboarding;
  const { exit, openedAt } = onboarding;
  if (exit?.outcome === 'completed' && openedAt !== undefined) {
    // As the log stands after the settling: what she was waited for must not be missed by a second.
    const { events, unread } = await context.audit.read('passkey-added', openedAt, exit.settleAt);
    // Freezing needs positive evidence, so a log that nobody may read holds nothing up; a refusal of the moment is not heard.
    if (unread === 'passing' && clock.now() < exit.settleAt + EVIDENCE_WAIT) return;
    const foreign = await findForeign(context, onboarding, events);
    if (foreign !== null) current = await freezeFor(context, onboarding, foreign);
  }

  let read: MethodsRead;
  try {
    read = await tenant.methods(subject);
  } catch (error) {
    if (!(error instanceof TenantError) || isPassing(error)) throw error;
    await commit(context, current, (now) => methodsUnreadable(now, clock.now()));
    return;
  }
  current = await looked(context, current, read, policy);

  const wanted = current.state === 'closing' ? removable(current, policy) : [];
  if (wanted.length === 0) return;
  try {
    for (const { id } of wanted) await tenant.removePasskey(subject, id);
    await looked(context, current, await tenant.methods(subject), policy);
  } catch (error) {
    if (!(error instanceof TenantError) || isPassing(error)) throw error;
    // The right that was promised is not there: people are told to do it, and the exit goes on.
    context.log.error({
      event: 'passkey-removal-refused',
      onboarding: reference(current),
      code: error.code,
      hint: error.hint,
      requestId: error.detail.requestId,
    });
    await looked(context, current, await tenant.methods(subject), { ...policy, removeAdded: 'off' });
  }
}

async function looked(
  context: Context,
  onboarding: Onboarding,
  read: MethodsRead,
  policy: Policy,
): Promise<Onboarding> {
  const done = await commit(context, onboarding, (now) => methodsLooked(now, read, policy, context.clock.now()));
  return done.onboarding;
}
