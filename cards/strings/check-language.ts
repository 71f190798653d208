import { english, isKey, type Key, withoutForm } from './english';
import { englishLabels } from './labels';

export type { Words } from './languages';

/** Longest words on a button, in characters: on a phone, Teams cuts off what is longer. */
export const BUTTON_LENGTH = 34;

/** A text may be this much longer than in English; what is longer has most likely got into the wrong key. */
const STRETCH = 2.5;

/** The tag of a language as BCP 47 writes it, if this runtime can tell plurals and dates in it. */
export function languageTag(name: string): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(name);
    const knows = [Intl.PluralRules, Intl.DateTimeFormat].every((part) => part.supportedLocalesOf(name).length > 0);
    return tag === name && knows ? tag : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with the words of one language, as sentences; nothing when it can be used. What is missing is read in
 * English and no error: `missingKeys` names it. `value` is what stood in a file.
 */
export function checkLanguage(tag: string, value: unknown): string[] {
  if (languageTag(tag) === undefined)
    return [`${tag} is no language tag that is known here; it must be written like de, pt-BR or zh-Hant.`];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return ['it must be one object: {"key": "text"}.'];
  return [
    ...Object.entries(value).flatMap(([key, text]) => checkText(tag, key, text)),
    ...checkForms(tag, Object.keys(value)),
  ];
}

/** The keys that a language lacks, each form by itself. */
export function missingKeys(tag: string, words: Readonly<Record<string, unknown>>): string[] {
  const wanted = [...new Set(Object.keys(english).map(withoutForm))].flatMap((key) =>
    isPlural(key) ? formsOf(tag).map((form) => `${key}_${form}`) : [key],
  );
  return wanted.filter((key) => words[key] === undefined);
}

function checkText(tag: string, key: string, text: unknown): string[] {
  const wrong = (what: string) => [`${key}: ${what}`];
  if (typeof text !== 'string' || text.trim() === '') return wrong('must be a text that is not empty.');
  if (text.includes('${')) return wrong('must not have a dollar sign before a brace.');
  if (key.startsWith('@')) return englishLabels[key.slice(1)] === undefined ? wrong('there is no such label.') : [];
  const base = withoutForm(key);
  if (!isKey(base) || (key !== base && !isPlural(base))) return wrong('there is no such text.');
  if (key === base && isPlural(base)) return wrong(`has a count: give ${key}_other and the other forms.`);
  const model = textOf(base);
  return [
    ...checkPlaceholders(tag, key, text, model).flatMap(wrong),
    ...checkLabels(text).flatMap(wrong),
    ...(text.length > limitOf(key, model) ? wrong(`is too long: at most ${limitOf(key, model)} characters.`) : []),
    ...(text.split('**').length % 2 === 0 ? wrong('has a ** that does not end.') : []),
  ];
}

function checkPlaceholders(tag: string, key: string, text: string, model: string): string[] {
  const [given, wanted] = [placeholders(text), placeholders(model)];
  // Where a form is for one number only, a word may say it: "one minute", "a minute", "two minutes" as one word.
  const free = key !== withoutForm(key) && isOneNumber(tag, key.slice(key.lastIndexOf('_') + 1)) ? ['count'] : [];
  return [
    ...wanted.filter((name) => !given.includes(name) && !free.includes(name)).map((name) => `{${name}} is missing.`),
    ...given.filter((name) => !wanted.includes(name)).map((name) => `{${name}} is not known in this text.`),
  ];
}

function checkLabels(text: string): string[] {
  return [...text.matchAll(/\{@([^}]*)\}/g)].flatMap(([, name = '']) =>
    englishLabels[name] !== undefined || Object.hasOwn(english, name) ? [] : [`{@${name}} is no label.`],
  );
}

function checkForms(tag: string, keys: readonly string[]): string[] {
  const plurals = new Set(keys.map(withoutForm).filter((key) => isKey(key) && isPlural(key)));
  return [...plurals].flatMap((key) =>
    formsOf(tag)
      .filter((form) => !keys.includes(`${key}_${form}`))
      .map((form) => `${key}_${form}: is missing; this language has the forms ${formsOf(tag).join(', ')}.`),
  );
}

/** The names in braces, each once. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort();
}

function limitOf(key: string, model: string): number {
  return key.startsWith('button.') ? BUTTON_LENGTH : Math.max(40, Math.ceil(model.length * STRETCH));
}

function textOf(key: Key): string {
  const words: Readonly<Record<string, string>> = english;
  return words[key] ?? words[`${key}_other`] ?? '';
}

function isPlural(key: string): boolean {
  return Object.hasOwn(english, `${key}_other`);
}

function formsOf(tag: string): readonly string[] {
  return new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
}

function isOneNumber(tag: string, form: string): boolean {
  const rules = new Intl.PluralRules(tag);
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  return numbers.filter((number) => rules.select(number) === form).length === 1;
}
