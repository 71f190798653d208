import type { Refusal } from '../onboarding/refusal';
import { cleanText } from './clean-text';
import { nearest } from './nearest';

/** A chat line as it came in. */
export interface Line {
  /** Absent when the message has none, as a message that is only a mention can. */
  readonly text: string | undefined;
  /** The bot's own id in Teams, `28:...`: a mention of it addresses the bot. */
  readonly botId: string;
  readonly mentions: readonly Mention[];
}

/** `text` is how the mention stands in the line, `<at>Jane</at>`; `id` is Teams' id of whom it means. */
export interface Mention {
  readonly id: string;
  readonly text: string;
}

/** Whom a line means: words to look for, or somebody whom Teams knows. `name` is only for telling people. */
export type Whom = { readonly text: string } | { readonly mention: string; readonly name: string };

export type Command =
  | { readonly command: 'onboard'; readonly who: Whom }
  | { readonly command: 'status' | 'stop' | 'cancel'; readonly number: number }
  | { readonly command: 'list' | 'help' }
  | { readonly command: 'refused'; readonly refusal: Refusal };

const words = ['onboard', 'status', 'list', 'stop', 'cancel', 'help'] as const;

const MAX_NAME = 100;
// Longer lines are cut before anything looks at them; nothing that long can be a command.
const MAX_LINE = 8_000;
// Stands for a mentioned person while the line is taken apart. cleanText lets no such character through from outside.
const PERSON = '\uE000';

/**
 * What a chat line asks for. Accepts a mention of the bot that is itself the verb (`<at>Onboard</at> jane`), a mention
 * before a command, and `onboard jane`, `@onboard jane`, `/onboard jane`. Never throws.
 */
export function parseCommand(line: Line): Command {
  const { text, broken, addressed, people } = takeApart(line);
  const bare = text.replace(/^[@/]\s*/, '');
  const [first = '', ...others] = bare.split(' ');
  const word = first.toLowerCase().replace(/[:,.!?]+$/, '');
  const rest = others.join(' ');

  if (bare === '')
    return addressed || !broken ? { command: 'help' } : refused({ code: 'name-unusable', why: 'characters' });
  switch (word) {
    case 'onboard':
      return onboard(rest, broken, people);
    case 'status':
    case 'stop':
    case 'cancel':
      return withNumber(word, rest, bare);
    case 'list':
    case 'help':
      if (rest === '') return { command: word };
  }
  // The mention was the verb: what follows is whom.
  if (addressed === 'onboard') return onboard(bare, broken, people);
  const suggestion = nearest(word, words);
  return unknown(bare, suggestion === 'onboard' ? `onboard ${shown(rest)}`.trim() : suggestion);
}

function takeApart(line: Line) {
  const people = new Map<string, string>();
  let addressed: string | undefined;
  let raw = (line.text ?? '').slice(0, MAX_LINE).replaceAll(PERSON, '');
  for (const mention of line.mentions) {
    if (mention.text === '' || !raw.includes(mention.text)) continue;
    const isBot = mention.id === line.botId;
    if (isBot) addressed ??= cleanText(mention.text).text.toLowerCase();
    else people.set(mention.id, cleanText(mention.text).text);
    raw = raw.replace(mention.text, isBot ? ' ' : ` ${PERSON} `);
  }
  // A mention in front that no entity explains can only be the bot's: Teams delivers nothing else to a bot.
  const front = /^\s*<at[^<>]{0,200}>([^<>]{0,200})<\/at>/i.exec(raw);
  if (front && addressed === undefined) {
    addressed = cleanText(front[1] ?? '').text.toLowerCase();
    raw = raw.slice(front[0].length);
  }
  const parts = raw.split(PERSON).map(cleanText);
  const text = parts
    .map((part) => part.text)
    .join(` ${PERSON} `)
    .replace(/ +/g, ' ')
    .trim();
  return {
    text,
    broken: parts.some((part) => part.broken),
    addressed,
    people: [...people].map(([mention, name]) => ({ mention, name })),
  };
}

function onboard(whom: string, broken: boolean, people: readonly Extract<Whom, { mention: string }>[]): Command {
  if (people.length > 1) return unknown(shown(whom), 'onboard, with one person');
  const [person] = people;
  if (person !== undefined && whom.includes(PERSON)) return { command: 'onboard', who: person };
  if (broken) return refused({ code: 'name-unusable', why: 'characters' });
  const name = nameIn(whom);
  if (name === '') return refused({ code: 'name-unusable', why: 'empty' });
  if ([...name].length > MAX_NAME) return refused({ code: 'name-unusable', why: 'too-long' });
  return { command: 'onboard', who: { text: name } };
}

/** Without the quotes that people put around a name; of `Jane <jane@example.com>`, as mail programs write it, the address. */
function nameIn(whom: string): string {
  const address = /<([^\s<>]+@[^\s<>]+)>$/.exec(whom);
  return address?.[1] ?? whom.replace(/^["']+|["']+$/g, '').trim();
}

function withNumber(command: 'status' | 'stop' | 'cancel', rest: string, said: string): Command {
  if (command === 'status' && rest === '') return { command: 'list' };
  const match = /^(?:onb[-\s]?)?#?(\d{1,9})$/i.exec(rest);
  return match ? { command, number: Number(match[1]) } : unknown(said, `${command} ONB-1`);
}

function unknown(said: string, suggestion?: string): Command {
  return refused({ code: 'unknown-command', said: shown(said), ...(suggestion ? { suggestion } : {}) });
}

function shown(text: string): string {
  return [...text.replaceAll(PERSON, '...')].slice(0, MAX_NAME).join('').trim();
}

function refused(refusal: Refusal): Command {
  return { command: 'refused', refusal };
}
