import { sql } from 'kysely';
import { migrations } from './migrations';
import type { Database } from './schema';
import { StoreError } from './store-error';

/** Any number that nobody else uses in the same PostgreSQL database. */
const MIGRATION_LOCK = 7_265_110_742;

/**
 * Brings the tables up to date in one transaction. Two instances may start at once: the second waits for the first and
 * finds nothing to do. SQLite's transaction holds the write lock from its first moment, PostgreSQL needs to be asked.
 *
 * @throws StoreError STORE_MIGRATION_NEWER when a newer version has been here.
 */
export async function migrate({ db, engine }: Database, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(tx);
    await tx.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const { newest } = await tx
      .selectFrom('schema_version')
      .select((is) => is.fn.coalesce(is.fn.max('number'), sql<number>`0`).as('newest'))
      .executeTakeFirstOrThrow();
    const applied = Number(newest);
    if (applied > migrations.length) throw new StoreError('STORE_MIGRATION_NEWER', `${applied} > ${migrations.length}`);
    for (const [index, apply] of migrations.entries()) {
      const number = index + 1;
      if (number <= applied) continue;
      await apply(tx);
      await tx.insertInto('schema_version').values({ number, applied_at: now }).execute();
    }
  });
}
