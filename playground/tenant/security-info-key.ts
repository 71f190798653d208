import type { Stopped } from '../contract';
import { type Step, step, typed } from './devices-step';
import { during, type Visit } from './security-info-visit';
import { CODES, stopped } from './sign-in-errors';
import { RESOURCES } from './sign-in-resources';
import type { AuthenticationMethod } from './state';
import { wantsStatement } from './webauthn-policy';
import { passkeysOf, registerPasskey } from './webauthn-register';

/** How long a key's name may be. */
const NAME_LENGTH = 30;

/** A passkey made by the browser that shows this page: a security key, or whatever else it offers. */
export async function createKey(
  visit: Visit,
  created: (made: AuthenticationMethod) => Step,
  leave: (visit: Visit) => Step,
  no: Stopped | null = null,
): Promise<Step> {
  const { world } = visit.seat;
  const existing = passkeysOf(world.state, visit.user.id);
  const options = await world.party.creationOptions(visit.user, existing, wantsStatement(world, visit.user));
  return step({
    page: 'security-key-create',
    title: 'Set up your security key',
    where: RESOURCES['security-info'].where,
    text: ['Have your key ready, give it a name, and follow what the browser asks.', ...(no ? [no.message] : [])],
    signedInAs: visit.user.userPrincipalName,
    fields: [
      { id: 'name', label: 'Name your security key', kind: 'text' },
      { id: 'webauthn', label: 'Answer of the key', kind: 'webauthn' },
    ],
    webauthn: { kind: 'create', options },
    stopped: no,
    buttons: [
      {
        id: 'continue',
        label: 'Next',
        primary: true,
        go: during(visit, async (fields) => {
          const registered = await registerPasskey(world, visit.user, {
            options,
            answer: fields.webauthn,
            displayName: typed(fields, 'name').trim().slice(0, NAME_LENGTH) || 'Security key',
            inApp: false,
          });
          if ('method' in registered) return created(registered.method);
          const message = `We were not able to add this method. ${registered.refused}`;
          return createKey(visit, created, leave, stopped('registration-refused', CODES.unpublished, message));
        }),
      },
      { id: 'cancel', label: 'Cancel', go: during(visit, () => leave(visit)) },
    ],
  });
}
