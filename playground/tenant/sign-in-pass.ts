import type { PlaygroundClock } from '../clock';
import type { Changes } from './changes';
import { inScope, seenGroups } from './sign-in-scope';
import type { PassMethod, TenantState, User } from './state';

/** Entra's wording for a pass that a policy forbids, and for a one-time pass that was used. */
export const BLOCKED_BY_POLICY = 'Temporary Access Pass sign in was blocked due to User Credential Policy.';

interface Parts {
  readonly state: TenantState;
  readonly changes: Changes;
  readonly clock: PlaygroundClock;
}

/** Whether a pass has come to its end, in which case everything that was got with it has too. */
export function passIsOver(pass: PassMethod, now: number): boolean {
  return now >= pass.startsAt + pass.lifetimeMinutes * 60_000;
}

/** Why a pass cannot be used now, or null. */
function refusal(parts: Parts, user: User, pass: PassMethod): string | null {
  const { changes, clock } = parts;
  const policy = changes.seen().policies.authenticationMethodsPolicy.temporaryAccessPass;
  if (passIsOver(pass, clock.now()))
    return 'Your Temporary Access Pass has expired. Ask your administrator for a new one.';
  if (clock.now() < pass.startsAt) return 'Your Temporary Access Pass is not valid yet.';
  const covered = policy.state === 'enabled' && inScope(policy, seenGroups(parts, user));
  const usedUp = pass.usableOnce && pass.uses > 0;
  const kindForbidden = policy.isUsableOnce && !pass.usableOnce;
  return !covered || usedUp || kindForbidden ? BLOCKED_BY_POLICY : null;
}

/**
 * The pass that sign-in would ask for, or null. A new pass is offered when it has replicated; a deleted one is gone at
 * once, which is the stricter of what is documented (only its prompt may linger).
 */
export function usablePass(parts: Parts, user: User): PassMethod | null {
  const pass = parts.changes.seen().passes.get(user.id);
  if (!pass || parts.state.passes.get(user.id)?.id !== pass.id) return null;
  return refusal(parts, user, pass) === null ? pass : null;
}

export type PassCheck = { readonly pass: PassMethod } | { readonly refused: string };

/** Checks a typed code and, when it is right, counts the use. */
export function usePass(parts: Parts, user: User, typed: string): PassCheck {
  const pass = parts.state.passes.get(user.id);
  const replicated = parts.changes.seen().passes.get(user.id)?.id === pass?.id;
  if (!pass || !replicated || pass.code !== typed.trim()) {
    return { refused: 'Your Temporary Access Pass is incorrect. If you do not know it, ask your administrator.' };
  }
  const refused = refusal(parts, user, pass);
  if (refused) return { refused };
  pass.uses += 1;
  return { pass };
}
