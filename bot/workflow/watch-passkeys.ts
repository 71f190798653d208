import { isOver } from '../onboarding/due';
import { startExit } from '../onboarding/exit';
import type { Onboarding } from '../onboarding/onboarding';
import { MINUTE } from '../onboarding/policy';
import { remindSubject } from '../onboarding/reminders';
import { looked } from '../onboarding/watch';
import { commit } from './commit';
import type { Context } from './context';
import { inLane } from './lanes';
import type { Step } from './open-window';
import { TenantError } from './tenant';

/** How long a fresh window, or one where "I'm done" was pressed, is looked at often. */
const HOT = 15 * MINUTE;

/**
 * Looks for the passkeys of all these open windows in one go, then moves each one on. A person whose part of the batch
 * failed is looked at again; the others do not wait for it.
 */
export async function watchPasskeys(
  context: Context,
  open: readonly Onboarding[],
): Promise<Map<string, Step | TenantError>> {
  const ids = open.map((onboarding) => onboarding.subject.id);
  const waiting = open
    .filter((onboarding) => onboarding.authenticatorSeenAt === undefined)
    .map((onboarding) => onboarding.subject.id);
  const [passkeys, authenticators] = await Promise.all([
    context.tenant.passkeys(ids),
    // Progress only: a tenant that does not let us read it must not hide the proof, nor may it take the proof's share.
    inLane(context, 'spare')
      .tenant.authenticators(waiting)
      .catch(() => new Map<string, readonly never[]>()),
  ]);

  const steps = new Map<string, Step | TenantError>();
  for (const onboarding of open) {
    const found = passkeys.get(onboarding.subject.id) ?? [];
    if (found instanceof TenantError) {
      const passed = await timePasses(context, onboarding);
      steps.set(onboarding.id, passed.onboarding.state === 'open' ? found : passed);
      continue;
    }
    const push = authenticators.get(onboarding.subject.id) ?? [];
    const seen = await commit(context, onboarding, (current) =>
      looked(current, found, push instanceof TenantError ? [] : push, context.policy, context.clock.now()),
    );
    if (seen.ok) steps.set(onboarding.id, { onboarding: seen.onboarding, again: 'now' });
    else if (seen.onboarding.state === 'open') steps.set(onboarding.id, await timePasses(context, seen.onboarding));
    else steps.set(onboarding.id, { onboarding: seen.onboarding, again: 'planned' });
  }
  return steps;
}

/** What time alone does to an open window: its end, with or without a passkey, or a reminder on the way there. */
export async function timePasses(context: Context, onboarding: Onboarding): Promise<Step> {
  const { clock, policy } = context;
  if (isOver(onboarding, clock.now())) {
    const ended = await commit(context, onboarding, (now) => startExit(now, 'lapsed', 'onboard', policy, clock.now()));
    return { onboarding: ended.onboarding, again: 'now' };
  }
  const reminded = await commit(context, onboarding, (now) => remindSubject(now, clock.now()));
  return { onboarding: reminded.onboarding, again: 'planned' };
}

/** When to look at an open window next: often while something is expected, never later than its deadline. */
export function nextLook(onboarding: Onboarding, pace: Context['pace'], now: number): number {
  const fresh = now - (onboarding.memberAt ?? now) < HOT;
  const expected = onboarding.authenticatorSeenAt !== undefined || now - (onboarding.doneSaidAt ?? 0) < HOT;
  // Should the answer of a mint be lost, what it made is looked for as soon as its lease is over.
  const { deadline = now, mintingUntil = 0 } = onboarding;
  const leaseEnd = mintingUntil >= now ? mintingUntil + 1 : deadline;
  return Math.min(now + (fresh || expected ? pace.pollHot : pace.pollSlow), deadline, leaseEnd);
}
