import type { Stopped } from '../contract';
import { type Next, type Step, step } from './devices-step';
import { judge, write } from './sign-in';
import { CODES, stopped } from './sign-in-errors';
import { blockedPage, type Flow, whereOf } from './sign-in-flow';
import { RESOURCES } from './sign-in-resources';
import { type Proven, startSession } from './sign-in-sessions';
import type { User } from './state';

/**
 * The page that sends people to register when they have nothing that a policy accepts. Registering is itself a visit
 * to a resource and a user action, judged with what the person has proven: where the same policy refuses that too,
 * there is no way out.
 */
export function interrupt(flow: Flow, user: User, proven: Proven, no: Stopped | null = null): Step {
  return step({
    page: 'interrupt',
    title: "Let's keep your account secure",
    where: whereOf(flow),
    text: ['Your organization asks for another way of proving that it is you. You will set it up now.'],
    signedInAs: user.userPrincipalName,
    stopped: no,
    buttons: [
      { id: 'next', label: 'Next', primary: true, go: () => register(flow, user, proven) },
      { id: 'close', label: 'Use a different account', go: () => flow.seat.home() },
    ],
  });
}

function register(flow: Flow, user: User, proven: Proven): Next {
  const { seat } = flow;
  const inAuthenticator = flow.resource.key === 'authenticator';
  const target = inAuthenticator ? flow.resource : RESOURCES['security-info'];
  const verdict = judge(seat, user, target, proven.modes);
  if (verdict.granted) {
    write(seat, user, target, proven.with, 'success', null, verdict);
    const session = startSession(seat.world, user, seat.device, target.key, proven);
    seat.session = session;
    return inAuthenticator ? flow.done(session) : flow.register(session);
  }
  // Which of the two symptoms people meet depends on the phone's system: Android, and Authenticator on both, begin
  // again; a computer and an iPhone's browser stop.
  const loops = inAuthenticator || seat.platform === 'android';
  const message = loops
    ? 'Your organization asks for another way of proving that it is you before you can set this up.'
    : 'What you signed in with does not meet the criteria for setting this up.';
  const no = stopped(
    loops ? 'loop' : 'dead-end',
    verdict.blocked ? CODES.blocked : CODES.mustRegister,
    message,
    verdict.decidedBy,
  );
  write(seat, user, target, proven.with, 'failure', no, verdict);
  return loops ? interrupt(flow, user, proven, no) : blockedPage(flow, user, no, 'dead-end');
}
