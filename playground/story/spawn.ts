import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from './client';

export interface Spawned {
  readonly client: Client;
  readonly url: string;
  /** Files of the product: database, log. Gone after `stop`. */
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** Everything that it wrote to the terminal so far. */
  output(): string;
  /** Asks it to end, as Ctrl-C does; resolves with its exit code when nothing of it is left. */
  stop(): Promise<number | null>;
}

export interface SpawnOptions {
  /** Absolute path of dist/playground.cjs. */
  readonly bundle: string;
  readonly scenario: 'everyone' | 'admins';
  readonly product?: boolean;
  readonly instances?: number;
  /** How many more people there are than the scenario names: `person-001` and so on. */
  readonly crowd?: number;
  /** Keys of those of whom the product hears that they have the app; of everybody where not given. */
  readonly news?: readonly string[];
  /** Configuration of the product on top of what the tenant needs. */
  readonly set?: Readonly<Record<string, string>>;
}

const START_LIMIT = 60_000;

/** A playground of its own on free ports, in a directory of its own. It ends when the caller does, however that ends. */
export async function spawnPlayground(options: SpawnOptions): Promise<Spawned> {
  const { bundle, scenario, product = true, instances = 1, crowd = 0, news, set = {} } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'onboard-playground-'));
  const args = ['--scenario', scenario, '--port', '0', '--product-port', '0', '--data-dir', dataDir];
  args.push('--instances', String(instances), '--crowd', String(crowd));
  if (news) args.push('--news', news.join(','));
  for (const [key, value] of Object.entries(set)) args.push('--set', `${key}=${value}`);
  const child = spawn(
    process.execPath,
    [bundle, ...args, '--quiet', '--until-stdin-closes', ...(product ? [] : ['--no-product'])],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR } },
  );
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));

  async function stop(): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      await gone;
    }
    rmSync(dataDir, { recursive: true, force: true });
    return child.exitCode;
  }

  const until = Date.now() + START_LIMIT;
  for (;;) {
    const url = /http:\/\/localhost:\d+/.exec(output)?.[0];
    if (url && /Onboard's playground/.test(output))
      return { client: createClient(url), url, dataDir, child, output: () => output, stop };
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error(`The playground did not start.\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
