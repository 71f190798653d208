import { zipSync } from 'fflate';

/**
 * Packs files in the given order. The same files give the same bytes, on every machine and in every time zone: the format
 * stores local times, so all entries carry one that reads the same everywhere.
 */
export function pack(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const mtime = new Date(2026, 0, 1, 12, 0, 0);
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [name, [content, { mtime, level: 9 }]])),
  );
}
