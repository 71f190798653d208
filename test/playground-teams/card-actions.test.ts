import { actionTitled, cardActions } from '../../playground/teams';
import { button, card, words } from './stage';

const text = (id: string, more = {}) => ({ type: 'Input.Text', id, ...more });
const titles = (drawn: unknown) => cardActions(drawn).map((action) => action.title);

test('finds buttons wherever a card holds them', () => {
  const drawn = card(
    [
      words('Hello'),
      { type: 'ActionSet', actions: [button('a')] },
      { type: 'Container', items: [{ type: 'ActionSet', actions: [button('b')] }], selectAction: button('c') },
      { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'Image', selectAction: button('d') }] }] },
      {
        type: 'Table',
        rows: [{ cells: [{ type: 'TableCell', items: [{ type: 'ActionSet', actions: [button('e')] }] }] }],
      },
      { type: 'RichTextBlock', inlines: ['x', { type: 'TextRun', text: 'y', selectAction: button('f') }] },
      { ...text('t'), inlineAction: button('g') },
    ],
    [button('h'), { type: 'Action.ShowCard', title: 'More', card: card([], [button('i')]) }],
    { selectAction: button('j') },
  );
  expect(titles(drawn)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'More', 'i', 'j']);
});

test('the inputs of an action are those of its card and of the cards around it', () => {
  const inner = card([text('inner')], [button('inside')]);
  const drawn = card(
    [{ type: 'Container', items: [text('outer', { isRequired: true, label: 'Outer' })] }],
    [
      button('outside'),
      { type: 'Action.ShowCard', title: 'More', card: inner },
      { ...button('none'), associatedInputs: 'none' },
    ],
  );
  const idsOf = (title: string) => actionTitled(drawn, title)?.inputs.map((input) => input.id);
  expect([idsOf('outside'), idsOf('inside'), idsOf('none')]).toEqual([['outer'], ['outer', 'inner'], []]);
  expect(actionTitled(drawn, 'outside')?.inputs[0]).toMatchObject({ label: 'Outer', isRequired: true });
});

test('what is hidden counts only where a button can show it', () => {
  const hidden = (id: string) => ({
    type: 'Container',
    id,
    isVisible: false,
    items: [{ type: 'ActionSet', actions: [button(id)] }],
  });
  const toggle = { type: 'Action.ToggleVisibility', title: 'Show', targetElements: ['one', { elementId: 'two' }] };
  expect(titles(card([hidden('one'), hidden('two'), hidden('three')], [toggle]))).toEqual(['one', 'two', 'Show']);
});

test('presets and choices are as the client has them', () => {
  const drawn = card(
    [
      { type: 'Input.Toggle', id: 'toggle', valueOn: 'yes', valueOff: 'no' },
      { type: 'Input.ChoiceSet', id: 'choice', value: '2', choices: [{ title: 'Two', value: '2' }] },
      {
        type: 'Input.ChoiceSet',
        id: 'person',
        'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
      },
    ],
    [button('go')],
  );
  const inputs = actionTitled(drawn, ' GO ')?.inputs ?? [];
  expect(inputs.map(({ id, value, choices }) => [id, value, choices?.length])).toEqual([
    ['toggle', 'no', 2],
    ['choice', '2', 1],
    ['person', '', undefined],
  ]);
});

test('what is no card has no buttons', () => {
  for (const nothing of [undefined, null, 'card', [], {}]) expect(cardActions(nothing)).toEqual([]);
  expect(actionTitled(card([]), 'go')).toBeUndefined();
});
