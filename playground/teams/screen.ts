import type { Screen, ScreenConversation, ScreenMessage } from '../contract';
import type { Toasts } from './toasts';
import type { Chat, Message, TeamsPerson, World } from './world';

/** A client shows the latest of a long chat. */
const SHOWN = 200;

/** What this person sees in Teams now, in all chats that they are in, and nothing else. */
export function screenOf(world: World, toasts: Toasts, person: TeamsPerson): Screen {
  function messageOf(message: Message): ScreenMessage {
    const card = world.cardFor(message, person.id);
    const text = message.activity.text?.replace(/<\/?at>/g, '');
    return {
      id: message.id,
      at: message.at,
      ...(message.editedAt === undefined ? {} : { editedAt: message.editedAt }),
      from: message.from === 'bot' ? 'bot' : (world.personById(message.from)?.key ?? 'somebody'),
      ...(text ? { text } : {}),
      ...(card ? { card } : {}),
      ownView: message.ownViews.has(person.id),
    };
  }

  function conversationOf(chat: Chat): ScreenConversation {
    const messages = chat.messages.filter((message) => !message.deleted).slice(-SHOWN);
    return {
      id: chat.id,
      kind: chat.kind,
      name: chat.name,
      unread: chat.unread.get(person.id) ?? 0,
      messages: messages.map(messageOf),
    };
  }

  return {
    key: person.key,
    conversations: world.chatsOf(person.id).map(conversationOf),
    toasts: toasts.of(person.id),
  };
}
