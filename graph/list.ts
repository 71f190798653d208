import { GRAPH_VERSION } from './base-url';
import { type Call, fields, text } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';

const MOST_PAGES = 200;

/**
 * Every item of a list, over all its pages. A page may be empty and still have a next one. Links are followed on our
 * own host and version only. Throws TenantError, also for an answer without a list: "nothing" has to be read, not
 * assumed.
 */
export async function list(client: GraphClient, call: Call): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const items: Readonly<Record<string, unknown>>[] = [];
  let next: string | undefined = call.path;
  for (let page = 0; next !== undefined; page++) {
    if (page === MOST_PAGES) throw tenantError('unavailable', 'GRAPH_TOO_MANY_PAGES', call.operation);
    const { body } = await client.send({ ...call, path: next });
    items.push(...itemsOf(body, call.operation));
    next = nextPath(client, body, call.operation);
  }
  return items;
}

/** The items of one page. */
export function itemsOf(body: unknown, operation: string): readonly Readonly<Record<string, unknown>>[] {
  const { value } = fields(body);
  if (!Array.isArray(value)) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
  return value.map(fields);
}

function nextPath(client: GraphClient, body: unknown, operation: string): string | undefined {
  const link = text(fields(body)['@odata.nextLink']);
  if (!link) return undefined;
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const prefix = `/${GRAPH_VERSION}/`;
  if (url?.origin !== client.base.origin || !url.pathname.startsWith(prefix)) {
    throw tenantError('rejected', 'GRAPH_FOREIGN_LINK', operation);
  }
  return url.pathname.slice(prefix.length - 1) + url.search;
}
