import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KillAt, Records, Seen } from '../../playground/contract';
import type { Client } from '../../playground/story/client';
import { type Spawned, spawnPlayground } from '../../playground/story/spawn';
import type { Postgres } from '../harness/postgres';
import { check } from '../promises/checker';
import { live, type Nature } from './people';

export interface Plan {
  /** How it is called on the terminal, and by `--only`. */
  readonly name: string;
  readonly instances: number;
  readonly nature: Nature;
  /** One kill at a moment that is seen from outside. */
  readonly at?: KillAt;
  /** Kills by the clock. */
  readonly kills?: readonly { readonly afterMs: number; readonly downMs: number; readonly instance: number }[];
}

export interface Outcome {
  readonly plan: Plan;
  /** What is wrong, in sentences. Empty: nothing. */
  readonly wrong: readonly string[];
  /** The product was killed where the plan says. */
  readonly killed: number;
  readonly readyMs: readonly number[];
  /** The longest time in the group, and the longest after the passkey was there, ms of the playground's clock. */
  readonly exemptMs: number;
  readonly afterProofMs: number;
  readonly lost: number;
  readonly twice: number;
  readonly seen: Seen;
}

const DIST = process.env.ONBOARD_DIST ?? join(process.cwd(), 'dist');
const WINDOW_MINUTES = 60;
/** Poll, settle and sweep by the second: the same code, and stories that end. */
const HURRY = { POLL_SECONDS: '1', POLL_SLOW_SECONDS: '1', SWEEP_SECONDS: '5', MAX_PASSES: '10', LOG_LEVEL: 'info' };
/**
 * How late an exit may be, ms. One instance on SQLite frees at its start what it held; on PostgreSQL each kill may leave
 * a lease of 60 s behind, and the next holder may be killed as well.
 */
const slackOf = (postgres: Postgres | null, kills: number): number => 30_000 + (postgres ? kills * 65_000 : 0);
/** What is decided once in an onboarding, by its event in the ledger. */
const ONCE = [
  'requested',
  'approved',
  'window-opening',
  'baseline-taken',
  'member-read-back',
  'passkey-seen',
  'exit-started',
  'closed',
];

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Plays one story on a playground and a store of its own, with its kills, and judges what the other side recorded. */
export async function play(plan: Plan, postgres: Postgres | null, keepIn: string): Promise<Outcome> {
  const databaseUrl = postgres ? await postgres.database() : undefined;
  const shared: Record<string, string> = databaseUrl ? { DATABASE_URL: databaseUrl, LEDGER_KEY_FILE: keyFile() } : {};
  const set = { ...HURRY, ...shared };
  const spawned = await spawnPlayground({
    bundle: join(DIST, 'playground.cjs'),
    scenario: 'everyone',
    product: false,
    instances: plan.instances,
    news: ['priya', 'mo', 'jane'],
    set,
  });
  const { client } = spawned;
  const wrong: string[] = [];
  const operator = createOperator(client, plan);
  let found = { exemptMs: 0, afterProofMs: 0, twice: 0, lost: 0 };
  let seen: Seen = { met: false, requests: [], commits: [] };
  try {
    await client.killAt(plan.at ?? null);
    await operator.start();
    try {
      await live(client, plan.nature);
    } catch (error) {
      wrong.push(`the story did not come to its end: ${error instanceof Error ? error.message : error}`);
    }
    await operator.stop();
    wrong.push(...operator.problems());
    await pause(250);
    seen = await client.seen();
    const records = await client.records();
    const judged = await judge(client, records, slackOf(postgres, operator.killed()));
    const ledger = await readLedger(spawned, set);
    wrong.push(...judged.wrong, ...ledger.wrong);
    const lost = wrong.length > 0 && ledger.closed === 0 ? 1 : 0;
    found = { exemptMs: judged.exemptMs, afterProofMs: judged.afterProofMs, twice: ledger.twice, lost };
    if (wrong.length > 0) keep(spawned, plan, wrong, records, keepIn);
  } catch (error) {
    wrong.push(`the run broke: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  } finally {
    await operator.stop();
    await spawned.stop();
    if (postgres && databaseUrl) await postgres.drop(databaseUrl);
  }
  return { plan, wrong, killed: operator.killed(), readyMs: operator.readyMs(), seen, ...found };
}

/** Whoever watches the process: it is started when it has ended, and killed when the plan says so. */
function createOperator(client: Client, plan: Plan) {
  const readyMs: number[] = [];
  const problems: string[] = [];
  let stopping = false;
  let killed = 0;
  let work: Promise<unknown> = Promise.resolve();

  /** Starts one instance until it is ready. A kill in the middle of a start is a start that has to be made again. */
  async function start(instance: number): Promise<void> {
    for (let tries = 0; ; tries++) {
      const began = performance.now();
      try {
        const { ready } = await client.product('start', instance);
        if (ready) return void readyMs.push(performance.now() - began);
      } catch (error) {
        if (tries === 3) {
          problems.push(`it did not start again: ${error}`);
          return;
        }
      }
    }
  }

  async function watchSwitch(): Promise<void> {
    while (!stopping) {
      if ((await client.seen()).met) {
        killed++;
        await start(0);
        return;
      }
      await pause(100);
    }
  }

  async function killByClock(): Promise<void> {
    for (const { afterMs, downMs, instance } of plan.kills ?? []) {
      await pause(afterMs);
      if (stopping) return;
      await client.product('kill', instance);
      killed++;
      await pause(downMs);
      await start(instance);
    }
  }

  return {
    async start() {
      const all = Array.from({ length: plan.instances }, (_, instance) => instance);
      // People begin while it is starting, too: one of the moments lies there.
      const starting = Promise.all(all.map(start));
      if (plan.at) work = Promise.all([starting, watchSwitch()]);
      else {
        await starting;
        work = killByClock();
      }
    },
    async stop() {
      stopping = true;
      await work.catch((error: unknown) => problems.push(String(error)));
    },
    killed: () => killed,
    readyMs: () => readyMs.slice(plan.at ? 0 : plan.instances),
    problems: () => problems,
  };
}

async function judge(client: Client, records: Records, pollSlackMs: number) {
  const passCodes = await client.passes();
  const options = { windowMinutes: WINDOW_MINUTES, pollSlackMs, maxPasses: 10, passCodes, now: records.now };
  const wrong = check(records, options).map(
    ({ promise, what, evidence }) => `promise ${promise}: ${what} (${evidence.join(', ')})`,
  );
  const { members, passes } = records.standing;
  if (members.length > 0) wrong.push(`at the end ${members.length} are still in the group`);
  if (passes.some(({ live: alive }) => alive)) wrong.push('at the end there is still a live pass');

  let exemptMs = 0;
  let afterProofMs = 0;
  for (const left of records.tenant.filter(({ kind }) => kind === 'member-removed')) {
    const before = records.tenant.filter(({ seq }) => seq < left.seq);
    const joined = before.findLast(({ kind }) => kind === 'member-added');
    const proof = before.findLast((record) => record.kind === 'method-added' && record.methodKind === 'fido2');
    if (joined) exemptMs = Math.max(exemptMs, left.at - joined.at);
    if (proof && joined && proof.seq > joined.seq) afterProofMs = Math.max(afterProofMs, left.at - proof.at);
  }
  return { wrong, exemptMs, afterProofMs };
}

/** What `onboard ledger` says: whole, and every decision once. */
async function readLedger({ dataDir }: Spawned, set: Readonly<Record<string, string>>) {
  const wrong: string[] = [];
  const onboard = (...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...set };
      execFile(
        process.execPath,
        [join(DIST, 'onboard.cjs'), '--no-config', ...args],
        { env, maxBuffer: 1 << 26, cwd: dataDir },
        (error, stdout, stderr) => resolve({ code: error ? 1 : 0, out: error ? stdout + stderr : stdout }),
      );
    });
  const head = lastHead(dataDir);
  const [verified, exported] = await Promise.all([
    onboard('ledger', 'verify', ...(head ? ['--head', head] : [])),
    onboard('ledger', 'export'),
  ]);
  if (!head) wrong.push('no head of the ledger was ever printed');
  if (verified.code !== 0) wrong.push(`the ledger does not verify: ${verified.out.trim()}`);
  if (exported.code !== 0) wrong.push(`the ledger cannot be exported: ${exported.out.trim()}`);

  const count = new Map<string, number>();
  for (const line of exported.out.split('\n').filter((each) => each.startsWith('{'))) {
    const { onboardingId, entry } = JSON.parse(line) as { onboardingId?: string; entry?: { event?: string } };
    const name = `${onboardingId} ${entry?.event}`;
    if (onboardingId && entry?.event) count.set(name, (count.get(name) ?? 0) + 1);
  }
  const of = (event: string) => [...count].filter(([name]) => name.endsWith(` ${event}`));
  let twice = 0;
  for (const event of ONCE) {
    const found = of(event);
    const repeated = found.filter(([, times]) => times > 1);
    twice += repeated.length;
    if (repeated.length > 0) wrong.push(`decided twice: ${event}`);
    if (found.length > 1) wrong.push(`${found.length} onboardings have ${event}: she asked for one`);
    if (found.length === 0) wrong.push(`no onboarding has ${event}`);
  }
  return { wrong, twice, closed: of('closed').length };
}

/** The newest head that the log stream showed, of all instances. */
function lastHead(dataDir: string): string | null {
  const heads = readdirSync(dataDir)
    .filter((name) => /^product.*\.log$/.test(name))
    .flatMap((name) => readFileSync(join(dataDir, name), 'utf8').split('\n'))
    .filter((line) => line.includes('"event":"ledger-head"'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as { seq: number; mac: string }];
      } catch {
        // Cut off by a kill.
        return [];
      }
    });
  const newest = heads.reduce<{ seq: number; mac: string } | null>(
    (best, one) => (!best || one.seq >= best.seq ? one : best),
    null,
  );
  return newest && newest.seq > 0 ? `${newest.seq}:${newest.mac}` : null;
}

let madeKey: string | undefined;

/** Several instances share one key, kept outside the database. */
function keyFile(): string {
  if (!madeKey) {
    madeKey = join(DIST, 'ledger.key');
    writeFileSync(madeKey, '5e'.repeat(32), { mode: 0o600 });
  }
  return madeKey;
}

/** What is needed to understand a failure, out of a directory that is about to go. */
function keep({ dataDir }: Spawned, plan: Plan, wrong: readonly string[], records: Records, keepIn: string): void {
  const dir = join(keepIn, plan.name.replace(/[^\w.-]+/g, '_').slice(0, 120));
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(dataDir, dir, { recursive: true });
  writeFileSync(join(dir, 'records.json'), JSON.stringify({ plan, wrong, records }, null, 1));
}
