/**
 * Runs a TypeScript program of the tests: `node test/harness/run.mjs test/crash/main.ts --seed 1`. The product and the
 * playground are built into a directory of this run alone, so that nobody's build gets in between. It is told to the
 * program as ONBOARD_DIST.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
// V8 keeps what it has compiled, as the same bundles are started hundreds of times. The code is the same.
for (const name of ['onboard.cjs', 'playground.cjs']) {
  const real = join(outdir, name.replace('.cjs', '-bundle.cjs'));
  renameSync(join(outdir, name), real);
  writeFileSync(join(outdir, name), loaderOf(real));
  const env = { ...process.env, KEEP_CODE: '1' };
  await exitOf(spawn(process.execPath, [join(outdir, name), '--help'], { stdio: 'ignore', env }));
}
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
  // As in deploy/build.mjs, for programs that start a bot of their own.
  external: ['@photostructure/sqlite', 'dtrace-provider', 'pg-native', 'playwright-core'],
  alias: {
    'botbuilder-dialogs': './deploy/stubs/botbuilder-dialogs.cjs',
    punycode: './node_modules/punycode/punycode.js',
  },
});
const program = spawn(process.execPath, ['--enable-source-maps', join(outdir, 'program.cjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ONBOARD_DIST: outdir },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal));
process.exit(await exitOf(program));

function loaderOf(file) {
  return `const { readFileSync, writeFileSync, existsSync } = require('node:fs');
const vm = require('node:vm');
const { createRequire, wrap } = require('node:module');
const file = ${JSON.stringify(file)};
const kept = file + '.code';
const script = new vm.Script(wrap(readFileSync(file, 'utf8').replace(/^#!.*/, '')), {
  filename: file,
  ...(existsSync(kept) ? { cachedData: readFileSync(kept) } : {}),
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
if (process.env.KEEP_CODE) process.on('exit', () => writeFileSync(kept, script.createCachedData()));
const made = { exports: {} };
script.runInThisContext()(made.exports, createRequire(file), made, __filename, __dirname);
`;
}
