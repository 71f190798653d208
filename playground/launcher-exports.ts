import { resolve } from 'node:path';
import { CannotStart } from './launcher-options';
import { BadExport, type LoadedTenant, loadTenant } from './tenant';

/** Reads the folder once; a reset begins with the same exports. Throws CannotStart with a line for each bad file. */
export function readExports(dir: string, say: (line: string) => void): LoadedTenant {
  const loaded = exported(() => loadTenant(resolve(dir)));
  for (const note of loaded.notes) say(note);
  return loaded;
}

/** Carries out; a bad export becomes a reason not to start. */
export function exported<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadExport) throw new CannotStart(error.message);
    throw error;
  }
}
