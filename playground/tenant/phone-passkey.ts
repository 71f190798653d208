import type { Authenticator } from './authenticator';
import { type Next, type Step, step } from './devices-step';
import { confirm } from './phone-prompt';
import { during, type Visit, withStrongSignIn } from './security-info-visit';
import { CODES, stopped } from './sign-in-errors';
import { RESOURCES } from './sign-in-resources';
import { passkeysOf, registerPasskey } from './webauthn-register';

interface Place {
  readonly authenticator: Authenticator;
  readonly inApp: boolean;
  readonly displayName: string;
}

/** Where to keep the new passkey. The maker's own password manager is the wrong answer that people give. */
export function savePasskey(visit: Visit, end: () => Step): Step {
  const { keys } = visit.seat.desk;
  const ios = visit.seat.platform === 'iOS';
  const maker = ios ? 'iCloud Keychain' : 'Google Password Manager';
  const here: Place = {
    authenticator: keys.authenticator,
    inApp: true,
    displayName: ios ? 'Authenticator - iOS' : 'Authenticator - Android',
  };
  const elsewhere: Place = { authenticator: keys.maker, inApp: false, displayName: maker };
  return step({
    page: 'save-passkey',
    title: 'Where do you want to save this passkey?',
    where: RESOURCES.authenticator.where,
    signedInAs: visit.user.userPrincipalName,
    buttons: [
      { id: 'save', label: 'Save in Authenticator', primary: true, go: during(visit, () => keep(visit, here, end)) },
      { id: 'save-elsewhere', label: `Save in ${maker}`, go: during(visit, () => keep(visit, elsewhere, end)) },
    ],
  });
}

function keep(visit: Visit, place: Place, end: () => Step): Next {
  return withStrongSignIn(visit, (strong) =>
    confirm(strong, 'Confirm to create your passkey.', () => create(strong, place, end)),
  );
}

async function create(visit: Visit, place: Place, end: () => Step): Promise<Step> {
  const { world } = visit.seat;
  const handle = Buffer.from(visit.user.id).toString('base64url');
  if (place.authenticator.holds(handle)) {
    return refused(visit, place, 'A passkey for this account is on this phone already.', end);
  }
  const existing = passkeysOf(world.state, visit.user.id);
  const options = await world.party.creationOptions(visit.user, existing, true);
  const answer = place.authenticator.create(options, world.party.origin());
  const registered = await registerPasskey(world, visit.user, { options, answer, ...place });
  if ('refused' in registered) return refused(visit, place, registered.refused, end);
  return step({
    page: 'account-added',
    title: 'Account added',
    where: RESOURCES.authenticator.where,
    text: ['Passkey', `${registered.method.displayName} is ready.`],
    signedInAs: visit.user.userPrincipalName,
    buttons: [{ id: 'done', label: 'Done', primary: true, go: during(visit, end) }],
  });
}

/** A passkey that the tenant refused stays on the phone, where it is in the way of the next one until it is deleted. */
function refused(visit: Visit, place: Place, why: string, end: () => Step): Step {
  const handle = Buffer.from(visit.user.id).toString('base64url');
  const message = `We were not able to add this method. ${why}`;
  return step({
    page: 'registration-refused',
    title: 'Something went wrong',
    where: RESOURCES.authenticator.where,
    text: [message, ...(place.authenticator.holds(handle) ? ['The passkey is still saved on this phone.'] : [])],
    signedInAs: visit.user.userPrincipalName,
    stopped: stopped('registration-refused', CODES.unpublished, message),
    buttons: [
      { id: 'retry', label: 'Try again', primary: true, go: during(visit, () => savePasskey(visit, end)) },
      {
        id: 'delete-local',
        label: 'Delete passkey',
        go: during(visit, () => {
          place.authenticator.forget(handle);
          return savePasskey(visit, end);
        }),
      },
      { id: 'close', label: 'Close', go: () => visit.seat.home() },
    ],
  });
}
