import type { Say } from '../contract';
import type { Activity } from './activity';
import { threadId } from './ids';
import { Refusal } from './refusal';
import { BOT_NAME, type Chat, type TeamsPerson, type World } from './world';

/** What a person wrote, ready to be shown in the chat and, if it is for the bot, to be delivered. */
export interface Written {
  readonly chat: Chat;
  readonly conversation: string;
  readonly id: string;
  readonly part: Activity;
  /** In a channel or a group, a bot is only given what mentions it. */
  readonly forBot: boolean;
}

const mention = (id: string, name: string) => ({
  type: 'mention',
  mentioned: { id, name },
  text: `<at>${name}</at>`,
});

function chatFor(world: World, person: TeamsPerson, where: Say['in']): Chat {
  if (where === 'personal') {
    const { installed, blocked } = world.app(person.id);
    if (!installed || blocked) throw new Refusal(409, 'NoApp', `${person.key} has no chat with the app.`);
    return world.personal(person.id);
  }
  const chat = where === 'channel' ? world.channel : world.group;
  if (!chat.members.has(person.id)) throw new Refusal(403, 'NotAMember', `${person.key} is not in the ${where}.`);
  return chat;
}

/**
 * The bot is mentioned first, as people do. Each mentioned person takes the place of `<at>key</at>` in the text, or
 * stands at its end. Mentions carry MRIs and names, never object ids. Throws a Refusal.
 */
export function write(world: World, person: TeamsPerson, say: Say): Written {
  const chat = chatFor(world, person, say.in);
  const forBot = chat.kind === 'personal' || say.mentionBot !== false;
  const entities: unknown[] = [];
  let text = say.text;
  for (const key of say.mentions ?? []) {
    const mentioned = world.person(key);
    if (!mentioned) throw new Refusal(404, 'NoSuchPerson', `There is nobody called ${key}.`);
    const mark = mention(world.mri(mentioned.id), mentioned.displayName);
    const place = `<at>${key}</at>`;
    text = text.includes(place) ? text.split(place).join(mark.text) : `${text} ${mark.text}`;
    entities.push(mark);
  }
  if (chat.kind !== 'personal' && forBot) {
    const mark = mention(world.botMri, BOT_NAME);
    text = `${mark.text} ${text}`;
    entities.unshift(mark);
  }
  const id = world.newMessageId();
  const conversation = chat.kind === 'channel' ? threadId(chat.id, id) : chat.id;
  return { chat, conversation, id, part: { type: 'message', id, textFormat: 'plain', text, entities }, forBot };
}
