import { randomUUID } from 'node:crypto';
import { type Step, step } from './devices-step';
import { savePasskey } from './phone-passkey';
import { confirm } from './phone-prompt';
import { during, type Visit } from './security-info-visit';
import { RESOURCES } from './sign-in-resources';

/** Setting up an account in Authenticator after signing in: provider switch, push, then the passkey. */
export function setUpAccount(visit: Visit, end: () => Step): Step {
  visit.seat.accounts.add(visit.user.id);
  const path =
    visit.seat.platform === 'iOS'
      ? 'Settings > General > AutoFill & Passwords: switch AutoFill on and tick Authenticator.'
      : 'Settings > Passwords & accounts > Additional providers: switch Authenticator on.';
  return step({
    page: 'authenticator-provider',
    title: 'Turn on Authenticator as a passkey provider',
    where: RESOURCES.authenticator.where,
    text: ['Your phone needs a screen lock.', path, 'Then come back and choose Done.'],
    signedInAs: visit.user.userPrincipalName,
    buttons: [
      {
        id: 'done',
        label: 'Done',
        primary: true,
        go: during(visit, () =>
          confirm(visit, 'Confirm that you are setting up this account.', () => {
            addPush(visit);
            return confirm(visit, 'Confirm to go on to your passkey.', () => savePasskey(visit, end));
          }),
        ),
      },
    ],
  });
}

/** Push notifications come first and on their own: a person who stops here has Authenticator and no passkey. */
function addPush({ seat, user }: Visit): void {
  const { state, changes, clock } = seat.world;
  const displayName = seat.platform === 'iOS' ? 'iPhone' : 'Android phone';
  const has = state.methods.some((one) => one.userId === user.id && one.kind === 'microsoftAuthenticator');
  if (has) return;
  changes.addMethod(`user:${user.id}`, {
    id: randomUUID(),
    userId: user.id,
    kind: 'microsoftAuthenticator',
    displayName,
    createdAt: clock.now(),
  });
}
