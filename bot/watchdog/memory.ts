import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FIRST_WATCH, type Watch } from './decide';

/** What outlives a restart of the watchdog. */
export interface Remembered {
  readonly watch: Watch;
  /** Object ids of people who were, or were about to be, taken out and whose sessions are not yet revoked. */
  readonly owed: readonly string[];
}

export interface Memory {
  /** What was saved last; the beginning where nothing was, or where it cannot be read. */
  load(): Remembered;
  /** Throws the error of the file system. */
  save(remembered: Remembered): void;
}

const NOTHING: Remembered = { watch: FIRST_WATCH, owed: [] };

/** A file of a few hundred bytes, replaced whole. It holds object ids of people and nothing secret. */
export function createMemory(file: string): Memory {
  return {
    load() {
      try {
        return checked(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return NOTHING;
      }
    },
    save(remembered) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(remembered), { mode: 0o600, flush: true });
      renameSync(`${file}.new`, file);
    },
  };
}

/** A file that somebody else wrote, or half of one, must not be worth more than none. */
function checked(value: unknown): Remembered {
  const { watch, owed } = value as Partial<Remembered>;
  const isTime = (part: unknown) => part === null || (typeof part === 'number' && Number.isFinite(part) && part >= 0);
  if (!watch || !isTime(watch.lookedAt) || !isTime(watch.silentFor)) return NOTHING;
  const ids = Array.isArray(owed) ? owed.filter((id) => typeof id === 'string') : [];
  return { watch: { lookedAt: watch.lookedAt, silentFor: watch.silentFor }, owed: ids };
}
