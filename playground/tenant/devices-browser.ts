import { type Next, type Step, step } from './devices-step';
import type { Seat } from './devices-world';
import { securityInfoFlow, startWizard } from './security-info';
import { admit, write } from './sign-in';
import { CODES, stopped } from './sign-in-errors';
import { blockedPage, type Flow } from './sign-in-flow';
import { interrupt } from './sign-in-interrupt';
import { askName, stepUp } from './sign-in-pages';
import { type Resource, resourceAt } from './sign-in-resources';
import { provenBy, whyOver } from './sign-in-sessions';
import type { Session } from './state';

/** Sign-in to what an address names, ending at its page. */
function flowTo(seat: Seat, resource: Resource): Flow {
  if (resource.key === 'security-info') return securityInfoFlow(seat);
  const flow: Flow = {
    seat,
    resource,
    done: (session) => resourcePage(flow, session),
    register: (session) => startWizard(flow, session),
  };
  return flow;
}

/**
 * Opens an address, in a private window unless the session is kept. A kept session asks for a token like any other
 * request: it must still hold, and Conditional Access judges it anew.
 *
 * @returns null when nothing is at that address
 */
export function openAddress(seat: Seat, url: unknown, keepSession: boolean): Next | null {
  const resource = resourceAt(url);
  if (!resource) return null;
  if (!keepSession) seat.session = null;
  const flow = flowTo(seat, resource);
  return seat.session ? reuse(flow, seat.session) : askName(flow);
}

/** A page of the resource itself. What is open stays open; pressing Refresh asks for a new token. */
function resourcePage(flow: Flow, session: Session): Step {
  const user = flow.seat.world.state.users.get(session.userId);
  return step({
    page: flow.resource.key,
    title: flow.resource.name,
    where: flow.resource.where,
    text: [`${user?.displayName ?? ''} is signed in.`],
    signedInAs: user?.userPrincipalName,
    buttons: [
      { id: 'refresh', label: 'Refresh', go: () => reuse(flow, session) },
      { id: 'close', label: 'Close the window', go: () => flow.seat.home() },
    ],
  });
}

function reuse(flow: Flow, session: Session): Next {
  const { seat } = flow;
  const user = seat.world.state.users.get(session.userId);
  if (!user) return askName(flow);
  const over = whyOver(seat.world, session);
  if (over) {
    const no = stopped('session-expired', CODES.freshTokenNeeded, over);
    write(seat, user, flow.resource, 'session', 'failure', no);
    seat.session = null;
    return askName(flow, no);
  }
  const proven = provenBy(seat.world, session);
  const outcome = admit(seat, user, flow.resource, proven, session);
  switch (outcome.kind) {
    case 'in':
      return flow.done(session);
    case 'step-up':
      return stepUp(flow, user, proven, outcome.way, outcome.stopped);
    case 'must-register':
      return interrupt(flow, user, proven);
    case 'stopped':
      return blockedPage(flow, user, outcome.stopped);
  }
}
