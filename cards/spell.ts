import { isRightToLeft } from './strings/language';
import { isKey, t } from './strings/strings';
import { isolated, type Safe } from './text';

const letters = [
  ...['alfa', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett', 'kilo', 'lima'],
  ...['mike', 'november', 'oscar', 'papa', 'quebec', 'romeo', 'sierra', 'tango', 'uniform', 'victor', 'whiskey'],
  ...['x-ray', 'yankee', 'zulu'],
];

const signs = {
  '!': 'exclamation',
  '"': 'quotation',
  '#': 'hash',
  $: 'dollar',
  '%': 'percent',
  '&': 'ampersand',
  "'": 'apostrophe',
  '(': 'roundOpen',
  ')': 'roundClose',
  '*': 'star',
  '+': 'plus',
  ',': 'comma',
  '-': 'hyphen',
  '.': 'stop',
  '/': 'slash',
  ':': 'colon',
  ';': 'semicolon',
  '<': 'less',
  '=': 'equals',
  '>': 'greater',
  '?': 'question',
  '@': 'at',
  '[': 'squareOpen',
  '\\': 'backslash',
  ']': 'squareClose',
  '^': 'caret',
  _: 'underscore',
  '`': 'backtick',
  '{': 'braceOpen',
  '|': 'pipe',
  '}': 'braceClose',
  '~': 'tilde',
} as const;

/**
 * A code as one reads it out on the phone: letters by the international spelling words, capitals said, the rest in the
 * reader's language. In the order of the code, from left to right; a word from right to left does not turn it around.
 */
export function spell(code: string): string {
  return [...code].map(spellOne).map(inOrder).join(', ');
}

function spellOne(character: string): Safe | string {
  const letter = letters[character.toLowerCase().charCodeAt(0) - 97] as Safe | undefined;
  if (letter) return character === character.toLowerCase() ? letter : t('spell.capital', { letter });
  const digit = `spell.digit.${character}`;
  if (isKey(digit)) return t(digit as 'spell.digit.0');
  return Object.hasOwn(signs, character) ? t(`spell.${signs[character as keyof typeof signs]}`) : character;
}

function inOrder(word: string): string {
  return isRightToLeft() ? isolated(word) : word;
}
