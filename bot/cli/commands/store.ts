import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readStoreConfig } from '../../config';
import { backUp } from '../../store/backup';
import { DATABASE_FILE } from '../../store/open-sqlite';
import { CliError, EXIT } from '../exit-codes';
import type { Output } from '../output';
import { useStore } from '../use-store';

/** Copies the embedded database while it is in use. */
export function backUpStore(env: NodeJS.ProcessEnv, output: Output, file: string): void {
  const { databaseUrl, dataDir } = readStoreConfig(env);
  if (databaseUrl)
    throw new CliError('The store is PostgreSQL: back it up with pg_dump, or as you do others.', EXIT.usage);
  const database = join(dataDir, DATABASE_FILE);
  if (!existsSync(database))
    throw new CliError(`There is no store in ${dataDir}. Set DATA_DIR as it is set for the instance.`);
  backUp(database, resolve(file));
  output.result(`Backed up to ${resolve(file)}. The ledger key is not in it: keep that elsewhere.`);
}

/** For a PostgreSQL that was put back where no instance can notice: the next start acts on it. */
export async function markRestored(env: NodeJS.ProcessEnv, output: Output): Promise<void> {
  await useStore(readStoreConfig(env), async (open) => {
    await open.markRestored();
    output.result('Marked. The next start cancels what is approved and takes out whoever is in a window.');
  });
}
