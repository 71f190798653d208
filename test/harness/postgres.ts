import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** A PostgreSQL server of its own, in a directory of its own. */
export interface Postgres {
  readonly version: string;
  /** Makes a new, empty database; its URL. */
  database(): Promise<string>;
  drop(url: string): Promise<void>;
  /** The server goes away at once, as with a host that fails, and comes back with what it had committed. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

const START_LIMIT = 20_000;

/** Where the server's programs are, or null where there are none. */
function binaries(): string | null {
  const versions = '/usr/lib/postgresql';
  const packaged = existsSync(versions) ? readdirSync(versions).map((each) => join(versions, each, 'bin')) : [];
  const path = (process.env.PATH ?? '').split(':');
  return [...packaged.sort().reverse(), ...path].find((dir) => existsSync(join(dir, 'initdb'))) ?? null;
}

/** PostgreSQL refuses to run as root: then it runs as the account that its package made. */
function account(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Starts a server; null with a reason for the person at the terminal where there is none to start. */
export async function startPostgres(): Promise<Postgres | { readonly missing: string }> {
  const bin = binaries();
  if (!bin) return { missing: 'PostgreSQL is not installed here (no initdb found)' };
  let owner: ReturnType<typeof account>;
  try {
    owner = account();
  } catch {
    return { missing: 'there is no account "postgres" to run PostgreSQL as' };
  }
  const place = mkdtempSync(join(tmpdir(), 'onboard-postgres-'));
  const data = join(place, 'data');
  mkdirSync(data);
  for (const dir of [place, data]) {
    chmodSync(dir, 0o700);
    if (owner) chownSync(dir, owner.uid, owner.gid);
  }
  const as = { ...(owner ?? {}), cwd: place, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'onboard', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...as,
    stdio: 'pipe',
  });
  const port = await freePort();
  const url = (database: string) => `postgres://onboard@127.0.0.1:${port}/${database}`;
  let child: ReturnType<typeof spawn> | null = null;
  let number = 0;

  async function ask<T>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: url('postgres'), connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql)).rows as T[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function start(): Promise<void> {
    const options = ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=60', '-c', 'shared_buffers=32MB'];
    child = spawn(join(bin as string, 'postgres'), ['-D', data, '-k', place, '-p', String(port), ...options], {
      ...as,
      stdio: 'ignore',
    });
    const until = performance.now() + START_LIMIT;
    for (;;) {
      if (await ask('select 1').catch(() => null)) return;
      if (child.exitCode !== null || performance.now() > until) throw new Error('PostgreSQL did not start.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** SIGQUIT is PostgreSQL's immediate shutdown: no goodbye to anybody, recovery at the next start. */
  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
  }

  await start();
  const [{ server_version: version = '' } = {}] = await ask<{ server_version?: string }>('show server_version');
  return {
    version,
    async database() {
      const name = `story_${++number}`;
      await ask(`create database ${name}`);
      return url(name);
    },
    async drop(database) {
      await ask(`drop database if exists ${new URL(database).pathname.slice(1)} with (force)`);
    },
    start,
    kill: () => end('SIGQUIT'),
    async close() {
      await end('SIGQUIT');
      rmSync(place, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
