/**
 * Takes the types that the playground's Graph speaks out of Microsoft's metadata for v1.0. By hand, when a type is added:
 *
 *   node test/playground/schema/extract.mjs path/to/v1.0-Prod.csdl
 *
 * The metadata is published in microsoftgraph/msgraph-metadata, schemas/v1.0-Prod.csdl.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const csdl = readFileSync(process.argv[2], 'utf8');
const { types: wanted, date } = JSON.parse(readFileSync(join(here, 'wanted.json'), 'utf8'));

const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
/** `graph.user` and `Edm.String` without what every one of them begins with. */
const short = (type) => type?.replace(/\b(graph|microsoft\.graph|Edm)\./g, '');

function block(kind, name) {
  const open = new RegExp(`<${kind} Name="${name}"[^>]*>`).exec(csdl);
  if (!open) return undefined;
  if (open[0].endsWith('/>')) return open[0];
  return csdl.slice(open.index, csdl.indexOf(`</${kind}>`, open.index));
}

function typeOf(name) {
  const text = block('EntityType', name) ?? block('ComplexType', name);
  if (text === undefined) return undefined;
  const head = /^<[^>]*>/.exec(text)[0];
  const tags = [...text.matchAll(/<(NavigationProperty|Property) [^>]*>/g)].map(([tag]) => tag);
  const properties = tags.map((tag) => {
    const nullable = attribute(tag, 'Nullable') !== 'false';
    return [attribute(tag, 'Name'), short(attribute(tag, 'Type')) + (nullable ? '?' : '')];
  });
  return { base: short(attribute(head, 'BaseType')), properties: Object.fromEntries(properties) };
}

function enumOf(name) {
  const text = block('EnumType', name);
  if (text === undefined) return undefined;
  const members = [...text.matchAll(/<Member Name="([^"]*)"/g)].map(([, member]) => member);
  return { members, ...(/^<[^>]*IsFlags="true"/.test(text) ? { flags: true } : {}) };
}

const types = {};
const enums = {};
for (const queue = [...wanted]; queue.length > 0; ) {
  const name = queue.shift();
  if (types[name]) continue;
  const type = typeOf(name);
  if (!type) throw new Error(`no type ${name}`);
  types[name] = type;
  if (type.base) queue.push(type.base);
  for (const of of Object.values(type.properties)) {
    const plain = of.replace(/\?$/, '').replace(/^Collection\((.+)\)$/, '$1');
    const values = enumOf(plain);
    if (values) enums[plain] = values;
  }
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => a.localeCompare(b)));
const source = `microsoftgraph/msgraph-metadata, schemas/v1.0-Prod.csdl, ${date}`;
/** One line for each: `base; name:type name:type`, and the members of an enumeration after `flags` where it is a set. */
const typeLine = ({ base = '', properties }) =>
  `${base}; ${Object.entries(properties)
    .map(([name, type]) => `${name}:${type}`)
    .join(' ')}`;
const enumLine = ({ members, flags }) => `${flags ? 'flags' : ''}; ${members.join(' ')}`;
const all = (object, line) =>
  Object.fromEntries(Object.entries(sorted(object)).map(([name, one]) => [name, line(one)]));
const extract = { source, types: all(types, typeLine), enums: all(enums, enumLine) };
writeFileSync(join(here, 'graph-v1.0.json'), `${JSON.stringify(extract, null, 2)}\n`);
