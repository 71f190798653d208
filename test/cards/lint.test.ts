import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { PersonName } from '../../bot/onboarding/person';
import { verbs } from '../../cards/render';
import { lint, type Node, nodes } from './lint';
import { everyCard } from './states';

const all = everyCard();

test('the lint finds what it is there to find', () => {
  const bad = (element: object) => lint({ ...{ type: 'AdaptiveCard', version: '1.5' }, body: [element] } as object);
  expect(bad({ type: 'TextBloc', text: 'x' })).not.toEqual([]);
  expect(bad({ type: 'Input.Text', label: 'x' })).not.toEqual([]);
  expect(bad({ type: 'Input.Text', id: 'a', label: 'x', isRequired: true })).not.toEqual([]);
  expect(bad({ type: 'TextBlock', text: 'x', size: 'Gigantic' })).not.toEqual([]);
  expect(bad({ type: 'TextBlock', text: 'x' })).toEqual([]);
});

test('every card in every state is valid', () => {
  const found = all.flatMap(([name, card]) => lint(card).map((message) => `${name}: ${message}`));
  expect(found).toEqual([]);
  expect(all.length).toBeGreaterThan(300);
});

test('every card has what clients and people need', () => {
  const problems: string[] = [];
  for (const [name, card] of all) {
    const json = JSON.stringify(card);
    const demand = (holds: boolean, what: string) => holds || problems.push(`${name}: ${what}`);
    demand(card.$schema === 'http://adaptivecards.io/schemas/adaptive-card.json', 'schema');
    demand(card.type === 'AdaptiveCard' && card.version === '1.5' && card.lang === 'en', 'header');
    demand(typeof card.fallbackText === 'string' && card.fallbackText !== '', 'fallback');
    demand(!/\$\{|\{\w+\}|undefined|\[object|NaN|Invalid/.test(json), 'a placeholder or a value that is missing');
    demand(!json.includes('"refresh"'), 'a refresh');
    demand(Buffer.byteLength(json) < 25_000, 'size');
  }
  expect(problems).toEqual([]);
});

test('text wraps, inputs have labels, pictures have words, actions fit', () => {
  const problems: string[] = [];
  for (const [name, card] of all) {
    for (const node of nodes(card)) {
      const demand = (holds: boolean, what: string) => holds || problems.push(`${name}: ${what}: ${node.type}`);
      if (node.type === 'TextBlock') demand(node.wrap === true && node.text !== '', 'wrapped text');
      if (node.type === 'Image') demand(typeof node.altText === 'string', 'alternative text');
      if (node.type === 'Input.Text' || node.type === 'Input.ChoiceSet')
        demand(typeof node.label === 'string' && typeof node.errorMessage === 'string', 'label and error');
      if (node.type === 'Input.Toggle') demand(typeof node.title === 'string' && node.wrap === true, 'title');
      if (node.type === 'AdaptiveCard' && Array.isArray(node.actions)) demand(node.actions.length <= 6, 'six actions');
    }
    if (nodes(card).filter((node) => node.style === 'heading').length !== 1) problems.push(`${name}: one heading`);
  }
  expect(problems).toEqual([]);
});

test('every button says which verb, which onboarding, and nothing that would be authority', () => {
  const seen = new Set<unknown>();
  for (const [name, card] of all)
    for (const node of nodes(card).filter(({ type }) => type === 'Action.Execute')) {
      const data = node.data as Node;
      expect([
        name,
        Object.keys(data)
          .filter((key) => !['route', 'step', 'language', 'at', 'saw', 'person'].includes(key))
          .sort(),
      ]).toEqual([name, ['nonce', 'onboarding', 'verb', 'version']]);
      expect([name, verbs.includes(data.verb as never), data.verb]).toEqual([name, true, node.verb]);
      seen.add(data.verb);
    }
  expect([...seen].sort()).toEqual([...verbs].sort());
});

describe('what people are called', () => {
  const hostile = [
    '**[Click](https://evil.example/x)** _now_ `x` ~y~',
    '- item # not a heading > quote',
    '1. one',
    '\u202eevil\u202c \u200bzero\u0000',
    '${$root.secret} ${1+1} {subject}',
    'שרה <at>Everyone</at> &lt;b&gt; "quoted" \\ back',
    'a'.repeat(5_000),
    `line\nbreak\r\n\r\n# heading`,
  ];

  // Each of these shows words that the others do not.
  const telling = [
    'requested, privileged',
    'open, handed over',
    'open, wrong kind',
    'completed',
    'frozen',
    'declined',
    'recover, by hand',
  ];

  const dressed = (text: string) => (now: Onboarding) => {
    const person = <T extends PersonName>(who: T): T => ({
      ...who,
      displayName: text,
      userPrincipalName: text,
      jobTitle: text,
      department: text,
    });
    return {
      ...now,
      subject: person(now.subject),
      requester: person(now.requester),
      approver: person(now.approver),
      ...(now.approvedBy ? { approvedBy: person(now.approvedBy) } : {}),
      ...(now.passkey ? { passkey: { ...now.passkey, displayName: text } } : {}),
      ...(now.wrongKind ? { wrongKind: { ...now.wrongKind, displayName: text } } : {}),
      ...(now.recovery
        ? { recovery: { ...now.recovery, old: now.recovery.old.map((one) => ({ ...one, displayName: text })) } }
        : {}),
      ...(now.comment ? { comment: text } : {}),
      findings: now.findings.map(() => `method-added:${text}`),
    };
  };

  // What Teams would read as formatting, were it not escaped.
  const formatting = /(?<!\\)\[Click|(?<!\\)_now|(?<!\\)`|(?<!\\)<at>|(?<!\\)&lt;|\n/;
  const forbidden = ['\u202a', '\u202e', '\u200b', '\\u0000', '${', 'https://evil'];

  test.each(hostile)('cannot format, link, grow or turn around a card: %#', (text) => {
    const problems: string[] = [];
    for (const [name, card] of everyCard(dressed(text), telling)) {
      const json = JSON.stringify(card);
      problems.push(...lint(card).map((message) => `${name}: ${message}`));
      problems.push(...forbidden.filter((part) => json.includes(part)).map((part) => `${name}: ${part}`));
      if (Buffer.byteLength(json) >= 25_000) problems.push(`${name}: size`);
      for (const node of nodes(card)) {
        const shown = node.type === 'TextBlock' ? node.text : node.type === undefined ? node.value : undefined;
        if (typeof shown === 'string' && formatting.test(shown)) problems.push(`${name}: ${shown}`);
      }
    }
    expect(problems).toEqual([]);
  });

  test('the check for formatting finds it', () => {
    for (const text of hostile.slice(0, 1)) expect(formatting.test(text)).toBe(true);
    expect(forbidden.filter((part) => JSON.stringify(hostile).includes(part)).length).toBeGreaterThan(4);
  });
});
