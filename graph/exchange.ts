import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { TenantError } from '../bot/workflow/tenant';
import { GRAPH_VERSION, type GraphBase } from './base-url';
import type { Call } from './call';
import type { Silence } from './errors';

export interface Wire {
  readonly call: Call;
  readonly base: GraphBase;
  readonly clientRequestId: string;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  /** Throws TenantError. */
  readonly token: () => Promise<string>;
}

/** An HTTP answer, read to its end. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * One request over the SDK's middleware chain: its authentication handler, then the wire. The SDK's retry and redirect
 * handlers are left out (they repeat writes, and sleep for minutes), and the answer is taken raw, because its own error
 * type carries the body and cannot say whether a request left. Resolves for every HTTP answer; throws only TenantError.
 */
export async function exchange(wire: Wire): Promise<Received | { readonly silence: Silence }> {
  const ends = { sent: false, lost: undefined as unknown, tokenFailed: undefined as unknown };
  const authentication = new AuthenticationHandler({
    getAccessToken: () =>
      wire.token().catch((error: unknown) => {
        ends.tokenFailed = error;
        throw error;
      }),
  });
  const transport: Middleware = {
    execute: async (context: Context) => {
      ends.sent = true;
      try {
        context.response = await wire.fetch(context.request, context.options);
      } catch (error) {
        ends.lost = error;
        throw error;
      }
    },
  };
  // A client per request costs a few objects and shares nothing between requests.
  const client = Client.initWithMiddleware({
    baseUrl: wire.base.origin,
    defaultVersion: GRAPH_VERSION,
    customHosts: new Set([wire.base.host]),
    middleware: [authentication, transport],
  });
  const request = client
    .api(wire.call.path)
    .headers({ accept: 'application/json', ...wire.call.headers, 'client-request-id': wire.clientRequestId })
    .options({ signal: wire.signal, redirect: 'manual' })
    .responseType(ResponseType.RAW);
  try {
    const response = (await perform(request, wire.call)) as Response;
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  } catch {
    if (ends.tokenFailed instanceof TenantError) throw ends.tokenFailed;
    return { silence: { sent: ends.sent && !neverLeft(ends.lost), timedOut: wire.signal.aborted } };
  }
}

function perform(request: ReturnType<Client['api']>, call: Call): Promise<unknown> {
  if (call.method === 'GET') return request.get();
  if (call.method === 'DELETE') return request.delete();
  return request.post(call.body);
}

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** True where there was no connection that could have carried the request. When in doubt it left. */
function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === 'string' && NO_CONNECTION.has(cause.code);
}
