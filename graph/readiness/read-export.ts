import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Unread } from './judge-export';
import { type CaPolicy, NoPolicy, readPolicy } from './policy';

/** The folder or file of the export is not there, or holds no JSON. The message says what to do. */
export class ExportMissing extends Error {
  readonly code = 'DOCTOR_EXPORT_MISSING';
}

/** Nobody has that many policies; Entra allows 195 in a tenant. It keeps a wrong folder from being read whole. */
const MOST_FILES = 5_000;
const MOST_BYTES = 50_000_000;

/**
 * Every policy in a folder of exports, or in one file: one policy a file, lists, Graph's `{ value: [...] }`, PowerShell's
 * output; UTF-8 and UTF-16 with and without byte-order marks. What cannot be read is returned as such, never dropped.
 * Throws ExportMissing.
 */
export function readExport(folder: string): {
  readonly policies: readonly CaPolicy[];
  readonly unread: readonly Unread[];
} {
  const policies: CaPolicy[] = [];
  const unread: Unread[] = [];
  for (const [name, file] of filesOf(folder)) {
    for (const { raw, at } of documentsOf(file, name, unread)) {
      try {
        policies.push(readPolicy(raw, at));
      } catch (error) {
        if (!(error instanceof NoPolicy)) throw error;
        unread.push({ source: at, why: error.message });
      }
    }
  }
  return { policies, unread };
}

function filesOf(folder: string): (readonly [name: string, file: string])[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(folder).isDirectory();
  } catch {
    throw new ExportMissing(`${folder} is not there. Name a folder with the policies as JSON files.`);
  }
  if (!isFolder) return [[folder, folder]];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.toLowerCase().endsWith('.json'))
    .sort();
  if (names.length === 0) throw new ExportMissing(`${folder} has no file that ends with .json.`);
  if (names.length > MOST_FILES)
    throw new ExportMissing(`${folder} has ${names.length} JSON files. Name the folder of the policies alone.`);
  return names.map((name) => [name, join(folder, name)]);
}

function documentsOf(file: string, name: string, unread: Unread[]): { raw: unknown; at: string }[] {
  if (statSync(file).size > MOST_BYTES) {
    unread.push({ source: name, why: `${name} is too large to be an export of policies.` });
    return [];
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(decode(readFileSync(file)));
  } catch (error) {
    unread.push({
      source: name,
      why: `${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
  const list = Array.isArray(parsed) ? { items: parsed, at: '$' } : listIn(parsed);
  if (!list) return [{ raw: parsed, at: name }];
  return list.items.map((raw, index) => ({ raw, at: `${name}#${list.at}[${index}]` }));
}

/** Graph wraps lists in `value`; so do some tools, with a capital letter. */
function listIn(parsed: unknown): { items: unknown[]; at: string } | undefined {
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  for (const [name, value] of Object.entries(parsed)) {
    if (name.toLowerCase() === 'value' && Array.isArray(value)) return { items: value, at: `$.${name}` };
  }
  return undefined;
}

/** UTF-16 in either order and UTF-8, by byte-order mark, or by the zeros between the letters of UTF-16. */
export function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const encoding = little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8';
  // TextDecoder drops the byte-order mark, and refuses what is not in that encoding.
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
