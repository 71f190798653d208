const letters = [
  ...['alfa', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett', 'kilo', 'lima'],
  ...['mike', 'november', 'oscar', 'papa', 'quebec', 'romeo', 'sierra', 'tango', 'uniform', 'victor', 'whiskey'],
  ...['x-ray', 'yankee', 'zulu'],
];

const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const signs: Readonly<Record<string, string>> = {
  '!': 'exclamation mark',
  '"': 'quotation mark',
  '#': 'hash',
  $: 'dollar',
  '%': 'percent',
  '&': 'ampersand',
  "'": 'apostrophe',
  '(': 'open bracket',
  ')': 'close bracket',
  '*': 'star',
  '+': 'plus',
  ',': 'comma',
  '-': 'hyphen',
  '.': 'full stop',
  '/': 'slash',
  ':': 'colon',
  ';': 'semicolon',
  '<': 'less than',
  '=': 'equals',
  '>': 'greater than',
  '?': 'question mark',
  '@': 'at',
  '[': 'open square bracket',
  '\\': 'backslash',
  ']': 'close square bracket',
  '^': 'caret',
  _: 'underscore',
  '`': 'backtick',
  '{': 'open brace',
  '|': 'pipe',
  '}': 'close brace',
  '~': 'tilde',
};

/** A code as one reads it out on the phone, with the international spelling words; capitals are said. */
export function spell(code: string): string {
  return [...code].map(spellOne).join(', ');
}

function spellOne(character: string): string {
  const letter = letters[character.toLowerCase().charCodeAt(0) - 97];
  if (letter) return character === character.toLowerCase() ? letter : `capital ${letter}`;
  return digits[Number.parseInt(character, 10)] ?? signs[character] ?? character;
}
