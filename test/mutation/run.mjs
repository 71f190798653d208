/**
 * Would the tests notice? Changes one condition, operator or number of the pure core at a time, in a copy of it, and runs
 * its tests: `node test/mutation/run.mjs [--minutes 30] [--seed 1] [--only exit.ts] [--min 80]`. A change that no test
 * notices has survived. The order is random by seed, so that a run that is cut short by its time is a fair sample.
 *
 * Prints what survived and the score; ends with 1 when the score is below `--min`.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutantsOf, shuffled } from './mutants.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    min: { type: 'string', default: '0' },
  },
});
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const copy = mkdtempSync(join(tmpdir(), 'onboard-mutation-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

for (const folder of ['bot/onboarding', 'test/onboarding'])
  cpSync(join(root, folder), join(copy, folder), { recursive: true });
mkdirSync(join(copy, 'bot'), { recursive: true });
for (const file of ['bot/pass.ts', 'jest.config.cjs', 'package.json']) cpSync(join(root, file), join(copy, file));
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** A mutant may loop for ever: that is noticed too. */
const LONGEST = 60_000;

/** Runs the tests of the core in one process; true when they pass. */
function passes() {
  return new Promise((done) => {
    const jest = spawn(
      process.execPath,
      [
        join(root, 'node_modules/jest/bin/jest.js'),
        '--bail',
        '--runInBand',
        '--silent',
        '--watchman=false',
        'test/onboarding',
      ],
      { cwd: copy, stdio: 'ignore', env: { ...process.env, PROPERTY_RUNS: '150' } },
    );
    const timer = setTimeout(() => jest.kill('SIGKILL'), LONGEST);
    jest.once('exit', (code) => {
      clearTimeout(timer);
      done(code === 0);
    });
  });
}

const folder = join(copy, 'bot/onboarding');
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name.includes(values.only));
const mutants = shuffled(
  files.flatMap((file) => mutantsOf(readFileSync(join(folder, file), 'utf8')).map((mutant) => ({ file, ...mutant }))),
  Number(values.seed),
);
if (!(await passes())) throw new Error('The tests do not pass without any change.');

const until = Date.now() + Number(values.minutes) * 60_000;
const survived = [];
let tried = 0;
for (const { file, line, was, is, text } of mutants) {
  if (Date.now() > until) break;
  const path = join(folder, file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(path, text);
  const unnoticed = await passes();
  writeFileSync(path, original);
  tried++;
  if (!unnoticed) continue;
  survived.push({ file, line, was, is });
  process.stdout.write(`survived  ${file}:${line}  ${was.trim()}  ->  ${is.trim()}\n`);
}
const score = tried === 0 ? 0 : (100 * (tried - survived.length)) / tried;
process.stdout.write(
  `${tried} of ${mutants.length} mutants tried, ${tried - survived.length} noticed, ${survived.length} survived: ${score.toFixed(1)} %\n`,
);
process.exitCode = score < Number(values.min) ? 1 : 0;
