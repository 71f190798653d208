import type { Clicked, RawActivity, Said, Say, Screen } from '../contract';
import type { Handler, Reply, Request, Route } from '../http';
import type { Journal } from '../journal';
import { type Activity, isObject } from './activity';
import type { AppEvents } from './app-events';
import { clickToInvoke } from './click';
import type { Deliver } from './deliver';
import { fromTeams } from './inbound';
import type { SendInvoke } from './invoke';
import type { Refresh } from './refresh';
import { Refusal } from './refusal';
import { write } from './say';
import { screenOf } from './screen';
import { clickOf, rawOf, sayOf } from './script-input';
import type { Toasts } from './toasts';
import type { TeamsPerson, World } from './world';

export interface ScriptOptions {
  readonly world: World;
  readonly deliver: Deliver;
  readonly invoke: SendInvoke;
  readonly refresh: Refresh;
  readonly appEvents: AppEvents;
  readonly toasts: Toasts;
  readonly journal: Journal;
}

/** How tests, the story and the page act as people: everything a client can do, and a few things a forged one can. */
export function createScript(options: ScriptOptions) {
  const { world, deliver, invoke, refresh, appEvents, toasts, journal } = options;

  async function say(person: TeamsPerson, what: Say): Promise<Said> {
    const written = write(world, person, what);
    const { chat, conversation, id, part, forBot } = written;
    world.addMessage(chat, conversation, id, person.id, part);
    let status = 0;
    if (forBot) {
      await appEvents.flush(person.id);
      const activity = fromTeams(world, person, chat, conversation, deliver.serviceUrl(), part);
      status = (await deliver.send(activity)).status;
    }
    journal.addTeams({ kind: 'said', by: person.key, conversation, text: part.text ?? '', status });
    return { activityId: id, conversation, status };
  }

  async function click(person: TeamsPerson, body: unknown): Promise<Clicked> {
    const sent = clickToInvoke(world, person, clickOf(body));
    await appEvents.flush(person.id);
    const { status, body: answer, elapsedMs } = await invoke(sent);
    return { status, body: answer, elapsedMs };
  }

  /** Brings a chat to the front: nothing is unread any more, and the cards in it that want to be refreshed are. */
  async function open(person: TeamsPerson, conversation: unknown): Promise<Screen> {
    const chats = world.chatsOf(person.id);
    const wanted = typeof conversation === 'string' ? conversation.split(';')[0] : undefined;
    const chat = chats.find((each) => each.id === wanted || each.kind === wanted);
    if (!chat) throw new Refusal(404, 'NoSuchConversation', `${person.key} has no such conversation.`);
    chat.unread.set(person.id, 0);
    for (const message of chat.messages.slice(-30)) await refresh.refresh(message, person);
    return screenOf(world, toasts, person);
  }

  async function app(person: TeamsPerson, what: unknown): Promise<{ installed: boolean; blocked: boolean }> {
    const state = world.app(person.id);
    if (what === 'install') await appEvents.install(person);
    else if (what === 'uninstall') await appEvents.uninstall(person);
    else if (what === 'block') state.blocked = true;
    else if (what === 'unblock') state.blocked = false;
    else throw new Refusal(400, 'BadRequest', 'do is install, uninstall, block or unblock.');
    return { ...state };
  }

  async function raw(body: unknown): Promise<{ status: number; body: unknown }> {
    const { activity, sign }: RawActivity = rawOf(body);
    const posted = await deliver.send(activity as Activity, undefined, sign);
    return { status: posted.status, body: posted.body };
  }

  const people = () =>
    world.people().map((person) => ({
      key: person.key,
      id: person.id,
      displayName: person.displayName,
      userPrincipalName: person.userPrincipalName,
      mri: world.mri(person.id),
      app: { ...world.app(person.id) },
      conversations: world.chatsOf(person.id).map(({ id, kind, name }) => ({ id, kind, name })),
    }));

  return { say, click, open, app, raw, people, screen: (person: TeamsPerson) => screenOf(world, toasts, person) };
}

/** The routes under /teams/script. What no client could do is answered 4xx with `{error: {code, message}}`. */
export function scriptRoutes(options: ScriptOptions): Route[] {
  const { world, appEvents } = options;
  const script = createScript(options);

  const answering =
    (act: (request: Request) => unknown): Handler =>
    async (request): Promise<Reply> => {
      try {
        return { status: 200, body: await act(request) };
      } catch (error) {
        if (error instanceof Refusal) return error.reply();
        throw error;
      }
    };

  const asPerson = (act: (person: TeamsPerson, body: unknown) => unknown): Handler =>
    answering((request) => {
      const person = world.person(request.params.key ?? '');
      if (!person) throw new Refusal(404, 'NoSuchPerson', `There is nobody called ${request.params.key ?? ''}.`);
      return act(person, request.body);
    });

  const field = (body: unknown, name: string): unknown => (isObject(body) ? body[name] : undefined);
  const of = (what: string): RegExp => new RegExp(`^/teams/script/people/(?<key>[^/]+)/${what}$`);

  return [
    { method: 'GET', pattern: /^\/teams\/script\/people$/, handler: answering(() => script.people()) },
    { method: 'GET', pattern: of('screen'), handler: asPerson((person) => script.screen(person)) },
    { method: 'POST', pattern: of('message'), handler: asPerson((person, body) => script.say(person, sayOf(body))) },
    { method: 'POST', pattern: of('click'), handler: asPerson((person, body) => script.click(person, body)) },
    {
      method: 'POST',
      pattern: of('open'),
      handler: asPerson((person, body) => script.open(person, field(body, 'conversation'))),
    },
    { method: 'POST', pattern: of('app'), handler: asPerson((person, body) => script.app(person, field(body, 'do'))) },
    { method: 'POST', pattern: /^\/teams\/script\/raw$/, handler: answering((request) => script.raw(request.body)) },
    {
      method: 'POST',
      pattern: /^\/teams\/script\/start$/,
      handler: answering(async () => {
        appEvents.start();
        await appEvents.flush();
        return { pending: appEvents.pending() };
      }),
    },
  ];
}
