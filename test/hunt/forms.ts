/**
 * The forms in which a pass could be lying around. Each form turns a code into something that can be looked for in
 * bytes, and back into an example of itself, so that a hunt can plant what it is about to look for.
 */
export interface Form {
  readonly name: string;
  /** How the code would look; what a hunt plants. */
  example(code: string): Buffer;
  found(haystack: Haystack, code: string): boolean;
}

/** Bytes, with the text readings that several forms need, made once. */
export interface Haystack {
  readonly bytes: Buffer;
  readonly text: string;
}

export function haystack(content: Buffer | string): Haystack {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf8');
  return { bytes, text: bytes.toString('utf8') };
}

/** A form that is one or several fixed texts. */
function fixed(name: string, variants: (code: string) => readonly string[]): Form {
  return {
    name,
    example: (code) => Buffer.from(variants(code)[0] ?? '', 'utf8'),
    found: ({ bytes }, code) => variants(code).some((variant) => bytes.includes(Buffer.from(variant, 'utf8'))),
  };
}

const jsonOnce = (text: string) => JSON.stringify(text).slice(1, -1);
const jsonUnicode = (text: string) =>
  [...text].map((c) => (/[A-Za-z0-9]/.test(c) ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('');

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const htmlWith = (text: string, entity: (c: string) => string) =>
  [...text].map((c) => (/[A-Za-z0-9 ]/.test(c) ? c : entity(c))).join('');

const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*.~_-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The part of the base64 text that does not depend on what stands before and after the code. */
function base64At(code: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(code, 'utf8')]);
  const text = bytes.toString('base64').replace(/=+$/, '');
  const head = Math.ceil((offset * 8) / 6);
  const tail = (bytes.length * 8) % 6 === 0 ? text.length : text.length - 1;
  return text.slice(head, tail);
}

const separators = ['\u00a0', ' ', '-', '\u2009', '\u202f', '\u200b', '\u2011', '  ', ' - ', '.', '_', '\n'];

function grouped(code: string): string[] {
  const all: string[] = [];
  for (const size of [4, 3, 2, 1, 5]) {
    const groups = code.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    if (groups.length > 1) for (const separator of separators) all.push(groups.join(separator));
  }
  return all;
}

const words =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'.split(
    ' ',
  );
const otherSpellings: Readonly<Record<string, string>> = { a: 'Alpha', j: 'Juliet', x: 'Xray', w: 'Whisky' };
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const signs: Readonly<Record<string, string>> = {
  '!': 'exclamation',
  '"': 'quotation|quote|double quote',
  '#': 'hash|number|pound',
  $: 'dollar',
  '%': 'percent',
  '&': 'ampersand|and',
  "'": 'apostrophe|single quote',
  '(': '(?:opening|open|left)',
  ')': '(?:closing|close|right)',
  '*': 'asterisk|star',
  '+': 'plus',
  ',': 'comma',
  '-': 'dash|hyphen|minus',
  '.': 'full stop|dot|period|point',
  '/': 'slash',
  ':': 'colon',
  ';': 'semicolon',
  '<': 'less than|opening angle',
  '=': 'equals',
  '>': 'greater than|closing angle',
  '?': 'question',
  '@': 'at',
  '[': '(?:opening|open|left) square',
  '\\': 'backslash',
  ']': '(?:closing|close|right) square',
  '^': 'caret',
  _: 'underscore',
  '`': 'backtick|grave',
  '{': '(?:opening|open|left) brace',
  '|': 'pipe|bar',
  '}': '(?:closing|close|right) brace',
  '~': 'tilde',
};

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** One word of a spelling, as it might be written: `capital Hotel`, `H as in Hotel`, `hotel`, `nine`, `dollar sign`. */
function spelledPart(c: string): string {
  const lower = c.toLowerCase();
  const index = lower.charCodeAt(0) - 97;
  if (/[a-z]/.test(lower)) {
    const word = [words[index], otherSpellings[lower]].filter(Boolean).map((w) => literal(w as string));
    return `(?:(?:capital|upper ?case|big|large|lower ?case|small)[ -]+)?(?:${literal(lower)}[ ,:=-]+(?:as in |for |wie )?)?(?:${word.join('|')})(?: \\([^)]{1,20}\\))?`;
  }
  if (/\d/.test(c)) return `(?:(?:digit|number) )?(?:${c}|${digits[Number(c)]})(?: \\([^)]{1,20}\\))?`;
  return `(?:${literal(c)}|(?:${signs[c] ?? literal(c)})(?: (?:sign|mark|key|parenthesis|bracket|point|brace))?)`;
}

const spelled: Form = {
  name: 'spelled',
  example: (code) =>
    Buffer.from(
      [...code]
        .map((c) => {
          if (/\d/.test(c)) return digits[Number(c)];
          if (!/[a-z]/i.test(c)) return (signs[c] ?? c).replace(/\(\?:(\w+)[^)]*\)/, '$1').split('|')[0];
          const word = words[c.toLowerCase().charCodeAt(0) - 97] ?? c;
          return c === c.toUpperCase() ? `capital ${word}` : word.toLowerCase();
        })
        .join(' '),
    ),
  found: ({ text }, code) =>
    new RegExp([...code].map(spelledPart).join('[\\s,;.:|·\\u2013\\u2014"\\\\n-]+'), 'i').test(text),
};

const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

const utf16 = (name: string, turn: (bytes: Buffer) => Buffer): Form => ({
  name,
  example: (code) => turn(Buffer.from(code, 'utf16le')),
  found: ({ bytes }, code) =>
    [code, ...grouped(code)].some((text) => bytes.includes(turn(Buffer.from(text, 'utf16le')))),
});

const base64 = (offset: 0 | 1 | 2): Form => ({
  name: `base64 at ${offset}`,
  example: (code) =>
    Buffer.from(Buffer.concat([Buffer.from('xyz'.slice(0, offset)), Buffer.from(`${code}.`)]).toString('base64')),
  found: ({ bytes }, code) => {
    const core = base64At(code, offset);
    const url = core.replace(/\+/g, '-').replace(/\//g, '_');
    return bytes.includes(core) || bytes.includes(url);
  },
});

/** Every form that is hunted. */
export const forms: readonly Form[] = [
  fixed('raw', (code) => [code]),
  fixed('JSON', (code) => [
    jsonUnicode(code),
    jsonOnce(code),
    jsonOnce(jsonOnce(code)),
    jsonUnicode(code).toUpperCase(),
  ]),
  fixed('HTML', (code) => [
    htmlWith(code, (c) => named[c] ?? c),
    htmlWith(code, (c) => `&#${c.charCodeAt(0)};`),
    htmlWith(code, (c) => `&#x${c.charCodeAt(0).toString(16)};`),
  ]),
  fixed('URL', (code) => [
    percent(code),
    encodeURIComponent(code),
    encodeURI(code),
    percent(code).toLowerCase(),
    encodeURIComponent(encodeURIComponent(code)),
    new URLSearchParams({ x: code }).toString().slice(2),
  ]),
  base64(0),
  base64(1),
  base64(2),
  {
    name: 'grouped',
    example: (code) => Buffer.from(grouped(code)[0] ?? code),
    // However the groups are cut: between any two characters there may be something that only separates.
    found: ({ text }, code) =>
      new RegExp(
        [...code].map(literal).join('(?:[\\s._\\u00a0\\u2000-\\u200f\\u2010-\\u2015\\u202f-]|<[^>]{0,40}>){0,3}'),
      ).test(text),
  },
  spelled,
  utf16('UTF-16LE', (bytes) => bytes),
  utf16('UTF-16BE', swapped),
  fixed('hex', (code) => [Buffer.from(code).toString('hex'), Buffer.from(code).toString('hex').toUpperCase()]),
];

/** The names of the forms in which the code is found in there. */
export function formsFound(content: Buffer | string, code: string): string[] {
  const hay = haystack(content);
  return forms.filter((form) => form.found(hay, code)).map((form) => form.name);
}
