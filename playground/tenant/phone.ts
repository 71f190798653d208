import { openAddress } from './devices-browser';
import { type Fields, type Next, type Step, step } from './devices-step';
import { placeOf, type Seat } from './devices-world';
import { authenticatorApp } from './phone-authenticator';
import { CODES, stopped } from './sign-in-errors';

const APPS = ['authenticator', 'mail', 'teams', 'security-info'];

/** The home screen: apps, and the camera for codes on other screens. */
export function phoneHome(seat: Seat, text: readonly string[] = []): Step {
  return step({
    page: 'home',
    title: seat.platform === 'iOS' ? 'iPhone' : 'Android phone',
    where: 'Home screen',
    text,
    fields: [{ id: 'app', label: 'App', kind: 'choice', options: APPS }],
    buttons: [
      { id: 'open-app', label: 'Open', primary: true, go: (fields) => openApp(seat, fields) },
      { id: 'scan', label: 'Scan a QR code with the camera', go: () => scan(seat) },
    ],
  });
}

/** What can be done on every page of the phone. Null for any other press. */
export function phoneAnywhere(seat: Seat, press: string, fields: Fields): Next | null {
  if (press === 'open-app') return openApp(seat, fields);
  if (press === 'scan') return scan(seat);
  return press === 'close' ? phoneHome(seat) : null;
}

function openApp(seat: Seat, fields: Fields): Next {
  seat.place = placeOf(fields);
  if (fields.app === 'authenticator') return authenticatorApp(seat);
  return openAddress(seat, fields.app, fields.keepSession === true) ?? phoneHome(seat, ['There is no such app.']);
}

function scan(seat: Seat): Step {
  const request = seat.desk.qr;
  if (!request) return phoneHome(seat, ['The camera sees no code.']);
  return step({
    page: 'passkey-confirm',
    title: 'Sign in with a passkey',
    where: 'Camera',
    text: ['Device connected.', `Sign in as ${request.user.userPrincipalName}?`],
    buttons: [
      {
        id: 'approve',
        label: 'Continue',
        primary: true,
        go: async () => {
          const { authenticator, maker } = seat.desk.keys;
          const origin = seat.world.party.origin();
          const answer = authenticator.get(request.options, origin) ?? maker.get(request.options, origin);
          if (!answer) return noPasskey(seat);
          await request.answer(answer);
          return phoneHome(seat, ['Go on at your computer.']);
        },
      },
      { id: 'cancel', label: 'Cancel', go: () => phoneHome(seat) },
    ],
  });
}

function noPasskey(seat: Seat): Step {
  const message = 'There is no passkey for this account on this phone.';
  return step({
    page: 'no-passkey',
    title: 'No passkey available',
    where: 'Camera',
    text: [message],
    stopped: stopped('passkey-refused', CODES.unpublished, message),
    buttons: [{ id: 'close', label: 'Close', go: () => phoneHome(seat) }],
  });
}
