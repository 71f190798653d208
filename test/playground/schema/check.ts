import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  readonly types: Readonly<Record<string, Type>>;
  readonly enums: Readonly<Record<string, Members>>;
}
interface Type {
  readonly base: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}
interface Members {
  readonly members: readonly string[];
  readonly flags: boolean;
}

/** Microsoft's own types, taken out of their metadata by extract.mjs: one line for each. */
const schema = readSchema();

function readSchema(): Schema {
  const { types, enums } = JSON.parse(readFileSync(join(__dirname, 'graph-v1.0.json'), 'utf8')) as {
    types: Record<string, string>;
    enums: Record<string, string>;
  };
  const halves = (line: string) => line.split('; ') as [string, string?];
  const words = (text = '') => text.split(' ').filter((word) => word !== '');
  const each = <T>(lines: Record<string, string>, read: (line: string) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, read(line)]));
  return {
    types: each(types, (line) => {
      const [base, properties] = halves(line);
      return {
        base: base || undefined,
        properties: Object.fromEntries(words(properties).map((one) => one.split(':'))),
      };
    }),
    enums: each(enums, (line) => {
      const [flags, members] = halves(line);
      return { flags: flags === 'flags', members: words(members) };
    }),
  };
}

/** What tenants are known to answer besides what the metadata of that day has. */
const ALSO: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // The older name of createdDateTime, which documentation and tenants still show.
  fido2AuthenticationMethod: { creationDateTime: 'DateTimeOffset?' },
  // Samples of "List methods" show a date for every method.
  passwordAuthenticationMethod: { password: 'String?' },
};

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/;
const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int32: (value) => Number.isInteger(value),
  Int64: (value) => Number.isInteger(value),
  Guid: (value) => typeof value === 'string' && GUID.test(value),
  DateTimeOffset: (value) => typeof value === 'string' && TIME.test(value),
  Duration: (value) => typeof value === 'string' && /^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/.test(value),
};

function propertiesOf(name: string): Readonly<Record<string, string>> {
  const type = schema.types[name];
  if (!type) throw new Error(`type ${name} is not in the extract: add it to wanted.json`);
  return { ...(type.base ? propertiesOf(type.base) : {}), ...type.properties, ...ALSO[name] };
}

function derives(name: string, from: string): boolean {
  for (let at: string | undefined = name; at !== undefined; at = schema.types[at]?.base) if (at === from) return true;
  return false;
}

/**
 * What is wrong with a value of a type as Graph writes it: a name that does not exist, a value of another type, a member
 * that an enumeration does not have. `type` is as in the extract: `String`, `user?`, `Collection(user)`.
 */
export function faultsOf(value: unknown, type: string, at = '$'): string[] {
  const nullable = type.endsWith('?');
  const plain = nullable ? type.slice(0, -1) : type;
  if (value === null || value === undefined) return nullable ? [] : [`${at} is null, and ${plain} is not nullable`];
  const of = /^Collection\((.+)\)$/.exec(plain)?.[1];
  if (of !== undefined) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((one, index) => faultsOf(one, of, `${at}[${index}]`));
  }
  const primitive = PRIMITIVES[plain];
  if (primitive) return primitive(value) ? [] : [`${at}: ${JSON.stringify(value)} is no ${plain}`];
  const members = schema.enums[plain];
  if (members) return enumFaults(value, members, plain, at);
  return typeFaults(value, plain, at);
}

/** Letter case is not compared: samples write `Assigned` where the metadata has `assigned`. */
function enumFaults(value: unknown, { members, flags }: Members, name: string, at: string): string[] {
  if (typeof value !== 'string') return [`${at} is no text`];
  const known = members.map((one) => one.toLowerCase());
  // Strengths hold lists of combinations, of which each is a set of flags.
  const parts = flags ? value.split(',').map((one) => one.trim()) : [value];
  return parts.every((one) => known.includes(one.toLowerCase())) ? [] : [`${at}: '${value}' is no ${name}`];
}

function typeFaults(value: unknown, declared: string, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no ${declared}`];
  const own = (value as Record<string, unknown>)['@odata.type'];
  const named = typeof own === 'string' ? own.replace('#microsoft.graph.', '') : declared;
  if (!derives(named, declared)) return [`${at}: ${named} is no ${declared}`];
  const properties = propertiesOf(named);
  return Object.entries(value).flatMap(([name, one]) => {
    if (name.startsWith('@')) return [];
    const [property = '', annotation] = name.split('@');
    const type = properties[property];
    if (type === undefined) return [`${at}.${name} does not exist on ${named}`];
    return annotation === undefined ? faultsOf(one, type, `${at}.${name}`) : [];
  });
}
