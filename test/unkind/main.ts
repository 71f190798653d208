import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { numbers } from '../crash/plans';
import { ALONE, mixed, type Unkindness } from './behaviours';
import { type Outcome, playAll } from './run';
import type { World } from './stage';
import { STORIES, type Story } from './stories';

const write = (line = ''): void => void process.stdout.write(`${line}\n`);
const whole = (text: string) => Number.parseInt(text, 10);
const ARTIFACTS = join(process.cwd(), 'artifacts', 'unkind');

interface Options {
  readonly seed: number;
  readonly story?: string;
  readonly behaviour?: string;
  readonly mixes: number;
  readonly full: boolean;
  readonly sample: boolean;
  readonly parallel: number;
  readonly list: boolean;
}

interface Job {
  readonly world: World;
  readonly unkindness: Unkindness;
  readonly stories: readonly Story[];
}

/** What a story has that the others have not; under every behaviour where not everything is played. */
const ALWAYS = ['whole', 'nobody registers'];

/**
 * Which stories are played under which behaviour. By default every behaviour has the whole story and the one in which
 * nobody registers, and a seeded tenth of the others; `--full` plays all of them, `--sample` a seeded handful.
 */
function jobsOf(options: Options): Job[] {
  const next = numbers(options.seed);
  const chosen = (list: readonly Unkindness[]) =>
    list.filter(({ name }) => !options.behaviour || isNamed(name, options.behaviour));
  const unkind = [...chosen(ALONE), ...chosen(mixed(options.seed, options.mixes))];
  const pairs = unkind.flatMap((unkindness) =>
    STORIES.filter(({ name }) => {
      const draw = next();
      if (options.story) return isNamed(name, options.story);
      if (options.full) return true;
      if (options.sample) return draw < 0.02 || (unkindness.name === 'kind' && name === 'whole');
      return unkindness.name === 'kind' || ALWAYS.includes(name) || draw < 0.1;
    })
      // Without PIM there is no membership through PIM, and that is said elsewhere.
      .filter(({ world }) => !(world === 'pim' && unkindness.is.withoutPremium))
      .map((story) => ({ unkindness, story })),
  );
  const jobs = new Map<string, { world: World; unkindness: Unkindness; stories: Story[] }>();
  for (const { unkindness, story } of pairs) {
    const key = `${unkindness.name}/${story.world}`;
    const job = jobs.get(key) ?? { world: story.world, unkindness, stories: [] };
    jobs.set(key, job);
    job.stories.push(story);
  }
  return [...jobs.values()];
}

function isNamed(name: string, wanted: string): boolean {
  if (wanted.startsWith('=')) return name === wanted.slice(1);
  return wanted.split(',').some((one) => name.includes(one));
}

async function main(): Promise<number> {
  const command = new Command('test:unkind')
    .description(
      'Plays the stories of the product in tenants that are unkind in every way that the playground knows, alone and mixed. ' +
        'Each is judged by the promise checker, and what people were told is held against the tenant’s journal.',
    )
    .option('--seed <number>', 'of the luck, of the mixes, and of what is played by default', whole, 1)
    .option(
      '--story <text>',
      'only stories with one of these (commas between) in their name; `=whole` for the one of that name',
    )
    .option('--behaviour <text>', 'only behaviours with one of these in their name, or of that name')
    .option('--mixes <count>', 'how many mixes of two to four behaviours', whole, 6)
    .option('--full', 'every story under every behaviour (the default is a seeded part of them)', false)
    .option('--sample', 'a handful, in about a minute', false)
    .option('--parallel <count>', 'tenants at once', whole, 3)
    .option('--list', 'says what would be played', false)
    .allowExcessArguments(false);
  const options = command.parse().opts<Options>();
  const jobs = jobsOf(options);
  const count = jobs.reduce((sum, { stories }) => sum + stories.length, 0);
  if (options.list) {
    for (const { unkindness, stories } of jobs) for (const { name } of stories) write(`${unkindness.name}: ${name}`);
    return 0;
  }
  write(
    `${count} stories under ${new Set(jobs.map(({ unkindness }) => unkindness.name)).size} behaviours, seed ${options.seed}`,
  );
  rmSync(ARTIFACTS, { recursive: true, force: true });
  mkdirSync(ARTIFACTS, { recursive: true });

  const began = performance.now();
  const outcomes: Outcome[] = [];
  const queue = [...jobs];
  async function worker(): Promise<void> {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { world, unkindness, stories } = job;
      try {
        await playAll(world, unkindness, stories, options.seed, ARTIFACTS, (outcome) => {
          outcomes.push(outcome);
          tell(outcome, outcomes.length, count);
        });
      } catch (error) {
        const wrong = [`the run broke: ${error instanceof Error ? error.message : error}`];
        const outcome = {
          story: stories[0]?.name ?? '',
          unkindness: unkindness.name,
          ended: 'nothing',
          wrong,
          exemptMs: 0,
          seconds: 0,
        };
        outcomes.push(outcome);
        tell(outcome, outcomes.length, count);
      }
    }
  }
  await Promise.all(Array.from({ length: options.parallel }, worker));
  return report(outcomes, options, (performance.now() - began) / 1_000);
}

function tell({ story, unkindness, ended, wrong, seconds }: Outcome, done: number, count: number): void {
  write(
    `${wrong.length > 0 ? '**' : '  '} ${done}/${count} ${unkindness}: ${story}: ${ended} (${seconds.toFixed(1)} s)`,
  );
  for (const what of wrong) write(`       ${what}`);
}

function report(outcomes: readonly Outcome[], options: Options, seconds: number): number {
  const names = [...new Set(outcomes.map(({ unkindness }) => unkindness))];
  const head = ['BEHAVIOUR', 'STORIES', 'RIGHT', 'LONGEST IN GROUP'];
  const rows = names.map((name) => {
    const of = outcomes.filter(({ unkindness }) => unkindness === name);
    const most = Math.max(0, ...of.map(({ exemptMs }) => exemptMs));
    return [
      name,
      String(of.length),
      String(of.filter(({ wrong }) => wrong.length === 0).length),
      `${(most / 60_000).toFixed(1)} min`,
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  write();
  for (const row of [head, ...rows])
    write(
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  const failed = outcomes.filter(({ wrong }) => wrong.length > 0);
  write();
  write(
    'LONGEST IN GROUP: by the clock of the tenant, which is moved on where people would wait; a window is 60 minutes.',
  );
  for (const { story, unkindness } of failed)
    write(
      `FAILED: npm run test:unkind -- --seed ${options.seed} --story '=${story}' --behaviour '=${unkindness}'   (files: artifacts/unkind)`,
    );
  writeFileSync(
    join(ARTIFACTS, 'summary.json'),
    JSON.stringify({ seed: options.seed, seconds: Math.round(seconds), head, rows, outcomes }, null, 2),
  );
  write();
  write(
    `Tests:       ${failed.length > 0 ? `${failed.length} failed, ` : ''}${outcomes.length - failed.length} passed, ${outcomes.length} total`,
  );
  write(`Time:        ${Math.round(seconds)} s, seed ${options.seed}`);
  return failed.length === 0 && outcomes.length > 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
