import { badRequest, unsupportedQuery } from './errors';

type Row = Readonly<Record<string, unknown>>;
export type Test = (row: Row) => boolean;

const TOKEN = /\s*(?:('(?:[^']|'')*')|(\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|[A-Za-z_][\w/]*)|([(),:]))/y;
const DATE = /^\d{4}-\d\d-\d\d/;

/** What may be asked of a collection. */
export interface Filterable {
  /** Properties for `eq`, `in` and `startsWith`. */
  readonly properties: readonly string[];
  /** Lists in a row of which one element may be asked for by `any`, and by which of its properties. */
  readonly anyOf?: Readonly<Record<string, readonly string[]>>;
  /** As errors name it: `User`. */
  readonly resource: string;
  /** The request has both `$count=true` and `ConsistencyLevel: eventual`. */
  readonly advanced: boolean;
}

/**
 * `$filter` as far as it is served: `eq`, `ne`, `in`, `startsWith`, `endsWith`, `not`, `and`, `or` and parentheses; `ge`,
 * `gt`, `le` and `lt` for times. Directory strings compare without case. `ne`, `not` and `endsWith` need the advanced
 * query parameters. A name may lead into an object, `teamsApp/id`, or into a list,
 * `targetResources/any(t: t/id eq '...')`.
 */
export function parseFilter(text: string, allowed: Filterable): Test {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  const next = () => tokens[at++];
  const expect = (token: string) => {
    if (next()?.toLowerCase() !== token) throw badRequest(`Invalid filter clause: '${token}' expected.`);
  };
  const needAdvanced = () => {
    if (!allowed.advanced) throw unsupportedQuery('Operator requires $count=true and ConsistencyLevel: eventual.');
  };
  const refuseProperty = (name: string): never => {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${name}' of resource '${allowed.resource}'.`,
    );
  };
  const property = (): string => {
    const name = next() ?? '';
    const found = allowed.properties.find((one) => one.toLowerCase() === name.toLowerCase());
    return found ?? refuseProperty(name);
  };
  const literal = (): unknown => {
    const token = next();
    if (token === undefined) throw badRequest('Invalid filter clause: a value is missing.');
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'").toLowerCase();
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (DATE.test(token)) return token.toLowerCase();
    throw badRequest(`Invalid filter clause: '${token}' is not a value.`);
  };
  const plain = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : (value ?? null));

  function either(): Test {
    const tests = [both()];
    while (peek()?.toLowerCase() === 'or') {
      next();
      tests.push(both());
    }
    return (row) => tests.some((test) => test(row));
  }
  function both(): Test {
    const tests = [one()];
    while (peek()?.toLowerCase() === 'and') {
      next();
      tests.push(one());
    }
    return (row) => tests.every((test) => test(row));
  }
  function one(): Test {
    const word = peek()?.toLowerCase();
    if (word === 'not') {
      next();
      needAdvanced();
      const inner = one();
      return (row) => !inner(row);
    }
    if (word === '(') {
      next();
      const inner = either();
      expect(')');
      return inner;
    }
    if (word === 'startswith' || word === 'endswith') {
      next();
      if (word === 'endswith') needAdvanced();
      expect('(');
      const name = property();
      expect(',');
      const value = String(literal());
      expect(')');
      return (row) => {
        const have = String(plain(valueAt(row, name)) ?? '');
        return word === 'endswith' ? have.endsWith(value) : have.startsWith(value);
      };
    }
    const [, list] = /^(\w+)\/any$/i.exec(peek() ?? '') ?? [];
    if (list !== undefined) return any(list);
    const name = property();
    const operator = next()?.toLowerCase();
    if (operator === 'in') {
      expect('(');
      const values = [literal()];
      while (peek() === ',') {
        next();
        values.push(literal());
      }
      expect(')');
      return (row) => values.includes(plain(valueAt(row, name)));
    }
    if (operator && ['ge', 'gt', 'le', 'lt'].includes(operator)) {
      const moment = Date.parse(next() ?? '');
      if (Number.isNaN(moment)) throw badRequest(`Invalid filter clause: a time is expected after '${operator}'.`);
      return (row) => isOrdered(Date.parse(String(valueAt(row, name))), operator, moment);
    }
    if (operator !== 'eq' && operator !== 'ne') throw badRequest(`Invalid filter clause: '${operator}'.`);
    if (operator === 'ne') needAdvanced();
    const value = literal();
    return (row) => (plain(valueAt(row, name)) === value) === (operator === 'eq');
  }

  /** One `eq` or `startsWith` is all that a list is asked for here, and what of its elements may be asked is the list's. */
  function any(name: string): Test {
    const list = Object.keys(allowed.anyOf ?? {}).find((one) => one.toLowerCase() === name.toLowerCase());
    if (list === undefined) return refuseProperty(name);
    next();
    expect('(');
    const variable = next() ?? '';
    expect(':');
    const word = peek()?.toLowerCase();
    const begins = word === 'startswith';
    if (begins) {
      next();
      expect('(');
    }
    const [of, ...path] = (next() ?? '').split('/');
    const wanted = path.join('/').toLowerCase();
    const found = allowed.anyOf?.[list]?.find((one) => one.toLowerCase() === wanted);
    if (of !== variable || found === undefined) return refuseProperty(`${name}/${wanted}`);
    expect(begins ? ',' : 'eq');
    const value = literal();
    if (begins) expect(')');
    expect(')');
    const fits = (have: unknown) => (begins ? String(have ?? '').startsWith(String(value)) : have === value);
    return (row) => {
      const elements = valueAt(row, list);
      return Array.isArray(elements) && elements.some((element: Row) => fits(plain(valueAt(element, found))));
    };
  }

  const test = either();
  if (at < tokens.length) throw badRequest(`Invalid filter clause near '${tokens[at]}'.`);
  return test;
}

function valueAt(row: Row, name: string): unknown {
  return name.split('/').reduce<unknown>((value, part) => (value as Row | null | undefined)?.[part], row);
}

/** A time that is not there is in no order. */
function isOrdered(have: number, operator: string, wanted: number): boolean {
  if (operator === 'ge') return have >= wanted;
  if (operator === 'gt') return have > wanted;
  return operator === 'le' ? have <= wanted : have < wanted;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw badRequest(`Invalid filter clause: syntax error at position ${from} in '${text}'.`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  if (tokens.length === 0) throw badRequest('Invalid filter clause: empty.');
  return tokens;
}
