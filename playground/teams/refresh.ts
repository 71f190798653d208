import { isObject, type Json, listOf } from './activity';
import type { SendInvoke } from './invoke';
import type { Message, TeamsPerson, World } from './world';

/** A client asks again only when its last answer is older than this, or the bot has edited the message since. */
const FRESH_MS = 60_000;

/** A card may list this many people; in conversations of up to as many, a card that lists nobody means everybody. */
const MAX_USERS = 60;

/** At most so many refreshes wait; what comes on top is dropped, as a client that is not looking would. */
const MAX_WAITING = 200;
const AT_ONCE = 2;

/** The refresh action of a card if it is one that Teams carries out by itself for this person. */
export function automaticRefresh(card: Json | undefined, mri: string, members: number): Json | null {
  const refresh = card?.refresh;
  if (!card || !isObject(refresh) || !isObject(refresh.action)) return null;
  if (Number(card.version) < 1.4 || typeof refresh.action.verb !== 'string') return null;
  if (refresh.userIds === undefined) return members <= MAX_USERS ? refresh.action : null;
  return listOf(refresh.userIds).slice(0, MAX_USERS).includes(mri) ? refresh.action : null;
}

/** Brings people's own views up to date, as their clients do when a message comes, changes or is looked at. */
export function createRefresh(world: World, invoke: SendInvoke) {
  const waiting: { message: Message; person: TeamsPerson }[] = [];
  let running = 0;
  let whenIdle: (() => void)[] = [];

  /** Asks the bot for this person's view if the rules say so. */
  async function refresh(message: Message, person: TeamsPerson): Promise<void> {
    const { chat } = message;
    if (message.deleted || message.from !== 'bot' || !chat.members.has(person.id)) return;
    if (chat.kind === 'personal' && (!world.app(person.id).installed || world.app(person.id).blocked)) return;
    const last = message.answered.get(person.id);
    if (last && last.edits === message.edits && world.now() - last.at < FRESH_MS) return;
    const action = automaticRefresh(world.cardFor(message, person.id), world.mri(person.id), chat.members.size);
    if (!action) return;
    await invoke({
      person,
      messageId: message.id,
      chat,
      conversation: message.conversation,
      message,
      action: {
        ...(typeof action.id === 'string' ? { id: action.id } : {}),
        verb: action.verb as string,
        data: isObject(action.data) ? action.data : {},
      },
      trigger: 'automatic',
      forged: false,
    });
  }

  function next(): void {
    while (running < AT_ONCE) {
      const job = waiting.shift();
      if (!job) break;
      running += 1;
      // The bot first gets the answer to the request that caused this; it may only know the message's id from there.
      setImmediate(() => {
        const done = () => {
          running -= 1;
          next();
        };
        void refresh(job.message, job.person).then(done, done);
      });
    }
    if (running > 0) return;
    for (const done of whenIdle) done();
    whenIdle = [];
  }

  return {
    refresh,
    /** For everybody in the chat: a message came or changed. Returns at once. */
    all(message: Message): void {
      for (const id of message.chat.members) {
        const person = world.personById(id);
        const listed = waiting.some((job) => job.message === message && job.person.id === id);
        if (!person || listed || waiting.length >= MAX_WAITING) continue;
        if (automaticRefresh(world.cardFor(message, id), world.mri(id), message.chat.members.size)) {
          waiting.push({ message, person });
        }
      }
      next();
    },
    /** Resolves when no refresh is under way. */
    idle: (): Promise<void> =>
      running === 0 && waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve)),
  };
}

export type Refresh = ReturnType<typeof createRefresh>;
