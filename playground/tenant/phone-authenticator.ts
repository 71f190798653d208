import { type Step, step } from './devices-step';
import type { Seat } from './devices-world';
import { setUpAccount } from './phone-account';
import type { Visit } from './security-info-visit';
import type { Flow } from './sign-in-flow';
import { askName, firstPrompt } from './sign-in-pages';
import { RESOURCES } from './sign-in-resources';
import type { Session, User } from './state';
import { passkeysOf } from './webauthn-register';

/** The app's first page: the accounts on this phone. */
export function authenticatorApp(seat: Seat): Step {
  const accounts = [...seat.accounts].flatMap((id) => seat.world.state.users.get(id) ?? []);
  return step({
    page: 'authenticator',
    title: accounts.length === 0 ? 'Secure your digital life' : 'Authenticator',
    where: RESOURCES.authenticator.where,
    text: accounts.map((user) => user.userPrincipalName),
    fields:
      accounts.length === 0
        ? []
        : [
            {
              id: 'account',
              label: 'Account',
              kind: 'choice',
              options: accounts.map((user) => user.userPrincipalName),
            },
          ],
    buttons: [
      { id: 'add-account', label: 'Add work or school account', primary: true, go: () => askName(accountFlow(seat)) },
      ...(accounts.length === 0
        ? []
        : [
            {
              id: 'account',
              label: 'Open the account',
              go: (fields: Readonly<Record<string, unknown>>) => {
                const user = accounts.find((one) => one.userPrincipalName === fields.account) ?? accounts[0];
                return user ? account(seat, user) : authenticatorApp(seat);
              },
            },
          ]),
      { id: 'close', label: 'Close', go: () => seat.home() },
    ],
  });
}

function account(seat: Seat, user: User): Step {
  const handle = Buffer.from(user.id).toString('base64url');
  const has = seat.desk.keys.authenticator.holds(handle) && passkeysOf(seat.world.state, user.id).length > 0;
  return step({
    page: 'account',
    title: user.displayName,
    where: RESOURCES.authenticator.where,
    text: has ? ['Passkey', 'Password and notification'] : ['Password and notification'],
    signedInAs: user.userPrincipalName,
    buttons: [
      ...(has
        ? []
        : [
            {
              id: 'create-passkey',
              label: 'Create a passkey',
              primary: true,
              go: () => firstPrompt(accountFlow(seat), user),
            },
          ]),
      { id: 'back', label: 'Back', go: () => authenticatorApp(seat) },
    ],
  });
}

/** Signing in to Authenticator: the phone leg, which policies on all resources judge as well. */
function accountFlow(seat: Seat): Flow {
  const begin = (session: Session): Step => {
    const user = seat.world.state.users.get(session.userId);
    if (!user) return seat.home();
    const visit: Visit = { seat, user, session, flow, openedAt: seat.world.clock.now() };
    return setUpAccount(visit, () => authenticatorApp(seat));
  };
  const flow: Flow = { seat, resource: RESOURCES.authenticator, done: begin, register: begin };
  return flow;
}
