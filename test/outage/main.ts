import { Command } from 'commander';
import { startPostgres } from '../harness/postgres';
import { databaseGone } from './database-gone';
import { diskFull } from './disk-full';
import { graphGone } from './graph-gone';
import { hostGonePim, hostGoneWatched } from './host-gone';
import type { Finding } from './stage';
import { teamsGone } from './teams-gone';

const write = (line = ''): void => void process.stdout.write(`${line}\n`);
const WIDTH = 44;

interface Scene {
  readonly name: string;
  readonly play: () => Promise<Finding[] | { readonly missing: string }>;
}

async function withPostgres(): ReturnType<Scene['play']> {
  const postgres = await startPostgres();
  if ('missing' in postgres) return postgres;
  try {
    return await databaseGone(postgres);
  } finally {
    await postgres.close();
  }
}

async function main(): Promise<number> {
  const command = new Command('test:outage')
    .description('Takes away what Onboard needs, one thing at a time, and tells what was done and said, and when.')
    .option('--only <text>', 'only the outages with this in their name')
    .option('--windows <count>', 'how many are open when Graph goes', (text) => Number.parseInt(text, 10), 100)
    .allowExcessArguments(false);
  const { only, windows } = command.parse().opts<{ only?: string; windows: number }>();
  const scenes: readonly Scene[] = [
    { name: 'graph', play: () => graphGone(windows) },
    { name: 'teams', play: teamsGone },
    { name: 'database', play: withPostgres },
    { name: 'disk', play: diskFull },
    { name: 'host, watchdog', play: hostGoneWatched },
    { name: 'host, pim', play: hostGonePim },
  ];
  const findings: Finding[] = [];
  let failed = 0;
  let passed = 0;
  let left = 0;
  for (const { name, play } of scenes.filter((scene) => !only || scene.name.includes(only))) {
    const began = performance.now();
    try {
      const found = await play();
      if ('missing' in found) {
        left++;
        write(`left out  ${name}: ${found.missing}`);
        continue;
      }
      findings.push(...found);
      passed++;
      write(`passed    ${name} (${Math.round((performance.now() - began) / 1_000)} s)`);
    } catch (error) {
      failed++;
      write(`FAILED    ${name}: ${error instanceof Error ? error.message : error}`);
      if (error instanceof Error && error.name !== 'Error') write(error.stack ?? '');
    }
  }
  write();
  table(findings);
  write();
  write(
    `Tests:       ${failed > 0 ? `${failed} failed, ` : ''}${left > 0 ? `${left} left out, ` : ''}${passed} passed, ${failed + left + passed} total`,
  );
  return failed === 0 ? 0 : 1;
}

/** One block for each finding: the sentences are too long for columns side by side. */
function table(findings: readonly Finding[]): void {
  for (const { outage, done, said, after } of findings) {
    write(`${outage.padEnd(WIDTH)}${after}`);
    write(`    done  ${done}`);
    write(`    said  ${said}`);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
