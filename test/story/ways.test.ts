import type { Say } from '../../playground/contract';
import type { Person, Reaction } from '../../playground/story/client';
import { phoneToSave, savePasskey, signInWithPass } from '../../playground/story/journey';
import {
  type Client,
  startPlayground,
  stopPlaygrounds,
  textOf,
  togglesOf,
  verdict,
  waitFor,
} from '../harness/playground';

jest.setTimeout(150_000);
afterEach(stopPlaygrounds);

interface World {
  readonly client: Client;
  readonly helpdesk: Person;
  readonly approver: Person;
  readonly subject: Person;
  readonly card: { readonly id: string; readonly userPrincipalName: string };
}

async function stage(): Promise<World> {
  const { client } = await startPlayground('everyone');
  const card = (await client.people()).find(({ key }) => key === 'jane');
  if (!card) throw new Error('nobody is called jane');
  const [helpdesk, approver, subject] = ['priya', 'mo', 'jane'].map((key) => client.person(key));
  return { client, card, helpdesk, approver, subject } as World;
}

/** The newest answer to a line, once there is one that says this. */
async function said(
  who: Person,
  line: string,
  answer: RegExp,
  where: Say['in'],
  more: Partial<Say> = {},
): Promise<string> {
  const { status } = await who.say(line, where, more);
  expect(status).toBe(200);
  return textOf(await who.see(answer));
}

async function approve({ approver }: World): Promise<Reaction> {
  const question = await approver.waitForButton('approve-and-show');
  const ticks = Object.fromEntries(togglesOf(question.card).map(({ id, on }) => [id, on]));
  const shown = await approver.click('approve-and-show', { ...ticks, comment: 'Met her at the desk' });
  if (/Getting ready/.test(shown.words)) {
    await approver.waitForButton('show-pass');
    return approver.click('show-pass');
  }
  return shown;
}

/** From the pass on the approver's screen to the passkey, and to the end of it. */
async function finish(world: World, pass: string): Promise<void> {
  const { client, subject, card, approver } = world;
  await approver.click('handed-over');
  const name = card.userPrincipalName;
  await signInWithPass(subject, 'security-info', name, pass);
  await subject.computer.press('next');
  await subject.computer.press('next');
  await phoneToSave(subject, name, pass);
  await savePasskey(subject);
  await waitFor(
    'she is out of the group',
    async () => (await client.records()).tenant.find(({ kind }) => kind === 'member-removed'),
    45_000,
  );
  await subject.phone.press('done');
  await subject.click("I'm done");
  await world.helpdesk.see(/has a working passkey/, 30_000);
  expect(await verdict(client)).toEqual([]);
}

async function newestPass({ client, card }: World, shown: Reaction): Promise<string> {
  const pass = (await client.passes()).findLast(({ userId }) => userId === card.id)?.code ?? '';
  expect(shown.words.replace(/\s/g, '')).toContain(pass);
  return pass;
}

test('the whole story by text', async () => {
  const world = await stage();
  const { helpdesk, approver, card } = world;
  const ask = `onboard ${card.userPrincipalName} INC4711 because she starts today`;
  expect(await said(helpdesk, `onbord ${card.userPrincipalName}`, /Did you mean: onboard/, 'personal')).toContain(
    card.userPrincipalName,
  );
  await said(
    helpdesk,
    `onboard ${card.userPrincipalName} on 3/4 9:00`,
    /cannot tell the day from the month/,
    'personal',
  );
  const reference = /ONB-\d+/.exec(await said(helpdesk, ask, /ONB-\d+/, 'personal'))?.[0] ?? '';
  expect(textOf(await approver.waitForButton('approve'))).toMatch(/INC4711.*she starts today.*60 minutes/s);
  await said(helpdesk, `new pass ${reference}`, /Nobody has approved this yet/, 'personal');
  let pass = await newestPass(world, await approve(world));
  await approver.click('handed-over');
  await said(helpdesk, `new pass ${reference}`, /The approver was asked/, 'personal');
  await approver.see(/A new code for .* is wanted/);
  // Asking makes none; the approver's button does, after the warning.
  expect(await newestPass(world, { words: pass } as Reaction)).toBe(pass);
  pass = await newestPass(world, await approver.click('Make a new pass'));
  expect(await said(helpdesk, 'status jane', /Met her at the desk/, 'personal')).toContain(reference);
  await said(helpdesk, 'list', /Set-up window is open/, 'personal');
  await finish(world, pass);
});

test('the whole story by mention, in a group chat', async () => {
  const world = await stage();
  const { helpdesk, card } = world;
  // Of whoever is not here Teams says nothing, and a name in a text proves nothing.
  await said(helpdesk, '<at>jane</at>', /only members of this conversation/, 'channel', { mentions: ['jane'] });
  const request = await said(helpdesk, '<at>jane</at> INC4711', /ONB-\d+/, 'group', { mentions: ['jane'] });
  expect(request).toContain(card.userPrincipalName);
  const pass = await newestPass(world, await approve(world));
  await said(helpdesk, 'status <at>jane</at>', /Set-up window is open/, 'group', { mentions: ['jane'] });
  await finish(world, pass);
});

test('the whole story by cards', async () => {
  const world = await stage();
  const { helpdesk, approver, card } = world;
  await helpdesk.say('@onboard');
  expect((await helpdesk.click('choose', { person: card.id, startDate: '2030-01-01' })).words).toMatch(/time of day/);
  const chosen = await helpdesk.click('choose', { person: card.id, ticket: 'INC4711', because: 'Her first day' });
  expect(chosen.words).toMatch(/ONB-\d+ was opened/);
  expect(textOf(await approver.waitForButton('approve'))).toMatch(/INC4711.*Her first day/s);
  // It is not hers to decide the first time: it comes to the next, who can decline, and asks for a new one.
  const passed = await approver.click('not-mine');
  const next = /\*\*(.+)\*\* is asked now/.exec(passed.words)?.[1] ?? '';
  expect(next).not.toBe('');
  const people = await world.client.people();
  const other = world.client.person(people.find(({ displayName }) => displayName === next)?.key ?? '');
  await other.waitForButton('decline');
  expect((await other.click('decline', { why: 'Ask Mo himself' })).words).toMatch(/declined/);
  await helpdesk.see(/was declined.*Ask Mo himself/s);
  await approver.see(/was declined/);

  await helpdesk.say('@onboard new');
  await helpdesk.click('choose', { person: card.id });
  const pass = await newestPass(world, await approve(world));
  await finish(world, pass);
});
