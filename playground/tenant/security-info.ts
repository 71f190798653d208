import { type Step, step } from './devices-step';
import type { Seat } from './devices-world';
import { during, type Visit } from './security-info-visit';
import { chooseMethod, wizard } from './security-info-wizard';
import type { Flow } from './sign-in-flow';
import { RESOURCES } from './sign-in-resources';
import type { AuthenticationMethod, Session } from './state';
import { whyNoPasskeys } from './webauthn-policy';
import { passkeysOf } from './webauthn-register';

const HERE = RESOURCES['security-info'];

/** A sign-in to Security info: with nothing registered yet it leads into the wizard, else to the list. */
export function securityInfoFlow(seat: Seat): Flow {
  const flow: Flow = {
    seat,
    resource: HERE,
    done: (session) => enter(flow, session),
    register: (session) => startWizard(flow, session),
  };
  return flow;
}

/** Into the wizard straight from another sign-in whose interruption was passed. */
export function startWizard(flow: Flow, session: Session): Step {
  const visit = visitOf(flow, session);
  return visit ? wizard(visit, list) : flow.seat.home();
}

function enter(flow: Flow, session: Session): Step {
  const visit = visitOf(flow, session);
  if (!visit) return flow.seat.home();
  const { state } = flow.seat.world;
  const nothingYet = passkeysOf(state, visit.user.id).length === 0 && !whyNoPasskeys(flow.seat.world, visit.user);
  return nothingYet ? keepSecure(visit) : list(visit);
}

function visitOf(flow: Flow, session: Session): Visit | null {
  const { state, clock } = flow.seat.world;
  const user = state.users.get(session.userId);
  return user ? { seat: flow.seat, user, session, flow: securityInfoFlow(flow.seat), openedAt: clock.now() } : null;
}

/** The friendly one of the two interruptions: registration was let in, and there is something to register. */
function keepSecure(visit: Visit): Step {
  return step({
    page: 'interrupt',
    title: "Let's keep your account secure",
    where: HERE.where,
    text: ['You will set up another way of proving that it is you.'],
    signedInAs: visit.user.userPrincipalName,
    buttons: [
      { id: 'next', label: 'Next', primary: true, go: during(visit, () => wizard(visit, list)) },
      { id: 'close', label: 'Use a different account', go: () => visit.seat.home() },
    ],
  });
}

function list(visit: Visit): Step {
  const { state } = visit.seat.world;
  return step({
    page: 'security-info',
    title: 'Security info',
    where: HERE.where,
    text: state.methods.filter((one) => one.userId === visit.user.id).map(lineOf),
    signedInAs: visit.user.userPrincipalName,
    buttons: [
      { id: 'add', label: '+ Add sign-in method', primary: true, go: during(visit, () => chooseMethod(visit, list)) },
      { id: 'refresh', label: 'Refresh', go: during(visit, () => list(visit)) },
      { id: 'close', label: 'Close the window', go: () => visit.seat.home() },
    ],
  });
}

const KINDS: Readonly<Record<AuthenticationMethod['kind'], string>> = {
  fido2: 'Passkey',
  microsoftAuthenticator: 'Microsoft Authenticator',
  windowsHelloForBusiness: 'Windows Hello for Business',
  platformCredential: 'Platform credential',
  phone: 'Phone',
  email: 'Email',
  softwareOath: 'Authenticator app code',
  password: 'Password',
};

function lineOf(method: AuthenticationMethod): string {
  return method.displayName ? `${KINDS[method.kind]}: ${method.displayName}` : KINDS[method.kind];
}
