import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { decode } from './decode';
import { cutOffAt, isTree, plain, type Tree } from './tidy';

export interface Item {
  /** Relative to the folder. */
  readonly file: string;
  readonly tree: Tree;
}

/** Why a folder cannot be used, a line for each file that is to blame. */
export class BadExport extends Error {
  override readonly name = 'BadExport';
}

const DEEPEST = 4;

function filesIn(dir: string, depth = 0): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return depth < DEEPEST ? filesIn(path, depth + 1) : [];
      return /\.json$/i.test(entry.name) ? [path] : [];
    });
}

/** Every object of every JSON file, one by one. Throws BadExport that names all files which cannot be read. */
export function readFolder(dir: string): Item[] {
  let files: string[];
  try {
    if (!statSync(dir).isDirectory()) throw new BadExport(`${dir} is not a folder.`);
    files = filesIn(dir);
  } catch (error) {
    if (error instanceof BadExport) throw error;
    throw new BadExport(`${dir} cannot be read: ${(error as Error).message}.`);
  }
  if (files.length === 0) throw new BadExport(`There is no .json file in ${dir}.`);
  const problems: string[] = [];
  const items = files.flatMap((path) => {
    const file = relative(dir, path);
    try {
      return objectsOf(parse(readFileSync(path))).map((tree) => ({ file, tree }));
    } catch (error) {
      problems.push(`${file}: ${(error as Error).message}.`);
      return [];
    }
  });
  if (problems.length > 0) throw new BadExport(problems.join('\n'));
  return items;
}

function parse(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = decode(bytes).trim();
  } catch {
    throw new Error('it is neither UTF-8 nor UTF-16');
  }
  if (text === '') throw new Error('it is empty');
  if (text.startsWith('<')) throw new Error('it is a web page and no JSON');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is no JSON (${(error as Error).message})`);
  }
  if (isTree(value) && isTree(value.error)) throw new Error('it is an error message of Graph, not an export');
  const cut = cutOffAt(value);
  if (cut !== null) throw new Error(`${cut} was cut off by ConvertTo-Json; export again with -Depth 20`);
  return value;
}

/** One object, a list, Graph's `value`, or the `value` and `Count` of an older PowerShell. */
function objectsOf(value: unknown): Tree[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  if (!isTree(value)) throw new Error('it holds something that is no object');
  if (Array.isArray(value.value)) {
    if (typeof value['@odata.nextLink'] === 'string')
      throw new Error('it is one page of several (@odata.nextLink); export them all');
    return value.value.flatMap(objectsOf);
  }
  return [plain(value) as Tree];
}
