import { inLanguage, languages } from '../../cards/render';
import { everyCard } from '../../cards/samples/every-card';
import { visibleText } from '../promises/cards';
import { CLAIMS } from '../promises/words';

/** Which parts a card claims to be done, as the judge reads it. */
function claimed(card: unknown): string[] {
  const text = visibleText({ attachments: [{ content: card }] });
  return [...new Set(CLAIMS.filter(({ words }) => words.test(text)).map(({ part }) => part))].sort();
}

const english = new Map(everyCard().map(({ kind, state, card }) => [`${kind}, ${state}`, claimed(card)]));

test('English cards claim each part somewhere, and most claim nothing', () => {
  const all = [...english.values()];
  expect(new Set(all.flat())).toEqual(new Set(['completed', 'left', 'pass-gone', 'signed-out']));
  expect(all.filter((parts) => parts.length === 0).length).toBeGreaterThan(all.length / 2);
});

test.each(languages().filter((tag) => tag !== 'en'))('the judge reads the same in each card in %s', (tag) => {
  const read = inLanguage(tag, () =>
    everyCard().map(({ kind, state, card }) => [`${kind}, ${state}`, claimed(card)] as const),
  );
  const different = read.filter(([name, parts]) => parts.join() !== english.get(name)?.join());
  expect(different.map(([name, parts]) => `${name}: ${parts} instead of ${english.get(name)}`)).toEqual([]);
});
