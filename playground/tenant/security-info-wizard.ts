import { type Step, step } from './devices-step';
import { createKey } from './security-info-key';
import { during, type Visit, withStrongSignIn } from './security-info-visit';
import { AAGUID } from './seed-passkey';
import { RESOURCES } from './sign-in-resources';
import type { AuthenticationMethod } from './state';
import { acceptsKind, whyNoPasskeys } from './webauthn-policy';
import { passkeysOf } from './webauthn-register';

/** Where the wizard ends. */
type End = (visit: Visit) => Step;

/** Registering a passkey in Authenticator, seen from the computer: get the app, wait for the phone, verify. */
export function wizard(visit: Visit, end: End): Step {
  const known = new Set(passkeysOf(visit.seat.world.state, visit.user.id).map((one) => one.id));
  return page(visit, {
    page: 'wizard-install',
    title: 'Start by getting the app',
    text: [
      'Install Microsoft Authenticator on your phone. If you have it already, go on.',
      'In the app choose Add work or school account and sign in.',
    ],
    buttons: [
      { id: 'next', label: 'Next', primary: true, go: during(visit, () => wait(visit, known, end)) },
      {
        id: 'different-method',
        label: 'I want to set up a different method',
        go: during(visit, () => chooseMethod(visit, end)),
      },
    ],
  });
}

function wait(visit: Visit, known: ReadonlySet<string>, end: End, tried = false): Step {
  return page(visit, {
    page: 'wizard-wait',
    title: 'Complete the setup in Authenticator',
    text: [
      'Leave this page open. Finish on your phone, then come back and choose Next.',
      ...(tried ? ['We cannot see a passkey yet.'] : []),
    ],
    buttons: [
      {
        id: 'next',
        label: 'Next',
        primary: true,
        go: during(visit, () => {
          const made = passkeysOf(visit.seat.world.state, visit.user.id).find((one) => !known.has(one.id));
          return made ? created(visit, made, end) : wait(visit, known, end, true);
        }),
      },
      { id: 'back', label: 'Back', go: during(visit, () => wizard(visit, end)) },
    ],
  });
}

/** Verified: the passkey is in the tenant, whatever a phone may say. */
export function created(visit: Visit, made: AuthenticationMethod, end: End): Step {
  return page(visit, {
    page: 'wizard-created',
    title: 'Passkey created',
    text: [`${made.displayName} is ready to sign in with.`],
    buttons: [{ id: 'done', label: 'Done', primary: true, go: during(visit, () => end(visit)) }],
  });
}

/** The kinds that this person can add here; none is shown that the passkey policy would refuse anyway. */
export function chooseMethod(visit: Visit, end: End): Step {
  const { world } = visit.seat;
  const never = whyNoPasskeys(world, visit.user);
  const inAuthenticator = [AAGUID.authenticatorIos, AAGUID.authenticatorAndroid].some((one) =>
    acceptsKind(world, visit.user, one),
  );
  return page(visit, {
    page: 'choose-method',
    title: 'Add a sign-in method',
    text: never ? [never] : ['Which method would you like to add?'],
    buttons: [
      ...(!never && inAuthenticator
        ? [
            {
              id: 'authenticator',
              label: 'Passkey in Microsoft Authenticator',
              go: during(visit, () => withStrongSignIn(visit, (strong) => wizard(strong, end))),
            },
          ]
        : []),
      ...(never
        ? []
        : [
            {
              id: 'security-key',
              label: 'Security key or passkey',
              go: during(visit, () =>
                withStrongSignIn(visit, (strong) => createKey(strong, (made) => created(strong, made, end), end)),
              ),
            },
          ]),
      { id: 'back', label: 'Cancel', go: during(visit, () => end(visit)) },
    ],
  });
}

function page(visit: Visit, parts: Omit<Parameters<typeof step>[0], 'where' | 'signedInAs'>): Step {
  return step({
    ...parts,
    where: RESOURCES['security-info'].where,
    signedInAs: visit.user.userPrincipalName,
  });
}
