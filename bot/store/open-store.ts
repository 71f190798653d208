import type { Clock } from '../clock';
import type { Actor } from '../onboarding/decision';
import type { GuideLinkStore } from '../workflow/guide-links';
import type { Outbox, Store } from '../workflow/store-port';
import { createConversations } from './conversations';
import { createForgetting, type Forgetting } from './forget';
import { createGuideLinkStore } from './guide-links';
import { beginHeadFile, openHeadFile } from './head-file';
import { createLanguageChoice } from './language-choice';
import { checkTail, createLedgerReader, type LedgerReader } from './ledger';
import { ledgerKeyOf } from './ledger-chain';
import { type Pruned, pruneLedger } from './ledger-prune';
import { migrate } from './migrate';
import { createChanges } from './onboarding-changes';
import { createLeases } from './onboarding-leases';
import { createQueries } from './onboarding-queries';
import { openPostgres } from './open-postgres';
import { openSqlite } from './open-sqlite';
import { createDelivery } from './outbox';
import { clearRestoreMark, judgeRestored, type RestoreSign, restoreMark, setRestoreMark } from './restored';
import type { Database, StoreLog } from './schema';
import { createSeenInGroup } from './seen-in-group';
import { translateError, withStoreErrors } from './translate-error';
import { createWriter, logHead } from './write';

export type StorePlace = { readonly dataDir: string } | { readonly databaseUrl: string };

export interface StoreOptions {
  /** At least 32 bytes, kept outside of the database and its backups. */
  readonly ledgerKey: Buffer;
  readonly log: StoreLog;
  /**
   * Where every new head of the ledger is written, whatever LOG_LEVEL leaves out of `log`: a head that is missing there
   * makes a roll-back to before it undetectable. Left out: `log`.
   */
  readonly witness?: Pick<StoreLog, 'info'>;
  readonly clock: Pick<Clock, 'now'>;
  /**
   * Where this host remembers how far the ledger had come. Given by instances, not by commands: what an instance finds
   * there decides whether the store is the one that it left.
   */
  readonly headFile?: string;
}

export interface OpenStore {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly guideLinks: GuideLinkStore;
  readonly ledger: LedgerReader;
  readonly retention: Retention;
  /**
   * The store was put back from a copy, or is a new one in the place of another. What it says is open may be over, and
   * what it does not know of may be open: `approved` is to be cancelled and `open` to be closed before anything else.
   * Says so at every start until `restoreTreated`.
   */
  readonly restored: RestoreSign | null;
  restoreTreated(): Promise<void>;
  /** Somebody says that it was restored; the next start, or the next command that stops, acts on it. */
  markRestored(): Promise<void>;
  /**
   * Frees what a process that is dead held, on SQLite: there the instance that has the instance lock is the only one, so
   * it need not wait for leases to run out. Never to be called without that lock. Does nothing on PostgreSQL, where
   * other instances are alive.
   */
  clearLeases(): Promise<void>;
  close(): Promise<void>;
}

/** What goes away in time. Both may run beside instances, and twice. */
export interface Retention extends Forgetting {
  /** Removes the oldest entries of the ledger; throws STORE_LEDGER_BROKEN for one that is not whole. */
  prune(before: number, actor: Actor): Promise<Pruned>;
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
  const { log, headFile } = options;
  const now = () => options.clock.now();
  try {
    const key = ledgerKeyOf(options.ledgerKey);
    // Before the database is asked; see judgeRestored.
    const file = headFile === undefined ? null : openHeadFile(headFile, log);
    await migrate(database, now());
    await checkTail(db, key, log);
    const ledger = createLedgerReader(db, key);
    const head = await ledger.head();
    logHead(log, head);
    const write = createWriter(database, key, (appended) => {
      logHead(options.witness ?? log, appended);
      file?.write(appended);
    });
    const restored = file
      ? await judgeRestored({ db, engine, write, log, now: now() }, file.found, head)
      : await restoreMark(db);
    if (headFile !== undefined) beginHeadFile(headFile, await ledger.head());
    const forgetting = createForgetting(database, write, now);
    return {
      store: withStoreErrors<Store>(
        {
          ...createQueries(db),
          ...createLeases(database),
          ...createChanges(write, now),
          ...createSeenInGroup(db),
          forget: forgetting.forget,
        },
        engine,
      ),
      outbox: withStoreErrors<Outbox>(
        { ...createDelivery(database), ...createConversations(db, now), ...createLanguageChoice(db) },
        engine,
      ),
      guideLinks: withStoreErrors<GuideLinkStore>(createGuideLinkStore(db), engine),
      ledger: { ...withStoreErrors(ledger, engine), pages: ledger.pages },
      retention: withStoreErrors<Retention>(
        { ...forgetting, prune: (before, actor) => pruneLedger({ db, write, key, now: now(), before, actor }) },
        engine,
      ),
      restored,
      ...withStoreErrors(
        {
          clearLeases: () => clearLeases(database),
          restoreTreated: () => clearRestoreMark(db),
          markRestored: () => setRestoreMark(db, 'operator'),
        },
        engine,
      ),
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
