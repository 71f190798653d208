#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { ConfigError } from '../config/config-error';
import { isOpenToAll } from '../config/secret-file';
import { CliError, EXIT } from './exit-codes';
import { terminal } from './output';
import { createProgram } from './program';
import { hushSqliteWarning } from './warnings';

const SECRETS =
  /^\s*(CLIENT_SECRET|CLIENT_CERTIFICATE_PASSWORD|METRICS_TOKEN)\s*=\s*\S|^\s*DATABASE_URL\s*=.*:\/\/[^/@\s]*:[^/@\s]+@/m;

/**
 * Reads the file into the environment; what is set there already wins. A file with a secret in it that everybody on this
 * machine can read is refused: whoever reads the secret is Onboard.
 */
function loadFile(path: string, named: boolean): void {
  if (existsSync(path)) {
    if (isOpenToAll(path) && SECRETS.test(readFileSync(path, 'utf8')))
      throw new CliError(
        `${resolve(path)} holds a secret that everybody on this machine can read: chmod 600 it.`,
        EXIT.usage,
      );
    process.loadEnvFile(path);
  } else if (named) throw new CliError(`There is no file ${resolve(path)}.`, EXIT.usage);
}

/** What a person at a terminal needs to know about an error; a stack only for faults of ours. */
function explain(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof CliError) return { text: error.message, exitCode: error.exitCode };
  if (error instanceof ConfigError) return { text: error.message, exitCode: EXIT.usage };
  // commander has said what is wrong with the command line already.
  if (error instanceof CommanderError) return { text: '', exitCode: error.exitCode === 0 ? EXIT.done : EXIT.usage };
  const { code, message, stack } = error as Error & { code?: unknown };
  return { text: typeof code === 'string' ? message : (stack ?? String(error)), exitCode: EXIT.failed };
}

async function main(): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram({
    env: process.env,
    output: terminal,
    loadFile,
    ended: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync();
  } catch (error) {
    const { text, exitCode: code } = explain(error);
    if (text) terminal.remark(text);
    return code;
  }
  return exitCode;
}

hushSqliteWarning();
// `onboard ledger export | head` closes the pipe on purpose.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed),
);

void main().then((code) => {
  process.exitCode = code;
  // What is written is flushed first; then an SDK's idle socket must not keep a finished command alive.
  setTimeout(() => process.exit(), 1_000).unref();
});
