import { phoneToSave, savePasskey, signInWithPass } from '../../playground/story/journey';
import {
  type Person,
  startPlayground,
  stopPlaygrounds,
  textOf,
  togglesOf,
  verdict,
  waitFor,
} from '../harness/playground';

jest.setTimeout(150_000);
afterEach(stopPlaygrounds);

const german = {
  language: 'Sprache',
  asked: /Wartet auf eine Entscheidung/,
  done: 'Ich bin fertig',
  end: /hat einen funktionierenden Passkey, und/,
};
const arabic = { language: 'اللغة', asked: /بانتظار قرار/, done: 'انتهيت', end: /مفتاح مرور يعمل، وفترة/ };

test.each([
  ['de', german, german],
  ['ar', arabic, arabic],
  ['de for helpdesk and ar for the person', german, arabic],
])('the whole story in %s, judged by what was said', async (_, forHelpdesk, forHer) => {
  const { client } = await startPlayground('everyone');
  const card = (await client.people()).find(({ key }) => key === 'jane');
  if (!card) throw new Error('nobody is called jane');
  const [helpdesk, approver, subject] = ['priya', 'mo', 'jane'].map((key) => client.person(key)) as [
    Person,
    Person,
    Person,
  ];
  const choose = async (who: Person, { language }: typeof german, tag: string) => {
    await who.say(`language ${tag}`, 'personal');
    await who.see(new RegExp(language));
  };
  const tagOf = (words: typeof german) => (words === german ? 'deutsch' : 'ar');
  await choose(helpdesk, forHelpdesk, tagOf(forHelpdesk));
  await choose(approver, forHelpdesk, tagOf(forHelpdesk));
  await choose(subject, forHer, tagOf(forHer));

  await helpdesk.say(`onboard ${card.userPrincipalName}`, 'personal');
  expect(textOf(await helpdesk.see(forHelpdesk.asked))).toContain(card.userPrincipalName);
  const question = await approver.waitForButton('approve-and-show');
  let shown = await approver.click(
    'approve-and-show',
    Object.fromEntries(togglesOf(question.card).map(({ id, on }) => [id, on])),
  );
  const pass = async () => (await client.passes()).findLast(({ userId }) => userId === card.id)?.code ?? '';
  if ((await pass()) === '') {
    await approver.waitForButton('show-pass');
    shown = await approver.click('show-pass');
  }
  const code = await pass();
  expect(shown.words.replace(/\s/g, '')).toContain(code);
  await approver.click('handed-over');

  const name = card.userPrincipalName;
  await signInWithPass(subject, 'security-info', name, code);
  await subject.computer.press('next');
  await subject.computer.press('next');
  await phoneToSave(subject, name, code);
  await savePasskey(subject);
  await waitFor(
    'she is out of the group',
    async () => (await client.records()).tenant.find(({ kind }) => kind === 'member-removed'),
    45_000,
  );
  await subject.phone.press('done');
  await subject.click(forHer.done);
  await helpdesk.see(forHelpdesk.end, 30_000);
  expect(await verdict(client)).toEqual([]);
});
