import type { Stopped } from '../contract';
import { type Next, type Step, step } from './devices-step';
import type { Seat } from './devices-world';
import type { Resource } from './sign-in-resources';
import type { Session, User } from './state';

/** A sign-in under way: for what, and where it leads. */
export interface Flow {
  readonly seat: Seat;
  readonly resource: Resource;
  /** Signed in. */
  done(session: Session): Next;
  /** Registration was let in although the resource was not: the wizard. */
  register(session: Session): Next;
}

/** The address bar during sign-in; on a phone the app that asks. */
export function whereOf(flow: Flow): string {
  return flow.seat.device === 'computer' ? 'https://login.microsoftonline.com/' : flow.resource.name;
}

/** The end of a sign-in that leads nowhere. */
export function blockedPage(flow: Flow, user: User, stopped: Stopped, page: 'blocked' | 'dead-end' = 'blocked'): Step {
  return step({
    page,
    title: page === 'blocked' ? 'You cannot access this right now' : 'You cannot go any further',
    where: whereOf(flow),
    text: [stopped.message],
    signedInAs: user.userPrincipalName,
    stopped,
    buttons: [{ id: 'close', label: 'Close', go: () => flow.seat.home() }],
  });
}
