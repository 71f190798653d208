import type { Clock } from '../clock';
import type { Outbox, Store } from '../workflow/store-port';
import { createConversations } from './conversations';
import { checkTail, createLedgerReader, type LedgerReader } from './ledger';
import { ledgerKeyOf } from './ledger-chain';
import { migrate } from './migrate';
import { createChanges } from './onboarding-changes';
import { createLeases } from './onboarding-leases';
import { createQueries } from './onboarding-queries';
import { openPostgres } from './open-postgres';
import { openSqlite } from './open-sqlite';
import { createDelivery } from './outbox';
import type { Database, StoreLog } from './schema';
import { translateError, withStoreErrors } from './translate-error';
import { createWriter, logHead } from './write';

export type StorePlace = { readonly dataDir: string } | { readonly databaseUrl: string };

export interface StoreOptions {
  /** At least 32 bytes, kept outside of the database and its backups. */
  readonly ledgerKey: Buffer;
  readonly log: StoreLog;
  readonly clock: Pick<Clock, 'now'>;
}

export interface OpenStore {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly ledger: LedgerReader;
  /**
   * Frees what a process that is dead held, on SQLite: there the instance that has the instance lock is the only one, so
   * it need not wait for leases to run out. Never to be called without that lock. Does nothing on PostgreSQL, where
   * other instances are alive.
   */
  clearLeases(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws StoreError, like every method of what it returns.
 */
export async function openStore(place: StorePlace, options: StoreOptions): Promise<OpenStore> {
  const engine = 'dataDir' in place ? 'sqlite' : 'postgres';
  try {
    const database =
      'dataDir' in place ? await openSqlite(place.dataDir, options.log) : openPostgres(place.databaseUrl, options.log);
    return await assembleStore(database, options);
  } catch (error) {
    throw translateError(error, engine);
  }
}

/** The store on a database that is open; closes it when it cannot be used. */
export async function assembleStore(database: Database, options: StoreOptions): Promise<OpenStore> {
  const { db, engine } = database;
  const now = () => options.clock.now();
  try {
    const key = ledgerKeyOf(options.ledgerKey);
    await migrate(database, now());
    await checkTail(db, key, options.log);
    const ledger = withStoreErrors(createLedgerReader(db, key), engine);
    logHead(options.log, await ledger.head());
    const write = createWriter(database, key, options.log);
    return {
      store: withStoreErrors<Store>(
        { ...createQueries(db), ...createLeases(database), ...createChanges(write, now) },
        engine,
      ),
      outbox: withStoreErrors<Outbox>({ ...createDelivery(database), ...createConversations(db, now) }, engine),
      ledger,
      ...withStoreErrors({ clearLeases: () => clearLeases(database) }, engine),
      close: () => db.destroy(),
    };
  } catch (error) {
    await db.destroy();
    throw translateError(error, engine);
  }
}

async function clearLeases({ db, engine }: Database): Promise<void> {
  if (engine !== 'sqlite') return;
  const free = { leased_until: null, lease_owner: null };
  await db.updateTable('onboarding').set(free).execute();
  await db.updateTable('outbox').set(free).execute();
}
