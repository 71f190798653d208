import fc from 'fast-check';
import { type Command, type Mention, parseCommand } from '../../bot/teams/parse-command';

const botId = '28:bot';
const bot: Mention = { id: botId, text: '<at>Onboard</at>' };
const jane: Mention = { id: '29:jane', text: '<at>Jane Doe</at>' };

function parse(text: string | undefined, ...mentions: Mention[]): Command {
  return parseCommand({ text, botId, mentions });
}

const onboard = (text: string) => ({ command: 'onboard', who: { text } });
const refused = (refusal: object) => ({ command: 'refused', refusal: expect.objectContaining(refusal) });
const unusable = (why: string) => refused({ code: 'name-unusable', why });

describe('forms of a command', () => {
  test.each<[string, string, Mention[], unknown]>([
    ['mention is the verb', '<at>Onboard</at> jane', [bot], onboard('jane')],
    ['mention is the verb, without entity', '<at>Onboard</at> jane', [], onboard('jane')],
    ['mention with attributes', '<at id="0">Onboard</at>&nbsp;jane\n', [], onboard('jane')],
    ['bot of another name', '<at>Helper</at> onboard jane', [{ id: botId, text: '<at>Helper</at>' }], onboard('jane')],
    ['bot of another name, no entity', '<at>Helper</at> onboard jane', [], onboard('jane')],
    ['mention and the word', '<at>Onboard</at> onboard jane', [bot], onboard('jane')],
    ['at sign', '@onboard jane', [], onboard('jane')],
    ['at sign and capitals', '@Onboard: Jane Doe', [], onboard('Jane Doe')],
    ['plain', 'onboard jane', [], onboard('jane')],
    ['slash', '/onboard jane', [], onboard('jane')],
    ['spaces everywhere', '  onboard \t\u00a0 jane   doe \r\n', [], onboard('jane doe')],
    ['html', '<p>onboard <b>jane</b></p>', [], onboard('jane')],
    ['address', 'onboard jane.doe@example.com', [], onboard('jane.doe@example.com')],
    ['address in brackets', 'onboard Jane <jane@example.com>', [], onboard('jane@example.com')],
    ['entities', 'onboard O&#39;Neil &amp; S&oslash;n', [], onboard("O'Neil & S&oslash;n")],
    ['encoded tag stays text', 'onboard &lt;at&gt;jane&lt;/at&gt;', [], onboard('<at>jane</at>')],
    ['quoted', 'onboard "Jane Doe"', [], onboard('Jane Doe')],
    ['quote inside', "onboard O'Neil", [], onboard("O'Neil")],
    ['special signs', 'onboard A*b #1 & co', [], onboard('A*b #1 & co')],
    ['full width', 'ｏｎｂｏａｒｄ ｊａｎｅ', [], onboard('jane')],
    ['invisible characters', 'on\u200bboard ja\u200d\ufeffne', [], onboard('jane')],
    ['direction override', 'onboard \u202eenaj\u202c', [], onboard('enaj')],
    ['right to left', 'onboard \u05d9\u05d5\u05d7\u05e0\u05df', [], onboard('\u05d9\u05d5\u05d7\u05e0\u05df')],
    ['markdown', 'onboard [jane](http://evil.example) **x**', [], onboard('[jane](http://evil.example) **x**')],
    ['a command as a name', 'onboard status', [], onboard('status')],
    ['list', 'list', [], { command: 'list' }],
    ['list after a mention', '<at>Onboard</at> List', [bot], { command: 'list' }],
    ['a person called List', '<at>Onboard</at> List Anna', [bot], onboard('List Anna')],
    ['help', '/help', [], { command: 'help' }],
    ['status', 'status', [], { command: 'list' }],
    ['status of one', 'status ONB-12', [], { command: 'status', number: 12 }],
    ['stop', '<at>Onboard</at> stop onb-12', [bot], { command: 'stop', number: 12 }],
    ['stop by number', 'stop 12', [], { command: 'stop', number: 12 }],
    ['cancel', 'cancel #12', [], { command: 'cancel', number: 12 }],
    ['nothing but the mention', '<at>Onboard</at>', [bot], { command: 'help' }],
    ['nothing', '   ', [], { command: 'help' }],
    ['no name', 'onboard', [], unusable('empty')],
    ['no name in mention form', '<at>Onboard</at> onboard &nbsp;', [bot], unusable('empty')],
    ['a name of 100', `onboard ${'a'.repeat(100)}`, [], onboard('a'.repeat(100))],
    ['a name of 101', `onboard ${'a'.repeat(101)}`, [], unusable('too-long')],
    ['5,000 characters', `<at>Onboard</at> ${'jane '.repeat(1_000)}`, [bot], unusable('too-long')],
    ['control character', 'onboard ja\u0000ne', [], unusable('characters')],
    ['half a character', 'onboard ja\ud83dne', [], unusable('characters')],
    ['only control characters', 'onboard \u0001\u0002', [], unusable('characters')],
    ['stop without number', 'stop jane', [], refused({ code: 'unknown-command', suggestion: 'stop ONB-1' })],
    ['stop, huge number', 'stop 99999999999', [], refused({ code: 'unknown-command' })],
    ['typo', 'onbord jane', [], refused({ code: 'unknown-command', suggestion: 'onboard jane' })],
    ['typo of list', 'lsit', [], refused({ code: 'unknown-command', suggestion: 'list' })],
    ['typo of status', 'staus', [], refused({ code: 'unknown-command', suggestion: 'status' })],
    ['something else', 'please do not onboarding anyone', [], refused({ code: 'unknown-command' })],
  ])('%s', (_, text, mentions, expected) => {
    expect(parse(text, ...mentions)).toEqual(expected);
  });
});

describe('mentions', () => {
  test('a message that has a mention and no text does not throw', () => {
    expect(parse(undefined, bot)).toEqual({ command: 'help' });
    expect(parse('', bot)).toEqual({ command: 'help' });
  });

  test('a person who is mentioned is passed on by id, not by the name in the text', () => {
    const who = { mention: '29:jane', name: 'Jane Doe' };
    expect(parse('<at>Onboard</at> <at>Jane Doe</at>', bot, jane)).toEqual({ command: 'onboard', who });
    expect(parse('<at>Onboard</at> onboard <at>Jane Doe</at> please', bot, jane)).toEqual({ command: 'onboard', who });
  });

  test('a name in two mentions of the same person is one person', () => {
    const parts = [
      { id: '29:jane', text: '<at>Jane</at>' },
      { id: '29:jane', text: '<at>Doe</at>' },
    ];
    expect(parse('<at>Onboard</at> <at>Jane</at> <at>Doe</at>', bot, ...parts)).toMatchObject({
      command: 'onboard',
      who: { mention: '29:jane' },
    });
  });

  test('two people are refused, and the refusal does not show the stand-in character', () => {
    const answer = parse('<at>Onboard</at> <at>Jane Doe</at> <at>Mo</at>', bot, jane, {
      id: '29:mo',
      text: '<at>Mo</at>',
    });
    expect(answer).toMatchObject({ command: 'refused', refusal: { code: 'unknown-command' } });
    expect(JSON.stringify(answer)).not.toContain('\uE000');
  });

  test('somebody cannot smuggle the stand-in for a mention', () => {
    expect(parse('onboard \uE000', jane)).toEqual(unusable('empty'));
  });
});

test('never throws and never lets an invisible character through', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('<at>', '</at>', 'onboard ', '&#', '&#x202e;', '<at>Onboard</at>', '\u202e', '\u0000', 'stop 1'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const command = parse(pieces.join(''), bot, jane);
      if (command.command !== 'onboard' || !('text' in command.who)) return;
      expect(command.who.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u);
      expect([...command.who.text].length).toBeLessThanOrEqual(100);
      expect(command.who.text.trim()).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

test('a long hostile line is parsed quickly', () => {
  const started = performance.now();
  for (const text of [
    '<at '.repeat(20_000),
    '<'.repeat(50_000),
    '&#'.repeat(30_000),
    '<at>'.repeat(20_000),
    ' '.repeat(60_000),
  ])
    parse(text, bot, jane);
  expect(performance.now() - started).toBeLessThan(500);
});
