import type { Journal } from '../journal';
import type { Activity } from './activity';
import { threadId } from './ids';
import { splitOutbound } from './outbound';
import type { Refresh } from './refresh';
import type { Chat, Message, World } from './world';

/** What a bot's accepted write does to the chats, to the records and to the clients that look on. */
export function createPosting(world: World, refresh: Refresh, journal: Journal) {
  function addOne(chat: Chat, conversation: string, activity: Activity, replyTo: string | undefined): Message {
    const id = world.newMessageId();
    // A message straight into a channel starts a thread of its own.
    const thread =
      chat.kind === 'channel' && conversation === chat.id ? threadId(chat.id, replyTo ?? id) : conversation;
    const message = world.addMessage(chat, thread, id, 'bot', activity);
    const readers = world.readers(chat);
    journal.addTeams({ kind: 'sent', conversation: thread, messageId: id, activity, readers });
    refresh.all(message);
    return message;
  }

  return {
    /** The new message's id; undefined for typing and for an activity that became two messages: Teams gives none. */
    post(chat: Chat, conversation: string, activity: Activity, replyTo: string | undefined): string | undefined {
      if (activity.type === 'typing') return undefined;
      const added = splitOutbound(activity).map((part) => addOne(chat, conversation, part, replyTo));
      return added.length === 1 ? added[0]?.id : undefined;
    },

    /** Everybody sees the new content at once: own views of the old one are gone, and clients ask for new ones. */
    edit(message: Message, activity: Activity): void {
      message.activity = activity;
      message.edits += 1;
      message.editedAt = world.now();
      message.ownViews.clear();
      const { id, conversation, chat } = message;
      journal.addTeams({ kind: 'edited', conversation, messageId: id, activity, readers: world.readers(chat) });
      refresh.all(message);
    },

    remove(message: Message): void {
      message.deleted = true;
      message.ownViews.clear();
      journal.addTeams({ kind: 'deleted', conversation: message.conversation, messageId: message.id });
    },
  };
}

export type Posting = ReturnType<typeof createPosting>;
