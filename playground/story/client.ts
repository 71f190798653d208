import type {
  Behaviour,
  ClickCard,
  Clicked,
  Device,
  Info,
  KillAt,
  Page,
  PassCode,
  PersonCard,
  RawActivity,
  Records,
  Said,
  Say,
  Screen,
  ScreenMessage,
  Seen,
} from '../contract';
import { createHttp } from './http-client';
import { buttonsOf, linesOf } from './read-card';
import { waitFor } from './wait';

export type Where = Say['in'];

/** What a click was answered with: a card of one's own, words, or neither. */
export interface Reaction extends Clicked {
  readonly card?: unknown;
  readonly words: string;
}

/** The playground, as a script sees it. Everything goes over HTTP. */
export function createClient(url: string) {
  const http = createHttp(url);
  return {
    url,
    info: () => http.get<Info>('/control/info'),
    records: () => http.get<Records>('/control/records'),
    passes: () => http.get<PassCode[]>('/control/passes'),
    behave: (behaviour: Partial<Behaviour>) => http.post<Behaviour>('/control/behaviour', behaviour),
    advance: (ms: number) => http.post<unknown>('/control/clock', { advanceMs: ms }),
    product: (what: 'kill' | 'start' | 'stop', instance?: number) =>
      http.post<{ ready: boolean; pid: number | null }>('/control/product', {
        do: what,
        ...(instance === undefined ? {} : { instance }),
      }),
    killAt: (at: KillAt | null) => http.post<unknown>('/control/kill-at', { at }),
    env: () => http.get<Readonly<Record<string, string>>>('/control/env'),
    seen: () => http.get<Seen>('/control/seen'),
    people: () => http.get<PersonCard[]>('/people'),
    raw: (activity: RawActivity) => http.post<{ status: number; body: unknown }>('/teams/script/raw', activity),
    person: (key: string) => createPerson(http, key),
  };
}

export type Client = ReturnType<typeof createClient>;
export type Person = ReturnType<typeof createPerson>;

type Http = ReturnType<typeof createHttp>;

function createPerson(http: Http, key: string) {
  const at = `/teams/script/people/${encodeURIComponent(key)}`;
  const screen = () => http.get<Screen>(`${at}/screen`);

  /** What Onboard sent to this person, oldest first. */
  async function messages(where?: Where): Promise<ScreenMessage[]> {
    const { conversations } = await screen();
    return conversations
      .filter(({ kind }) => where === undefined || kind === where)
      .flatMap((conversation) => conversation.messages)
      .filter(({ from }) => from === 'bot')
      .sort((a, b) => Number(a.id) - Number(b.id));
  }

  const found = async (words: RegExp | string, where?: Where) =>
    (await messages(where)).findLast((message) => says(message, words));

  /** The newest message that says this, whatever arrived since. */
  const see = (words: RegExp | string, limitMs?: number) =>
    waitFor(
      `${key} sees ${words}`,
      () => found(words),
      limitMs,
      async () => (await messages()).map((message) => textOf(message).split('\n')[0]).join(' / '),
    );

  async function messageWith(button: string | RegExp): Promise<ScreenMessage | undefined> {
    return (await messages()).findLast((message) => buttonsOf(message.card).some((each) => isButton(each, button)));
  }

  /** Presses a button by its title or verb on the newest card that has it; waits for such a card to come. */
  async function click(button: string | RegExp, inputs?: Record<string, string>, more: Partial<ClickCard> = {}) {
    const message = await waitFor(
      `${key} has a button ${button}`,
      () => messageWith(button),
      15_000,
      async () => (await messages()).flatMap(({ card }) => buttonsOf(card).map(({ title }) => title)).join(', '),
    );
    const pressed = buttonsOf(message.card).find((each) => isButton(each, button));
    if (!pressed) throw new Error(`${key} has no button ${button}`);
    return clickOn({
      messageId: message.id,
      verb: pressed.verb,
      title: pressed.title,
      ...(inputs ? { inputs } : {}),
      ...more,
    });
  }

  async function clickOn(what: ClickCard): Promise<Reaction> {
    const clicked = await http.post<Clicked>(`${at}/click`, what);
    const body = clicked.body as { type?: string; value?: unknown } | undefined;
    const card = body?.type?.endsWith('card.adaptive') ? body.value : undefined;
    const words = card ? linesOf(card).join('\n') : wordsOf(body?.value);
    return { ...clicked, ...(card ? { card } : {}), words };
  }

  function device(which: Device) {
    const path = `/people/${encodeURIComponent(key)}/${which}`;
    return {
      look: () => http.get<Page>(path),
      press: (press: string, fields?: Record<string, unknown>) =>
        http.post<Page>(path, { press, ...(fields ? { fields } : {}) }),
    };
  }

  return {
    key,
    say: (text: string, where: Where = 'personal', more: Partial<Say> = {}) =>
      http.post<Said>(`${at}/message`, { in: where, text, ...more }),
    screen,
    messages,
    found,
    see,
    /** The message that has such a button, once there is one. */
    waitForButton: (button: string | RegExp) => waitFor(`${key} has a button ${button}`, () => messageWith(button)),
    messageWith,
    click,
    clickOn,
    open: (conversation: string) => http.post<Screen>(`${at}/open`, { conversation }),
    app: (what: 'install' | 'uninstall' | 'block' | 'unblock') => http.post<unknown>(`${at}/app`, { do: what }),
    computer: device('computer'),
    phone: device('phone'),
  };
}

/** What a client shows of an answer that is no card: the words, or the message of an error. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : undefined;
  return typeof message === 'string' ? message : '';
}

const isButton = (button: { title: string; verb: string }, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? button.title === wanted || button.verb === wanted : wanted.test(button.title);

/** What a message says to the one who looks at it. */
export function textOf(message: ScreenMessage): string {
  return [message.text ?? '', ...linesOf(message.card)].filter(Boolean).join('\n');
}

const says = (message: ScreenMessage, words: RegExp | string): boolean =>
  typeof words === 'string' ? textOf(message).includes(words) : words.test(textOf(message));
