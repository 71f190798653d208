import type { PersonCard } from '../../playground/contract';
import { completeMention, mentionAt, sayOf } from '../../playground/page/mentions';
import { withPeople } from '../../playground/page/people-picker';

const person = (key: string, displayName: string): PersonCard => ({
  key,
  id: `id-${key}`,
  displayName,
  userPrincipalName: `${key}@northwind.example`,
  jobTitle: '',
  role: '',
  password: '',
});
const people = [person('jane', 'Jane Doe'), person('jane-roe', 'Jane Roe')];

test('the word with @ that is being typed is found, and replaced by a name', () => {
  expect(mentionAt('hello @ja', 9)).toBe('ja');
  expect(mentionAt('@', 1)).toBe('');
  expect(mentionAt('a@b', 3)).toBeNull();
  expect(mentionAt('@onboard jane', 13)).toBeNull();
  expect(completeMention('hi @ja!', 6, 'Jane Doe')).toEqual({ text: 'hi @Jane Doe !', caret: 13 });
});

test('in the chat with the bot the line goes as it was typed', () => {
  expect(sayOf('personal', ' @onboard jane ', people)).toEqual({ in: 'personal', text: '@onboard jane' });
  expect(sayOf('personal', '@Onboard @Jane Doe', people)).toEqual({ in: 'personal', text: '@Onboard Jane Doe' });
});

test('in a channel the bot hears what begins with its name, and nothing else', () => {
  expect(sayOf('channel', '@Onboard @Jane Doe', people)).toEqual({
    in: 'channel',
    text: '<at>jane</at>',
    mentions: ['jane'],
    mentionBot: true,
  });
  expect(sayOf('group', 'lunch?', people)).toEqual({ in: 'group', text: 'lunch?', mentionBot: false });
});

test('an input that searches the directory is given its people; others stay as they are', () => {
  const picker = {
    type: 'Input.ChoiceSet',
    id: 'who',
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
  };
  const plain = { type: 'Input.ChoiceSet', id: 'kind', choices: [{ title: 'a', value: '1' }] };
  const card = { type: 'AdaptiveCard', body: [{ type: 'Container', items: [picker, plain] }] };
  expect(withPeople(card, people)).toEqual({
    type: 'AdaptiveCard',
    body: [
      {
        type: 'Container',
        items: [
          {
            type: 'Input.ChoiceSet',
            id: 'who',
            style: 'filtered',
            'choices.data': picker['choices.data'],
            choices: [
              { title: 'Jane Doe (jane@northwind.example)', value: 'id-jane' },
              { title: 'Jane Roe (jane-roe@northwind.example)', value: 'id-jane-roe' },
            ],
          },
          plain,
        ],
      },
    ],
  });
});
