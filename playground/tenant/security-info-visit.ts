import { type Fields, type Go, type Next, type Step, step } from './devices-step';
import type { Seat } from './devices-world';
import { write } from './sign-in';
import { CODES, stopped } from './sign-in-errors';
import type { Flow } from './sign-in-flow';
import { askName, firstPrompt } from './sign-in-pages';
import { whyOver } from './sign-in-sessions';
import type { Session, User } from './state';

/** How long Security info stays usable after signing in to it, ms. */
export const VISIT_MS = 15 * 60_000;
/** How recent a strong sign-in must be for registering a passkey, ms. */
const STRONG_MS = 5 * 60_000;

/** One stay at a place where methods are registered: Security info, or Authenticator while it sets an account up. */
export interface Visit {
  readonly seat: Seat;
  readonly user: User;
  readonly session: Session;
  readonly flow: Flow;
  readonly openedAt: number;
}

/**
 * Wraps a step inside an open wizard. Such a step asks for no token, so Conditional Access is not asked again and a
 * change of groups does not matter; the session itself must still hold, which it does not once its pass is deleted.
 */
export function during(visit: Visit, go: Go): Go {
  return (fields: Fields) => {
    const { seat, session, openedAt } = visit;
    const over = whyOver(seat.world, session);
    if (over) return expired(visit, CODES.freshTokenNeeded, over);
    if (seat.device === 'computer' && seat.world.clock.now() - openedAt > VISIT_MS) {
      return expired(visit, CODES.unpublished, 'Your session has timed out. Sign in again to go on.');
    }
    return go(fields);
  };
}

/** Continues at once after a recent strong sign-in, else asks for one, which Conditional Access judges anew. */
export function withStrongSignIn(visit: Visit, then: (visit: Visit) => Next): Next {
  if (isStrong(visit)) return then(visit);
  const flow: Flow = {
    ...visit.flow,
    done: (session) => {
      const again: Visit = { ...visit, session, openedAt: visit.seat.world.clock.now() };
      return isStrong(again) ? then(again) : notStrong(again);
    },
  };
  return firstPrompt(flow, visit.user);
}

function isStrong({ seat, session }: Visit): boolean {
  return session.strongAt !== null && seat.world.clock.now() - session.strongAt <= STRONG_MS;
}

function notStrong(visit: Visit): Step {
  const message = 'To set up a passkey you have to sign in with more than a password.';
  return step({
    page: 'registration-refused',
    title: 'You cannot set this up yet',
    where: visit.flow.resource.where,
    text: [message],
    signedInAs: visit.user.userPrincipalName,
    stopped: stopped('registration-refused', CODES.mustRegister, message),
    buttons: [{ id: 'close', label: 'Close', go: () => visit.seat.home() }],
  });
}

function expired(visit: Visit, code: number, message: string): Step {
  const { seat, user, flow } = visit;
  const no = stopped('session-expired', code, message);
  write(seat, user, flow.resource, 'session', 'failure', no);
  seat.session = null;
  return step({
    page: 'session-expired',
    title: 'Sign in again',
    where: flow.resource.where,
    text: [message],
    stopped: no,
    buttons: [
      { id: 'sign-in', label: 'Sign in', primary: true, go: () => askName(flow) },
      { id: 'close', label: 'Close', go: () => seat.home() },
    ],
  });
}
