import type { Page } from '../contract';
import type { Person } from './client';

/** What people do on their devices, press by press. Each returns the page on which it ends. */

/** Opens an address in a private window and types the name; ends where a credential is asked for. */
export async function openAddress(person: Person, url: string, name: string): Promise<Page> {
  await person.computer.press('open', { url });
  return person.computer.press('next', { name });
}

export async function signInWithPassword(person: Person, url: string, name: string, password: string): Promise<Page> {
  const asked = await openAddress(person, url, name);
  if (asked.page !== 'sign-in-password') await person.computer.press('use-password');
  return person.computer.press('next', { password });
}

export async function signInWithPass(person: Person, url: string, name: string, pass: string): Promise<Page> {
  const asked = await openAddress(person, url, name);
  if (asked.page !== 'sign-in-pass') await person.computer.press('use-pass');
  return person.computer.press('next', { pass });
}

/** On the computer with the passkey of the phone, over the square that the phone scans. */
export async function signInWithPasskey(person: Person, url: string, name: string): Promise<Page> {
  const asked = await openAddress(person, url, name);
  if (asked.page !== 'sign-in-passkey') await person.computer.press('use-passkey');
  await person.computer.press('phone');
  await person.phone.press('scan');
  await person.phone.press('approve');
  return person.computer.look();
}

/** Authenticator on the phone, from adding the account with the pass to the question where to save the passkey. */
export async function phoneToSave(person: Person, name: string, pass: string): Promise<Page> {
  await person.phone.press('open-app', { app: 'authenticator' });
  await person.phone.press('add-account');
  const asked = await person.phone.press('next', { name });
  if (asked.page !== 'sign-in-pass') await person.phone.press('use-pass');
  await person.phone.press('next', { pass });
  await person.phone.press('done');
  await person.phone.press('approve');
  return person.phone.press('approve');
}

/** Saves the passkey in Authenticator; ends on "Account added", which still wants its Done. */
export async function savePasskey(person: Person): Promise<Page> {
  await person.phone.press('save');
  return person.phone.press('approve');
}
