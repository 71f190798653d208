import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './config-error';

const KEY = 'LEDGER_KEY_FILE';
const BYTES = 32;

/**
 * The key that chains the ledger, from its file.
 *
 * `mayCreate` only where there is no store yet: an instance that made itself a new key beside an old ledger would turn
 * every entry into a broken one, and would hide that somebody took the old key away.
 *
 * @throws ConfigError with what to do.
 */
export function readLedgerKey(path: string, mayCreate: boolean): Buffer {
  const text = read(path) ?? (mayCreate ? create(path) : undefined);
  if (text === undefined) {
    throw problem(
      `names ${path}, which does not exist, but there is a store: put the key back from where you keep it. A new one would not fit the ledger.`,
    );
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o007) !== 0)
    throw problem(`names ${path}, which everybody on this machine can read: chmod 600 it.`);
  if (!/^[0-9a-f]{64,}$/i.test(text.trim()))
    throw problem(`names ${path}, which does not hold 64 hexadecimal digits: make one with \`openssl rand -hex 32\`.`);
  return Buffer.from(text.trim(), 'hex');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw problem(`names ${path}, which cannot be read (${code}).`);
  }
}

/** Exclusive, so that of two first starts one makes the key and the other reads it. */
function create(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${randomBytes(BYTES).toString('hex')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw problem(`names ${path}, which cannot be written (${code}).`);
  }
  return readFileSync(path, 'utf8');
}

function problem(todo: string): ConfigError {
  return new ConfigError([{ key: KEY, todo }]);
}
