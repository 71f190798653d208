import type { Device, PersonCard } from '../contract';
import type { Handler, Reply, Route } from '../http';
import { createAuthenticator } from './authenticator';
import { computerAnywhere, computerHome } from './devices-computer';
import type { Fields, Step } from './devices-step';
import { ANYWHERE, type Desk, type PhoneKeys, type Seat, type World } from './devices-world';
import { phoneAnywhere, phoneHome } from './phone';
import { AAGUID, seededPrivateKey } from './seed-passkey';
import type { User } from './state';
import { createRelyingParty, RP_ID } from './webauthn';
import { isAuthenticator } from './webauthn-policy';
import { passkeysOf } from './webauthn-register';

/** AAGUIDs of the phone makers' own password managers, from the community list of passkey providers. */
const ICLOUD_KEYCHAIN = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd';
const GOOGLE_PASSWORD_MANAGER = 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4';

interface Screen {
  readonly seat: Seat;
  step: Step;
}

/**
 * Everybody's computer and phone, as pages that a script or a person steps through.
 *
 * @param parts.publicOrigin where browsers open the playground, as in `http://localhost:3978`; WebAuthn binds to it
 * @returns `GET /people`, `GET /people/:key/:device`, `POST /people/:key/:device`; and what gives somebody another phone
 */
export function createDevices(parts: Omit<World, 'party'> & { readonly publicOrigin: () => string }): {
  readonly routes: readonly Route[];
  newPhone(userId: string): void;
} {
  const world: World = { ...parts, party: createRelyingParty(parts.publicOrigin) };
  const screens = new Map<string, Screen>();
  const desks = new Map<string, Desk>();
  const queues = new Map<string, Promise<unknown>>();
  const renewed = new Set<string>();

  function screenOf(user: User, device: Device): Screen {
    const key = `${user.id} ${device}`;
    const found = screens.get(key);
    if (found) return found;
    const isNew = renewed.has(user.id);
    const desk = desks.get(user.id) ?? createDesk(world, user, isNew);
    desks.set(user.id, desk);
    const seat: Seat = {
      world,
      desk,
      device,
      platform: device === 'computer' ? 'windows' : user.phone === 'android' ? 'android' : 'iOS',
      session: null,
      place: ANYWHERE,
      accounts: new Set(hasAuthenticator(world, user) && !isNew ? [user.id] : []),
      home: () => (device === 'computer' ? computerHome(seat) : phoneHome(seat)),
    };
    const screen: Screen = { seat, step: seat.home() };
    screens.set(key, screen);
    return screen;
  }

  function look(screen: Screen): Step {
    screen.step = screen.step.look?.() ?? screen.step;
    return screen.step;
  }

  /** One press of a person at a time: two hands on one device would each act on a page that the other has left. */
  async function press(user: User, device: Device, id: string, fields: Fields): Promise<Reply> {
    const before = queues.get(user.id) ?? Promise.resolve();
    const mine = before.then(async (): Promise<Reply> => {
      const screen = screenOf(user, device);
      const current = look(screen);
      const anywhere = device === 'computer' ? computerAnywhere : phoneAnywhere;
      const go = Object.hasOwn(current.on, id) ? current.on[id] : undefined;
      const next = await (go ? go(fields) : anywhere(screen.seat, id, fields));
      if (!next) return problem(400, `no button "${id}" on page "${current.page.page}"`);
      screen.step = next;
      return { status: 200, body: look(screen).page };
    });
    queues.set(
      user.id,
      mine.catch(() => undefined),
    );
    return mine;
  }

  const onDevice =
    (act: (user: User, device: Device, body: unknown) => Reply | Promise<Reply>): Handler =>
    ({ params, body }) => {
      const user = [...world.state.users.values()].find((one) => one.key === params.key);
      const device = params.device;
      if (!user || (device !== 'computer' && device !== 'phone')) return problem(404, 'no such person or device');
      if (device === 'phone' && user.phone === null) return problem(404, `${user.key} has no phone`);
      return act(user, device, body);
    };

  const path = /^\/people\/(?<key>[^/]+)\/(?<device>[^/]+)$/;
  return {
    newPhone(userId) {
      renewed.add(userId);
      desks.delete(userId);
      for (const device of ['computer', 'phone']) screens.delete(`${userId} ${device}`);
    },
    routes: [
      {
        method: 'GET',
        pattern: /^\/people$/,
        handler: () => ({ status: 200, body: [...world.state.users.values()].map(cardOf) }),
      },
      {
        method: 'GET',
        pattern: path,
        handler: onDevice((user, device) => ({ status: 200, body: look(screenOf(user, device)).page })),
      },
      {
        method: 'POST',
        pattern: path,
        handler: onDevice((user, device, body) => {
          const wanted = (body ?? {}) as { press?: unknown; fields?: unknown };
          if (typeof wanted.press !== 'string') return problem(400, 'press must name a button');
          return press(user, device, wanted.press, (wanted.fields ?? {}) as Fields);
        }),
      },
    ],
  };
}

function problem(status: number, message: string): Reply {
  return { status, body: { error: { code: status === 404 ? 'notFound' : 'badRequest', message } } };
}

function cardOf(user: User): PersonCard {
  const { key, id, displayName, userPrincipalName, jobTitle, role, password } = user;
  return { key, id, displayName, userPrincipalName, jobTitle, role, password };
}

function hasAuthenticator({ state }: World, user: User): boolean {
  return state.methods.some((one) => one.userId === user.id && one.kind === 'microsoftAuthenticator');
}

/** A person's phone holds the passkeys that she had in Authenticator before the playground started; a new one is empty. */
function createDesk({ state }: World, owner: User, isNew: boolean): Desk {
  const ios = owner.phone !== 'android';
  const keys: PhoneKeys = {
    authenticator: createAuthenticator({
      aaGuid: ios ? AAGUID.authenticatorIos : AAGUID.authenticatorAndroid,
      synced: false,
    }),
    maker: createAuthenticator({ aaGuid: ios ? ICLOUD_KEYCHAIN : GOOGLE_PASSWORD_MANAGER, synced: true }),
  };
  for (const { fido2 } of isNew ? [] : passkeysOf(state, owner.id)) {
    if (!fido2 || !isAuthenticator(fido2)) continue;
    keys.authenticator.load({
      id: fido2.credentialId,
      rpId: RP_ID,
      userHandle: Buffer.from(owner.id).toString('base64url'),
      privateKey: seededPrivateKey(fido2.credentialId),
      counter: fido2.counter,
    });
  }
  return { owner, keys, qr: null };
}
