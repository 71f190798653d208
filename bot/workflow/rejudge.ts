import { startExit } from '../onboarding/exit';
import type { Onboarding } from '../onboarding/onboarding';
import { judgeSubject } from '../onboarding/subject';
import { commit } from './commit';
import type { Context } from './context';
import { readSubject } from './facts';
import type { Step } from './open-window';
import { TenantError } from './tenant';

/** The guard policy is read once a minute for everybody (Conditional Access allows few reads); so is this, ms. */
const EVERY = 60_000;

/**
 * Looks again whether an administrator's window may go on: the guard policy is what keeps a bare password out, and an
 * account may have been disabled for a reason. Ordinary windows are left to their deadline. What cannot be read just now
 * ends nothing, because every minute looks again.
 */
export function createRejudge(context: Context): (onboarding: Onboarding) => Promise<Step | null> {
  const looked = new Map<string, number>();
  return async (onboarding) => {
    const { clock, tenant, policy } = context;
    const last = looked.get(onboarding.id) ?? onboarding.memberAt ?? 0;
    if (!onboarding.privileged || onboarding.state !== 'open' || clock.now() - last < EVERY) return null;
    looked.set(onboarding.id, clock.now());
    const refusal = await judge();
    if (refusal === null) return null;
    looked.delete(onboarding.id);
    const ended = await commit(context, onboarding, (now) =>
      startExit(now, 'stopped', 'onboard', policy, clock.now(), refusal),
    );
    return { onboarding: ended.onboarding, again: 'now' };

    async function judge(): Promise<string | null> {
      try {
        const person = await tenant.person(onboarding.subject.id);
        if (!person) return 'subject-gone';
        const judged = judgeSubject(await readSubject(context, person), onboarding.reason, policy);
        const passing = ['has-passkey', 'privileged-unreadable'];
        return 'refusal' in judged && !passing.includes(judged.refusal.code) ? judged.refusal.code : null;
      } catch (error) {
        if (error instanceof TenantError) return null;
        throw error;
      }
    }
  };
}
