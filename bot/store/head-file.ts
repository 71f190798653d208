import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LedgerHead } from './ledger-chain';
import type { StoreLog } from './schema';
import { StoreError } from './store-error';

export interface HeadFile {
  /** What was read when it was opened: `none` when there was no file, `damaged` when there was no sense in it. */
  readonly found: LedgerHead | 'none' | 'damaged';
  /** Called after every commit that appended. Never throws: a full disk must not keep anybody in the group. */
  write(head: LedgerHead): void;
}

/**
 * Remembers beside the database how far its ledger had come, so that a database which was put back shows. Written after
 * the commit: it may be behind the database by what a crash cut off, and never ahead of it unless the database went back.
 *
 * Not flushed to the disk: after a power failure an older head, or none that can be read, is no alarm.
 */
export function openHeadFile(path: string, log: StoreLog): HeadFile {
  let newest = -1;
  let failing = false;
  return {
    found: read(path),
    write(head) {
      // Commits of one process may end in another order than they were made in.
      if (head.seq <= newest) return;
      try {
        replace(path, head);
        newest = head.seq;
        failing = false;
      } catch (error) {
        if (!failing) log.warn({ event: 'head-file-unwritable', code: (error as NodeJS.ErrnoException).code, path });
        failing = true;
      }
    },
  };
}

/** @throws StoreError when it cannot be written: an instance that starts without it would not notice a roll-back. */
export function beginHeadFile(path: string, head: LedgerHead): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    replace(path, head);
  } catch (error) {
    throw unusable(error);
  }
}

/** Whole or not at all, whoever else writes it at the same moment. */
function replace(path: string, { seq, mac }: LedgerHead): void {
  const fresh = `${path}.${process.pid}`;
  try {
    writeFileSync(fresh, `${JSON.stringify({ seq, mac })}\n`, { mode: 0o600 });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function read(path: string): HeadFile['found'] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw unusable(error);
  }
  try {
    const { seq, mac } = JSON.parse(text) as Partial<LedgerHead>;
    return Number.isSafeInteger(seq) && typeof mac === 'string' ? { seq: seq as number, mac } : 'damaged';
  } catch {
    return 'damaged';
  }
}

function unusable(error: unknown): StoreError {
  return new StoreError('STORE_HEAD_FILE', (error as NodeJS.ErrnoException).code);
}
