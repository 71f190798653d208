import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Database, Schema, StoreLog } from './schema';
import { EmbeddedDialect } from './sqlite-dialect';
import { type SqliteDatabase, sqliteEngine } from './sqlite-engine';

export const DATABASE_FILE = 'onboard.db';
/** How long a statement waits for another process, in ms. It blocks the event loop; the command line's writes are short. */
const BUSY_TIMEOUT = 5_000;

/**
 * Opens (or makes) the embedded database. A commit that returned is on the disk: write-ahead log, fully synchronous.
 *
 * The files are for their owner only. A directory that exists already keeps its mode, since it may be shared for reasons
 * of its own; when others can list it, the log says so. Copying or reading the database file within this process would
 * drop its locks (POSIX locks end when any handle of the file is closed): back up with `VACUUM INTO`.
 */
export async function openSqlite(dataDir: string, log: StoreLog): Promise<Database> {
  makePrivateDirectory(dataDir, log);
  const path = join(dataDir, DATABASE_FILE);
  const database = new (sqliteEngine().DatabaseSync)(path);
  try {
    // Before the log files exist: SQLite gives them the mode of the database.
    chmodSync(path, 0o600);
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT}`);
    await useWriteAheadLog(database);
    database.exec('pragma synchronous = full');
    database.exec('pragma foreign_keys = on');
    // What is removed is overwritten: people's names must not stay in free pages.
    database.exec('pragma secure_delete = on');
  } catch (error) {
    database.close();
    throw error;
  }
  return { db: new Kysely<Schema>({ dialect: new EmbeddedDialect(database) }), engine: 'sqlite' };
}

/** Makes the directory for its owner only. */
export function makePrivateDirectory(path: string, log: StoreLog): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const mode = statSync(path).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    log.warn({ event: 'data-directory-open', mode: mode.toString(8), hint: 'chmod 700 the data directory' });
}

/**
 * The first access. While another process recovers the log, or cleans up as the last one to close, SQLite may say "busy"
 * without waiting (sqlite.org, Write-Ahead Logging, "Sometimes queries return SQLITE_BUSY in WAL mode").
 */
async function useWriteAheadLog(database: SqliteDatabase): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      const busy = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
      if (busy !== 5 || attempt === 50) throw error;
      await sleep(20);
    }
  }
}
