import { sql } from 'kysely';
import type { Database, Queries } from './schema';

/**
 * Runs a write that need not survive a power failure: who works on what until when. On SQLite every other commit waits for
 * the disk; these are as many as all others together, and lost they only mean that something is taken up again. In
 * write-ahead mode the database stays whole, and the next commit that does wait takes them along (sqlite.org, PRAGMA
 * synchronous). A process that dies loses none of them. Not for use in a transaction.
 */
export async function unflushed<T>({ db, engine }: Database, write: (db: Queries) => Promise<T>): Promise<T> {
  if (engine !== 'sqlite') return write(db);
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await write(connection);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
