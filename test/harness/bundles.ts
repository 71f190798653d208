import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const dist = join(root, 'dist');
const SOURCES = ['bot', 'cards', 'graph', 'playground', 'deploy', 'test/promises', 'test/hunt'];
const BUNDLES = ['onboard.cjs', 'playground.cjs'];
const LOCK_LIMIT = 120_000;

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.(test\.ts|md)$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function stale(): boolean {
  const built = Math.min(
    ...BUNDLES.map((name) => (existsSync(join(dist, name)) ? statSync(join(dist, name)).mtimeMs : 0)),
  );
  return Math.max(...SOURCES.map((name) => newest(join(root, name)))) > built;
}

/**
 * Absolute path of the playground's bundle, built first when a source is newer than it. Test files run side by side:
 * making a directory is the lock, because only one of them can.
 */
export function playgroundBundle(): string {
  const lock = join(root, 'dist.lock');
  const until = Date.now() + LOCK_LIMIT;
  while (stale()) {
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() > until) throw new Error(`${lock} is in the way: somebody's build was killed. Remove it.`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      if (stale()) execFileSync(process.execPath, [join(root, 'deploy', 'build.mjs')], { cwd: root, stdio: 'pipe' });
    } finally {
      rmdirSync(lock);
    }
  }
  return join(dist, 'playground.cjs');
}
