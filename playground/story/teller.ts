import { formsFound } from '../../test/hunt/forms';
import type { PersonCard, Records, TeamsRecord, TenantRecord } from '../contract';
import type { Client, Reaction } from './client';
import { linesOf } from './read-card';
import type { Listener } from './tale';

const LONGEST = 150;

/** Tells the story on a terminal: who did what, who saw what, and what changed in the tenant. Never a pass. */
export async function createTeller(
  client: Client,
  write: (line: string) => void,
): Promise<Listener & { end(): Promise<void> }> {
  const people = new Map((await client.people()).map((person) => [person.id, person]));
  const byKey = new Map([...people.values()].map((person) => [person.key, person]));
  let codes: string[] = [];
  let seen = Math.max(0, ...(await client.records()).teams.map(({ seq }) => seq));
  let number = 0;
  const shown = new Map<string, readonly string[]>();

  const name = (key: string) => byKey.get(key)?.displayName.split(' ').slice(0, 2).join(' ') ?? key;
  const line = (mark: string, who: string, what: string) => write(`   ${mark} ${who.padEnd(14)} ${what}`);

  /** A line that holds a pass in any form is replaced by what it is. */
  const safe = (text: string): string => {
    const code = codes.find((each) => formsFound(text, each).length > 0);
    return code ? `(here stands the pass: ${[...code].length} characters, on this screen only)` : shorten(text);
  };

  async function news(): Promise<void> {
    codes = (await client.passes()).map(({ code }) => code);
    const records = await client.records();
    const since = <T extends { seq: number }>(list: readonly T[]) => list.filter(({ seq }) => seq > seen);
    for (const record of since(records.teams)) tellMessage(record);
    for (const record of since(records.tenant)) line('*', 'tenant', inWords(record, people));
    seen = Math.max(seen, ...lastOf(records));
  }

  /** A new card by its first lines; a changed one by what is new on it. */
  function tellMessage(record: TeamsRecord): void {
    if (record.kind !== 'sent' && record.kind !== 'edited') return;
    const now = textOfActivity(record.activity);
    const before = shown.get(record.messageId) ?? [];
    shown.set(record.messageId, now);
    const fresh = now.filter((text) => !before.includes(text));
    const [first, ...rest] = record.kind === 'edited' ? fresh : now;
    if (!first) return;
    const who = shorten(record.readers.map(name).join(', '), 30);
    line('<', who, `${record.kind === 'edited' ? 'card changes: ' : 'sees: '}${safe(first)}`);
    for (const text of rest.slice(0, 3)) line(' ', '', `  ${safe(text)}`);
  }

  return {
    async step(title) {
      await settled(client);
      await news();
      write('');
      write(`${++number}. ${title}`);
    },
    async did(who, what) {
      await news();
      line('>', name(who), what);
    },
    page(who, device, page) {
      const stopped = page.stopped;
      line(
        '=',
        `${name(who).split(' ')[0]}'s ${device}`,
        `${page.title}${page.text[0] && !stopped ? `: ${shorten(page.text[0])}` : ''}`,
      );
      if (stopped) {
        line(' ', '', `  ${shorten(stopped.message)}`);
        line(
          ' ',
          '',
          `  (${stopped.symptom}${stopped.errorCode ? `, ${stopped.errorCode}` : ''}${stopped.policy ? `, ${stopped.policy.displayName}` : ''})`,
        );
      }
    },
    async answer(who, reaction: Reaction) {
      codes = (await client.passes()).map(({ code }) => code);
      const lines = reaction.card ? linesOf(reaction.card) : [reaction.words];
      for (const [index, text] of lines.slice(0, 4).entries()) {
        if (text)
          line(
            index === 0 ? '<' : ' ',
            index === 0 ? name(who) : '',
            index === 0 ? `alone sees: ${safe(text)}` : `  ${safe(text)}`,
          );
      }
    },
    proved(what) {
      line('+', '', what);
    },
    async end() {
      await settled(client);
      await news();
    },
  };
}

/** Waits until nothing new is recorded for a moment, so that what belongs to a step is told with it. */
async function settled(client: Client): Promise<void> {
  let before = -1;
  for (let tries = 0; tries < 8; tries++) {
    const last = Math.max(0, ...lastOf(await client.records()));
    if (last === before) return;
    before = last;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const lastOf = (records: Records): number[] => [...records.teams, ...records.tenant].map(({ seq }) => seq);

function textOfActivity(activity: unknown): string[] {
  const { text, attachments } = activity as { text?: string; attachments?: { content?: unknown }[] };
  return [text ?? '', ...(attachments ?? []).flatMap(({ content }) => linesOf(content))].filter(Boolean);
}

function inWords(record: TenantRecord, people: ReadonlyMap<string, PersonCard>): string {
  const who = 'userId' in record ? (people.get(record.userId)?.displayName ?? record.userId) : '';
  const by = record.actor.startsWith('app:')
    ? 'by Onboard'
    : record.actor.startsWith('user:')
      ? 'by themselves'
      : `by ${record.actor}`;
  switch (record.kind) {
    case 'member-added':
      return `${who} is in the onboarding group (${by})`;
    case 'member-removed':
      return `${who} is out of the onboarding group (${by})`;
    case 'pass-created':
      return `a pass for ${who}: ${record.lifetimeMinutes} minutes, ${record.usableOnce ? 'usable once' : 'usable several times'} (${by})`;
    case 'pass-deleted':
    case 'pass-replaced':
    case 'pass-expired':
      return `the pass of ${who} is ${record.kind.slice(5)} (${by})`;
    case 'method-added':
      return `${who} has a new method: ${record.methodKind}${record.passkeyType ? `, ${record.passkeyType}` : ''} (${by})`;
    case 'method-removed':
      return `${who} has lost a method: ${record.methodKind} (${by})`;
    case 'sessions-revoked':
      return `sessions of ${who} are revoked (${by})`;
    case 'person-changed':
      return `${who} was changed (${by}): ${Object.keys(record.change).join(', ')}`;
    case 'policy-changed':
      return `a policy was changed (${by})`;
    case 'group-changed':
      return `a group was changed (${by}): ${Object.keys(record.change).join(', ')}`;
  }
}

function shorten(text: string, longest = LONGEST): string {
  const one = text.replace(/\s+/g, ' ').trim();
  return one.length > longest ? `${one.slice(0, longest - 3)}...` : one;
}
