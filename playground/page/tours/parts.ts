import { api } from '../api';
import { messageOf, type Places } from './places';

const ASK_AGAIN_MS = 4_000;

/** What several tours do in the same way. Each leaves the page where it ended. */

/** Opens an address in a private window and types the name; ends where a credential is asked for. */
export async function openAddress(places: Places, key: string, what: string): Promise<void> {
  const { computer } = places.person(key);
  await computer.open(what);
  await computer.fill('name');
  await computer.press('next');
}

export async function withPassword(places: Places, key: string, what: string): Promise<void> {
  const { computer } = places.person(key);
  await openAddress(places, key, what);
  await computer.shows('sign-in-password', 'sign-in-passkey', 'sign-in-pass');
  if (computer.page() !== 'sign-in-password') await computer.press('use-password');
  await computer.fill('password');
  await computer.press('next');
}

/** Over the square that the own phone scans. */
export async function withPasskey(places: Places, key: string, what: string): Promise<void> {
  const { computer, phone } = places.person(key);
  await openAddress(places, key, what);
  await computer.shows('sign-in-passkey', 'sign-in-password', 'sign-in-pass');
  if (computer.page() !== 'sign-in-passkey') await computer.press('use-passkey');
  await computer.press('phone');
  await computer.press('scan');
  await phone.shows('passkey-confirm', 'no-passkey');
  if (phone.page() !== 'passkey-confirm') return;
  await phone.press('approve');
  await computer.shows(what);
}

/** Helpdesk asks in one line; where two people have that name, the one with these words is chosen. */
export async function ask(places: Places, line: string, pick?: string): Promise<void> {
  const priya = places.person('priya');
  await priya.say(line);
  const asked = () => messageOf('priya', /Onboard this person/);
  if (pick !== undefined) {
    await priya.card('Onboard this person', pick);
    // The question is replaced by its answer; a card that was drawn anew under the pointer is pressed once more.
    const until = performance.now() + ASK_AGAIN_MS;
    await places.hands.until('the question to be answered', () => !asked() || performance.now() > until);
    if (asked()) await priya.card('Onboard this person', pick);
  }
  await priya.reads(/ONB-\d+/);
}

/** The manager approves with the person at hand, and is shown the pass. */
export async function approve(places: Places): Promise<void> {
  const mo = places.person('mo');
  await mo.card('Approve and show pass');
  await passOnScreen(places);
}

/** The window may still be opening when the click was answered; then the pass is asked for once more. */
async function passOnScreen(places: Places): Promise<void> {
  const column = () => document.querySelector('[data-person="mo"]');
  const withPass = () =>
    [...(column()?.querySelectorAll('.message') ?? [])].findLast((one) => one.querySelector('.own-view') !== null);
  const button = () =>
    [...(column()?.querySelectorAll('.card:not(.busy) button.ac-pushButton') ?? [])].find(
      (one) => one.textContent?.trim() === 'Show pass',
    );
  const handOver = () =>
    [...(column()?.querySelectorAll('button.ac-pushButton') ?? [])].find(
      (one) => one.textContent?.trim() === 'I have handed it over',
    );
  await places.hands.find('the pass, or the button that shows it', () => (handOver() ? withPass() : button()));
  if (!handOver()) await places.person('mo').card('Show pass');
  const shown = await places.hands.find("the pass on the approver's screen", () => (handOver() ? withPass() : null));
  await places.hands.point(shown);
}

/** The computer with the pass, up to the page that waits for the phone. */
export async function computerToWait(places: Places, key: string): Promise<void> {
  const { computer } = places.person(key);
  await openAddress(places, key, 'security-info');
  await computer.shows('sign-in-pass', 'sign-in-password', 'sign-in-passkey');
  if (computer.page() !== 'sign-in-pass') await computer.press('use-pass');
  await computer.fill('pass');
  await computer.press('next');
  await computer.shows('interrupt');
  await computer.press('next');
  await computer.shows('wizard-install');
  await computer.press('next');
  await computer.shows('wizard-wait');
}

/** Authenticator on the phone, up to the passkey. */
export async function phoneToPasskey(places: Places, key: string): Promise<void> {
  const { phone } = places.person(key);
  await phone.open('authenticator');
  await phone.shows('authenticator');
  await phone.press('add-account');
  await phone.fill('name');
  await phone.press('next');
  await phone.shows('sign-in-pass', 'sign-in-password', 'sign-in-passkey');
  if (phone.page() !== 'sign-in-pass') await phone.press('use-pass');
  await phone.fill('pass');
  await phone.press('next');
  await phone.shows('authenticator-provider');
  await phone.press('done');
  await phone.press('approve');
  await phone.shows('biometric-prompt', 'save-passkey');
  if (phone.page() === 'biometric-prompt') await phone.press('approve');
  await phone.shows('save-passkey');
  await phone.press('save');
  await phone.press('approve');
  await phone.shows('account-added');
}

/** The last pages on both devices, and the words in the chat. */
export async function finish(places: Places, key: string): Promise<void> {
  const { computer, phone, card } = places.person(key);
  await phone.press('done');
  await computer.press('next');
  await computer.shows('wizard-created');
  await computer.press('done');
  await card("I'm done");
}

/** What somebody else knows about a person: for tours in which the wrong one types it. */
export async function secretsOf(key: string): Promise<{ name: string; password: string; pass: string }> {
  const person = (await api.people()).find((one) => one.key === key);
  const pass = (await api.passes()).findLast(({ userId }) => userId === person?.id)?.code ?? '';
  return { name: person?.userPrincipalName ?? '', password: person?.password ?? '', pass };
}
