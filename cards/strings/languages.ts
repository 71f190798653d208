import { createInstance, type i18n } from 'i18next';
import ar from './ar.json' with { type: 'json' };
import de from './de.json' with { type: 'json' };
import { english } from './english';
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import { type Labels, labelsOf } from './labels';

/** The words of one language by key. `@name` gives a label of Microsoft's pages, anything else a text of ours. */
export type Words = Readonly<Record<string, string>>;

/** What an installation brings along. Checked with `checkLanguage` before it comes here. */
export interface LanguageChoice {
  /** By tag; adds a language, or replaces single texts of one that is there. */
  readonly added?: Readonly<Record<string, Words>>;
  /** For whoever has no language that is there. */
  readonly standard?: string;
}

export const builtIn: Readonly<Record<string, Words>> = { en: english, de, fr, es, ar };

interface Catalogue {
  readonly tags: readonly string[];
  readonly standard: string;
  readonly translate: i18n['t'];
}

let catalogue: Catalogue | undefined;

/** Sets which languages there are, for the whole process. Called once, at the start. */
export function useLanguages(choice: LanguageChoice): void {
  catalogue = build(choice);
}

function now(): Catalogue {
  catalogue ??= build({});
  return catalogue;
}

function build({ added = {}, standard = 'en' }: LanguageChoice): Catalogue {
  const tags = [...new Set([...Object.keys(builtIn), ...Object.keys(added)])];
  const instance = createInstance({
    lng: 'en',
    // A text that a language lacks is read in English, rather than not at all.
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    resources: Object.fromEntries(tags.map((tag) => [tag, { translation: wordsOf(tag, added[tag] ?? {}) }])),
  });
  void instance.init();
  return { tags, standard, translate: instance.t };
}

function wordsOf(tag: string, added: Words): Words {
  const words = { ...builtIn[tag], ...added };
  const labels = labelsOf(tag, added);
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, withLabels(text, words, labels)]));
}

/**
 * `{@next}` stands for what Microsoft calls the button in that language, and `{@button.done}` for what we call ours, so
 * that a name is in one place and a text cannot speak of a button that is called otherwise. Of a label with its meaning in
 * parentheses only what stands on the screen is emphasised; Markdown would not end after a parenthesis either.
 */
function withLabels(text: string, words: Words, labels: Labels): string {
  return text.replace(/(\*{0,2})\{@([\w.-]+)\}\1/g, (whole, stars: string, name: string) => {
    const label = labels[name] ?? words[name] ?? (english as Words)[name];
    if (label === undefined) return whole;
    const [, shown = label, meaning = ''] = /^(.+)( \(.+\))$/.exec(label) ?? [];
    return `${stars}${shown}${stars}${meaning}`;
  });
}

/** The text of a key in a language, or in English where that lacks it. Placeholders stay: i18next chooses, `t` fills. */
export function textOf(language: string, key: string, count: number | undefined): string {
  const options = { lng: language, skipInterpolation: true, ...(count === undefined ? {} : { count }) };
  return now().translate(key, options);
}

export function known(language: string): boolean {
  return now().tags.includes(language);
}

/** The language of the installation. */
export function standard(): string {
  return now().standard;
}

/** The tags of all languages that there are. */
export function languages(): readonly string[] {
  return now().tags;
}

/**
 * The best that there is for somebody, by what is known about them, most telling first; each is a tag like `de-AT`,
 * from elsewhere and unchecked. The standard language when nothing fits.
 */
export function languageFor(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const found = wish && match(wish);
    if (found) return found;
  }
  return standard();
}

function match(wish: string): string | undefined {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(wish.slice(0, 35).replaceAll('_', '-'));
  } catch {
    return undefined;
  }
  const { language, script } = locale.maximize();
  return [locale.baseName, `${language}-${script}`, language].find((tag) => tag !== undefined && known(tag));
}

/** What a language calls itself. */
export function ownName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** The language that somebody names: by its tag, or as it or another one that there is calls it. */
export function languageNamed(said: string): string | undefined {
  const wanted = said.trim().toLowerCase();
  const called = (tag: string) =>
    [tag, ...languages().map((other) => new Intl.DisplayNames([other], { type: 'language' }).of(tag))].some(
      (name) => name?.toLowerCase() === wanted,
    );
  return languages().find(called) ?? match(wanted);
}
