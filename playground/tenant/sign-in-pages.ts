import type { PageButton, Stopped } from '../contract';
import { type Go, type Next, type Step, step, typed } from './devices-step';
import { admit, write } from './sign-in';
import { CODES, stopped } from './sign-in-errors';
import { blockedPage, type Flow, whereOf } from './sign-in-flow';
import { interrupt } from './sign-in-interrupt';
import { usablePass, usePass } from './sign-in-pass';
import { type AskPasskey, askPasskey } from './sign-in-passkey';
import type { Proven } from './sign-in-sessions';
import type { User } from './state';
import { passkeysOf } from './webauthn-register';

/** The first page of every new sign-in. */
export function askName(flow: Flow, no: Stopped | null = null): Step {
  return step({
    page: 'sign-in-name',
    title: 'Sign in',
    where: whereOf(flow),
    text: [`To continue to ${flow.resource.name}`],
    fields: [{ id: 'name', label: 'Email, phone, or Skype', kind: 'text' }],
    stopped: no,
    buttons: [
      {
        id: 'next',
        label: 'Next',
        primary: true,
        go: (fields) => {
          const name = typed(fields, 'name').trim().toLowerCase();
          const user = [...flow.seat.world.state.users.values()].find(
            (one) => one.userPrincipalName.toLowerCase() === name,
          );
          if (user) return firstPrompt(flow, user);
          return askName(flow, stopped('blocked', CODES.unknownUser, 'We could not find an account with that name.'));
        },
      },
    ],
  });
}

/** What sign-in asks for first: a pass while there is one, then a passkey, else the password. */
export function firstPrompt(flow: Flow, user: User, no: Stopped | null = null): Step {
  if (usablePass(flow.seat.world, user)) return askPass(flow, user, null, no);
  if (passkeysOf(flow.seat.world.state, user.id).length > 0) return askPasskey(passkeyFlow(flow, user, null), no);
  return askPassword(flow, user, no);
}

/** In a federated domain the organization's own provider asks, and what it has checked is no password of Entra's. */
function askPassword(flow: Flow, user: User, no: Stopped | null = null): Step {
  const { behaviour, domain } = flow.seat.world.state;
  const federated = behaviour.domain === 'federated';
  const mode = federated ? ('federatedSingleFactor' as const) : ('password' as const);
  return step({
    page: 'sign-in-password',
    title: federated ? 'Sign in with your organizational account' : 'Enter password',
    where: federated && flow.seat.device === 'computer' ? `https://sts.${domain}/adfs/ls/` : whereOf(flow),
    signedInAs: user.userPrincipalName,
    fields: [{ id: 'password', label: 'Password', kind: 'password' }],
    stopped: no,
    buttons: [
      {
        id: 'next',
        label: 'Sign in',
        primary: true,
        go: (fields) => {
          if (typed(fields, 'password') === user.password) {
            return proceed(flow, user, { with: 'password', modes: [mode] });
          }
          const wrong = stopped('password-refused', CODES.wrongPassword, 'Your account or password is incorrect.');
          write(flow.seat, user, flow.resource, 'password', 'failure', wrong);
          return askPassword(flow, user, wrong);
        },
      },
      ...others(flow, user, null, 'password'),
    ],
  });
}

function askPass(flow: Flow, user: User, before: Proven | null, no: Stopped | null = null): Step {
  return step({
    page: 'sign-in-pass',
    title: 'Enter Temporary Access Pass',
    where: whereOf(flow),
    text: before ? ['This needs more than your password.'] : [],
    signedInAs: user.userPrincipalName,
    fields: [{ id: 'pass', label: 'Temporary Access Pass', kind: 'password' }],
    stopped: no,
    buttons: [
      {
        id: 'next',
        label: 'Sign in',
        primary: true,
        go: (fields) => {
          const checked = usePass(flow.seat.world, user, typed(fields, 'pass'));
          if ('refused' in checked) {
            const refused = stopped('pass-refused', CODES.unpublished, checked.refused);
            write(flow.seat, user, flow.resource, 'pass', 'failure', refused);
            return askPass(flow, user, before, refused);
          }
          const old = flow.resource.registers ? staleAsked(flow, user, checked.pass.createdAt) : null;
          if (old) return stepUp(flow, user, { with: 'pass', modes: [], passId: checked.pass.id }, 'passkey', old);
          const mode = checked.pass.usableOnce ? 'temporaryAccessPassOneTime' : 'temporaryAccessPassMultiUse';
          return proceed(flow, user, {
            with: 'pass',
            modes: [...(before?.modes ?? []), mode],
            passId: checked.pass.id,
          });
        },
      },
      ...others(flow, user, before, 'pass'),
    ],
  });
}

/**
 * Entra may ask whoever registers with a pass for a passkey that was registered before it, which somebody who lost it
 * cannot give: until it is deleted there is no way on. Here it always asks, so that nobody counts on the other case.
 */
function staleAsked(flow: Flow, user: User, passCreatedAt: number): Stopped | null {
  if (!passkeysOf(flow.seat.world.state, user.id).some((one) => one.createdAt < passCreatedAt)) return null;
  const no = stopped(
    'passkey-refused',
    CODES.strongAuthenticationRequired,
    'Use the passkey that is registered for this account.',
  );
  write(flow.seat, user, flow.resource, 'pass', 'interrupt', no);
  return no;
}

/** Where a proven credential leads. */
export function proceed(flow: Flow, user: User, proven: Proven): Next {
  const outcome = admit(flow.seat, user, flow.resource, proven);
  switch (outcome.kind) {
    case 'in':
      flow.seat.session = outcome.session;
      return flow.done(outcome.session);
    case 'step-up':
      return stepUp(flow, user, proven, outcome.way, outcome.stopped);
    case 'must-register':
      return interrupt(flow, user, proven);
    case 'stopped':
      return blockedPage(flow, user, outcome.stopped);
  }
}

/** Asks for the stronger thing that the person has. The page says what was refused and by which policy. */
export function stepUp(flow: Flow, user: User, proven: Proven, way: 'pass' | 'passkey', no: Stopped): Step {
  return way === 'pass' ? askPass(flow, user, proven, no) : askPasskey(passkeyFlow(flow, user, proven), no);
}

function passkeyFlow(flow: Flow, user: User, before: Proven | null): AskPasskey {
  return {
    flow,
    user,
    others: others(flow, user, before, 'passkey'),
    proven: () => proceed(flow, user, { with: 'passkey', modes: [...(before?.modes ?? []), 'fido2'] }),
  };
}

/** The other ways to sign in. The password is always possible as a first step; whether it is enough is another matter. */
function others(
  flow: Flow,
  user: User,
  before: Proven | null,
  here: Proven['with'],
): readonly (PageButton & { readonly go: Go })[] {
  const ways = [
    { way: 'pass', id: 'use-pass', label: 'Use Temporary Access Pass', go: () => askPass(flow, user, before) },
    { way: 'password', id: 'use-password', label: 'Use your password instead', go: () => askPassword(flow, user) },
    {
      way: 'passkey',
      id: 'use-passkey',
      label: 'Face, fingerprint, PIN or security key',
      go: () => askPasskey(passkeyFlow(flow, user, before)),
    },
  ];
  return ways.filter(({ way }) => way !== here).map(({ id, label, go }) => ({ id, label, go }));
}
