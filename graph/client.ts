import { randomUUID } from 'node:crypto';
import type { Clock } from '../bot/clock';
import { systemClock } from '../bot/clock';
import type { GraphBase } from './base-url';
import type { Answer, Call } from './call';
import type { Credential } from './credential';
import { deadline } from './deadline';
import { envelope, type Refusal, refused, type Silence, silent } from './errors';
import { exchange, type Received } from './exchange';
import { parseRetryAfter, waitBefore } from './retry';
import type { GraphLog, GraphSeams } from './settings';

/** Every call to Graph goes through `send`. A budget belongs here too. */
export interface GraphClient {
  readonly base: GraphBase;
  /** Throws TenantError for everything but a 2xx. */
  send(call: Call): Promise<Answer>;
}

export interface ClientParts {
  readonly base: GraphBase;
  readonly credential: Credential;
  readonly log: GraphLog;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly onRequest?: GraphSeams['onRequest'];
}

const DEFAULT_TIMEOUT = 10_000;

export function createClient({
  base,
  credential,
  log,
  fetch = globalThis.fetch,
  clock = systemClock,
  onRequest,
}: ClientParts) {
  async function send(call: Call): Promise<Answer> {
    const { signal, clear } = deadline(call.timeout ?? DEFAULT_TIMEOUT, call.signal);
    try {
      return await attempts(call, signal);
    } finally {
      clear();
    }
  }

  async function attempts(call: Call, signal: AbortSignal): Promise<Answer> {
    let stale: string | undefined;
    for (let attempt = 1; ; attempt++) {
      let token = '';
      const clientRequestId = randomUUID();
      const startedAt = performance.now();
      const received = await exchange({
        call,
        base,
        signal,
        fetch,
        clientRequestId,
        token: async () => {
          token = await credential.tokenFor(base.scope, { ...(stale ? { not: stale } : {}), signal });
          return token;
        },
      });
      const silence = 'silence' in received ? received.silence : undefined;
      const answer = 'silence' in received ? undefined : received;
      const status = answer?.status ?? 0;
      onRequest?.(call.operation, status, performance.now() - startedAt);
      log.debug({ operation: call.operation, attempt, status, clientRequestId }, 'graph');
      if (answer && status >= 200 && status < 300) return toAnswer(answer);

      const failure = answer ? toRefusal(answer, clock.now()) : (silence as Silence);
      // Refused before it was looked at, whatever the kind of call: one fresh token, once.
      if (status === 401 && !stale) {
        stale = token;
        continue;
      }
      const wait = signal.aborted ? undefined : waitBefore(attempt + 1, call.repeat, failure);
      if (wait !== undefined) await clock.sleep(wait, signal);
      if (wait === undefined || signal.aborted) {
        const error = 'sent' in failure ? silent(call, failure) : refused(call, failure);
        log.warn(
          { operation: call.operation, code: error.code, ...error.detail, clientRequestId },
          'graph call failed',
        );
        throw error;
      }
    }
  }

  return { base, send } satisfies GraphClient;
}

function toAnswer(received: Received): Answer {
  return { status: received.status, body: parse(received.text), tenantTime: dateOf(received.headers) };
}

function toRefusal(received: Received, now: number): Refusal {
  const said = envelope(parse(received.text));
  const requestId = said.requestId ?? received.headers.get('request-id') ?? undefined;
  const retryAfter = parseRetryAfter(received.headers.get('retry-after'), dateOf(received.headers) ?? now);
  return {
    status: received.status,
    ...said,
    ...(requestId && /^[\w-]{1,80}$/.test(requestId) ? { requestId } : {}),
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  };
}

function dateOf(headers: Headers): number | undefined {
  const parsed = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
