import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock';
import type { StoreConfig } from '../config';
import { readLedgerKey } from '../config/ledger-key';
import { type Logger, witnessOf } from '../log';
import { acquireInstanceLock } from '../store/instance-lock';
import { DATABASE_FILE } from '../store/open-sqlite';
import { type OpenStore, openStore } from '../store/open-store';

/**
 * Opens the store as an instance: on SQLite it is the only one, by lock, and frees what a dead one held. With PostgreSQL
 * others may be alive; their leases run out by themselves.
 *
 * @throws ConfigError, InstanceLockedError, StoreError.
 */
export async function openPlace(
  { dataDir, databaseUrl, ledgerKeyFile, headFile }: StoreConfig,
  clock: Clock,
  log: Logger,
): Promise<OpenStore> {
  const options = { log, witness: witnessOf(log), clock, ...(headFile ? { headFile } : {}) };
  if (databaseUrl) return openStore({ databaseUrl }, { ...options, ledgerKey: readLedgerKey(ledgerKeyFile, false) });

  const lock = acquireInstanceLock(dataDir, clock.now());
  try {
    const ledgerKey = readLedgerKey(ledgerKeyFile, !existsSync(join(dataDir, DATABASE_FILE)));
    const open = await openStore({ dataDir }, { ...options, ledgerKey });
    await open.clearLeases();
    return {
      ...open,
      async close() {
        await open.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
