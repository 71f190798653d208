import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../../playground/clock';
import type { Behaviour, Clicked, Said, Screen, ScreenMessage } from '../../playground/contract';
import { dispatch, send } from '../../playground/http';
import { createJournal } from '../../playground/journal';
import { KIND_BEHAVIOUR } from '../../playground/kind-behaviour';
import { createTeams, type TeamsOptions, type TeamsPerson } from '../../playground/teams';
import type { Activity, Json } from '../../playground/teams/activity';
import { mriOf } from '../../playground/teams/ids';

export const APP = '11111111-1111-4111-8111-111111111111';
export const TENANT = '22222222-2222-4222-8222-222222222222';
export const TOKEN = 'token-of-the-bot';
export const KIND: Behaviour = KIND_BEHAVIOUR;

export const PEOPLE: readonly TeamsPerson[] = ['priya', 'mo', 'jane', 'mallory'].map((key, index) => ({
  key,
  id: `33333333-3333-4333-8333-00000000000${index}`,
  displayName: `${key[0]?.toUpperCase()}${key.slice(1)} Test`,
  userPrincipalName: `${key}@example.test`,
  locale: key === 'jane' ? 'de-DE' : null,
  ...(key === 'jane' ? { timezone: 'Europe/Berlin' } : {}),
}));

export const idOf = (key: string): string => PEOPLE.find((person) => person.key === key)?.id ?? '';
export const mri = (key: string): string => mriOf(APP, idOf(key));

export interface Received {
  readonly activity: Activity;
  readonly headers: IncomingMessage['headers'];
}

/** What the bot answers to one activity. `hang` never answers. */
export type BotAnswer = { readonly status: number; readonly body?: unknown } | 'hang';

export interface Answered<T = Json> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

async function bodyOf(raw: IncomingMessage): Promise<Activity> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Activity;
}

/** Teams on a port, and in front of it a bot whose answers the test decides. */
export async function createStage(options: Partial<TeamsOptions> = {}) {
  const clock = options.clock ?? createClock();
  const journal = createJournal(clock);
  const received: Received[] = [];
  let behaviour = KIND;
  let base = '';
  let answer: (activity: Activity) => BotAnswer | Promise<BotAnswer> = () => ({ status: 200 });

  const bot = createServer(async (raw: IncomingMessage, res: ServerResponse) => {
    const activity = await bodyOf(raw);
    received.push({ activity, headers: raw.headers });
    const reply = await answer(activity);
    if (reply !== 'hang') send(res, reply);
  });
  let botUrl = `http://127.0.0.1:${await listen(bot)}/api/messages`;

  const teams = createTeams({
    people: () => PEOPLE,
    tenantId: TENANT,
    botAppId: APP,
    journal,
    botEndpoint: () => botUrl,
    publicUrl: () => `${base}/teams/`,
    verifyBotToken: (bearer) => bearer === TOKEN,
    behaviour: () => behaviour,
    channelMembers: ['priya', 'mo', 'mallory', 'nobody'],
    groupMembers: ['priya', 'mo'],
    ...options,
    clock,
  });
  const server = createServer((raw, res) => void dispatch(teams.routes, raw, res).then((done) => done || res.end()));
  base = `http://127.0.0.1:${await listen(server)}`;

  async function call<T = Json>(method: string, path: string, body?: unknown, token?: string): Promise<Answered<T>> {
    const res = await fetch(`${base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        connection: 'close',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await res.text();
    return { status: res.status, body: (text ? JSON.parse(text) : undefined) as T, headers: res.headers };
  }

  const connector = <T = Json>(method: string, path: string, body?: unknown) =>
    call<T>(method, `/teams/v3/conversations${path}`, body, TOKEN);
  const as = <T = Json>(key: string, what: string, body: unknown) =>
    call<T>('POST', `/teams/script/people/${key}/${what}`, body);
  const screen = async (key: string) => (await call<Screen>('GET', `/teams/script/people/${key}/screen`)).body;

  return {
    clock,
    journal,
    received,
    teams,
    call,
    connector,
    as,
    screen,
    url: () => base,
    say: async (key: string, text: string, more: Json = {}) =>
      (await as<Said>(key, 'message', { in: 'personal', text, ...more })).body,
    click: (key: string, messageId: string, verb: string, more: Json = {}) =>
      as<Clicked>(key, 'click', { messageId, verb, ...more }),
    open: async (key: string, conversation: string) => (await as<Screen>(key, 'open', { conversation })).body,
    /** Posts a message by the bot into a person's personal chat; answers its id. */
    async post(key: string, activity: Json): Promise<string> {
      const created = await connector('POST', '', { members: [{ id: mri(key) }] });
      const sent = await connector('POST', `/${encodeURIComponent(String(created.body.id))}/activities`, activity);
      await teams.idle();
      return String(sent.body?.id);
    },
    async messages(key: string, kind = 'personal'): Promise<readonly ScreenMessage[]> {
      return (await screen(key)).conversations.find((each) => each.kind === kind)?.messages ?? [];
    },
    chat: async (key: string, kind: string) =>
      (await screen(key)).conversations.find((each) => each.kind === kind)?.id ?? '',
    answers(next: (activity: Activity) => BotAnswer | Promise<BotAnswer>) {
      answer = next;
    },
    behaves(next: Partial<Behaviour>) {
      behaviour = { ...KIND, ...next };
    },
    botUrl: () => botUrl,
    botAt(url: string) {
      botUrl = url;
    },
    invokes: () => received.filter(({ activity }) => activity.type === 'invoke').map(({ activity }) => activity),
    async end() {
      teams.stop();
      await close(server);
      await close(bot);
    },
  };
}

export type Stage = Awaited<ReturnType<typeof createStage>>;

/** A clock that stands still until it is moved. */
export function stillClock() {
  let now = Date.UTC(2026, 0, 5, 9);
  return {
    now: () => now,
    offset: () => 0,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

/** A message that is one card. */
export const cardMessage = (body: unknown[], actions: unknown[] = [], more: Json = {}): Json => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card(body, actions, more) }],
});

export const card = (body: unknown[], actions: unknown[] = [], more: Json = {}): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  actions,
  ...more,
});

export const words = (text: string): Json => ({ type: 'TextBlock', text, wrap: true });
export const button = (verb: string, data: Json = {}, title = verb): Json => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
});
export const cardAnswer = (value: Json) => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value },
});
