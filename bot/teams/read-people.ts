import type { Refusal } from '../onboarding/refusal';
import { PERSON, shown } from './mention-mark';
import type { Whom } from './parse-command';
import { type Here, readStart } from './start-time';

/** What a line says besides whom. */
export interface Details {
  /** Epoch milliseconds. */
  readonly startAt?: number;
  readonly ticket?: string;
  readonly because?: string;
}

export interface ReadOptions {
  readonly broken: boolean;
  /** Who is mentioned, each once. */
  readonly people: readonly Extract<Whom, { mention: string }>[];
  readonly here: Here;
  readonly ticket?: RegExp;
  /** The command that all of this follows. */
  readonly command: string;
}

export type PeopleRead =
  | { readonly people: readonly Whom[]; readonly whole?: string; readonly details: Details }
  | { readonly refusal: Refusal };

/** As many as one message may name; more would be a flood of cards. */
export const MAX_AT_ONCE = 10;

const MAX_NAME = 100;
const MAX_WORDS = 120;
/** What the usual ticket systems number: INC0012345, RITM-4711, CHG99. */
export const USUAL_TICKET = /^(?:INC|REQ|RITM|CHG|PRB|SCTASK|TASK|CASE|SR|HD|CS)-?\d{2,12}$/i;
const POLITE = /^(?:please|pls|plz|thanks|thx)[.!]*$/i;
const BEFORE_TICKET = /^(?:ticket|case|incident)[:#]?$/i;

/**
 * Takes apart what follows a command: whom, from when on, for which ticket and why. Names come first, the rest in any
 * order, a reason (`because ...`) last. A word that has no place is not passed over.
 */
export function readPeople(said: string, options: ReadOptions): PeopleRead {
  const { text, because } = withoutReason(said);
  const all = text.split(' ').filter(Boolean);
  while (POLITE.test(all.at(-1) ?? '')) all.pop();
  if (all[0]?.toLowerCase() === 'for') all.shift();
  if (all.length === 0 && because === undefined) {
    if (options.broken) return { refusal: { code: 'name-unusable', why: 'characters' } };
    return { people: [], details: {} };
  }
  // `onboard new`: somebody new, who is chosen on a card.
  if (all.length === 1 && all[0]?.toLowerCase() === 'new' && because === undefined) return { people: [], details: {} };
  if (all.length > MAX_WORDS) return { refusal: { code: 'name-unusable', why: 'too-long' } };

  const ticket = takeTicket(all, options.ticket ?? USUAL_TICKET);
  const start = takeStart(all, options.here);
  if (start && 'problem' in start) return { refusal: start.problem };
  const names = all.slice(0, Math.min(start?.at ?? all.length, ticket?.at ?? all.length));
  const left = all.slice(names.length);
  if (left.length > 0) {
    const kept = [names.join(' '), start?.said, ticket?.ticket].filter(Boolean).join(' ');
    const suggestion = shown(`${options.command} ${kept}`);
    return { refusal: { code: 'unknown-command', said: shown(left.join(' ')), suggestion } };
  }
  const named = readNames(names.join(' '), options);
  if ('refusal' in named) return named;
  if (named.people.length === 0) return { refusal: { code: 'name-unusable', why: 'empty' } };
  return {
    ...named,
    details: {
      ...(start ? { startAt: start.startAt } : {}),
      ...(ticket ? { ticket: ticket.ticket } : {}),
      ...(because === undefined ? {} : { because: because.replaceAll(PERSON, '...') }),
    },
  };
}

function withoutReason(said: string): { readonly text: string; readonly because: string | undefined } {
  const match = /(?:^|\s)because\b[:\s]*/i.exec(said);
  const because = match && said.slice(match.index + match[0].length).trim();
  return match && because ? { text: said.slice(0, match.index), because } : { text: said, because: undefined };
}

/** The first word is whom, whatever it looks like: people are called what accounts are called. */
function takeTicket(words: string[], pattern: RegExp): { readonly ticket: string; readonly at: number } | undefined {
  for (let at = 1; at < words.length; at++) {
    const word = (words[at] ?? '').replace(/^[(#]+|[),.;:]+$/g, '');
    if (word === '' || word.length > 40 || !pattern.test(word)) continue;
    const from = at > 1 && BEFORE_TICKET.test(words[at - 1] ?? '') ? at - 1 : at;
    words.splice(from, at - from + 1);
    return { ticket: word, at: from };
  }
  return undefined;
}

function takeStart(words: string[], here: Here) {
  for (let at = 1; at < words.length; at++) {
    const found = readStart(words.slice(at), here);
    if (!found) continue;
    if ('problem' in found) return found;
    const said = words.splice(at, found.used).join(' ');
    return { startAt: found.startAt, said, at };
  }
  return undefined;
}

function readNames(
  text: string,
  { broken, people }: ReadOptions,
): { readonly people: readonly Whom[]; readonly whole?: string } | { readonly refusal: Refusal } {
  const parts = text
    .split(/,|;(?= |$)| and /i)
    .map((part) => part.trim())
    .filter(Boolean);
  const typed = parts.flatMap((part) => part.split(PERSON)).map((part) => nameIn(part.trim()));
  const names = [...new Set(typed.filter(Boolean))];
  if (names.length > 0 && broken) return { refusal: { code: 'name-unusable', why: 'characters' } };
  if (names.some((name) => [...name].length > MAX_NAME)) return { refusal: { code: 'name-unusable', why: 'too-long' } };
  // Words beside a mention in one part are neither a name nor anything else.
  const beside = parts.find((part) => part.includes(PERSON) && part.replaceAll(PERSON, '').trim() !== '');
  if (beside !== undefined) {
    const suggestion = `onboard ${people.map(({ name }) => name).join(', ')}`;
    return { refusal: { code: 'unknown-command', said: shown(beside), suggestion: shown(suggestion) } };
  }
  const mentioned = text.includes(PERSON) ? people : [];
  const all: Whom[] = [...mentioned, ...names.map((name) => ({ text: name }))];
  if (all.length > MAX_AT_ONCE) return { refusal: { code: 'too-many-at-once', max: MAX_AT_ONCE } };
  const mayBeOne = mentioned.length === 0 && names.length === 2 && /^[^,;]+,[^,;]+$/.test(text);
  return { people: all, ...(mayBeOne ? { whole: text.replace(/^["']+|["']+$/g, '') } : {}) };
}

/** Without the quotes that people put around a name; of `Jane <jane@example.com>`, as mail programs write it, the address. */
function nameIn(whom: string): string {
  const address = /<([^\s<>]+@[^\s<>]+)>$/.exec(whom);
  return address?.[1] ?? whom.replace(/^["']+|["']+$/g, '').trim();
}
