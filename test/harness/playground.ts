import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Client } from '../../playground/story/client';
import { type Spawned, spawnPlayground } from '../../playground/story/spawn';
import { check, type LedgerEvidence, type Violation } from '../promises/checker';
import { playgroundBundle } from './bundles';

export type { Client, Person, Reaction } from '../../playground/story/client';
export { textOf } from '../../playground/story/client';
export { buttonsOf, choicesOf, linesOf, togglesOf } from '../../playground/story/read-card';
export { waitFor } from '../../playground/story/wait';

export type Scenario = 'everyone' | 'admins';

/** Polling by the second instead of by ten: the same code, and tests that end. */
const HURRY = { POLL_SECONDS: '1', POLL_SLOW_SECONDS: '1', SWEEP_SECONDS: '5' };

const running = new Set<Spawned>();

/**
 * A playground with the real product as child processes, for one test file. Stop it in `afterAll` with
 * `stopPlaygrounds`; should jest be killed, it ends by itself.
 */
export async function startPlayground(
  scenario: Scenario,
  set: Readonly<Record<string, string>> = {},
): Promise<Spawned> {
  const spawned = await spawnPlayground({ bundle: playgroundBundle(), scenario, set: { ...HURRY, ...set } });
  running.add(spawned);
  return spawned;
}

export async function stopPlaygrounds(): Promise<void> {
  await Promise.all([...running].map((spawned) => spawned.stop()));
  running.clear();
}

/** The verdict of the promise checker on everything that was recorded so far. */
export async function verdict(client: Client, more: Partial<Parameters<typeof check>[1]> = {}): Promise<Violation[]> {
  const [records, passCodes, info] = [await client.records(), await client.passes(), await client.info()];
  return check(records, {
    windowMinutes: 60,
    pollSlackMs: 30_000,
    privilegedAllowed: info.scenario === 'admins',
    passCodes,
    now: records.now,
    ...more,
  });
}

/** Files of the product as they are on disk now: database, write-ahead log, log output, whatever there is. */
export function productFiles(spawned: Spawned): { readonly name: string; readonly content: Buffer }[] {
  return readdirSync(spawned.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: path.slice(spawned.dataDir.length + 1), content: readFileSync(path) }));
}

/** The ledger as the command line exports it, with its key and the heads that the log has shown. The product may be dead. */
export function ledgerOf({ dataDir }: Spawned): LedgerEvidence {
  const exported = execFileSync(
    process.execPath,
    [join(dirname(playgroundBundle()), 'onboard.cjs'), '--config', join(dataDir, 'product.env'), 'ledger', 'export'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: join(dataDir, 'playground-ca.pem') },
    },
  );
  const heads = readFileSync(join(dataDir, 'product.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"ledger-head"'))
    .map((line) => JSON.parse(line) as { seq: number; mac: string })
    .filter(({ seq }) => seq > 0)
    .map(({ seq, mac }) => ({ sequence: seq, hash: mac }));
  return {
    lines: exported.split('\n').filter(Boolean),
    key: Buffer.from(readFileSync(join(dataDir, 'ledger.key'), 'utf8').trim(), 'hex'),
    heads,
  };
}
