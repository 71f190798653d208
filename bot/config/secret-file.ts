import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-error';

/** Whether everybody with an account on this machine can read it, or write to it. Not asked on Windows. */
export function isOpenToAll(path: string): boolean {
  const stat = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & 0o007) !== 0;
}

/** A key of at least 32 bytes, as hexadecimal digits in a file that not everybody may read. Throws ConfigError. */
export function readSecretFile(key: string, path: string): Buffer {
  const problem = (todo: string) => new ConfigError([{ key, todo }]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw problem(`names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (isOpenToAll(path)) throw problem(`names ${path}, which everybody on this machine can read: chmod 600 it.`);
  if (!/^([0-9a-f]{2}){32,}$/i.test(text))
    throw problem(`names ${path}, which does not hold 64 hexadecimal digits: make one with \`openssl rand -hex 32\`.`);
  return Buffer.from(text, 'hex');
}
