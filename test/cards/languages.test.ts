import { checkLanguage, languageTag, missingKeys, placeholders } from '../../cards/strings/check-language';
import { english, withoutForm } from '../../cards/strings/english';
import { englishLabels, glossaries, labelsOf } from '../../cards/strings/labels';
import { builtIn, languageFor, languageNamed, ownName, useLanguages } from '../../cards/strings/languages';
import { files, read } from '../project/sources';
import { sameAsEnglish } from './same-as-english';

const others = Object.entries(builtIn).filter(([tag]) => tag !== 'en');
const words: Readonly<Record<string, string>> = english;

/** The English text that a key of another language stands for; a plural has forms that English lacks. */
const model = (key: string) => words[key] ?? words[`${withoutForm(key)}_other`] ?? '';

afterEach(() => useLanguages({}));

describe.each(others)('%s', (tag, texts) => {
  test('has every text, in every form that its grammar has, and no other', () => {
    expect(missingKeys(tag, texts)).toEqual([]);
    expect(checkLanguage(tag, texts)).toEqual([]);
  });

  test('has nothing left in English, except what is named in test/cards/same-as-english.ts', () => {
    const same = Object.entries(texts).filter(([key, text]) => text === model(key) && /\p{L}{2}/u.test(bare(text)));
    expect(
      same.map(([key]) => key).filter((key) => !sameAsEnglish.all.has(key) && !sameAsEnglish[tag]?.has(key)),
    ).toEqual([]);
  });

  test('names the buttons of Microsoft and ours by reference where the English text names them', () => {
    const named = new Map([
      ...Object.entries(englishLabels).map(([name, text]) => [text, name] as const),
      ...Object.keys(english)
        .filter((key) => key.startsWith('button.') && key !== 'button.next')
        .map((key) => [words[key] ?? '', key] as const),
    ]);
    const wrong = Object.entries(texts).flatMap(([key, text]) => {
      const wanted = emphasised(model(key)).flatMap((label) => named.get(label) ?? []);
      const given = [...text.matchAll(/\{@([\w.-]+)\}/g)].map(([, name = '']) => name);
      return wanted.filter((name) => !given.includes(name)).map((name) => `${key}: {@${name}} is missing`);
    });
    expect(wrong).toEqual([]);
  });

  test('has each label once, known or glossed', () => {
    const { known = {}, unverified = {} } = glossaries[tag] ?? {};
    expect([...Object.keys(known), ...Object.keys(unverified)].sort()).toEqual(Object.keys(englishLabels).sort());
    // Somebody who reads the English one on the screen must find it in the text.
    for (const [name, text] of Object.entries(unverified))
      expect([name, text]).toEqual([name, expect.stringContaining(englishLabels[name] ?? '')]);
  });

  test('is written as English is: no long dashes, no emoji, nothing that turns the text around', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect([key, /[\p{Extended_Pictographic}—–\u202a-\u202e\u2066-\u2069]/u.test(text)]).toEqual([key, false]);
      expect([key, text.trim() === text || key.endsWith('.reference')]).toEqual([key, true]);
    }
  });
});

test('English has both forms of each plural, and every label that a text names', () => {
  expect(checkLanguage('en', english)).toEqual([]);
  expect(missingKeys('en', english)).toEqual([]);
});

test('no text is unused', () => {
  const sources = files
    .filter((path) => /^(cards|bot)\/.*\.ts$/.test(path) && !path.startsWith('cards/strings/en/'))
    .map(read);
  const literal = new Set(
    sources.flatMap((source) => [...source.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, text = '']) => text)),
  );
  const patterns = sources
    .flatMap((source) => [...source.matchAll(/`([\w.-]*\.(?:[\w.-]|\$\{[^}`]*\})*)`/g)].map(([, text = '']) => text))
    .filter((text) => text.includes('${'))
    .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\\?\{[^}]*\}/g, '[\\w-]+(?:\\.\\d+)?')}$`));
  const unused = [...new Set(Object.keys(english).map(withoutForm))].filter(
    (key) => !literal.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

describe('a file of the customer', () => {
  test.each([
    ['an unknown tag', 'xx-nonsense', {}, /no language tag/],
    ['a tag that is written otherwise', 'pt-br', {}, /no language tag/],
    ['no object', 'pt', ['a'], /one object/],
    ['an unknown key', 'pt', { 'state.opne': 'Aberto' }, /state\.opne: there is no such text/],
    ['a form of a text without a count', 'pt', { 'state.open_one': 'Aberto' }, /no such text/],
    ['a plural without forms', 'pt', { 'time.minutes': '{count} minutos' }, /has a count/],
    ['a form that is missing', 'pt', { 'time.minutes_other': '{count} minutos' }, /time\.minutes_one: is missing/],
    ['a placeholder that is missing', 'pt', { 'approved.title': 'Aprovado' }, /\{subject\} is missing/],
    ['a placeholder that is unknown', 'pt', { 'approved.title': '{subject} {who}' }, /\{who\} is not known/],
    ['a label that is unknown', 'pt', { 'subject.completed.code': 'Prima {@nxt}' }, /\{@nxt\} is no label/],
    ['an unknown label', 'pt', { '@nxt': 'Seguinte' }, /no such label/],
    ['a text that is none', 'pt', { 'state.open': 7 }, /must be a text/],
    ['an empty text', 'pt', { 'state.open': ' ' }, /not empty/],
    ['a button that is too long', 'pt', { 'button.stop': 'x'.repeat(35) }, /too long/],
    ['a text that is much too long', 'pt', { 'state.open': 'x'.repeat(200) }, /too long/],
    ['bold that does not end', 'pt', { 'state.open': '**Aberto' }, /does not end/],
    ['what looks like code', 'pt', { 'state.open': '${a}' }, /dollar/],
  ])('with %s is refused', (_, tag, value, said) => {
    expect(checkLanguage(tag, value).join('\n')).toMatch(said);
  });

  test('may say a number in words where a form is for one number only', () => {
    const forms = {
      'time.minutes_zero': 'x{count}',
      'time.minutes_few': '{count}',
      'time.minutes_many': '{count}',
      'time.minutes_other': '{count}',
    };
    expect(checkLanguage('ar', { ...forms, 'time.minutes_one': 'دقيقة', 'time.minutes_two': 'دقيقتان' })).toEqual([]);
    // In Russian 21 is "one" as well.
    const russian = checkLanguage('ru', {
      'time.minutes_one': 'минута',
      'time.minutes_few': '{count}',
      'time.minutes_many': '{count}',
      'time.minutes_other': '{count}',
    });
    expect(russian).toEqual(['time.minutes_one: {count} is missing.']);
  });

  test('labels of its own go before ours', () => {
    expect(labelsOf('de', { '@next': 'Nächstes' })).toMatchObject({ next: 'Nächstes', done: 'Fertig' });
  });
});

describe('whose language', () => {
  test.each([
    [['de-AT'], 'de'],
    [['de_CH'], 'de'],
    [['nonsense!', null, undefined, 'fr-CA'], 'fr'],
    [['nl', 'es-MX'], 'es'],
    [['nl'], 'en'],
    [['AR-eg'], 'ar'],
    [[''], 'en'],
  ])('%j is %s', (wishes, tag) => {
    expect(languageFor(wishes)).toBe(tag);
  });

  test('a language that was added is found, by its script too, and the standard can be another', () => {
    useLanguages({ added: { 'pt-BR': {}, 'zh-Hant': {} }, standard: 'de' });
    expect(languageFor(['pt-BR'])).toBe('pt-BR');
    expect(languageFor(['zh-TW'])).toBe('zh-Hant');
    expect(languageFor(['pt'])).toBe('de');
  });

  test.each([
    ['de', 'de'],
    ['Deutsch', 'de'],
    ['german', 'de'],
    ['allemand', 'de'],
    ['العربية', 'ar'],
    ['ESPAÑOL', 'es'],
    ['fr-BE', 'fr'],
    ['klingon', undefined],
    ['', undefined],
  ])('"%s" names %s', (said, tag) => {
    expect(languageNamed(said)).toBe(tag);
  });

  test('each calls itself by its own name', () => {
    expect(Object.keys(builtIn).map(ownName)).toEqual(['English', 'Deutsch', 'Français', 'Español', 'العربية']);
  });
});

test('tags are as BCP 47 writes them', () => {
  expect(['de', 'pt-BR', 'zh-Hant', 'DE', 'de_DE', '../x', 'qqq'].map(languageTag)).toEqual([
    'de',
    'pt-BR',
    'zh-Hant',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(placeholders('{b} {a} {b} {@c}')).toEqual(['a', 'b']);
});

function bare(text: string): string {
  return text.replace(/\{@?[\w.-]+\}|\*+/g, '');
}

function emphasised(text: string): string[] {
  return [...text.matchAll(/\*\*([^*]+)\*\*|\*([^*]+)\*/g)].map(([, bold, italic]) => bold ?? italic ?? '');
}
