import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../clock';
import type { StoreConfig } from '../config';
import { readLedgerKey } from '../config/ledger-key';
import { createLog, witnessOf } from '../log';
import { DATABASE_FILE } from '../store/open-sqlite';
import { type OpenStore, openStore } from '../store/open-store';
import { CliError } from './exit-codes';

/** What goes wrong beside a result is said on standard error, which leaves standard output to the result. */
export const quietLog = (level: 'warn' | 'error') => createLog(level, process.stderr);

/**
 * Opens the store for one command, beside an instance that may be running, and closes it after. Never makes a new one:
 * a command that looks in the wrong directory must not find an empty store there and say that all is well.
 */
export async function useStore<T>(config: StoreConfig, use: (open: OpenStore) => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl } = config;
  if (!databaseUrl && !existsSync(join(dataDir, DATABASE_FILE)))
    throw new CliError(`There is no store in ${dataDir}. Set DATA_DIR as it is set for the instance.`);
  const open = await openStore(databaseUrl ? { databaseUrl } : { dataDir }, {
    ledgerKey: readLedgerKey(config.ledgerKeyFile, false),
    log: quietLog('error'),
    // A command that changes something says where the ledger ends now, like an instance does.
    witness: witnessOf(quietLog('error')),
    clock: systemClock,
  });
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}
