import type { PageButton, Stopped } from '../contract';
import { type Go, type Next, type Step, step } from './devices-step';
import { write } from './sign-in';
import { CODES, stopped } from './sign-in-errors';
import { type Flow, whereOf } from './sign-in-flow';
import type { User } from './state';
import { CeremonyRefused } from './webauthn';
import { acceptsKind } from './webauthn-policy';
import { passkeysOf } from './webauthn-register';

/** A sign-in that asks for a passkey. */
export interface AskPasskey {
  readonly flow: Flow;
  readonly user: User;
  readonly others: readonly (PageButton & { readonly go: Go })[];
  /** A passkey of the person was verified. */
  proven(): Next;
}

/** On a computer: which device holds the passkey. On a phone: this one. */
export function askPasskey(asked: AskPasskey, no: Stopped | null = null): Step {
  const onPhone = asked.flow.seat.device === 'phone';
  const ways: (PageButton & { readonly go: Go })[] = onPhone
    ? [{ id: 'continue', label: 'Continue', primary: true, go: () => onThisPhone(asked) }]
    : [
        { id: 'phone', label: 'iPhone, iPad or Android device', primary: true, go: () => overQr(asked) },
        { id: 'security-key', label: 'Security key', go: () => inBrowser(asked) },
      ];
  return step({
    page: 'sign-in-passkey',
    title: 'Face, fingerprint, PIN or security key',
    where: whereOf(asked.flow),
    text: [onPhone ? 'Use the passkey on this phone.' : 'Choose where your passkey is.'],
    signedInAs: asked.user.userPrincipalName,
    stopped: no,
    buttons: [...ways, ...asked.others],
  });
}

/** A QR code and Bluetooth: the page waits until the phone has answered. */
async function overQr(asked: AskPasskey): Promise<Step> {
  const { desk } = asked.flow.seat;
  const options = await optionsFor(asked);
  let next: Step | null = null;
  const request = {
    user: asked.user,
    options,
    answer: async (response: unknown) => {
      if (desk.qr === request) desk.qr = null;
      next = await verify(asked, options, response);
    },
  };
  desk.qr = request;
  const waiting: Step = step({
    page: 'sign-in-qr',
    title: 'Scan this code with your phone',
    where: whereOf(asked.flow),
    text: ['Scan the code with the camera of your phone. Keep Bluetooth on for both devices.'],
    signedInAs: asked.user.userPrincipalName,
    look: () => next ?? waiting,
    buttons: [
      {
        id: 'cancel',
        label: 'Cancel',
        go: () => {
          if (desk.qr === request) desk.qr = null;
          return askPasskey(asked);
        },
      },
    ],
  });
  return waiting;
}

/** A security key or another authenticator of the browser that shows this page. */
async function inBrowser(asked: AskPasskey): Promise<Step> {
  const options = await optionsFor(asked);
  return step({
    page: 'sign-in-security-key',
    title: 'Use your security key',
    where: whereOf(asked.flow),
    signedInAs: asked.user.userPrincipalName,
    fields: [{ id: 'webauthn', label: 'Answer of the key', kind: 'webauthn' }],
    webauthn: { kind: 'get', options },
    buttons: [
      {
        id: 'continue',
        label: 'Continue',
        primary: true,
        go: (fields) => verify(asked, options, fields.webauthn),
      },
      { id: 'cancel', label: 'Cancel', go: () => askPasskey(asked) },
    ],
  });
}

function onThisPhone(asked: AskPasskey): Step {
  const { seat } = asked.flow;
  return step({
    page: 'biometric-prompt',
    title: seat.platform === 'iOS' ? 'Face ID' : 'Fingerprint',
    where: whereOf(asked.flow),
    signedInAs: asked.user.userPrincipalName,
    buttons: [
      {
        id: 'approve',
        label: seat.platform === 'iOS' ? 'Use Face ID' : 'Touch the sensor',
        primary: true,
        go: async () => {
          const options = await optionsFor(asked);
          const { keys } = seat.desk;
          const origin = seat.world.party.origin();
          const answer = keys.authenticator.get(options, origin) ?? keys.maker.get(options, origin);
          return answer ? verify(asked, options, answer) : refuse(asked, 'There is no passkey for you on this phone.');
        },
      },
      { id: 'cancel', label: 'Cancel', go: () => askPasskey(asked) },
    ],
  });
}

function optionsFor({ flow, user }: AskPasskey) {
  const { state, party } = flow.seat.world;
  return party.requestOptions(passkeysOf(state, user.id));
}

async function verify(
  asked: AskPasskey,
  options: Awaited<ReturnType<typeof optionsFor>>,
  response: unknown,
): Promise<Step> {
  const { world } = asked.flow.seat;
  try {
    const used = await world.party.verifyAssertion(options, response, passkeysOf(world.state, asked.user.id));
    if (!acceptsKind(world, asked.user, used.fido2?.aaGuid ?? '')) {
      return refuse(asked, 'Your organization does not accept this kind of passkey.');
    }
  } catch (error) {
    if (error instanceof CeremonyRefused) return refuse(asked, `We could not sign you in: ${error.message}.`);
    throw error;
  }
  return asked.proven();
}

function refuse(asked: AskPasskey, message: string): Step {
  const no = stopped('passkey-refused', CODES.unpublished, message);
  write(asked.flow.seat, asked.user, asked.flow.resource, 'passkey', 'failure', no);
  return askPasskey(asked, no);
}
