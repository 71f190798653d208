import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sqliteEngine } from './sqlite-engine';
import { translateError } from './translate-error';

/** Its own database, never written to: only the lock on it matters. */
const LOCK_FILE = 'instance.lock';
/** Who holds it, for people. Says nothing about whether the lock is held. */
const HOLDER_FILE = 'instance.json';

/** Kept from the garbage collector, which would close the database and with it lose a lock that nobody refers to. */
const held = new Set<object>();

export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Epoch ms. */
  readonly since: number;
}

export interface InstanceLock {
  readonly holder: Holder;
  release(): void;
}

/** Another instance runs on this data directory. `holder` is what it wrote about itself, when it could be read. */
export class InstanceLockedError extends Error {
  override readonly name = 'InstanceLockedError';
  readonly code = 'INSTANCE_LOCKED';

  constructor(readonly holder: Holder | null) {
    const who = holder
      ? `process ${holder.pid} on ${holder.host} has been running on this data directory since ${new Date(holder.since).toISOString()}`
      : 'another process is running on this data directory';
    super(`INSTANCE_LOCKED: ${who}; stop it first, or give this one another DATA_DIR`);
  }
}

/**
 * One instance at a time on an embedded database. The lock is SQLite's exclusive lock on a file, so the kernel gives it
 * back however the process ends, `kill -9` included, and it works wherever SQLite does. It stops being safe on network
 * file systems whose locks are not shared between hosts; SQLite itself is not safe there either.
 *
 * @param now epoch ms, for the text that says since when.
 * @throws InstanceLockedError when another process holds it; StoreError when the file cannot be opened.
 */
export function acquireInstanceLock(dataDir: string, now: number = Date.now()): InstanceLock {
  const holderPath = join(dataDir, HOLDER_FILE);
  const lock = takeLock(dataDir, holderPath);
  const holder: Holder = { host: hostname(), pid: process.pid, since: now };
  try {
    writeFileSync(holderPath, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw translateError(error, 'sqlite');
  }
  held.add(lock);
  return {
    holder,
    release() {
      if (!held.delete(lock)) return;
      // Before the lock is given back: after it, the file may be the next holder's.
      rmSync(holderPath, { force: true });
      lock.close();
    },
  };
}

function takeLock(dataDir: string, holderPath: string) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const path = join(dataDir, LOCK_FILE);
    const lock = new (sqliteEngine().DatabaseSync)(path);
    try {
      chmodSync(path, 0o600);
      // A rollback journal: in write-ahead mode an exclusive transaction would let readers, and so a second lock, in.
      lock.exec('pragma journal_mode = delete');
      lock.exec('pragma busy_timeout = 0');
      lock.exec('begin exclusive');
      return lock;
    } catch (error) {
      lock.close();
      throw error;
    }
  } catch (error) {
    const translated = translateError(error, 'sqlite');
    if ((translated as { code?: unknown }).code === 'STORE_BUSY') throw new InstanceLockedError(readHolder(holderPath));
    throw translated;
  }
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}
