import type { Page, PersonCard, Records, TenantRecord } from '../contract';
import { type Client, type Person, type Reaction, textOf } from './client';
import {
  openAddress,
  phoneToSave,
  savePasskey,
  signInWithPass,
  signInWithPasskey,
  signInWithPassword,
} from './journey';
import { buttonsOf, choicesOf, togglesOf } from './read-card';
import { waitFor } from './wait';

/** Where the product can be killed on the way. */
export const POINTS = [
  'before-approval',
  'after-approval',
  'opening',
  'after-pass',
  'passkey-added',
  'removed',
  'closing',
] as const;
export type Point = (typeof POINTS)[number];

export interface Cast {
  readonly helpdesk: string;
  /** What helpdesk types. */
  readonly line: string;
  readonly approver: string;
  /** Only where two must approve. */
  readonly second?: string;
  readonly subject: string;
}

export const CASTS: Readonly<Record<'everyone' | 'admins', Cast>> = {
  everyone: { helpdesk: 'priya', line: '@onboard jane', approver: 'mo', subject: 'jane' },
  admins: { helpdesk: 'priya', line: '@onboard ada', approver: 'mo', second: 'kim', subject: 'ada' },
};

/** Who listens to the story: the terminal, or a test. */
export interface Listener {
  /** A step begins. */
  step(title: string): Promise<void> | void;
  /** Somebody did something. */
  did(who: string, what: string): Promise<void> | void;
  /** A page on somebody's device. */
  page(who: string, device: 'computer' | 'phone', page: Page): Promise<void> | void;
  /** What a click was answered with. */
  answer(who: string, reaction: Reaction): Promise<void> | void;
  /** Something was checked and is so. */
  proved(what: string): Promise<void> | void;
}

export interface TaleOptions {
  readonly client: Client;
  readonly cast: Cast;
  readonly listener: Listener;
  /** Points at which the product is killed and started again. */
  readonly kills: ReadonlySet<Point>;
}

export interface Tale {
  /** From the passkey's registration to the answer of the removal, ms. */
  readonly registeredToRemovedMs: number;
  /** From the click that was answered with the pass to its answer, ms. */
  readonly clickToPassMs: number;
}

/** The whole story, from the Catch-22 to the sign-in with the passkey. Throws where it goes another way. */
export async function tell({ client, cast, listener, kills }: TaleOptions): Promise<Tale> {
  const people = new Map((await client.people()).map((person) => [person.key, person]));
  const card = (key: string): PersonCard => must(people.get(key), `there is nobody called ${key}`);
  const [helpdesk, approver, subject] = [cast.helpdesk, cast.approver, cast.subject].map((key) =>
    client.person(key),
  ) as [Person, Person, Person];
  const { userPrincipalName: name, password, displayName, id: subjectId } = card(cast.subject);
  const everybody = (await client.info()).scenario === 'everyone';

  const show = async (who: Person, device: 'computer' | 'phone', page: Page) => {
    await listener.page(who.key, device, page);
    return page;
  };
  const on = async (who: Person, page: Promise<Page>, device: 'computer' | 'phone' = 'computer') =>
    show(who, device, await page);
  const press = async (who: Person, button: string, inputs?: Record<string, string>) => {
    const message = await who.waitForButton(button);
    const title = buttonsOf(message.card).find((each) => each.title === button || each.verb === button)?.title;
    await listener.did(who.key, `presses "${title ?? button}"`);
    const reaction = await who.click(button, inputs);
    await listener.answer(who.key, reaction);
    return reaction;
  };
  const changed = async (kind: TenantRecord['kind']) =>
    (await client.records()).tenant.findLast(
      (record) =>
        record.kind === kind && 'userId' in record && record.userId === subjectId && byOnboardOrHer(record, subjectId),
    );
  async function at(point: Point) {
    if (!kills.has(point)) return;
    await client.product('kill');
    await listener.did('(operator)', `kill -9 of Onboard, and a new start: ${point}`);
    await client.product('start');
  }

  await listener.step(`Before: ${displayName} cannot get a passkey, because she has none`);
  let page = await on(subject, signInWithPassword(subject, 'mail', name, password));
  must(page.page === 'interrupt', 'a password alone must be interrupted');
  page = await on(subject, subject.computer.press('next'));
  must(page.stopped?.symptom === 'dead-end', 'the computer must be a dead end');
  await subject.phone.press('open-app', { app: 'authenticator' });
  await subject.phone.press('add-account');
  await subject.phone.press('next', { name });
  await subject.phone.press('next', { password });
  page = await on(subject, subject.phone.press('next'), 'phone');
  must(page.stopped?.symptom === 'loop', 'Authenticator must loop');
  await listener.proved(`the Catch-22, both ways; it was ${page.stopped?.policy?.displayName} that stopped her`);
  await subject.phone.press('home').catch(() => undefined);
  await subject.computer.press('close');

  await listener.step(`Helpdesk asks for ${displayName}`);
  await listener.did(helpdesk.key, `writes: ${cast.line}`);
  await helpdesk.say(cast.line);
  if (everybody) {
    const question = await helpdesk.waitForButton('choose');
    const choices = choicesOf(question.card);
    must(choices.length === 2, 'there are two of that name');
    const choice = must(
      choices.find(({ title, value }) => value === subjectId || title.includes(name)),
      'the right one can be chosen',
    );
    await press(helpdesk, 'choose', { [choice.input]: choice.value });
    await listener.proved(`two of that name, told apart as: ${choices.map(({ title }) => title).join(' | ')}`);
  }
  await approver.waitForButton('approve');
  await at('before-approval');

  await listener.step(`${card(cast.approver).displayName} approves and is shown the pass`);
  const ask = must(await approver.messageWith('approve'), 'the approver is asked');
  const ticks = Object.fromEntries(togglesOf(ask.card).map(({ id, on: value }) => [id, value]));
  const together = !cast.second && kills.size === 0;
  let reaction = await press(approver, together ? 'approve-and-show' : 'approve', ticks);
  if (cast.second) {
    must((await changed('member-added')) === undefined, 'one approval opens nothing');
    await press(client.person(cast.second), 'second-approve');
  }
  await at('after-approval');
  if (kills.has('opening')) await killWhileOpening();
  const clicked = await waitFor('the approver is shown the pass', async () => {
    const pass = await passOn(client, approver, subjectId);
    if (pass) return { pass, ms: reaction.elapsedMs };
    if (await approver.messageWith('show-pass')) reaction = await press(approver, 'show-pass');
    return undefined;
  });
  const { pass } = clicked;
  await listener.proved(
    `the pass has ${[...pass].length} characters and is on ${card(cast.approver).displayName}'s screen`,
  );
  await press(approver, 'handed-over');
  await at('after-pass');

  await listener.step(`Onboard's chat leads ${displayName}`);
  const guide = await subject.waitForButton('guide');
  const route = must(
    buttonsOf(guide.card).find(({ title }) => /computer/i.test(title)),
    'she can choose computer and phone',
  );
  let walk = await press(subject, route.title);
  while (buttonsOf(walk.card).some(({ title }) => title === 'Next')) {
    // An edit that met the press shows the choice again; like anybody else she then chooses once more.
    const there = await subject.waitForButton(new RegExp(`^(Next|${route.title})$`));
    const goesOn = buttonsOf(there.card).some(({ title }) => title === 'Next');
    walk = await press(subject, goesOn ? 'Next' : route.title);
  }

  await listener.step(`Inside the window: what the bare password opens now`);
  page = await on(subject, signInWithPassword(subject, 'mail', name, password));
  must(everybody ? page.page === 'mail' : page.page !== 'mail', 'the bare password, inside the window');
  await listener.proved(
    everybody
      ? 'the bare password opens mail: the window is a real risk, and must end'
      : 'the guard policy keeps the bare password out',
  );
  await subject.computer.press('close');

  await listener.step(`${displayName} signs in with the pass and registers a passkey`);
  page = await on(subject, signInWithPass(subject, 'security-info', name, pass));
  page = await on(subject, subject.computer.press('next'));
  page = await on(subject, subject.computer.press('next'));
  must(page.page === 'wizard-wait', 'the computer waits for the phone');
  await on(subject, phoneToSave(subject, name, pass), 'phone');
  page = await on(subject, savePasskey(subject), 'phone');
  must(page.page === 'account-added', 'the passkey is on the phone');
  await at('passkey-added');

  await listener.step('Onboard notices, and takes her out of the group');
  const removed = await waitFor('she is out of the group', () => changed('member-removed'), 45_000);
  const registered = must(await passkeyRecord(client, subjectId), 'the passkey is in the tenant');
  await at('removed');
  page = await on(subject, subject.phone.press('done'), 'phone');
  must(!page.stopped, "the phone's Done still works");
  page = await on(subject, subject.computer.press('next'));
  must(page.page === 'wizard-created', "the computer's Next still works");
  page = await on(subject, subject.computer.press('done'));
  must(!page.stopped, "the computer's Done still works");
  await listener.proved(
    `out of the group ${((removed.at - registered.at) / 1_000).toFixed(1)} s after the passkey; Next and Done still worked`,
  );

  await listener.step(`${displayName} says that she is done`);
  await subject.waitForButton("I'm done");
  await press(subject, "I'm done");
  await at('closing');
  await waitFor('the pass is gone', () => changed('pass-deleted'), 30_000);
  await waitFor('sessions are revoked', async () => {
    const revoked = await changed('sessions-revoked');
    return revoked && revoked.at >= removed.at;
  });
  for (const who of [helpdesk, approver]) await who.see(/has a working passkey|completed/i);
  await subject.see(/your passkey works/i);
  await listener.proved('the pass is gone, sessions are revoked, and all three were told');

  await listener.step('After: the passkey signs in, the password alone does not');
  page = await on(subject, signInWithPasskey(subject, 'mail', name));
  must(page.page === 'mail', 'the passkey opens mail');
  page = await on(subject, signInWithPassword(subject, 'mail', name, password));
  must(page.page !== 'mail' && page.stopped, 'the password alone is refused');
  page = await on(subject, openAddress(subject, 'mail', name));
  await subject.computer.press('use-pass');
  page = await on(subject, subject.computer.press('next', { pass }));
  must(page.stopped?.symptom === 'pass-refused', 'the pass is refused');
  await subject.computer.press('close');
  await listener.proved('the passkey opens mail; the password alone and the old pass do not');

  return { registeredToRemovedMs: removed.at - registered.at, clickToPassMs: clicked.ms };

  /** The click that opens the window is under way when the product dies: she may be in the group, and nobody was answered. */
  async function killWhileOpening() {
    await approver.waitForButton('show-pass');
    await client.behave({ graphDelayMs: 120 });
    const lost = approver.click('show-pass').catch(() => undefined);
    await waitFor('she is in the group', () => changed('member-added'));
    await at('opening');
    await client.behave({ graphDelayMs: 0 });
    await lost;
  }
}

/**
 * The pass as the approver reads it off the screen. An answer is not enough: where the bot edited the message while the
 * click was under way, the client keeps the edit, and the approver presses once more.
 */
async function passOn(client: Client, approver: Person, subjectId: string): Promise<string | undefined> {
  const codes = (await client.passes()).filter(({ userId }) => userId === subjectId);
  const screen = (await approver.messages()).map((message) => textOf(message).replace(/\s/g, '')).join('\n');
  return codes.findLast(({ code }) => screen.includes(code))?.code;
}

async function passkeyRecord(client: Client, subjectId: string) {
  const { tenant }: Records = await client.records();
  return tenant.findLast(
    (record) => record.kind === 'method-added' && record.userId === subjectId && record.methodKind === 'fido2',
  );
}

const byOnboardOrHer = (record: TenantRecord, subjectId: string): boolean =>
  record.actor.startsWith('app:') || record.actor === `user:${subjectId}`;

function must<T>(value: T, what: string): NonNullable<T> {
  if (!value) throw new Error(`It went another way: ${what}.`);
  return value;
}
