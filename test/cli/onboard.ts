import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { playgroundBundle } from '../harness/bundles';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as an operator has it: the bundle, and the configuration of the instance. */
export function onboard(dataDir: string, ...args: readonly string[]): Promise<Ended> {
  const bundle = join(playgroundBundle(), '..', 'onboard.cjs');
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: join(dataDir, 'playground-ca.pem') };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bundle, '--config', join(dataDir, 'product.env'), ...args],
      { env, maxBuffer: 64 * 1_048_576 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
