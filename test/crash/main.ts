import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Postgres, startPostgres } from '../harness/postgres';
import { commitPlans, randomPlan, requestPlans, UNHARMED } from './plans';
import { type Outcome, type Plan, play } from './run';

const write = (line = ''): void => void process.stdout.write(`${line}\n`);
const whole = (text: string) => Number.parseInt(text, 10);

interface Options {
  readonly seed: number;
  readonly random?: number;
  readonly full: boolean;
  readonly only?: string;
  readonly parallel: number;
  readonly points: boolean;
  readonly every: number;
  readonly from: number;
  readonly list: boolean;
}

interface Suite {
  readonly title: string;
  readonly plans: readonly Plan[];
  readonly postgres: Postgres | null;
}

const ARTIFACTS = join(process.cwd(), 'artifacts', 'crash');
/** A story whose moment did not come again is played once more: people and polls are not to the millisecond. */
const TRIES = 2;
const PROGRESS = 20;

function readOptions(): Options {
  const command = new Command('test:crash')
    .description(
      'Kills Onboard at every moment that can be seen from outside, and at random, and judges what comes of it.',
    )
    .option('--seed <number>', 'for the random kills', whole, 1)
    .option('--random <count>', 'how many random stories (60; with --full 500)', whole)
    .option('--full', 'every commit on both sides, and 500 random stories', false)
    .option('--only <text>', 'only what has this in its name, as the list of failures prints it')
    .option('--parallel <count>', 'how many stories at a time', whole, 2)
    .option('--no-points', 'random stories only')
    .option('--every <count>', 'of the moments only one in so many, for a quick look', whole, 1)
    .option('--from <number>', 'which of them is the first, so that different runs take different ones', whole, 0)
    .option('--list', 'say what would be played', false)
    .allowExcessArguments(false);
  return command.parse().opts<Options>();
}

async function main(): Promise<number> {
  const options = readOptions();
  rmSync(ARTIFACTS, { recursive: true, force: true });
  mkdirSync(ARTIFACTS, { recursive: true });
  const began = performance.now();
  const postgres = await startPostgres();
  const server = 'missing' in postgres ? null : postgres;
  if ('missing' in postgres) write(`Without PostgreSQL: ${postgres.missing}. Its random stories are left out.`);
  else write(`PostgreSQL ${postgres.version} was started for this.`);
  const stop = () => void server?.close().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const suites = await plan(options, server);
    if (!suites) return 1;
    if (options.list) {
      for (const { title, plans } of suites) for (const { name } of plans) write(`${title}: ${name}`);
      return 0;
    }
    const outcomes: { suite: Suite; all: Outcome[] }[] = [];
    for (const suite of suites) outcomes.push({ suite, all: await playAll(suite, options.parallel) });
    return report(outcomes, options, (performance.now() - began) / 1_000);
  } finally {
    await server?.close();
  }
}

/** Plays the story once without a kill, and makes of what was seen the plans of the others. */
async function plan(options: Options, server: Postgres | null): Promise<Suite[] | null> {
  const suites: Suite[] = [];
  if (options.points) {
    const recorded = await play(UNHARMED, null, ARTIFACTS);
    if (recorded.wrong.length > 0) {
      write('The story fails without any kill:');
      for (const what of recorded.wrong) write(`  ${what}`);
      write('Tests:       1 failed, 1 total');
      return null;
    }
    const { requests, commits } = recorded.seen;
    const transactions = commits.reduce((sum, each) => sum + each, 0);
    write(
      `One story recorded: ${requests.length} requests of ${new Set(requests).size} kinds, ${transactions} commits, ${commits.length - 1} of them with a head of the ledger.`,
    );
    const some = <T>(plans: readonly T[]): T[] =>
      plans.filter((_, index) => (index + options.from) % Math.max(options.every, 1) === 0);
    suites.push(
      { title: 'at each request', plans: some(requestPlans(recorded.seen)), postgres: null },
      { title: 'around commits', plans: some(commitPlans(recorded.seen, options.full ? 1 : 4)), postgres: null },
    );
  }
  const total = options.random ?? (options.full ? 500 : 60);
  const random = (title: string, count: number, instances: number, on: Postgres | null, offset: number) => ({
    title,
    plans: Array.from({ length: count }, (_, index) =>
      randomPlan(title, instances, options.seed * 10_000 + offset + index),
    ),
    postgres: on,
  });
  const third = Math.floor(total / 3);
  suites.push(random('random, SQLite x 1', server ? total - 2 * third : total, 1, null, 0));
  if (server) {
    suites.push(random('random, PostgreSQL x 1', third, 1, server, 2_000));
    suites.push(random('random, PostgreSQL x 3', third, 3, server, 4_000));
  }
  const { only } = options;
  return suites
    .map((suite) => ({ ...suite, plans: suite.plans.filter(({ name }) => !only || name.includes(only)) }))
    .filter(({ plans }) => plans.length > 0);
}

async function playAll({ title, plans, postgres }: Suite, parallel: number): Promise<Outcome[]> {
  const waiting = [...plans];
  const outcomes: Outcome[] = [];
  const began = performance.now();
  write();
  write(`${title}: ${plans.length} stories`);
  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      let outcome = await play(next, postgres, ARTIFACTS);
      for (let tries = 1; next.at && outcome.killed === 0 && outcome.wrong.length === 0 && tries < TRIES; tries++) {
        outcome = await play(next, postgres, ARTIFACTS);
      }
      outcomes.push(outcome);
      if (outcome.wrong.length > 0) {
        write(`  ** ${next.name}`);
        for (const what of outcome.wrong) write(`     ${what}`);
      }
      if (outcomes.length % PROGRESS === 0 || outcomes.length === plans.length) {
        const failed = outcomes.filter(({ wrong }) => wrong.length > 0).length;
        write(
          `  ${outcomes.length} of ${plans.length}, ${failed} failed, ${Math.round((performance.now() - began) / 1_000)} s`,
        );
      }
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker));
  return outcomes;
}

function report(suites: readonly { suite: Suite; all: Outcome[] }[], options: Options, seconds: number): number {
  const rows = suites.map(({ suite, all }) => {
    const ready = all.flatMap(({ readyMs }) => readyMs).sort((a, b) => a - b);
    const longest = (of: (outcome: Outcome) => number) => `${(Math.max(0, ...all.map(of)) / 1_000).toFixed(1)} s`;
    const sum = (of: (outcome: Outcome) => number) => String(all.reduce((total, each) => total + of(each), 0));
    return [
      suite.title,
      String(all.length),
      sum(({ killed }) => killed),
      sum(({ plan: { at }, killed }) => (at && killed === 0 ? 1 : 0)),
      sum(({ lost }) => lost),
      sum(({ twice }) => twice),
      sum(({ wrong }) => (wrong.length > 0 ? 1 : 0)),
      longest(({ exemptMs }) => exemptMs),
      longest(({ afterProofMs }) => afterProofMs),
      `${Math.round(ready[Math.floor(ready.length / 2)] ?? 0)} ms`,
    ];
  });
  const head = [
    'KILLED',
    'STORIES',
    'KILLS',
    'NOT MET',
    'LOST',
    'TWICE',
    'FAILED',
    'LONGEST IN',
    'AFTER PROOF',
    'TO READY',
  ];
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  write();
  write(line(head));
  for (const row of rows) write(line(row));
  write();
  write(
    'LONGEST IN: longest time in the group; AFTER PROOF: longest time in it after the passkey was there, by the clock of',
  );
  write('the tenant, which is moved on where people would wait for a lease. TO READY: median from a start to ready.');
  write('NOT MET: the moment did not come in two tries; the story was judged all the same.');

  const all = suites.flatMap((each) => each.all);
  const failed = all.filter(({ wrong }) => wrong.length > 0);
  for (const {
    plan: { name },
  } of failed)
    write(`FAILED: npm run test:crash -- --seed ${options.seed} --only '${name}'   (files: artifacts/crash)`);
  writeFileSync(
    join(ARTIFACTS, 'summary.json'),
    JSON.stringify(
      {
        seed: options.seed,
        seconds: Math.round(seconds),
        head,
        rows,
        failed: failed.map(({ plan: { name }, wrong }) => ({ name, wrong })),
      },
      null,
      2,
    ),
  );
  write();
  write(
    `Tests:       ${failed.length > 0 ? `${failed.length} failed, ` : ''}${all.length - failed.length} passed, ${all.length} total`,
  );
  write(`Time:        ${Math.round(seconds)} s, seed ${options.seed}`);
  return failed.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
