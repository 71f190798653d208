import { systemClock } from '../../clock';
import { type Config, readConfig } from '../../config';
import { endRestored } from '../../main/end-restored';
import { createTenantWorkflow } from '../../main/tenant-workflow';
import { hasOpenWindow, reference } from '../../onboarding/onboarding';
import { acquireInstanceLock, InstanceLockedError } from '../../store/instance-lock';
import type { OpenStore } from '../../store/open-store';
import type { Glance } from '../../workflow/store-port';
import { CliError, EXIT } from '../exit-codes';
import { operator } from '../operator';
import type { Output } from '../output';
import { readNumber } from '../read-number';
import { quietLog, useStore } from '../use-store';
import { when } from '../when';

const LOOK_AGAIN = 200;

/**
 * Stops one onboarding, or all that are not closed, and waits until the group was read without their people. A running
 * instance does the work; where none runs, this command does it itself. Neither Teams nor an approver is needed.
 */
export async function stop(
  env: NodeJS.ProcessEnv,
  output: Output,
  which: string | 'all',
  waitSeconds: number,
): Promise<number> {
  const number = which === 'all' ? which : readNumber(which);
  const config = readConfig(env);
  return useStore(config, async (open) => {
    const { workflow } = createTenantWorkflow(config, open, systemClock, quietLog('warn'), () => undefined);
    if (number !== 'all' && !(await open.store.loadByNumber(number))) throw new CliError(`There is no ONB-${number}.`);
    const stopped = await workflow.onboardings.operatorStop(number, operator());
    if (number !== 'all' && stopped.length === 0) await sayWhyNot(open, output, number);
    for (const onboarding of stopped) output.result(`${reference(onboarding)} is stopped.`);
    if (number === 'all' && stopped.length === 0) output.remark('Nothing to stop.');

    // An exit that somebody else started is waited for too: the question is whether the person is still in the group.
    const wanted = await windowsOf(open, number);
    if (wanted.length === 0) return EXIT.done;
    return withWorker(config, open, workflow, () => untilLeft(open, output, wanted, waitSeconds * 1_000));
  });
}

async function sayWhyNot({ store }: OpenStore, output: Output, number: number): Promise<void> {
  const onboarding = await store.loadByNumber(number);
  if (onboarding?.state === 'closed') output.remark(`ONB-${number} has ended already: ${onboarding.outcome}.`);
  else output.remark(`ONB-${number} is on its way out already.`);
}

async function windowsOf({ store }: OpenStore, number: number | 'all'): Promise<readonly Glance[]> {
  const windows = (await store.windows()).filter(({ leftAt }) => leftAt === undefined);
  return number === 'all' ? windows : windows.filter((window) => window.number === number);
}

/** On SQLite the worker runs only under the instance lock; with PostgreSQL leases keep any number of them apart. */
async function withWorker(
  config: Config,
  open: OpenStore,
  workflow: { start(): void; stop(): Promise<void> },
  work: () => Promise<number>,
): Promise<number> {
  let lock: { release(): void } | undefined;
  try {
    if (!config.databaseUrl) lock = acquireInstanceLock(config.dataDir);
  } catch (error) {
    if (!(error instanceof InstanceLockedError)) throw error;
    return work();
  }
  try {
    await endRestored(open, config.policy, systemClock, quietLog('warn'));
    workflow.start();
    const code = await work();
    await workflow.stop();
    return code;
  } finally {
    lock?.release();
  }
}

async function untilLeft(
  { store }: OpenStore,
  output: Output,
  wanted: readonly Glance[],
  limit: number,
): Promise<number> {
  const left = new Map(wanted.map((onboarding) => [onboarding.id, reference(onboarding)]));
  const until = systemClock.now() + limit;
  for (;;) {
    for (const [id, name] of left) {
      const current = await store.load(id);
      if (!current || hasOpenWindow(current)) continue;
      left.delete(id);
      output.result(`${name} is out of the onboarding group, read back at ${when(current.exit?.leftAt)}.`);
    }
    if (left.size === 0) return EXIT.done;
    if (systemClock.now() >= until) {
      output.remark(
        `Not yet read back: ${[...left.values()].join(', ')}. It goes on while an instance runs; else run this again, or take them out of the group by hand.`,
      );
      return EXIT.unfinished;
    }
    await systemClock.sleep(LOOK_AGAIN);
  }
}
