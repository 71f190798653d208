/**
 * Refusals in the words that Microsoft Graph uses. Codes differ by the service behind a path: the directory answers
 * `Request_*` and `Authorization_*`, authentication methods lower camel case, Conditional Access `BadRequest`.
 */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Repeated inside `innerError`, as the authentication methods service does. */
    readonly inner?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** 404 of the directory; `named` is an id, or the relation that was asked for (`manager`). */
export function notThere(named: string): GraphRefusal {
  return new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${named}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** Which service answers; it decides how a missing permission is worded. */
export type Service = 'directory' | 'methods' | 'conditionalAccess' | 'privilegedAccess' | 'teams';

/** 403 for a missing permission. */
export function denied(service: Service): GraphRefusal {
  switch (service) {
    case 'directory':
      return new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
    case 'methods':
      return new GraphRefusal(403, 'accessDenied', 'Request Authorization failed');
    case 'conditionalAccess':
      return new GraphRefusal(
        403,
        'AccessDenied',
        'You cannot perform the requested operation, required scopes are missing in the token.',
      );
    case 'privilegedAccess':
      return new GraphRefusal(
        403,
        'PermissionScopeNotGranted',
        'Authorization failed due to missing permission scope.',
      );
    case 'teams':
      return new GraphRefusal(403, 'Forbidden', 'Missing role permissions on the request.');
  }
}

export function badDirectoryRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_BadRequest', message);
}

export function unsupportedQuery(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_UnsupportedQuery', message);
}

/** 400 of the authentication methods service, whose inner error repeats the message. */
export function badMethodRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'badRequest', message, message);
}

/** 404 of the authentication methods service. */
export function noSuchMethod(): GraphRefusal {
  return new GraphRefusal(404, 'resourceNotFound', 'The requested authentication method was not found.');
}

/** 400 of the OData layer, before any service is asked. */
export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}

/** 404 of the OData layer for a part of an address that does not exist. */
export function unknownSegment(segment: string): GraphRefusal {
  return new GraphRefusal(404, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}

/**
 * A call that may well exist in Graph and that nobody taught this one. Never an answer that Graph would give: whoever
 * calls it must be seen to fail, and not be told that something is not there.
 */
export class NotServed extends GraphRefusal {
  constructor(method: string, path: string) {
    super(501, 'notServedByThePlayground', `The playground's Graph does not serve ${method} ${path}.`);
  }
}

export function unauthorized(message: string): GraphRefusal {
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message, undefined, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  });
}

/** 429. Conditional Access sends no Retry-After; the others say how many seconds to wait. */
export function tooMany(retryAfter?: number): GraphRefusal {
  return new GraphRefusal(
    429,
    'TooManyRequests',
    'Too many requests.',
    undefined,
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  );
}

/** The error envelope. */
export function envelope(refusal: GraphRefusal, requestId: string, now: number): unknown {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        ...(refusal.inner === undefined ? {} : { message: refusal.inner }),
        date: new Date(now).toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': requestId,
      },
    },
  };
}
