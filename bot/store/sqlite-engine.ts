type Sqlite = typeof import('@photostructure/sqlite');
export type SqliteDatabase = InstanceType<Sqlite['DatabaseSync']>;

let chosen: Sqlite | undefined;

/**
 * The SQLite of this process: Node's own where it is complete (`columns()` came with 22.16 and 24), else the package
 * with the same interface, which is left unloaded where it is not needed.
 *
 * One process must never open one file with both: each would keep its own list of POSIX locks, and closing a file in
 * one drops the locks of the other. So the choice is made once, here, for everything.
 */
export function sqliteEngine(): Sqlite {
  if (chosen) return chosen;
  const builtin = process.getBuiltinModule?.('node:sqlite' as 'node:fs') as unknown as Sqlite | undefined;
  chosen =
    builtin && 'columns' in builtin.StatementSync.prototype
      ? builtin
      : (require('@photostructure/sqlite') as unknown as Sqlite);
  return chosen;
}
