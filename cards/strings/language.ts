import { AsyncLocalStorage } from 'node:async_hooks';
import { known, standard } from './languages';

/** The tag of a language as its file is called: `de`, `pt-BR`. */
export type Language = string;

const scope = new AsyncLocalStorage<Language>();

/**
 * Draws in a language. Set once at the edge, where it is known for whom something is drawn, because the words are asked
 * for deep down, by functions that know only what they say. It may be asynchronous: the scope belongs to the call and
 * not to the process, so two clicks that are answered at once do not mix their languages. An inner scope wins; work that
 * is started inside and outlives the call stays in it, which is why whatever delivers later sets its own.
 */
export function inLanguage<T>(language: Language, draw: () => T): T {
  return scope.run(known(language) ? language : standard(), draw);
}

/** Outside of any scope: the language of the installation. */
export function currentLanguage(): Language {
  return scope.getStore() ?? standard();
}

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);

/** Whether a language is written from right to left. */
export function isRightToLeft(language: Language = currentLanguage()): boolean {
  return RIGHT_TO_LEFT.has(new Intl.Locale(language).maximize().script ?? '');
}

/**
 * For Intl. English is dated as in most of the world; digits are 0 to 9 everywhere, because a time is compared with
 * what a phone shows, and a code is typed on a keyboard that has these.
 */
export function localeOf(language: Language = currentLanguage()): string {
  return `${language === 'en' ? 'en-GB' : language}-u-nu-latn`;
}
