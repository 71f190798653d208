/**
 * Runs a TypeScript program of the tests: `node test/harness/run.mjs test/crash/main.ts --seed 1`. The product and the
 * playground are built into a directory of this run alone, so that nobody's build gets in between. It is told to the
 * program as ONBOARD_DIST.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [entry, ...args] = process.argv.slice(2);

/** Of a run that was killed: its process is gone. */
for (const name of readdirSync(root).filter((each) => /^dist-test-run-\d+-/.test(each))) {
  if (!existsSync(`/proc/${name.split('-')[3]}`)) rmSync(join(root, name), { recursive: true, force: true });
}
// Inside the project, because the bundles look for the SQLite package beside themselves.
const outdir = mkdtempSync(join(root, `dist-test-run-${process.pid}-`));
const clean = () => rmSync(outdir, { recursive: true, force: true });
process.on('exit', clean);

const exitOf = (child) => new Promise((done) => child.once('exit', (code, signal) => done(signal ? 1 : (code ?? 1))));
const built = await exitOf(spawn(process.execPath, [join(root, 'deploy', 'build.mjs'), outdir], { stdio: 'inherit' }));
if (built !== 0) process.exit(built);
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile: join(outdir, 'program.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  external: ['@photostructure/sqlite', 'pg-native'],
});
const program = spawn(process.execPath, ['--enable-source-maps', join(outdir, 'program.cjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ONBOARD_DIST: outdir },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal));
process.exit(await exitOf(program));
