import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './launcher-options';

const MARK = '.onboard-playground';

/**
 * Makes the directory of the product's files, empty unless `keep`. Only what a playground made is ever wiped: the mark
 * that it leaves is what tells its directory from somebody's home.
 */
export function claimDataDir(dir: string, keep: boolean): void {
  if (existsSync(dir) && readdirSync(dir).length > 0 && !existsSync(join(dir, MARK))) {
    throw new CannotStart(`${dir} holds files that are not a playground's. Name an empty directory with --data-dir.`);
  }
  if (!keep) rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, MARK), 'The files here are made by the playground, and wiped when it starts.\n');
}
