import { deniedRevoked } from '../onboarding/deny';
import type { Onboarding } from '../onboarding/onboarding';
import { commit } from './commit';
import type { Context } from './context';
import { inLane } from './lanes';
import type { Step } from './open-window';

/** Revoked, and the tenant does not say so yet: done again after this, ms. Her times are whole seconds. */
const AGAIN = 10_000;

/** She says that the passkey is not hers: whoever signed in with it is out. Cut off anywhere, it is done once more. */
export async function endDenied(anyLane: Context, onboarding: Onboarding): Promise<Step> {
  const context = inLane(anyLane, 'exit');
  const { tenant, clock } = context;
  const subject = onboarding.subject.id;
  const before = await tenant.sessionsValidFrom(subject);
  await tenant.revokeSessions(subject);
  const after = await tenant.sessionsValidFrom(subject);
  if (after <= before) return { onboarding, again: 'planned', dueAt: clock.now() + AGAIN };
  const done = await commit(context, onboarding, (now) => deniedRevoked(now, after, clock.now()));
  return { onboarding: done.onboarding, again: 'planned' };
}
