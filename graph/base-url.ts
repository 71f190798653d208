/** Where Graph is, and what a token for it is asked for. */
export interface GraphBase {
  /** `https://graph.microsoft.com` */
  readonly origin: string;
  readonly host: string;
  /** `https://graph.microsoft.com/.default` */
  readonly scope: string;
}

export const GRAPH_VERSION = 'v1.0';

/**
 * The base of Graph from a configured URL. Only https: the SDK sends no token, and no error, to anything else.
 * Throws RangeError.
 */
export function graphBase(configured = 'https://graph.microsoft.com'): GraphBase {
  const url = new URL(configured);
  if (url.protocol !== 'https:') throw new RangeError('The base URL of Graph must begin with https://.');
  if (url.pathname !== '/' || url.search || url.username) {
    throw new RangeError('The base URL of Graph is an origin: no version, no path, no query.');
  }
  return { origin: url.origin, host: url.hostname, scope: `${url.origin}/.default` };
}
