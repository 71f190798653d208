import type { Refusal } from '../onboarding/refusal';
import { cleanText } from './clean-text';
import { PERSON, shown } from './mention-mark';
import { nearest } from './nearest';
import { type Details, readPeople } from './read-people';

/** A chat line as it came in. */
export interface Line {
  /** Absent when the message has none, as a message that is only a mention can. */
  readonly text: string | undefined;
  /** The bot's own id in Teams, `28:...`: a mention of it addresses the bot. */
  readonly botId: string;
  readonly mentions: readonly Mention[];
  /** Epoch milliseconds, for a start that is named by its time of day. */
  readonly now: number;
  /** Of whoever types, known to this runtime. */
  readonly zone: string;
  /** What a ticket looks like, the whole word; left out, the usual ones. */
  readonly ticket?: RegExp;
  /** Commands that this installation has besides the usual ones. */
  readonly more?: readonly MoreCommand[];
}

/** `text` is how the mention stands in the line, `<at>Jane</at>`; `id` is Teams' id of whom it means. */
export interface Mention {
  readonly id: string;
  readonly text: string;
}

/** Whom a line means: words to look for, or somebody whom Teams knows. `name` is only for telling people. */
export type Whom = { readonly text: string } | { readonly mention: string; readonly name: string };

/** Commands that exist only where somebody carries them out. */
export type MoreCommand = 'doctor' | 'recover';

export type Command =
  /** Nobody is named: whoever asks chooses on a card. `whole` is a list that may be one name, `Doe, Jane`. */
  | {
      readonly command: 'onboard' | 'recover';
      readonly people: readonly Whom[];
      readonly whole?: string;
      readonly details: Details;
    }
  | { readonly command: 'status' | 'stop' | 'cancel' | 'new-pass'; readonly number: number }
  | { readonly command: 'status-of'; readonly who: Whom }
  | { readonly command: 'list' | 'help' | 'pause' | 'resume' | 'doctor' }
  /** `said` is how they call the language; empty when they only ask which there are. */
  | { readonly command: 'language'; readonly said: string }
  | { readonly command: 'refused'; readonly refusal: Refusal };

const words = [
  'onboard',
  'status',
  'list',
  'stop',
  'cancel',
  'new pass',
  'help',
  'pause',
  'resume',
  'language',
] as const;

/** Commands are English everywhere; these two are also for whoever cannot read what the others are called. */
const aliases: Readonly<Record<string, string>> = {
  sprache: 'language',
  langue: 'language',
  idioma: 'language',
  لغة: 'language',
  اللغة: 'language',
  hilfe: 'help',
  aide: 'help',
  ayuda: 'help',
  مساعدة: 'help',
};

const MAX_NAME = 100;
// Longer lines are cut before anything looks at them; nothing that long can be a command.
const MAX_LINE = 8_000;

/**
 * What a chat line asks for. Accepts a mention of the bot that is itself the verb (`<at>Onboard</at> jane`), a mention
 * before a command, and `onboard jane`, `@onboard jane`, `/onboard jane`. Words that it does not understand are never
 * passed over: then nothing is done, and what was probably meant is suggested. Never throws.
 */
export function parseCommand(line: Line): Command {
  const { more = [] } = line;
  const { text, broken, addressed, people } = takeApart(line);
  const bare = text.replace(/^[@/]\s*/, '');
  const [first = '', ...others] = bare.split(' ');
  const typed = first.toLowerCase().replace(/[:,.!?]+$/, '');
  const word = aliases[typed] ?? typed;
  const rest = others.join(' ');
  const whom = (command: 'onboard' | 'recover', said: string) => readWhom(line, command, said, { broken, people });

  if (bare === '') {
    if (broken && addressed === undefined) return refused({ code: 'name-unusable', why: 'characters' });
    return addressed === 'onboard' ? whom('onboard', '') : { command: 'help' };
  }
  switch (word) {
    case 'onboard':
      return whom('onboard', rest);
    case 'recover':
      if (more.includes('recover')) return whom('recover', rest);
      break;
    case 'status':
      return status(rest, people, broken);
    case 'stop':
    case 'cancel':
      return withNumber(word, rest, bare);
    case 'new':
    case 'newpass': {
      const after = word === 'newpass' ? rest : /^(?:pass|code)\b ?(.*)$/i.exec(rest)?.[1];
      if (after !== undefined) return withNumber('new-pass', after, bare);
      break;
    }
    case 'doctor':
      if (rest === '' && more.includes('doctor')) return { command: 'doctor' };
      break;
    case 'language':
      return { command: 'language', said: shown(rest) };
    case 'list':
    case 'help':
    case 'pause':
    case 'resume':
      if (rest === '') return { command: word };
  }
  // The mention was the verb: what follows is whom.
  if (addressed === 'onboard') return whom('onboard', bare);
  return unknown(bare, suggested(word, rest, more));
}

/** The command that was probably meant, with what was typed after it; `undefined` when none is near. */
export function suggested(word: string, rest: string, more: readonly MoreCommand[] = []): string | undefined {
  const command = nearest(word, [...words, ...more, 'newpass']);
  switch (command) {
    case undefined:
      return undefined;
    case 'onboard':
    case 'recover':
    case 'status':
      return `${command} ${shown(rest)}`.trim();
    case 'stop':
    case 'cancel':
    case 'new pass':
    case 'newpass':
      return `${command === 'newpass' ? 'new pass' : command} ${numberIn(rest) === undefined ? 'ONB-1' : shown(rest)}`;
    default:
      return command;
  }
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

function readWhom(
  line: Line,
  command: 'onboard' | 'recover',
  said: string,
  found: { readonly broken: boolean; readonly people: readonly Extract<Whom, { mention: string }>[] },
): Command {
  const { now, zone, ticket } = line;
  const read = readPeople(said, { ...found, here: { now, zone }, ...(ticket ? { ticket } : {}), command });
  return 'refusal' in read ? refused(read.refusal) : { command, ...read };
}

function status(rest: string, people: readonly Extract<Whom, { mention: string }>[], broken: boolean): Command {
  if (rest === '') return { command: 'list' };
  const number = numberIn(rest);
  if (number !== undefined) return { command: 'status', number };
  const [person] = people;
  if (person !== undefined) {
    const only = people.length === 1 && rest === PERSON;
    return only ? { command: 'status-of', who: person } : unknown(`status ${rest}`, `status ${person.name}`);
  }
  if (broken) return refused({ code: 'name-unusable', why: 'characters' });
  if ([...rest].length > MAX_NAME) return refused({ code: 'name-unusable', why: 'too-long' });
  return { command: 'status-of', who: { text: rest } };
}

function withNumber(command: 'stop' | 'cancel' | 'new-pass', rest: string, said: string): Command {
  const number = numberIn(rest);
  const typed = command === 'new-pass' ? 'new pass' : command;
  return number === undefined ? unknown(said, `${typed} ONB-1`) : { command, number };
}

/** `ONB-12`, `onb 12`, `#12`, `12`. */
function numberIn(text: string): number | undefined {
  const match = /^(?:onb[-\s]?)?#?(\d{1,9})[.!]?$/i.exec(text.trim());
  return match ? Number(match[1]) : undefined;
}

function unknown(said: string, suggestion?: string): Command {
  return refused({ code: 'unknown-command', said: shown(said), ...(suggestion ? { suggestion } : {}) });
}

function refused(refusal: Refusal): Command {
  return { command: 'refused', refusal };
}
