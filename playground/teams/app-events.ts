import type { Activity } from './activity';
import type { Deliver } from './deliver';
import { fromTeams } from './inbound';
import { BOT_NAME, type Chat, type TeamsPerson, type World } from './world';

const RETRY_MS = { first: 250, most: 2_000 } as const;

interface AppEvent {
  readonly person: TeamsPerson;
  readonly chat: Chat;
  readonly part: Activity;
}

/**
 * What Teams tells a bot about its app: installed, taken away. At the start everybody has the app, and none of the news
 * has been delivered. News is kept in order until the bot has answered 2xx, so a product that is down, or comes up late,
 * misses none; what it has acknowledged is not sent again, so a restarted product must have remembered it.
 *
 * @param newsOf keys of those whose news is told at all, for tests that play the same short story hundreds of times
 */
export function createAppEvents(world: World, deliver: Deliver, newsOf?: readonly string[]) {
  const pending: AppEvent[] = [];
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let wait: number = RETRY_MS.first;

  function added(person: TeamsPerson, chat: Chat): AppEvent[] {
    const bot = { id: world.botMri, name: BOT_NAME };
    const eventType = chat.kind === 'channel' ? { eventType: 'teamMemberAdded' } : {};
    return [
      { person, chat, part: { type: 'installationUpdate', action: 'add' } },
      { person, chat, part: { type: 'conversationUpdate', membersAdded: [bot], channelData: eventType } },
    ];
  }

  for (const person of world.people())
    if (newsOf?.includes(person.key) ?? true) pending.push(...added(person, world.personal(person.id)));
  for (const chat of newsOf ? [] : [world.channel, world.group]) {
    const [installer] = [...chat.members].flatMap((id) => world.personById(id) ?? []);
    if (installer) pending.push(...added(installer, chat));
  }

  async function sendAll(personId: string | undefined): Promise<void> {
    const refused = new Set<string>();
    for (const event of pending.filter((each) => personId === undefined || each.person.id === personId)) {
      const { person, chat, part } = event;
      if (refused.has(chat.id)) continue;
      const activity = fromTeams(world, person, chat, chat.id, deliver.serviceUrl(), part);
      const { status } = await deliver.send(activity);
      if (status === 0) return;
      if (status >= 200 && status < 300) pending.splice(pending.indexOf(event), 1);
      else refused.add(chat.id);
    }
  }

  /**
   * Sends what is pending, of one person or of all, in order. What the bot refuses holds up its own chat alone; nobody
   * there at all ends the attempt.
   */
  function flush(personId?: string): Promise<void> {
    flushing = flushing.then(() => sendAll(personId));
    return flushing;
  }

  async function keepTrying(): Promise<void> {
    await flush();
    if (pending.length === 0 || timer === undefined) {
      timer = undefined;
      wait = RETRY_MS.first;
      return;
    }
    timer = setTimeout(() => void keepTrying(), wait);
    timer.unref();
    wait = Math.min(wait * 2, RETRY_MS.most);
  }

  /** Goes on in the background until everything is delivered; starting twice is starting once. */
  function start(): void {
    if (timer !== undefined || pending.length === 0) return;
    timer = setTimeout(() => void keepTrying(), 0);
    timer.unref();
  }

  return {
    flush,
    start,
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
    },
    pending: (): number => pending.length,
    install(person: TeamsPerson): Promise<void> {
      world.app(person.id).installed = true;
      pending.push(...added(person, world.personal(person.id)));
      start();
      return flush(person.id);
    },
    uninstall(person: TeamsPerson): Promise<void> {
      world.app(person.id).installed = false;
      const chat = world.personal(person.id);
      pending.push({ person, chat, part: { type: 'installationUpdate', action: 'remove' } });
      start();
      return flush(person.id);
    },
  };
}

export type AppEvents = ReturnType<typeof createAppEvents>;
