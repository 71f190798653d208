/**
 * - `STORE_BUSY` somebody held a lock for longer than the wait; trying again helps.
 * - `STORE_CORRUPT` what was read is not what was written, or not a database.
 * - `STORE_MIGRATION_NEWER` a newer version of Onboard has changed the tables.
 * - `STORE_UNREACHABLE` no connection, no file, no right to it. A commit that ends so may have been stored: load and look.
 * - `STORE_FULL` no room left.
 * - `STORE_LEDGER_KEY` the ledger key is too short to be one.
 * - `STORE_LEDGER_BROKEN` the ledger is not whole, so what was asked would hide what happened to it.
 * - `STORE_EXISTS` a file that was to be made is there already.
 * - `STORE_HEAD_FILE` the file that remembers the ledger's head cannot be read or written.
 * - `STORE_FAILED` anything else the engine refused; a fault in Onboard.
 */
export type StoreErrorCode =
  | 'STORE_BUSY'
  | 'STORE_CORRUPT'
  | 'STORE_MIGRATION_NEWER'
  | 'STORE_UNREACHABLE'
  | 'STORE_FULL'
  | 'STORE_LEDGER_KEY'
  | 'STORE_LEDGER_BROKEN'
  | 'STORE_EXISTS'
  | 'STORE_HEAD_FILE'
  | 'STORE_FAILED';

const HINTS: Readonly<Record<StoreErrorCode, string>> = {
  STORE_BUSY: 'the database is locked by somebody else; look for a backup or a command that is still running',
  STORE_CORRUPT: 'the database is damaged or is not one of ours; restore the newest backup and compare its ledger head',
  STORE_MIGRATION_NEWER: 'the database belongs to a newer version of Onboard; start that version',
  STORE_UNREACHABLE: 'the database cannot be reached; check DATA_DIR or DATABASE_URL, its owner and its permissions',
  STORE_FULL: 'no room left for the database; free some space, nothing that was acknowledged is lost',
  STORE_LEDGER_KEY: 'the ledger key must have at least 32 bytes',
  STORE_LEDGER_BROKEN: 'the ledger is not whole; `onboard ledger verify` says where',
  STORE_EXISTS: 'there is a file of that name already; name another one',
  STORE_HEAD_FILE:
    'the file that remembers the end of the ledger cannot be used; check LEDGER_HEAD_FILE and its directory',
  STORE_FAILED: 'the database refused a statement; please report this with the engine code',
};

/**
 * The one error of the store. `code` is stable, `engineCode` is SQLite's result code or PostgreSQL's SQLSTATE. The
 * engine's own error is left behind on purpose: its message and detail can hold values of a row, or an address with a
 * password.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly hint: string;

  constructor(
    readonly code: StoreErrorCode,
    readonly engineCode?: string,
  ) {
    const hint = HINTS[code];
    super(engineCode === undefined ? `${code}: ${hint}` : `${code} (${engineCode}): ${hint}`);
    this.hint = hint;
  }
}
