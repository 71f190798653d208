import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { readConfig } from '../../bot/config';
import { openPostgres } from '../../bot/store/open-postgres';
import { openSqlite } from '../../bot/store/open-sqlite';
import { assembleStore, type OpenStore } from '../../bot/store/open-store';
import { createClock } from '../../playground/clock';
import { dispatch } from '../../playground/http';
import { createJournal, type Journal } from '../../playground/journal';
import { productEnv } from '../../playground/product-env';
import { createClient } from '../../playground/story/client';
import { createTeams } from '../../playground/teams';
import { createCertificates, createGraphServer, createTenant, productSettings } from '../../playground/tenant';

/** `BENCH_PROFILE=folder` writes a CPU profile of the product there, for whoever looks for a cause; it costs some speed. */
const PROFILE = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];

export const DIST = process.env.ONBOARD_DIST ?? join(process.cwd(), 'dist');
/** What a call of Graph takes, ms; the work of the local tenant comes on top. */
export const GRAPH_DELAY = 50;
const START_LIMIT = 120_000;
const KEY = '5e'.repeat(32);

export interface RigOptions {
  /** `person-001` and so on. */
  readonly crowd?: number;
  /** PostgreSQL; SQLite where not given. */
  readonly databaseUrl?: string | undefined;
  readonly set?: Readonly<Record<string, string>>;
}

export interface Started {
  /** From the start of the process to the line of the log, ms. */
  readonly listeningMs: number;
  readonly readyMs: number;
}

export type Rig = Awaited<ReturnType<typeof createRig>>;

/**
 * A local Entra and a local Teams in this process, and the product in one of its own. In one process with whoever
 * measures, because what is measured begins and ends in the tenant.
 */
export async function createRig({ crowd = 0, databaseUrl, set = {} }: RigOptions = {}) {
  const place = mkdtempSync(join(tmpdir(), 'onboard-bench-'));
  const dataDir = join(place, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  const keyFile = join(place, 'ledger.key');
  writeFileSync(keyFile, KEY, { mode: 0o600 });
  const clock = createClock();
  const journal = createJournal(clock);
  const certificates = await createCertificates();
  const caFile = join(place, 'ca.pem');
  writeFileSync(caFile, certificates.caPem);

  let webPort = 0;
  let productPort = 0;
  const teamsUrl = () => `http://127.0.0.1:${webPort}/teams`;
  const tenant = createTenant({
    scenario: 'everyone',
    crowd,
    clock,
    journal,
    publicOrigin: () => `http://localhost:${webPort}`,
  });
  const { state } = tenant;
  makeLight(tenant, journal);
  tenant.setBehaviour({ graphDelayMs: GRAPH_DELAY });
  const people = [...state.users.values()];
  const inTeams = people.map(({ key, id, displayName, userPrincipalName, preferredLanguage }) => ({
    key,
    id,
    displayName,
    userPrincipalName,
    locale: preferredLanguage,
  }));
  const teams = createTeams({
    people: () => inTeams,
    tenantId: state.tenantId,
    botAppId: state.botApp.appId,
    clock,
    journal,
    botEndpoint: () => `http://127.0.0.1:${productPort}/api/messages`,
    publicUrl: () => `${teamsUrl()}/`,
    verifyBotToken: (bearer) => bearer !== '',
    behaviour: () => state.behaviour,
    // Nobody's: thousands of installations would be told one after the other.
    newsOf: [],
  });
  const graph = createGraphServer(tenant.graphListener, certificates);
  const routes = [...teams.routes, ...tenant.people];
  const web = createServer((request, response) => {
    dispatch(routes, request, response)
      .then((found) => {
        if (!found) response.writeHead(404).end();
      })
      .catch(() => response.destroy());
  });
  const graphUrl = `https://localhost:${await listen(graph)}`;
  webPort = await listen(web);
  productPort = await freePort();

  const env: Readonly<Record<string, string>> = {
    ...productEnv(productSettings(state), {
      graphUrl,
      authorityUrl: graphUrl,
      caFile,
      teamsUrl: teamsUrl(),
      dataDir,
      clockFile: join(place, 'clock'),
      port: productPort,
    }),
    LOG_LEVEL: 'info',
    LEDGER_KEY_FILE: keyFile,
    MAX_OPEN_PER_APPROVER: '1000',
    MAX_REQUESTS_PER_REQUESTER_PER_DAY: '1000',
    MAX_MESSAGES_PER_PERSON_PER_MINUTE: '100000',
    MAX_MESSAGES_PER_SECOND: '10000',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...set,
  };
  writeFileSync(join(place, 'clock'), '0');
  let child: ChildProcess | null = null;
  let tail = '';
  // However this process ends, nothing of it stays behind.
  process.once('exit', () => {
    child?.kill('SIGKILL');
    rmSync(place, { recursive: true, force: true });
  });

  async function start(): Promise<Started> {
    const began = performance.now();
    const started = spawn(process.execPath, [...PROFILE, join(DIST, 'onboard.cjs'), 'start', '--no-config'], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.stderr?.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-4_000)));
    let listeningMs = 0;
    const readyMs = await new Promise<number>((resolve, reject) => {
      const gaveUp = setTimeout(() => reject(new Error(`Onboard was not ready.\n${tail}`)), START_LIMIT);
      const failed = () => reject(new Error(`Onboard ended while it was starting.\n${tail}`));
      started.once('exit', failed);
      createInterface({ input: started.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        if (/"(warn|error)"|"level":[456]0/.test(line)) tail = `${tail}${line}\n`.slice(-4_000);
        if (line.includes('"event":"listening"')) listeningMs = performance.now() - began;
        if (!line.includes('"event":"ready"')) return;
        clearTimeout(gaveUp);
        started.removeListener('exit', failed);
        resolve(performance.now() - began);
      });
    });
    return { listeningMs, readyMs };
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill(signal);
    const force = setTimeout(() => running.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(force);
  }

  return {
    tenant,
    state,
    journal,
    client: createClient(`http://127.0.0.1:${webPort}`),
    /** What the product was told to hold people to. */
    policy: readConfig(env).policy,
    productUrl: `http://127.0.0.1:${productPort}`,
    teamsUrl,
    /** People of the crowd, in order. */
    crowd: people.filter(({ key }) => key.startsWith('person-')),
    start,
    end,
    /** What went wrong in it, as far as it said so. */
    said: () => tail,
    /** The store beside the instance, as the command line opens it. */
    openBeside: async (): Promise<OpenStore> => {
      const log = { info() {}, warn() {}, error() {} };
      // Ten thousand commits that each wait for the disk would be most of a measure's time; none has to survive anything.
      const database = databaseUrl
        ? openPostgres(`${databaseUrl}?options=-c%20synchronous_commit%3Doff`, log)
        : await openSqlite(dataDir, log);
      if (!databaseUrl) await sql`pragma synchronous = off`.execute(database.db);
      return assembleStore(database, {
        ledgerKey: Buffer.from(KEY, 'hex'),
        log,
        clock: { now: () => Date.now() },
        ...(databaseUrl ? {} : { headFile: join(dataDir, 'ledger.head') }),
      });
    },
    /** Resident memory of the product, MB. */
    memory(): number {
      if (!child?.pid) return Number.NaN;
      const kb = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' });
      return Number(kb) / 1_024;
    },
    /** Gauges and counters by name. Reading them begins a new measurement of the event loop's delay. */
    async metrics(): Promise<ReadonlyMap<string, number>> {
      const text = await (await fetch(`http://127.0.0.1:${productPort}/metrics`)).text();
      return new Map(
        text.split('\n').flatMap((line): [string, number][] => {
          const [, name, value] = /^([a-z_0-9]+) ([\d.e+-]+)$/.exec(line) ?? [];
          return name && value ? [[name, Number(value)]] : [];
        }),
      );
    },
    async stop(): Promise<void> {
      teams.stop();
      tenant.stop();
      await end('SIGTERM');
      for (const server of [graph, web]) {
        server.close();
        server.closeAllConnections();
      }
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/**
 * The local tenant keeps a copy of itself for each change, for reads that are late, and looks through all methods of
 * everybody for each list. With ten thousand people that would be what is measured. Here no read is late, so reads see
 * the present, removals make no copy, and the crowd has no password among its methods.
 */
function makeLight({ changes, state }: ReturnType<typeof createTenant>, journal: Journal): void {
  const few = state.methods.filter(({ userId }) => !state.users.get(userId)?.key.startsWith('person-'));
  state.methods.splice(0, state.methods.length, ...few);
  const light: Pick<typeof changes, 'seen' | 'removeMember'> = {
    seen: () => ({
      members: new Map([...state.groups].map(([id, group]) => [id, group.members])),
      passes: state.passes,
      methods: state.methods,
      policies: state,
    }),
    removeMember(actor, groupId, userId) {
      state.groups.get(groupId)?.members.delete(userId);
      journal.addTenant({ kind: 'member-removed', actor, groupId, userId });
    },
  };
  Object.assign(changes, light);
}

export function listen(server: Pick<Server, 'listen' | 'once' | 'address'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** A server that is told apart from the rest by what it answers. */
export async function serve(listener: RequestListener): Promise<{ readonly port: number; close(): void }> {
  const server = createServer(listener);
  const port = await listen(server);
  return {
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((done) => probe.close(done));
  return port;
}

/** Load averages of the last 1, 5 and 15 minutes. */
export function load(): readonly number[] {
  return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).map(Number);
}
