import { chmodSync, existsSync, rmSync } from 'node:fs';
import { sqliteEngine } from './sqlite-engine';
import { StoreError } from './store-error';
import { translateError } from './translate-error';

/**
 * Copies the embedded database into a new file while it is in use: one moment of it, whole. The copy says of itself that
 * it is one, so that an instance that is started on it closes what was open when it was made.
 *
 * To be run in a process that has not opened this database otherwise: a second handle that is closed would drop the
 * locks of the first.
 *
 * @throws StoreError; STORE_EXISTS when there is a file already.
 */
export function backUp(databasePath: string, target: string): void {
  if (existsSync(target)) throw new StoreError('STORE_EXISTS');
  try {
    const { DatabaseSync } = sqliteEngine();
    const database = new DatabaseSync(databasePath, { readOnly: true });
    try {
      database.exec('pragma busy_timeout = 5000');
      database.prepare('vacuum into ?').run(target);
    } finally {
      database.close();
    }
    chmodSync(target, 0o600);
    const copy = new DatabaseSync(target);
    try {
      copy
        .prepare("insert into setting (name, value) values ('restored', 'backup') on conflict (name) do nothing")
        .run();
    } finally {
      copy.close();
    }
  } catch (error) {
    // Half a copy, or one that does not say what it is, is worse than none.
    rmSync(target, { force: true });
    throw translateError(error, 'sqlite');
  }
}
