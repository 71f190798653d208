import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase as KyselyDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import type { SqliteDatabase } from './sqlite-engine';

/** Enough for every statement of the store; a bound only because lists of different length make different statements. */
const CACHED_STATEMENTS = 256;

/**
 * Kysely on an open SQLite database. Statements are kept: their native handles are freed only when the event loop
 * turns, so that a loop which never waits would otherwise grow without bound.
 */
export class EmbeddedDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database: adapt(database) });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database);
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database: adapt(database) });
    this.#database = database;
  }

  /** Takes the write lock at once: a transaction that reads first and writes later could find its reading out of date. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite has already rolled back after some errors (disk full); a second time would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

function adapt(database: SqliteDatabase): KyselyDatabase {
  const statements = new Map<string, ReturnType<KyselyDatabase['prepare']>>();
  return {
    close: () => {
      statements.clear();
      database.close();
    },
    prepare(sql) {
      const kept = statements.get(sql);
      if (kept) return kept;
      const statement = database.prepare(sql);
      const adapted = {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...bind(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...bind(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...bind(parameters)),
      };
      if (statements.size >= CACHED_STATEMENTS) statements.clear();
      statements.set(sql, adapted);
      return adapted;
    },
  };
}

type Bound = Parameters<ReturnType<SqliteDatabase['prepare']>['all']>;

/** Node 22's SQLite throws on booleans. */
function bind(parameters: readonly unknown[]): Bound {
  return parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value)) as Bound;
}
