/**
 * Node 22 calls its SQLite experimental on every start; we chose it knowing that, and the store's tests run on it. Every
 * other warning is printed as Node would.
 */
export function hushSqliteWarning(): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.startsWith('SQLite')) return;
    process.stderr.write(`(node:${process.pid}) ${warning.stack ?? `${warning.name}: ${warning.message}`}\n`);
  });
}
