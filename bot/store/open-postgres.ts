import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Database, Schema, StoreLog } from './schema';

const BIGINT = 20;

/**
 * A pool of PostgreSQL connections. Every wait has an end (ms), so that an instance which hangs in the middle of a
 * change does not hold up the others. bigint becomes a number: our largest are times, far below 2^53.
 */
export function openPostgres(databaseUrl: string, log: StoreLog): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'onboard',
    max: 6,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    lock_timeout: 5_000,
    statement_timeout: 15_000,
    query_timeout: 20_000,
    idle_in_transaction_session_timeout: 15_000,
    types: { getTypeParser: (oid, format) => (oid === BIGINT ? Number : types.getTypeParser(oid, format)) },
  });
  // A connection that breaks is an error event, on the pool while it is idle and on the connection while it is lent out.
  // Without listeners on both, a server that restarts would end the process. Whoever was using it gets an error as well.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', (error: Error & { readonly code?: string }) =>
      log.warn({ event: 'store-connection-lost', code: error.code }),
    );
  });
  return { db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }), engine: 'postgres' };
}
