import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Postgres, startPostgres } from '../harness/postgres';
import { channel } from './channel';
import { clicks } from './clicks';
import { type Figure, table } from './figures';
import { load } from './rig';
import { start } from './start';
import { story } from './story';
import { survive } from './survive';
import { turns } from './turns';
import { visible } from './visible';

const write = (line = ''): void => void process.stdout.write(`${line}\n`);

interface Options {
  readonly quick: boolean;
  readonly full: boolean;
  readonly only?: string;
  readonly list: boolean;
}

interface Measure {
  readonly name: string;
  readonly run: () => Promise<readonly Figure[]>;
}

const FILE = join(process.cwd(), 'artifacts', 'bench.json');

function measures(full: boolean, postgres: Postgres | null): Measure[] {
  const on =
    (engine: 'SQLite' | 'PostgreSQL') =>
    async <T>(run: (database: { engine: string; databaseUrl: string | undefined }) => Promise<T>): Promise<T> => {
      if (engine === 'SQLite' || !postgres) return run({ engine, databaseUrl: undefined });
      const databaseUrl = await postgres.database();
      try {
        return await run({ engine, databaseUrl });
      } finally {
        await postgres.drop(databaseUrl);
      }
    };
  const engines: ('SQLite' | 'PostgreSQL')[] = postgres ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
  const each = (
    name: string,
    run: (database: { engine: string; databaseUrl: string | undefined }) => Promise<Figure[]>,
  ) => engines.map((engine): Measure => ({ name: `${name}, ${engine}`, run: () => on(engine)(run) }));
  return [
    { name: 'start', run: () => start(full ? 9 : 3, 10_000) },
    { name: 'story', run: () => story() },
    ...each('click', (database) => clicks({ ...database, clicks: full ? 200 : 30 })),
    ...each('visible', (database) =>
      visible({
        ...database,
        counts: full ? [1, 100, 1_000] : database.databaseUrl ? [1_000] : [1, 100, 1_000],
        samples: full ? 100 : 20,
        trafficMs: full ? 60_000 : 15_000,
      }),
    ),
    ...each('survive', (database) => survive({ ...database, windows: 10_000, all: full })).slice(0, full ? 2 : 1),
    { name: 'channel of 60', run: () => channel('channel', 60) },
    { name: 'group chat of 60', run: () => channel('group', 60) },
    { name: 'turns', run: () => turns(full ? 7 : 3, full ? 10_000 : 3_000) },
  ];
}

async function main(): Promise<number> {
  const options = new Command('bench')
    .description('Measures Onboard on this machine, against a local tenant that takes 50 ms a call.')
    .option('--quick', 'few samples (this is what happens without --full)', false)
    .option('--full', 'as many samples as the targets speak of, and everything on PostgreSQL too', false)
    .option('--only <name>', 'only measures with this in their name')
    .option('--list', 'say what would be measured', false)
    .allowExcessArguments(false)
    .parse()
    .opts<Options>();
  const began = performance.now();
  const wanted = ({ name }: Measure) => !options.only || name.includes(options.only);
  const database = await startPostgres();
  const postgres = 'missing' in database ? null : database;
  if ('missing' in database) write(`Without PostgreSQL: ${database.missing}.`);
  const stop = () => void Promise.resolve(postgres?.close()).finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const [cpu] = cpus();
  const machine = {
    date: new Date().toISOString(),
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    postgres: postgres?.version ?? null,
    mode: options.full ? 'full' : 'quick',
  };
  write(
    `${machine.date}  ${machine.cores} x ${machine.cpu}, ${machine.memoryGb} GB, Linux ${machine.kernel}, Node ${machine.node}`,
  );
  try {
    const all = measures(options.full, postgres).filter(wanted);
    if (options.list) {
      for (const { name } of all) write(name);
      return 0;
    }
    const figures: Figure[] = [];
    const loads: { readonly measure: string; readonly before: readonly number[]; readonly after: readonly number[] }[] =
      [];
    let broken = 0;
    for (const { name, run } of all) {
      const before = load();
      const from = performance.now();
      try {
        figures.push(...(await run()));
        loads.push({ measure: name, before, after: load() });
        write(
          `measured  ${name} (${Math.round((performance.now() - from) / 1_000)} s, load ${before[0]} to ${load()[0]})`,
        );
      } catch (error) {
        broken++;
        write(`broken    ${name}: ${error instanceof Error ? error.stack : error}`);
      }
    }
    write();
    write(table(figures));
    const missed = figures.filter(({ target }) => target && !target.met);
    mkdirSync(join(process.cwd(), 'artifacts'), { recursive: true });
    writeFileSync(FILE, `${JSON.stringify({ machine, loads, figures }, null, 2)}\n`);
    write();
    write(
      `${missed.length} of ${figures.filter(({ target }) => target).length} targets missed; ${broken} measures broken.`,
    );
    write(
      `Load (1 min): ${loads.map(({ before }) => before[0]).join(', ')}. Every one counts what else this machine did.`,
    );
    write(`Figures: ${FILE}. Time: ${Math.round((performance.now() - began) / 1_000)} s.`);
    return broken === 0 ? 0 : 1;
  } finally {
    await postgres?.close();
  }
}

async function beEcho(settings: string): Promise<null> {
  await (await import('./echo')).echo(settings);
  return null;
}

/** The echo bot is this same program, as another process. Loaded there only: restify changes Node's own HTTP classes. */
const role = process.env.BENCH_ECHO ? beEcho(process.env.BENCH_ECHO) : main();
role.then(
  (code) => {
    if (code !== null) process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
