import { inLanguage, languages } from '../../cards/render';
import { everyCard } from '../../cards/samples/every-card';
import { CODE } from '../../cards/samples/states';
import { BUTTON_LENGTH } from '../../cards/strings/check-language';
import { isRightToLeft } from '../../cards/strings/language';
import { lint, nodes } from './lint';

describe.each(languages().filter((tag) => tag !== 'en'))('%s', (tag) => {
  const all = inLanguage(tag, () => everyCard());
  const english = new Map(everyCard().map(({ kind, state, card }) => [`${kind}, ${state}`, card]));
  const different = [...new Map(all.map((sample) => [JSON.stringify(sample.card), sample])).values()];

  test('every card is valid, says its language, and fits', () => {
    const problems: string[] = [];
    for (const { kind, state, card } of different) {
      const json = JSON.stringify(card);
      const demand = (holds: boolean, what: string) => holds || problems.push(`${kind}, ${state}: ${what}`);
      demand(card.lang === tag, 'language');
      demand(card.rtl === (isRightToLeft(tag) ? true : undefined), 'direction');
      // A star after a parenthesis ends no emphasis where a letter or a comma follows.
      demand(!/\)\*/.test(json), 'emphasis that does not end');
      demand(Buffer.byteLength(json) < 25_000, `size ${Buffer.byteLength(json)}`);
      // A pass may hold any character, `{` too.
      demand(!/\$\{|\{@?\w+\}|undefined|\[object|NaN|Invalid/.test(json), 'a placeholder or a value that is missing');
      problems.push(...lint(card).map((message) => `${kind}, ${state}: ${message}`));
      for (const { type, title } of nodes(card))
        if (typeof type === 'string' && type.startsWith('Action.'))
          demand(typeof title === 'string' && [...title].length <= BUTTON_LENGTH + 2, `long button: ${title}`);
    }
    expect(problems).toEqual([]);
  });

  test('every card is the same as in English but for its words', () => {
    const skeleton = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(skeleton);
      if (typeof value !== 'object' || value === null) return typeof value === 'string' ? '' : value;
      return Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => key !== 'rtl' && key !== 'language')
          .map(([key, inner]) => [key, skeleton(inner)]),
      );
    };
    const wrong = all.filter(({ kind, state, card }) => {
      const other = english.get(`${kind}, ${state}`);
      return JSON.stringify(skeleton(card)) !== JSON.stringify(skeleton(other));
    });
    expect(wrong.map(({ kind, state }) => `${kind}, ${state}`)).toEqual([]);
  });
});

describe('from right to left', () => {
  const cards = inLanguage('ar', () => everyCard());

  test('names and codes keep their own direction', () => {
    // Counted, because the whole of all cards would be the message.
    const bare = JSON.stringify(cards).match(/(?<!\u2068[^\u2069]*)(?:Jane|Priya|ONB-7)/g) ?? [];
    expect(bare).toEqual([]);
  });

  test('a pass and its spelling are read from left to right', () => {
    const card = cards.find(({ kind }) => kind === 'hand-over')?.card;
    const container = nodes(card).find((node) => node.rtl === false && JSON.stringify(node).includes('"pass"'));
    expect(container).toBeDefined();
    expect(JSON.stringify(container).replaceAll(' ', '')).toContain(JSON.stringify(CODE).slice(1, -1));
    // Nothing invisible stands in what is copied.
    expect(JSON.stringify(container)).not.toMatch(/[\u2066-\u2069]/);
    const spelled = nodes(card).find((node) => node.rtl === false && JSON.stringify(node).includes('quebec'));
    expect(JSON.stringify(spelled)).toMatch(/zulu.*quebec.*سبعة/s);
  });
});
