import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';

interface Answer {
  readonly id: number;
  readonly rows: unknown[];
  readonly affectedRows?: number;
  readonly error?: object;
}

/** PostgreSQL without a server: one session, so whoever has it keeps it until his transaction is over. */
export class PgliteServer {
  readonly #worker = new Worker(join(__dirname, 'pglite-worker.cjs'));
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor() {
    this.#worker.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  async query(sql: string, parameters: readonly unknown[] = []): Promise<Answer> {
    const id = ++this.#asked;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, sql, parameters });
    });
    if (answer.error) throw Object.assign(new Error('PGlite'), answer.error);
    return answer;
  }

  /** Resolves with what ends the turn. */
  async takeTurn(): Promise<() => void> {
    const before = this.#turn;
    let end = () => {};
    this.#turn = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }

  /** Nothing is left of earlier tests. */
  async empty(): Promise<void> {
    await this.query('drop schema public cascade');
    await this.query('create schema public');
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Kysely on a PgliteServer; many of them may share one, as several instances share a database. */
export function pgliteDialect(server: PgliteServer): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PgliteDriver(server),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PgliteConnection implements DatabaseConnection {
  constructor(
    private readonly server: PgliteServer,
    readonly endTurn: () => void,
  ) {}

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.server.query(sql, parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affectedRows ?? 0) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('nothing streams here');
  }
}

class PgliteDriver implements Driver {
  constructor(private readonly server: PgliteServer) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PgliteConnection> {
    return new PgliteConnection(this.server, await this.server.takeTurn());
  }

  async beginTransaction(connection: PgliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: PgliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: PgliteConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(connection: PgliteConnection): Promise<void> {
    connection.endTurn();
  }

  async destroy(): Promise<void> {}
}
