import type { Clock } from '../../bot/clock';
import type { Lane, Tenant, TenantError } from '../../bot/workflow/tenant';
import { createTenant, type GraphSettings } from '../../graph';
import type { Credential } from '../../graph/credential';

export const GROUP = '11111111-1111-4111-8111-111111111111';
export const JANE = '22222222-2222-4222-8222-222222222222';
export const MO = '33333333-3333-4333-8333-333333333333';
export const BASE = 'https://graph.test:8443';

export interface Seen {
  readonly method: string;
  /** As it went over the wire, without the origin: `/v1.0/users/...?$select=...` */
  readonly path: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Said {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one request; `undefined` hangs until the request is aborted. */
export type Script = (seen: Seen, count: number) => Said | undefined | Promise<Said | undefined>;

export interface Fake {
  readonly tenant: Tenant;
  readonly seen: Seen[];
  readonly slept: number[];
  readonly logged: string[];
  readonly tokens: { scope: string; not?: string }[];
  advance(ms: number): void;
}

export interface FakeOptions {
  readonly credential?: Credential;
  /** `by part`: the script is asked for each part of a batch, as if it had come alone; `whole`: it sees the batch. */
  readonly batches?: 'by part' | 'whole';
  readonly lane?: Lane;
}

export const DATE = 'Mon, 23 Nov 2026 09:00:00 GMT';

/** The product's own Tenant over the real SDK, with only the wire, the clock and the credential replaced. */
export function fake(
  script: Script,
  settings: Partial<GraphSettings> = {},
  { credential, batches = 'by part', lane }: FakeOptions = {},
): Fake {
  const seen: Seen[] = [];
  const slept: number[] = [];
  const logged: string[] = [];
  const tokens: Fake['tokens'] = [];
  let now = Date.parse(DATE);
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
  const log = (fields: object, message: string) => void logged.push(JSON.stringify(fields) + message);
  const counting: Credential = {
    tokenFor: async (scope, { not } = {}) => {
      tokens.push({ scope, ...(not ? { not } : {}) });
      return not ? 'token-2' : 'token-1';
    },
  };
  const ask = async (request: Seen) => {
    seen.push(request);
    return script(request, seen.length);
  };

  /** Graph's answer to a batch, from what the script says to its parts; nothing when one of them hangs. */
  async function byPart({ body, url, headers }: Seen): Promise<Said | undefined> {
    const { requests } = body as {
      requests: { id: string; method: string; url: string; headers?: object; body?: unknown }[];
    };
    const responses = [];
    for (const part of requests) {
      const address = new URL(`${url.origin}/v1.0${part.url}`);
      const own = new Headers({ ...Object.fromEntries(headers), ...part.headers });
      const path = address.pathname + address.search;
      const said = await ask({ method: part.method, path, url: address, headers: own, body: part.body });
      if (!said) return undefined;
      responses.push({ id: part.id, status: said.status ?? 200, headers: said.headers ?? {}, body: said.body });
    }
    return { body: { responses: responses.reverse() } };
  }

  const whole = createTenant(
    {
      tenantId: GROUP,
      clientId: GROUP,
      credential: { kind: 'secret', secret: 'unused' },
      graphBaseUrl: BASE,
      onboardingGroupId: GROUP,
      ...settings,
    },
    { debug: log, warn: log },
    {
      clock,
      credential: credential ?? counting,
      fetch: async (input, init) => {
        const url = new URL(String(input));
        const request: Seen = {
          method: init?.method ?? 'GET',
          path: url.pathname + url.search,
          url,
          headers: new Headers(init?.headers),
          body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
        };
        const said =
          batches === 'by part' && url.pathname.endsWith('/$batch') ? await byPart(request) : await ask(request);
        if (said) return respond(said);
        return new Promise((_, reject) => {
          const abort = () => reject(new DOMException('aborted', 'AbortError'));
          if (init?.signal?.aborted) abort();
          init?.signal?.addEventListener('abort', abort);
        });
      },
    },
  );
  const tenant = (lane && whole.inLane?.(lane)) ?? whole;
  return {
    tenant,
    seen,
    slept,
    logged,
    tokens,
    advance: (ms) => {
      now += ms;
    },
  };
}

function respond({ status = 200, body, headers }: Said): Response {
  const payload = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(payload, { status, headers: { date: DATE, ...headers } });
}

export function graphError(
  status: number,
  code: string,
  message = 'words',
  headers: Record<string, string> = {},
): Said {
  return { status, headers, body: { error: { code, message, innerError: { 'request-id': 'req-1', date: DATE } } } };
}

export const notFound = graphError(404, 'Request_ResourceNotFound', "Resource 'x' does not exist.");

/** The error that a call ends with. */
export async function failureOf(work: Promise<unknown>): Promise<TenantError> {
  const error = await work.then(
    (value) => {
      throw new Error(`expected a failure, got ${JSON.stringify(value)}`);
    },
    (caught: unknown) => caught as TenantError,
  );
  expect(error.name).toBe('TenantError');
  return error;
}

/** A network failure as Node's fetch reports it. */
export function networkError(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
