import fc from 'fast-check';
import { type Command, type Mention, parseCommand } from '../../bot/teams/parse-command';

const botId = '28:bot';
/** Monday 23 Nov 2026, 12:00 in London. */
const now = Date.UTC(2026, 10, 23, 12);
const bot: Mention = { id: botId, text: '<at>Onboard</at>' };
const jane: Mention = { id: '29:jane', text: '<at>Jane Doe</at>' };

function parse(text: string | undefined, ...mentions: Mention[]): Command {
  return parseCommand({ text, botId, mentions, now, zone: 'Europe/London' });
}

const onboard = (...names: string[]) => ({
  command: 'onboard',
  people: names.map((text) => ({ text })),
  details: {},
});
const said = (name: string, details: object) => ({ ...onboard(name), details });
const pick = onboard();
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
    ['nothing but the mention', '<at>Onboard</at>', [bot], pick],
    [
      'nothing but a mention of another name',
      '<at>Helper</at>',
      [{ id: botId, text: '<at>Helper</at>' }],
      { command: 'help' },
    ],
    ['a new person', '@onboard new', [], pick],
    ['a new person, by mention', '<at>Onboard</at> new', [bot], pick],
    ['new in front of a name', 'onboard new hire', [], onboard('new hire')],
    ['nothing', '   ', [], { command: 'help' }],
    ['no name', 'onboard', [], pick],
    ['no name in mention form', '<at>Onboard</at> onboard &nbsp;', [bot], pick],
    ['no name, but a ticket', 'onboard because new', [], unusable('empty')],
    ['a name of 100', `onboard ${'a'.repeat(100)}`, [], onboard('a'.repeat(100))],
    ['a name of 101', `onboard ${'a'.repeat(101)}`, [], unusable('too-long')],
    ['5,000 characters', `<at>Onboard</at> ${'jane '.repeat(1_000)}`, [bot], unusable('too-long')],
    ['please', 'onboard for jane, please!', [], onboard('jane')],
    ['a ticket', 'onboard jane INC4711', [], said('jane', { ticket: 'INC4711' })],
    ['a ticket with its word', 'onboard jane doe, ticket inc-4711.', [], said('jane doe', { ticket: 'inc-4711' })],
    ['a ticket first is a name', 'onboard INC4711', [], onboard('INC4711')],
    [
      'everything',
      '@onboard jane on 1 Dec 09:00 INC4711 because her phone is lost, and so is the bag',
      [],
      said('jane', {
        startAt: Date.UTC(2026, 11, 1, 9),
        ticket: 'INC4711',
        because: 'her phone is lost, and so is the bag',
      }),
    ],
    [
      'everything in another order',
      'onboard jane (INC4711) tomorrow 9:00',
      [],
      said('jane', { startAt: Date.UTC(2026, 10, 24, 9), ticket: 'INC4711' }),
    ],
    [
      'words without a place',
      'onboard jane on 1 Dec 09:00 INC4711 quickly',
      [],
      refused({ code: 'unknown-command', said: 'quickly', suggestion: 'onboard jane on 1 Dec 09:00 INC4711' }),
    ],
    [
      'a date that can be two',
      'onboard jane on 3/4 9:00',
      [],
      refused({ code: 'start-unusable', why: 'ambiguous', suggestion: '3 Apr 09:00, 4 Mar 09:00' }),
    ],
    ['several', 'onboard jane, mo and ada', [], onboard('jane', 'mo', 'ada')],
    ['several, one twice', 'onboard jane; jane, mo;', [], onboard('jane', 'mo')],
    [
      'several with a ticket',
      'onboard jane, mo, ada INC1234',
      [],
      { ...onboard('jane', 'mo', 'ada'), details: { ticket: 'INC1234' } },
    ],
    ['last name first', 'onboard Doe, Jane', [], { ...onboard('Doe', 'Jane'), whole: 'Doe, Jane' }],
    [
      'too many',
      `onboard ${Array.from({ length: 11 }, (_, n) => `p${n}`).join(', ')}`,
      [],
      refused({ code: 'too-many-at-once', max: 10 }),
    ],
    ['status of a person', 'status jane doe', [], { command: 'status-of', who: { text: 'jane doe' } }],
    [
      'status of a mentioned person',
      'status <at>Jane Doe</at>',
      [jane],
      { command: 'status-of', who: { mention: '29:jane', name: 'Jane Doe' } },
    ],
    [
      'status of a mentioned person and more',
      'status <at>Jane Doe</at> now',
      [jane],
      refused({ code: 'unknown-command' }),
    ],
    ['a new pass', 'new pass ONB-7', [], { command: 'new-pass', number: 7 }],
    ['a new pass, by mention', '<at>Onboard</at> new pass 7', [bot], { command: 'new-pass', number: 7 }],
    ['a new code', 'new code #7', [], { command: 'new-pass', number: 7 }],
    ['a new pass of nothing', 'new pass', [], refused({ code: 'unknown-command', suggestion: 'new pass ONB-1' })],
    ['pause', '<at>Onboard</at> pause', [bot], { command: 'pause' }],
    ['resume', '/resume', [], { command: 'resume' }],
    ['what nobody carries out', 'doctor', [], refused({ code: 'unknown-command' })],
    ['recover where nobody carries it out', 'recover jane', [], refused({ code: 'unknown-command' })],
    ['typo of new pass', 'newpas 7', [], refused({ code: 'unknown-command', suggestion: 'new pass 7' })],
    ['typo with a number', 'stpo 7', [], refused({ code: 'unknown-command', suggestion: 'stop 7' })],
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
    expect(parse('', { id: botId, text: '<at>Helper</at>' })).toEqual({ command: 'help' });
    expect(parse(undefined, bot)).toEqual({ command: 'help' });
    expect(parse('', bot)).toEqual({ command: 'help' });
  });

  const who = { mention: '29:jane', name: 'Jane Doe' };
  const mo: Mention = { id: '29:mo', text: '<at>Mo</at>' };

  test('a person who is mentioned is passed on by id, not by the name in the text', () => {
    const one = { command: 'onboard', people: [who], details: {} };
    expect(parse('<at>Onboard</at> <at>Jane Doe</at>', bot, jane)).toEqual(one);
    expect(parse('<at>Onboard</at> onboard <at>Jane Doe</at> please', bot, jane)).toEqual(one);
    expect(parse('<at>Onboard</at> <at>Jane Doe</at> at 14:30 INC4711', bot, jane)).toEqual({
      ...one,
      details: { startAt: Date.UTC(2026, 10, 23, 14, 30), ticket: 'INC4711' },
    });
  });

  test('a name in two mentions of the same person is one person', () => {
    const parts = [
      { id: '29:jane', text: '<at>Jane</at>' },
      { id: '29:jane', text: '<at>Doe</at>' },
    ];
    expect(parse('<at>Onboard</at> <at>Jane</at> <at>Doe</at>', bot, ...parts)).toMatchObject({
      command: 'onboard',
      people: [{ mention: '29:jane' }],
    });
  });

  test('several people, mentioned and typed', () => {
    expect(parse('<at>Onboard</at> <at>Jane Doe</at> <at>Mo</at>, ada', bot, jane, mo)).toMatchObject({
      people: [who, { mention: '29:mo', name: 'Mo' }, { text: 'ada' }],
    });
  });

  test('what stands beside a mention is not passed over, and the stand-in character is never shown', () => {
    const answer = parse('<at>Onboard</at> not <at>Jane Doe</at> but <at>Mo</at>', bot, jane, mo);
    expect(answer).toMatchObject({
      command: 'refused',
      refusal: { code: 'unknown-command', suggestion: 'onboard Jane Doe, Mo' },
    });
    expect(JSON.stringify(answer)).not.toContain('\uE000');
  });

  test('commands of this installation are known only there', () => {
    const with_ = (text: string) =>
      parseCommand({ text, botId, mentions: [], now, zone: 'UTC', more: ['doctor', 'recover'] });
    expect(with_('doctor')).toEqual({ command: 'doctor' });
    expect(with_('docter')).toMatchObject({ refusal: { suggestion: 'doctor' } });
    expect(with_('recover jane INC4711')).toEqual({
      command: 'recover',
      people: [{ text: 'jane' }],
      details: { ticket: 'INC4711' },
    });
    expect(with_('recover')).toEqual({ command: 'recover', people: [], details: {} });
  });

  test('somebody cannot smuggle the stand-in for a mention', () => {
    expect(parse('onboard \uE000', jane)).toEqual(pick);
  });
});

test('never throws and never lets an invisible character through', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ' on ',
      '1 Dec ',
      '9:00 ',
      '3/4 ',
      'because ',
      'INC1234 ',
      ', ',
      ' and ',
      '<at>',
      '</at>',
      'onboard ',
      '&#',
      '&#x202e;',
      '<at>Onboard</at>',
      '\u202e',
      '\u0000',
      'stop 1',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const command = parse(pieces.join(''), bot, jane);
      if (command.command !== 'onboard') return;
      for (const who of command.people) {
        const name = 'text' in who ? who.text : who.name;
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u);
        expect([...name].length).toBeLessThanOrEqual(100);
        expect(name.trim()).not.toBe('');
      }
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
    `onboard ${'on 1 Dec '.repeat(900)}`,
    `onboard ${'a, '.repeat(2_600)}`,
    `onboard ${'because '.repeat(1_000)}`,
  ])
    parse(text, bot, jane);
  expect(performance.now() - started).toBeLessThan(500);
});
