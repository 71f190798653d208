import type {
  Behaviour,
  ByHand,
  ClickCard,
  Clicked,
  Device,
  Info,
  Page,
  PassCode,
  PersonCard,
  Said,
  Say,
  Screen,
  WatchdogRound,
} from '../contract';
import type { LedgerView, TenantPanel } from '../page-server-types';

/** The playground said no; the message is its own sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as T;
  let message = `The playground answered ${answer.status}.`;
  try {
    message = (JSON.parse(text) as { error: { message: string } }).error.message;
  } catch {
    // Not one of its own answers; the status has to do.
  }
  throw new Refused(answer.status, message);
}

const get = <T>(path: string): Promise<T> => call<T>('GET', path);
const post = <T>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body);
const inTeams = (key: string, what: string) => `/teams/script/people/${encodeURIComponent(key)}/${what}`;
const device = (key: string, which: Device) => `/people/${encodeURIComponent(key)}/${which}`;

/** One person of `GET /teams/script/people`, as far as the page needs it. */
export interface RosterEntry {
  readonly key: string;
  readonly conversations: readonly { readonly id: string }[];
}

/** The playground's script API, as the page uses it. Every call may throw Refused, or TypeError when nobody answers. */
export const api = {
  info: () => get<Info>('/control/info'),
  people: () => get<PersonCard[]>('/people'),
  /** Who there is in Teams, and in which conversations. */
  roster: () => get<RosterEntry[]>('/teams/script/people'),
  panel: () => get<TenantPanel>('/control/tenant-panel'),
  ledger: () => get<LedgerView>('/control/ledger'),
  passes: () => get<PassCode[]>('/control/passes'),
  records: () => get<unknown>('/control/records'),
  behave: (behaviour: Partial<Behaviour>) => post<Behaviour>('/control/behaviour', behaviour),
  advance: (ms: number) => post<unknown>('/control/clock', { advanceMs: ms }),
  product: (what: 'kill' | 'start') => post<{ ready: boolean }>('/control/product', { do: what }),
  reset: () => post<unknown>('/control/reset', {}),
  byHand: (deed: ByHand) => post<unknown>('/control/admin', deed),
  watchdog: () => post<WatchdogRound>('/control/watchdog', {}),
  screen: (key: string) => get<Screen>(inTeams(key, 'screen')),
  open: (key: string, conversation: string) => post<Screen>(inTeams(key, 'open'), { conversation }),
  say: (key: string, say: Say) => post<Said>(inTeams(key, 'message'), say),
  click: (key: string, click: ClickCard) => post<Clicked>(inTeams(key, 'click'), click),
  look: (key: string, which: Device) => get<Page>(device(key, which)),
  press: (key: string, which: Device, press: string, fields: Readonly<Record<string, unknown>>) =>
    post<Page>(device(key, which), { press, fields }),
};
