import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Reply, Request, Route } from '../http';
import type { TenantState } from './state';
import { GRAPH_AUDIENCES, type Tokens, tokenSeconds } from './tokens';

const BOT_FRAMEWORK = 'https://api.botframework.com';

/** The token service of the tenant, for client credentials: what @azure/identity and the Bot Framework ask for. */
export function tokenRoutes(state: TenantState, tokens: Tokens): Route[] {
  return [
    { method: 'GET', pattern: /^\/(?<tenant>[^/]+)(\/v2\.0)?\/\.well-known\/openid-configuration$/, handler: metadata },
    { method: 'GET', pattern: /^\/(?<tenant>[^/]+)\/discovery(\/v2\.0)?\/keys$/, handler: () => ok(tokens.jwks) },
    { method: 'GET', pattern: /^\/common\/discovery\/instance$/, handler: discovery },
    { method: 'POST', pattern: /^\/(?<tenant>[^/]+)\/oauth2\/v2\.0\/token$/, handler: token },
  ];

  function token(request: Request): Reply {
    const form = (request.body ?? {}) as Record<string, string | undefined>;
    const tenant = request.params.tenant ?? '';
    if (![state.tenantId, state.domain].includes(tenant.toLowerCase())) {
      return refused(
        400,
        'invalid_request',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
      );
    }
    for (const name of ['grant_type', 'client_id', 'scope']) {
      if (!form[name]) {
        return refused(
          400,
          'invalid_request',
          900144,
          `The request body must contain the following parameter: '${name}'.`,
        );
      }
    }
    if (form.grant_type !== 'client_credentials') {
      return refused(
        400,
        'unsupported_grant_type',
        70003,
        `The app requested an unsupported grant type '${form.grant_type}'.`,
      );
    }
    if (form.client_id?.toLowerCase() !== state.botApp.appId) {
      return refused(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${form.client_id}' was not found in the directory 'Northwind Bank'.`,
      );
    }
    if (!form.client_secret) {
      return refused(
        401,
        'invalid_client',
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
      );
    }
    if (!same(form.client_secret, state.botApp.secret)) {
      return refused(
        401,
        'invalid_client',
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${state.botApp.appId}'.`,
      );
    }
    return granted(request, form.scope ?? '');
  }

  function granted(request: Request, scope: string): Reply {
    const audience = /^(.+)\/\.default$/.exec(scope)?.[1]?.replace(/\/$/, '');
    if (audience === undefined) {
      return refused(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
      );
    }
    if (![...GRAPH_AUDIENCES, BOT_FRAMEWORK, origin(request)].includes(audience)) {
      return refused(
        400,
        'invalid_resource',
        500011,
        `The resource principal named ${audience} was not found in the tenant named Northwind Bank.`,
      );
    }
    return {
      ...ok({
        token_type: 'Bearer',
        expires_in: tokenSeconds(state),
        ext_expires_in: tokenSeconds(state),
        access_token: tokens.issue(audience),
      }),
      headers: { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    };
  }

  function metadata(request: Request): Reply {
    const authority = `${origin(request)}/${request.params.tenant}`;
    return ok({
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      jwks_uri: `${authority}/discovery/v2.0/keys`,
      issuer: `${origin(request)}/${state.tenantId}/v2.0`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      response_types_supported: ['code', 'id_token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    });
  }

  function discovery(request: Request): Reply {
    const { host } = new URL(origin(request));
    return ok({
      tenant_discovery_endpoint: `${origin(request)}/${state.tenantId}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  }
}

/** Where this server was reached, as tokens name it: the Graph of the playground is on the same port. */
export function origin(request: Pick<Request, 'headers'>): string {
  return `https://${request.headers.host ?? 'localhost'}`;
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** Entra's error shape; the code in the text is what operators search for. */
function refused(status: number, error: string, code: number, text: string): Reply {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = new Date()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}

function same(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
