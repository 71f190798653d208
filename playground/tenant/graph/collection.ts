import type { Reply } from '../../http';
import { badDirectoryRequest, badRequest, unsupportedQuery } from './errors';
import { type Filterable, parseFilter } from './filter';
import type { Call } from './route';
import { parseSearch } from './search';
import { DIRECTORY_PROPERTIES } from './shapes';

type Row = Readonly<Record<string, unknown>>;

export interface Collection extends Omit<Filterable, 'advanced'> {
  readonly rows: readonly Row[];
  /** What comes without `$select`; with it, any property of a row may be asked for. Everything where nothing is said. */
  readonly defaults?: readonly string[] | ((row: Row) => readonly string[]);
  /** As contexts and errors name it: `users`, `microsoft.graph.user`. */
  readonly context: string;
  readonly type: string;
  /** Casts and some filters work only as advanced queries. */
  readonly advancedOnly?: boolean;
  readonly searchable?: boolean;
  /** Sorting and filtering go together without the advanced query parameters; in the directory they do not. */
  readonly sortsFiltered?: boolean;
  /** Rows of a page where none are asked for: 100, or as the page of the call says. */
  readonly usualPage?: number;
}

const DIRECTORY_OBJECT = 'microsoft.graph.directoryObject';
const DEFAULT_PAGE = 100;
const MAX_PAGE = 999;

/** `$count=true` together with `ConsistencyLevel: eventual`. */
export function isAdvanced(call: Call): boolean {
  return eventual(call) && call.query.get('$count')?.toLowerCase() === 'true';
}

function eventual(call: Call): boolean {
  return call.header('consistencylevel')?.toLowerCase() === 'eventual';
}

/** One page of a collection with `$filter`, `$search`, `$select`, `$top`, `$count` and an opaque `@odata.nextLink`. */
export function page(call: Call, collection: Collection): Reply {
  refuseOthers(call, ['$filter', '$search', '$select', '$top', '$count', '$skiptoken', '$expand', '$orderby']);
  const advanced = isAdvanced(call);
  if (collection.advancedOnly && !advanced) {
    throw unsupportedQuery(
      "The request uses advanced query capabilities: send $count=true and the header 'ConsistencyLevel: eventual'.",
    );
  }
  let rows = [...collection.rows];
  const filter = call.query.get('$filter');
  if (filter !== null) rows = rows.filter(parseFilter(filter, { ...collection, advanced }));
  const search = call.query.get('$search');
  if (search !== null) {
    if (!collection.searchable) throw badRequest("The query parameter '$search' is not supported here.");
    if (!eventual(call)) {
      throw unsupportedQuery(
        "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      );
    }
    rows = rows.filter(parseSearch(search));
  }
  const order = call.query.get('$orderby');
  if (order !== null) {
    if (filter !== null && !advanced && !collection.sortsFiltered)
      throw unsupportedQuery('Sorting not supported for current query.');
    const [name = '', direction] = order.split(' ');
    rows.sort((a, b) => String(a[name] ?? '').localeCompare(String(b[name] ?? '')));
    if (direction === 'desc') rows.reverse();
  }
  const from = offset(call);
  const size = pageSize(call, collection.usualPage ?? DEFAULT_PAGE);
  const select = selector(call, collection);
  const value = rows.slice(from, from + size).map(select.pick);
  return {
    status: 200,
    body: {
      '@odata.context': `${call.base}/$metadata#${collection.context}${select.context}`,
      ...(advanced ? { '@odata.count': rows.length } : {}),
      ...(from + size < rows.length ? { '@odata.nextLink': nextLink(call, from + size) } : {}),
      value,
    },
  };
}

/** One entity with `$select`. */
export function entity(call: Call, row: Row, shape: Pick<Collection, 'defaults' | 'context' | 'type'>): Reply {
  refuseOthers(call, ['$select', '$expand']);
  const select = selector(call, shape);
  return {
    status: 200,
    body: {
      '@odata.context': `${call.base}/$metadata#${shape.context}${select.context}/$entity`,
      ...select.pick(row),
    },
  };
}

function refuseOthers(call: Call, known: readonly string[]): void {
  for (const name of call.query.keys()) {
    if (name.startsWith('$') && !known.includes(name)) {
      throw badRequest(`Query option '${name}' was not recognized or is not supported.`);
    }
  }
}

/** Odata annotations stay whatever is selected; a property that does not exist is an error, as in Graph. */
function selector(
  call: Call,
  shape: Pick<Collection, 'defaults' | 'type'>,
): { pick: (row: Row) => Row; context: string } {
  const asked = call.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  const { defaults } = shape;
  if (!asked && !defaults) return { pick: (row) => row, context: '' };
  return {
    context: asked ? `(${asked.join(',')})` : '',
    pick: (row) => {
      const annotations = Object.entries(row).filter(([name]) => name.startsWith('@'));
      const wanted = asked ?? (typeof defaults === 'function' ? defaults(row) : defaults) ?? [];
      const properties = wanted.flatMap((name) => {
        if (name in row) return [[name, row[name]]];
        // Among directory objects of several types, each shows what it has.
        if (shape.type === DIRECTORY_OBJECT && DIRECTORY_PROPERTIES.has(name)) return [];
        throw badRequest(`Could not find a property named '${name}' on type '${shape.type}'.`);
      });
      return Object.fromEntries([...annotations, ...properties]);
    },
  };
}

function pageSize(call: Call, usual: number): number {
  const asked = call.query.get('$top');
  if (asked === null) return usual;
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw badDirectoryRequest(`Invalid page size specified: '${asked}'. Must be between 1 and ${MAX_PAGE} inclusive.`);
  }
  return size;
}

/** Opaque to the caller: nobody should be tempted to build one. */
function nextLink(call: Call, from: number): string {
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', Buffer.from(`page from ${from}`).toString('base64url'));
  return `${call.base}${call.path}?${query}`;
}

function offset(call: Call): number {
  const token = call.query.get('$skiptoken');
  if (token === null) return 0;
  const from = /^page from (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (from === undefined) throw badDirectoryRequest('The specified page token value is invalid.');
  return Number(from);
}
