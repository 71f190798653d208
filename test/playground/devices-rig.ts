import { createClock } from '../../playground/clock';
import type { Device, Page } from '../../playground/contract';
import type { Reply } from '../../playground/http';
import { createJournal } from '../../playground/journal';
import { createChanges } from '../../playground/tenant/changes';
import { createDevices } from '../../playground/tenant/devices';
import type { LoadedTenant } from '../../playground/tenant/export/load';
import { idOfPerson } from '../../playground/tenant/people';
import { createState, type Scenario } from '../../playground/tenant/scenario';
import type { PassMethod } from '../../playground/tenant/state';

export const ORIGIN = 'http://localhost:3978';
export const CODE = 'nc+&G=xw';

export interface Hand {
  press(button: string, fields?: Record<string, unknown>): Promise<Page>;
  look(): Promise<Page>;
  raw(body: unknown): Promise<Reply>;
}

/** A tenant with its devices, driven through the routes without a socket. */
export function createRig(scenario: Scenario = 'everyone', loaded?: LoadedTenant) {
  const state = createState(scenario, 0, loaded);
  const clock = createClock();
  const journal = createJournal(clock);
  const changes = createChanges(state, clock, journal);
  const { routes } = createDevices({ state, changes, clock, journal, publicOrigin: () => ORIGIN });

  async function call(method: string, path: string, body?: unknown): Promise<Reply> {
    for (const route of routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (!match) continue;
      const reply = await route.handler({
        method,
        url: new URL(path, ORIGIN),
        headers: {},
        params: { ...match.groups },
        body,
        raw: undefined as never,
      });
      if (reply) return reply;
    }
    throw new Error(`no route for ${method} ${path}`);
  }

  const hand = (key: string, device: Device): Hand => {
    const page = (reply: Reply): Page => {
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return reply.body as Page;
    };
    return {
      press: async (button, fields) => page(await call('POST', `/people/${key}/${device}`, { press: button, fields })),
      look: async () => page(await call('GET', `/people/${key}/${device}`)),
      raw: (body) => call('POST', `/people/${key}/${device}`, body),
    };
  };

  return {
    state,
    clock,
    journal,
    changes,
    call,
    computer: (key: string) => hand(key, 'computer'),
    phone: (key: string) => hand(key, 'phone'),
    user: (key: string) => {
      const user = state.users.get(idOfPerson(key));
      if (!user) throw new Error(key);
      return user;
    },
    join: (key: string) => changes.addMember('admin', state.onboardingGroupId, idOfPerson(key)),
    leave: (key: string) => changes.removeMember('admin', state.onboardingGroupId, idOfPerson(key)),
    givePass: (key: string, more: Partial<PassMethod> = {}) =>
      changes.createPass('admin', {
        id: `pass-${Math.random()}`,
        userId: idOfPerson(key),
        code: CODE,
        createdAt: clock.now(),
        startsAt: clock.now(),
        lifetimeMinutes: 60,
        usableOnce: false,
        uses: 0,
        ...more,
      }),
    lastSignIn: () => journal.signIns.at(-1),
    passkeys: (key: string) => state.methods.filter((one) => one.userId === idOfPerson(key) && one.kind === 'fido2'),
  };
}

export type Rig = ReturnType<typeof createRig>;

/** Opens an address on the computer and types the name; the page that asks for a credential is left open. */
export async function begin(rig: Rig, key: string, url: string): Promise<Page> {
  const computer = rig.computer(key);
  await computer.press('open', { url });
  return computer.press('next', { name: rig.user(key).userPrincipalName });
}

export async function withPassword(rig: Rig, key: string, url: string, password?: string): Promise<Page> {
  const asked = await begin(rig, key, url);
  const computer = rig.computer(key);
  if (asked.page !== 'sign-in-password') await computer.press('use-password');
  return computer.press('next', { password: password ?? rig.user(key).password });
}

export async function withPass(rig: Rig, key: string, url: string, pass = CODE): Promise<Page> {
  const asked = await begin(rig, key, url);
  const computer = rig.computer(key);
  if (asked.page !== 'sign-in-pass') await computer.press('use-pass');
  return computer.press('next', { pass });
}

/** The phone leg up to what follows the pass. */
export async function phoneWithPass(rig: Rig, key: string): Promise<Page> {
  const phone = rig.phone(key);
  await phone.press('open-app', { app: 'authenticator' });
  await phone.press('add-account');
  const asked = await phone.press('next', { name: rig.user(key).userPrincipalName });
  if (asked.page !== 'sign-in-pass') await phone.press('use-pass');
  return phone.press('next', { pass: CODE });
}

/** From the provider page to the question where to save. */
export async function phoneToSave(rig: Rig, key: string): Promise<Page> {
  const phone = rig.phone(key);
  await phone.press('done');
  await phone.press('approve');
  return phone.press('approve');
}

/** The whole phone leg; ends on "Account added". */
export async function registerOnPhone(rig: Rig, key: string): Promise<Page> {
  await phoneWithPass(rig, key);
  await phoneToSave(rig, key);
  await rig.phone(key).press('save');
  return rig.phone(key).press('approve');
}

/** A passkey sign-in on the computer with the phone's passkey over the QR code. */
export async function withPhonePasskey(rig: Rig, key: string, url: string): Promise<Page> {
  const asked = await begin(rig, key, url);
  const computer = rig.computer(key);
  if (asked.page !== 'sign-in-passkey') await computer.press('use-passkey');
  await computer.press('phone');
  await rig.phone(key).press('scan');
  await rig.phone(key).press('approve');
  return computer.look();
}
