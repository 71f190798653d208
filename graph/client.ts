import { randomUUID } from 'node:crypto';
import type { Clock } from '../bot/clock';
import { systemClock } from '../bot/clock';
import type { Lane } from '../bot/workflow/tenant';
import { mustBeAllowed } from './allowed';
import type { GraphBase } from './base-url';
import { type Budget, createBudget } from './budget';
import { type Answer, type Call, parse } from './call';
import type { Credential } from './credential';
import { deadline, READ_TIMEOUT } from './deadline';
import { envelope, type Refusal, refused, type Silence, silent, tenantError } from './errors';
import { exchange, type Received } from './exchange';
import { createGather, type Outcome, type Send } from './gather';
import { parseRetryAfter, waitBefore } from './retry';
import type { GraphLog, GraphSeams } from './settings';

/** Every call to Graph goes through `send`. */
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
  readonly budget?: Budget;
  readonly onRequest?: GraphSeams['onRequest'];
}

const DEFAULT_TIMEOUT = 10_000;

/** Clients of one tenant, one for each lane, with one budget. */
export function createClients({
  base,
  credential,
  log,
  fetch = globalThis.fetch,
  clock = systemClock,
  budget = createBudget(clock),
  onRequest,
}: ClientParts): (lane: Lane) => GraphClient {
  async function post(call: Call, token: string, signal: AbortSignal): Promise<Outcome> {
    const clientRequestId = randomUUID();
    const startedAt = performance.now();
    const outcome = await exchange({ call, base, signal, fetch, clientRequestId, token: async () => token });
    const status = 'silence' in outcome ? 0 : outcome.status;
    onRequest?.(call.operation, status, performance.now() - startedAt);
    log.debug({ operation: call.operation, status, clientRequestId }, 'graph');
    return { ...outcome, clientRequestId };
  }
  const together = createGather(budget, post);
  const alone: Send = async ({ call, token, lane, again, signal }) => {
    await budget.take(call, lane, again, signal);
    if (call.repeat !== 'read') return post(call, token, signal);
    const one = deadline(READ_TIMEOUT, signal);
    try {
      return await post(call, token, one.signal);
    } finally {
      one.clear();
    }
  };

  async function attempts(call: Call, lane: Lane, whole: AbortSignal): Promise<Answer> {
    // The parts of an exit must not wait for each other, so its reads go alone.
    const send = call.repeat === 'read' && (lane !== 'exit' || call.together) ? together : alone;
    let stale: string | undefined;
    for (let attempt = 1; ; attempt++) {
      const token = await credential.tokenFor(base.scope, { ...(stale ? { not: stale } : {}), signal: whole });
      const outcome = await send({ call, token, lane, again: attempt > 1, signal: whole });
      const { clientRequestId } = outcome;
      const failure = read(outcome, whole, clock.now());
      if (!('silence' in outcome)) {
        const retryAfter = failure && 'retryAfter' in failure ? failure.retryAfter : undefined;
        budget.heard(call.cost.service, outcome.status, pressureOf(outcome), retryAfter);
        if (!failure) return toAnswer(call, outcome);
      }
      if (!failure) throw new Error('silence is a failure');

      // Refused before it was looked at, whatever the kind of call: one fresh token, once.
      if ('status' in failure && failure.status === 401 && !stale) {
        stale = token;
        continue;
      }
      const wait = whole.aborted ? undefined : waitBefore(attempt + 1, call.repeat, failure);
      if (wait !== undefined) await clock.sleep(wait, whole);
      if (wait === undefined || whole.aborted) {
        const error = 'sent' in failure ? silent(call, failure) : refused(call, failure);
        log.warn(
          {
            operation: call.operation,
            code: error.code,
            ...error.detail,
            ...(error.kind === 'denied' ? { hint: error.hint } : {}),
            clientRequestId,
          },
          'graph call failed',
        );
        throw error;
      }
    }
  }

  return (lane) => ({
    base,
    async send(call) {
      mustBeAllowed(call);
      const { signal, clear } = deadline(call.timeout ?? DEFAULT_TIMEOUT, call.signal);
      try {
        return await attempts(call, lane, signal);
      } finally {
        clear();
      }
    },
  });
}

/** What went wrong, or null for a success. */
function read(outcome: Outcome, whole: AbortSignal, now: number): Refusal | Silence | null {
  if ('silence' in outcome) return { ...outcome.silence, timedOut: whole.aborted };
  return outcome.status >= 200 && outcome.status < 300 ? null : toRefusal(outcome, now);
}

/** Throws TenantError for a read whose answer is no JSON: a page of a proxy must not pass for "nothing there". */
function toAnswer(call: Call, received: Received): Answer {
  const body = parse(received.text);
  if (call.repeat === 'read' && body === undefined)
    throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', call.operation, { status: received.status });
  return { status: received.status, body, tenantTime: dateOf(received.headers) };
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

/** How much of a limit is used, 1 for all of it; Graph says so from 0.8 on. */
function pressureOf({ headers }: Received): number | undefined {
  const said = Number.parseFloat(headers.get('x-ms-throttle-limit-percentage') ?? '');
  return Number.isNaN(said) ? undefined : said;
}

function dateOf(headers: Headers): number | undefined {
  const parsed = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}
