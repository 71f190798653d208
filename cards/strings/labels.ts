import ar from './labels/ar.json' with { type: 'json' };
import de from './labels/de.json' with { type: 'json' };
import english from './labels/en.json' with { type: 'json' };
import es from './labels/es.json' with { type: 'json' };
import fr from './labels/fr.json' with { type: 'json' };

/** What buttons and pages of Microsoft, Apple and Google are called, by our name for them. */
export type Labels = Readonly<Record<string, string>>;

/** As they are in English: a text in another language names one with `{@name}`. */
export const englishLabels: Labels = english;

interface Glossary {
  /** What people read there. */
  readonly known: Labels;
  /** Not seen on a screen by whoever wrote it: in English, with the meaning in parentheses. */
  readonly unverified: Labels;
}

export const glossaries: Readonly<Record<string, Glossary>> = { de, fr, es, ar };

/** The labels in a language; in English where nothing else is known. `@name` of `added` wins. */
export function labelsOf(tag: string, added: Readonly<Record<string, string>> = {}): Labels {
  const ours = glossaries[tag];
  const theirs = Object.entries(added).filter(([key]) => key.startsWith('@'));
  return {
    ...englishLabels,
    ...ours?.known,
    ...ours?.unverified,
    ...Object.fromEntries(theirs.map(([key, text]) => [key.slice(1), text])),
  };
}
