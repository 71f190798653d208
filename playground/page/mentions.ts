import type { PersonCard, Say } from '../contract';

/** The word with `@` that ends at the caret, without the `@`; null when there is none. */
export function mentionAt(text: string, caret: number): string | null {
  return /(?:^|\s)@([^\s@]*)$/.exec(text.slice(0, caret))?.[1] ?? null;
}

/** Puts a chosen name in the place of the word that ends at the caret. */
export function completeMention(
  text: string,
  caret: number,
  name: string,
): { readonly text: string; readonly caret: number } {
  const before = text.slice(0, caret).replace(/@[^\s@]*$/, `@${name} `);
  return { text: before + text.slice(caret), caret: before.length };
}

/**
 * What is sent for what was typed. In a channel or group the bot hears only what begins with its name; in the chat with
 * the bot nobody else can be mentioned, and names are names. Elsewhere full names after `@` become mentions.
 */
export function sayOf(where: Say['in'], typed: string, people: readonly PersonCard[]): Say {
  const toBot = /^@onboard\b[,:]?\s*/i;
  let text = typed.trim();
  const mentionBot = toBot.test(text);
  if (where !== 'personal') text = text.replace(toBot, '');
  const mentions: string[] = [];
  for (const { key, displayName } of people) {
    if (!text.includes(`@${displayName}`)) continue;
    text = text.replaceAll(`@${displayName}`, where === 'personal' ? displayName : `<at>${key}</at>`);
    mentions.push(key);
  }
  if (where === 'personal') return { in: where, text };
  return { in: where, text, ...(mentions.length > 0 ? { mentions } : {}), mentionBot };
}
