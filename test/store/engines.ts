import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { openPostgres } from '../../bot/store/open-postgres';
import { assembleStore, type OpenStore, openStore } from '../../bot/store/open-store';
import type { Schema } from '../../bot/store/schema';
import { type Postgres, startPostgres } from '../harness/postgres';
import { PgliteServer, pgliteDialect } from './pglite-dialect';

export const LEDGER_KEY = Buffer.alloc(32, 7);

/** What was written to the log, and a clock that stands still. */
export class World {
  readonly lines: Record<string, unknown>[] = [];
  time = 1_000_000;
  readonly log = {
    info: (line: object) => void this.lines.push({ level: 'info', ...line }),
    warn: (line: object) => void this.lines.push({ level: 'warn', ...line }),
    error: (line: object) => void this.lines.push({ level: 'error', ...line }),
  };
  readonly clock = { now: () => this.time };

  events(event: string): Record<string, unknown>[] {
    return this.lines.filter((line) => line.event === event);
  }
}

/** One database, empty at first, that several instances may open. */
export interface Place {
  open(world: World, ledgerKey?: Buffer, headFile?: string): Promise<OpenStore>;
  /** Behind the store's back, as somebody with the database's password. */
  tamper(statement: string): Promise<void>;
  /** Everything in every table, as text. */
  dump(): Promise<string>;
  remove(): Promise<void>;
}

export interface TestEngine {
  readonly name: string;
  start(): Promise<void>;
  place(): Promise<Place>;
  stop(): Promise<void>;
}

const TABLES = [
  'onboarding',
  'ledger',
  'ledger_head',
  'ledger_text',
  'ledger_checkpoint',
  'outbox',
  'conversation',
  'guide_link',
  'setting',
] as const;

async function dump(db: Kysely<Schema>): Promise<string> {
  const tables = await Promise.all(TABLES.map((table) => db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(tables);
}

const sqlite: TestEngine = {
  name: 'SQLite',
  start: async () => {},
  stop: async () => {},
  async place() {
    const dataDir = mkdtempSync(join(tmpdir(), 'onboard-store-'));
    const { openSqlite } = await import('../../bot/store/open-sqlite');
    const aside = async <T>(work: (db: Kysely<Schema>) => Promise<T>) => {
      const { db } = await openSqlite(dataDir, new World().log);
      return work(db).finally(() => db.destroy());
    };
    return {
      open: ({ log, clock }, ledgerKey = LEDGER_KEY, headFile) =>
        openStore({ dataDir }, { ledgerKey, log, clock, ...(headFile ? { headFile } : {}) }),
      tamper: (statement) => aside(async (db) => void (await sql.raw(statement).execute(db))),
      dump: () => aside(dump),
      remove: async () => rmSync(dataDir, { recursive: true }),
    };
  },
};

function pglite(): TestEngine {
  let server: PgliteServer;
  return {
    name: 'PGlite',
    async start() {
      server = new PgliteServer();
    },
    stop: () => server.stop(),
    async place() {
      await server.empty();
      const connect = () => new Kysely<Schema>({ dialect: pgliteDialect(server) });
      return {
        open: ({ log, clock }, ledgerKey = LEDGER_KEY, headFile) =>
          assembleStore(
            { db: connect(), engine: 'postgres' },
            { ledgerKey, log, clock, ...(headFile ? { headFile } : {}) },
          ),
        tamper: async (statement) => void (await server.query(statement)),
        dump: () => dump(connect()),
        remove: async () => {},
      };
    },
  };
}

/** A real server: one that somebody offers, with an empty database in it, or one of our own where it is installed. */
function postgres(offered: string | undefined): TestEngine {
  let server: Postgres | undefined;
  let databaseUrl = offered ?? '';
  return {
    name: 'PostgreSQL',
    async start() {
      if (offered) return;
      const started = await startPostgres();
      if ('missing' in started) throw new Error(started.missing);
      server = started;
      databaseUrl = await started.database();
    },
    stop: async () => server?.close(),
    async place() {
      const { db } = openPostgres(databaseUrl, new World().log);
      await sql.raw('drop schema public cascade').execute(db);
      await sql.raw('create schema public').execute(db);
      return {
        open: ({ log, clock }, ledgerKey = LEDGER_KEY, headFile) =>
          openStore({ databaseUrl }, { ledgerKey, log, clock, ...(headFile ? { headFile } : {}) }),
        tamper: async (statement) => void (await sql.raw(statement).execute(db)),
        dump: () => dump(db),
        remove: () => db.destroy(),
      };
    },
  };
}

const { TEST_DATABASE_URL } = process.env;

const installed = ['/usr/lib/postgresql', '/usr/local/bin/initdb'].some((path) => existsSync(path));

/** The whole suite runs on each. PGlite stands in where there is no server. */
export function engines(): TestEngine[] {
  return [sqlite, TEST_DATABASE_URL || installed ? postgres(TEST_DATABASE_URL) : pglite()];
}
