import { join } from 'node:path';
import { Command, Option } from 'commander';
import { check, type Violation } from '../test/promises/checker';
import type { Client } from './story/client';
import { spawnPlayground } from './story/spawn';
import { CASTS, POINTS, type Point, type Tale, tell } from './story/tale';
import { tally } from './story/tally';
import { createTeller } from './story/teller';

const write = (line: string): void => void process.stdout.write(`${line}\n`);

interface Options {
  readonly scenario: 'everyone' | 'admins';
  readonly kill: boolean;
}

function readOptions(): Options {
  const command = new Command('story')
    .description(
      'Plays one onboarding from the Catch-22 to the sign-in with the passkey, and judges it by the records.',
    )
    .addOption(
      new Option('--scenario <name>', 'everyone: phishing-resistant for all; admins: for privileged roles')
        .choices(['everyone', 'admins'])
        .default('everyone'),
    )
    .option('--kill', 'kill Onboard (SIGKILL) at several points and start it again', false)
    .allowExcessArguments(false);
  return command.parse().opts<Options>();
}

/** What the records of the other side say about it. */
async function judge(client: Client, scenario: Options['scenario']): Promise<Violation[]> {
  const records = await client.records();
  return check(records, {
    windowMinutes: 60,
    pollSlackMs: 60_000,
    privilegedAllowed: scenario === 'admins',
    passCodes: await client.passes(),
    now: records.now,
  });
}

/** What an onboarding has to change in a tenant, each once. */
const LEAST_WRITES = [
  'add to the group',
  'create a pass',
  'remove from the group',
  'delete the pass',
  'revoke sessions',
];

async function summary(client: Client, tale: Tale): Promise<void> {
  const { graph } = await client.records();
  write('');
  write(`Click to pass ${tale.clickToPassMs} ms; registration to out-of-group ${tale.registeredToRemovedMs} ms.`);
  const writes = graph.filter((call) => call.write);
  write(
    `Graph calls of this onboarding: ${graph.length}, in ${graph.filter(({ batch }) => !batch).length} requests. Writes: ${writes.length}; the least that is possible: ${LEAST_WRITES.length} (${LEAST_WRITES.join(', ')}).`,
  );
  for (const { kind, calls, writes } of tally(graph)) {
    write(`   ${String(calls).padStart(4)} ${writes > 0 ? `${writes} written` : ''.padEnd(9)}  ${kind}`);
  }
}

async function main(): Promise<number> {
  const { scenario, kill } = readOptions();
  const kills: ReadonlySet<Point> = new Set(kill ? POINTS : []);
  const playground = await spawnPlayground({ bundle: join(__dirname, 'playground.cjs'), scenario });
  const stop = () => void playground.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // Whoever reads along has gone, as `head` does.
  process.stdout.on('error', stop);
  try {
    const { client } = playground;
    write(`One onboarding in the tenant "${scenario}"${kill ? ', with Onboard killed on the way' : ''}.`);
    write('> does  < sees in Teams  = sees on a device  * changes in the tenant  + is proved');
    const teller = await createTeller(client, write);
    const tale = await tell({ client, cast: CASTS[scenario], listener: teller, kills });
    await teller.end();
    const violations = await judge(client, scenario);
    await summary(client, tale);
    write('');
    for (const { promise, what, evidence } of violations)
      write(`BROKEN promise ${promise}: ${what} (${evidence.join(', ')})`);
    write(
      violations.length === 0
        ? 'The ten promises hold, as far as these records show.'
        : `${violations.length} findings.`,
    );
    return violations.length === 0 ? 0 : 1;
  } finally {
    await playground.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
