import { type Activity, cardOf, type Json } from './activity';
import { botMri, channelId, chatIdOf, groupChatId, mriOf, personalChatId } from './ids';

/** What Teams needs to know of a person. Read anew each time: people are renamed, join and leave. */
export interface TeamsPerson {
  readonly key: string;
  /** Entra object id. */
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** BCP 47, such as `de-DE`; en-US where the person has set none. */
  readonly locale: string | null;
  /** IANA zone of the person's client; Europe/London where none is given. */
  readonly timezone?: string;
}

export interface Chat {
  readonly id: string;
  readonly kind: 'personal' | 'channel' | 'group';
  readonly name: string;
  /** Object ids. */
  readonly members: ReadonlySet<string>;
  readonly messages: Message[];
  /** Object id -> messages by others since the person last opened the chat. */
  readonly unread: Map<string, number>;
}

export interface Message {
  readonly id: string;
  readonly chat: Chat;
  /** Conversation id as the bot knows it: in a channel the thread, elsewhere the chat's own id. */
  readonly conversation: string;
  readonly at: number;
  editedAt?: number;
  /** `bot`, or the object id of a person. */
  readonly from: string;
  activity: Activity;
  deleted: boolean;
  /** Counts the bot's edits, so that an answer to an older edit is told from one to the present. */
  edits: number;
  /** Object id -> the card that an invoke answered this person with. In the real client it lives on one device only. */
  readonly ownViews: Map<string, Json>;
  /** Object id -> when this person's client last had an answer, and to which edit. */
  readonly answered: Map<string, { readonly at: number; readonly edits: number }>;
}

/** The app in a person's personal scope. */
export interface AppState {
  installed: boolean;
  blocked: boolean;
}

export interface WorldOptions {
  readonly people: () => readonly TeamsPerson[];
  readonly tenantId: string;
  readonly botAppId: string;
  /** Keys of the members of the one channel and of the one group chat. Keys of nobody are left out. */
  readonly channelMembers: readonly string[];
  readonly groupMembers: readonly string[];
  readonly now: () => number;
}

export const CHANNEL_NAME = 'Helpdesk';
export const GROUP_NAME = 'Onboarding';
export const BOT_NAME = 'Onboard';

/** Who there is, which chats they are in, and what was written there. */
export function createWorld(options: WorldOptions) {
  const { tenantId, botAppId } = options;
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const apps = new Map<string, AppState>();
  let lastMessageId = 0;

  const person = (key: string) => options.people().find((each) => each.key === key);
  const personById = (id: string) => options.people().find((each) => each.id === id);
  const mri = (id: string) => mriOf(botAppId, id);
  /** By MRI or by object id: the connector takes both. */
  const personByAnyId = (id: string) =>
    personById(id) ?? (id.startsWith('29:') ? options.people().find((each) => mri(each.id) === id) : undefined);

  function addChat(id: string, kind: Chat['kind'], name: string, members: Iterable<string>): Chat {
    const chat: Chat = { id, kind, name, members: new Set(members), messages: [], unread: new Map() };
    chats.set(id, chat);
    return chat;
  }

  const idsOf = (keys: readonly string[]) => keys.flatMap((key) => person(key)?.id ?? []);
  const channel = addChat(channelId(tenantId, CHANNEL_NAME), 'channel', CHANNEL_NAME, idsOf(options.channelMembers));
  const group = addChat(groupChatId(tenantId, GROUP_NAME), 'group', GROUP_NAME, idsOf(options.groupMembers));

  function personal(id: string): Chat {
    const chatId = personalChatId(botAppId, id);
    return chats.get(chatId) ?? addChat(chatId, 'personal', BOT_NAME, [id]);
  }

  function app(id: string): AppState {
    let state = apps.get(id);
    if (!state) {
      state = { installed: true, blocked: false };
      apps.set(id, state);
    }
    return state;
  }

  /** Teams' message ids are times in milliseconds, never the same twice. */
  function newMessageId(): string {
    lastMessageId = Math.max(lastMessageId + 1, options.now());
    return String(lastMessageId);
  }

  function addMessage(chat: Chat, conversation: string, id: string, from: string, activity: Activity): Message {
    const message: Message = {
      id,
      chat,
      conversation,
      at: options.now(),
      from,
      activity,
      deleted: false,
      edits: 0,
      ownViews: new Map(),
      answered: new Map(),
    };
    chat.messages.push(message);
    messages.set(id, message);
    for (const member of chat.members) {
      if (member !== from) chat.unread.set(member, (chat.unread.get(member) ?? 0) + 1);
    }
    return message;
  }

  return {
    tenantId,
    botAppId,
    botMri: botMri(botAppId),
    channel,
    group,
    people: options.people,
    person,
    personById,
    personByAnyId,
    mri,
    app,
    personal,
    newMessageId,
    addMessage,
    now: options.now,
    /** The chat of a conversation or thread id. Personal chats exist as soon as there is the person. */
    chat(conversationId: string): Chat | undefined {
      const id = chatIdOf(conversationId);
      const known = chats.get(id);
      const root = conversationId.slice(id.length).replace(';messageid=', '');
      if (root !== '' && (known?.kind !== 'channel' || messages.get(root)?.chat !== known)) return undefined;
      if (known || !id.startsWith('a:')) return known;
      const owner = options.people().find((each) => personalChatId(botAppId, each.id) === id);
      return owner && personal(owner.id);
    },
    message: (id: string) => messages.get(id),
    chatsOf: (id: string): Chat[] => [personal(id), ...[channel, group].filter((chat) => chat.members.has(id))],
    /** Keys of those who can read a chat. */
    readers: (chat: Chat): string[] => [...chat.members].flatMap((id) => personById(id)?.key ?? []),
    /** The card as this person sees it. */
    cardFor: (message: Message, id: string): Json | undefined => message.ownViews.get(id) ?? cardOf(message.activity),
  };
}

export type World = ReturnType<typeof createWorld>;
