import { isRightToLeft } from './strings/language';

/** Text that may stand on a card: our own words, or somebody's that went through `md` or `plain`. */
export type Safe = string & { readonly __safe: true };

/** The longest name, title or address that is shown, in characters. */
export const NAME_LENGTH = 80;
/** The longest free text of a person that is shown, in characters. */
export const TEXT_LENGTH = 500;

// Letters of scripts that are written from right to left: Hebrew, Arabic and their neighbours and presentation forms.
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/**
 * Somebody's words as one bounded line of plain text: controls, invisible characters and direction overrides are gone,
 * a name cannot turn around what stands beside it, whichever of the two is written from right to left, and an address
 * is not made a link.
 */
export function plain(value: string, max = NAME_LENGTH): Safe {
  const line = value
    .replace(/\p{Cs}/gu, '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('://', ': //')
    .replaceAll('${', '$ {')
    .trim();
  const characters = [...line];
  const short = characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
  return RIGHT_TO_LEFT.test(short) || isRightToLeft() ? isolated(short) : (short as Safe);
}

/** Keeps what has a direction of its own apart from the text around it. */
export function isolated(text: string): Safe {
  return (text === '' ? '' : `\u2068${text}\u2069`) as Safe;
}

/**
 * As `plain`, for a card: nothing in it is read as formatting. Teams reads a subset of Markdown in text blocks and
 * facts: bold, italic, lists and links.
 */
export function md(value: string, max = NAME_LENGTH): Safe {
  const escaped = plain(value, max)
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^(\u2068?)([-+#])/, '$1\\$2')
    .replace(/^(\u2068?\d+)([.)])/, '$1\\$2');
  return escaped as Safe;
}
