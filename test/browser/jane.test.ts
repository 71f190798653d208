import type { Locator, Page } from 'playwright-core';
import { openAddress, phoneToSave, savePasskey, signInWithPass } from '../../playground/story/journey';
import { type Client, choicesOf, type Person, waitFor } from '../harness/playground';
import { picture } from './browser';
import { onStage, type Stage } from './stage';

jest.setTimeout(200_000);

/** A small phone of today. */
const PHONE = { width: 390, height: 844 } as const;

/** Her chat with Onboard, on a screen of a phone's size. */
async function herChat(page: Page, key: string): Promise<Locator> {
  const third = page.locator('[role="tab"]').nth(2);
  await third.click();
  const column = page.locator('[data-person]').last();
  if ((await column.getAttribute('data-person')) !== key)
    await column.getByRole('combobox', { name: 'Who is shown here' }).selectOption(key);
  return page.locator(`[data-person="${key}"]`);
}

/** She presses a button of the newest card that has it. */
async function press(chat: Locator, name: string | RegExp): Promise<void> {
  await chat.locator('.card:not(.busy)').getByRole('button', { name, exact: true }).last().click();
}

async function pick(chat: Locator, answer: string, then = 'Next'): Promise<void> {
  await chat.getByRole('radio', { name: answer }).last().check();
  await press(chat, then);
}

const reads = (chat: Locator, words: string | RegExp) => chat.locator('.log').getByText(words).last().waitFor();

/** Helpdesk asks and the manager approves, over the wire; gives the pass that he read out. */
async function begin(client: Client, upn: string, name: RegExp): Promise<string> {
  await client.person('priya').say(`@onboard ${upn}`);
  return approve(client, name);
}

async function approve(client: Client, name: RegExp): Promise<string> {
  const mo = client.person('mo');
  const before = (await client.passes()).length;
  await waitFor('the request is with Mo', async () => {
    const asked = (await mo.messageWith('approve-and-show'))?.card;
    return asked !== undefined && name.test(JSON.stringify(asked));
  });
  await mo.click('approve-and-show', { knowsPerson: 'true', spokeToday: 'true' });
  await waitFor('a pass is there', async () => {
    if ((await client.passes()).length > before) return true;
    await mo.click('show-pass').catch(() => undefined);
    return (await client.passes()).length > before;
  });
  return (await client.passes()).at(-1)?.code ?? '';
}

const nameOf = async (client: Client, key: string) =>
  (await client.people()).find((person) => person.key === key)?.userPrincipalName ?? '';

const phoneTo = async (who: Person, upn: string, code: string) => {
  await phoneToSave(who, upn, code);
  return savePasskey(who);
};

async function ended(stage: Stage, chat: Locator, words: RegExp): Promise<void> {
  await reads(chat, words);
  await stage.spawned.client.person('priya').see(/working passkey|completed/i);
}

test('by the phone alone: one step a message, stuck and helped at one of them, and how to go on afterwards', () =>
  onStage(
    'jane by phone',
    'everyone',
    async (stage) => {
      const { client } = stage.spawned;
      const { page } = stage.window;
      const [jane, upn] = [client.person('jane'), await nameOf(client, 'jane')];
      const code = await begin(client, upn, /Jane Doe/);
      const chat = await herChat(page, 'jane');
      await reads(chat, 'Set up your passkey');
      await picture(page, 'jane 1 welcome');
      await press(chat, 'iPhone');
      await reads(chat, 'iPhone: step 1 of 9');
      for (let step = 2; step <= 6; step++) {
        await press(chat, 'Next');
        await reads(chat, `iPhone: step ${step} of 9`);
      }
      await picture(page, 'jane 2 a step');
      await press(chat, 'Earlier steps');
      await picture(page, 'jane 3 earlier steps');

      await press(chat, "I'm stuck");
      await picture(page, 'jane 4 where');
      await pick(chat, 'Signing in, or typing the code');
      await picture(page, 'jane 5 what');
      await pick(chat, 'I am asked to prove who I am again.');
      await reads(chat, /It works more than once/);
      await press(chat, 'That helped: go on');
      await reads(chat, 'iPhone: step 6 of 9');

      // Half of it: her card says so, at her step.
      await phoneToSave(jane, upn, code);
      await reads(chat, 'I can see Authenticator on your account. The passkey is still missing.');
      await reads(chat, 'iPhone: step 6 of 9');
      await picture(page, 'jane 6 half way');
      await press(chat, "I'm stuck");
      await pick(chat, 'Saving the passkey on the phone');
      await pick(chat, 'Something else');
      await press(chat, 'Call the helpdesk');
      await reads(chat, /Your helpdesk has been told/);
      await picture(page, 'jane 7 called');
      await client.person('priya').see('is stuck and asked for a person');

      await savePasskey(jane);
      await reads(chat, 'Your passkey was added');
      await picture(page, 'jane 8 seen');
      await press(chat, "I'm done");
      await ended(stage, chat, /your passkey works/i);
      await press(chat, 'Sign in on a computer');
      await picture(page, 'jane 9 afterwards');
    },
    PHONE,
  ));

test('by the computer, and with a key: the steps of each, and the last pages when the passkey is there', () =>
  onStage(
    'jane by computer',
    'everyone',
    async (stage) => {
      const { client } = stage.spawned;
      const { page } = stage.window;
      const [jane, upn] = [client.person('jane'), await nameOf(client, 'jane')];
      const code = await begin(client, upn, /Jane Doe/);
      const chat = await herChat(page, 'jane');
      await press(chat, 'Security key');
      for (let step = 1; step <= 4; step++) {
        await reads(chat, `Security key: step ${step} of 7`);
        if (step < 4) await press(chat, 'Next');
      }
      await reads(chat, 'I want to set up a different method');
      await picture(page, 'jane key');
      for (let step = 3; step >= 1; step--) {
        await press(chat, 'Back');
        await reads(chat, `Security key: step ${step} of 7`);
      }
      await press(chat, 'Choose another way');
      await press(chat, 'Computer and phone');
      for (let step = 2; step <= 6; step++) {
        await press(chat, 'Next');
        await reads(chat, `Computer and phone: step ${step} of 9`);
      }
      await picture(page, 'jane computer');
      await signInWithPass(jane, 'https://aka.ms/mysecurityinfo', upn, code);
      await jane.computer.press('next');
      await jane.computer.press('next');
      await phoneTo(jane, upn, code);
      await reads(chat, /Back on the computer: press/);
      await picture(page, 'jane computer, seen');
      await jane.phone.press('done');
      await jane.computer.press('next');
      await jane.computer.press('done');
      await press(chat, "I'm done");
      await ended(stage, chat, /your passkey works/i);
    },
    PHONE,
  ));

test('saved in the wrong place, run out of time, asked again, and through', () =>
  onStage(
    'jane, second time',
    'everyone',
    async (stage) => {
      const { client } = stage.spawned;
      const { page } = stage.window;
      const [roe, upn] = [client.person('jane-roe'), await nameOf(client, 'jane-roe')];
      await client.behave({ passkeyPolicy: 'synced' });
      const code = await begin(client, upn, /Jane Roe/);
      const chat = await herChat(page, 'jane-roe');
      // Jane Roe reads German in the directory; what is on her card is tried in its own place.
      await chat.locator('.card').last().waitFor();
      await phoneToSave(roe, upn, code);
      await roe.phone.press('save-elsewhere');
      await roe.phone.press('approve');
      await client.person('priya').see(/Google/);
      await picture(page, 'jane wrong place');
      const added = (await client.records()).tenant.find(({ kind }) => kind === 'member-added')?.at ?? 0;
      await client.advance(added + 60 * 60_000 - (await client.info()).now - 3_000);
      await waitFor(
        'it lapsed',
        async () => (await client.person('priya').found(/No accepted passkey was seen/)) !== undefined,
        40_000,
      );
      await picture(page, 'jane lapsed');

      await client.behave({ passkeyPolicy: 'usual' });
      const again = await begin(client, upn, /Jane Roe/);
      // The one in the wrong place is hers and registered: Entra may ask for it after the pass, and she has it.
      await roe.phone.press('open-app', { app: 'authenticator' });
      await roe.phone.press('add-account');
      const asked = await roe.phone.press('next', { name: upn });
      if (asked.page !== 'sign-in-pass') await roe.phone.press('use-pass');
      expect(await roe.phone.press('next', { pass: again })).toMatchObject({ page: 'sign-in-passkey' });
      await roe.phone.press('continue');
      await roe.phone.press('approve');
      await roe.phone.press('done');
      await roe.phone.press('approve');
      await roe.phone.press('approve');
      await savePasskey(roe);
      await client.person('priya').see(/Passkey: Authenticator/);
      await roe.click('done');
      await client.person('priya').see(/working passkey/i, 30_000);
      await picture(page, 'jane second time');
    },
    PHONE,
  ));

test('recover: what is stale is asked for after the pass, as in life, until helpdesk has removed it', () =>
  onStage(
    'jane recovers',
    'everyone',
    async (stage) => {
      const { client, url } = { client: stage.spawned.client, url: stage.spawned.url };
      const { page } = stage.window;
      const byHand = (what: string) =>
        fetch(`${url}/control/admin`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ do: what, key: 'pat' }),
        });
      const [priya, pat, upn] = [client.person('priya'), client.person('pat'), await nameOf(client, 'pat')];
      await byHand('spare-key');
      await byHand('new-phone');
      await priya.say('recover pat');
      await priya.see('Recover Pat Quill');
      const asked = await page.locator('[data-person="priya"]').locator('.card').last();
      await asked.waitFor();
      await picture(page, 'recover 1 helpdesk');
      const card = (await priya.messageWith('recover'))?.card;
      const phone = choicesOf(card).find(({ input, title }) => input === 'old' && /Authenticator/.test(title));
      const sent = { loss: 'lost', old: phone?.value ?? '' };
      expect((await priya.click('recover', sent)).words).toMatch(/has another passkey that works: Spare key at home/);
      await priya.click('recover', { ...sent, noneWorks: 'true' });
      await client.person('mo').see(/I delete the old passkey: \*\*Authenticator/);
      const code = await approve(client, /Pat Quill/);
      const chat = await herChat(page, 'pat');
      await reads(chat, 'Your old passkey is deleted.');
      await picture(page, 'recover 2 pat');
      const records = await client.records();
      const changes = records.tenant.filter(
        (one) => 'userId' in one && one.userId === records.people.find(({ key }) => key === 'pat')?.id,
      );
      expect(changes.filter(({ actor }) => actor.startsWith('app:')).map(({ kind }) => kind)).toEqual([
        'method-removed',
        'member-added',
        'pass-created',
      ]);

      // The spare key stayed: Entra wants it, and she has not got it.
      await openAddress(pat, 'https://aka.ms/mysecurityinfo', upn);
      const wanted = await pat.computer.press('next', { pass: code });
      expect(wanted).toMatchObject({ page: 'sign-in-passkey', stopped: { symptom: 'passkey-refused' } });
      await press(chat, "I'm stuck");
      await pick(chat, 'Signing in, or typing the code');
      await pick(chat, 'It asks for my old passkey, or for a phone or key that I do not have.');
      await press(chat, 'Call the helpdesk');
      await picture(page, 'recover 3 stuck');
      await priya.see('It asks for my old passkey');
      await byHand('remove-methods');
      await signInWithPass(pat, 'https://aka.ms/mysecurityinfo', upn, code);
      await phoneTo(pat, upn, code);
      await reads(chat, 'Your passkey was added');
      await press(chat, "I'm done");
      await ended(stage, chat, /your passkey works/i);
      await picture(page, 'recover 4 done');
    },
    PHONE,
  ));
