import { stop } from '../../bot/onboarding/exit';
import { USUAL_PERCENT } from '../../graph/budget';
import { ceilingOf, limitsOf } from '../../graph/budget-limits';
import { below, type Figure, figure, spread } from './figures';
import { createRig } from './rig';
import { openWindows } from './seed';
import { follow, pause, register, traffic, until } from './watch';

const SAMPLES = 5;
/** They appear together, so that waiting for all of them takes no longer than for the last. */
const PASSKEYS = 25;
const SETTLE_IN = 30_000;
const EMPTY_LIMIT = 900_000;
const NOTICED_LIMIT = 600_000;

export interface SurviveOptions {
  readonly engine: string;
  readonly databaseUrl: string | undefined;
  readonly windows: number;
  /** Also stops every one of them at once. */
  readonly all: boolean;
}

/** Far more windows than anybody has: does it stay up, in how much memory, and do exits go first. */
export async function survive({ engine, databaseUrl, windows, all }: SurviveOptions): Promise<Figure[]> {
  const rig = await createRig({ crowd: windows, databaseUrl });
  const about = `${engine}, ${windows} open`;
  let sampling: NodeJS.Timeout | undefined;
  try {
    // The tables, and the file that says how far the ledger had come.
    await rig.start();
    await rig.end('SIGTERM');
    const open = await rig.openBeside();
    try {
      const seeding = performance.now();
      const still = await openWindows(rig, open, 0, windows);
      const seeded = (performance.now() - seeding) / 1_000;
      const { listeningMs, readyMs } = await rig.start();
      await rig.metrics();
      const memories: number[] = [];
      // All the time: between two collections of garbage it is much more than after one.
      sampling = setInterval(() => memories.push(rig.memory()), 1_000);
      await pause(SETTLE_IN);
      const metrics = await rig.metrics();
      const looks = lookedAt(rig);

      const seen = follow(rig);
      const stopped: number[] = [];
      const noticed: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample++) {
        const id = still[Math.floor(((sample + 0.3) * windows) / SAMPLES)]?.id ?? '';
        const one = await open.store.load(id);
        if (!one) throw new Error('a window is missing');
        const decided = stop(one, { operator: 'bench' }, rig.policy, Date.now());
        if (!decided.ok) throw new Error(`it could not be stopped: ${decided.refusal.code}`);
        if (!(await open.store.commit(one, decided.change))) throw new Error('somebody else was first');
        const at = Date.now();
        await until('the stopped one is out', () => seen.readBackAt(one.subject.id) !== undefined);
        stopped.push(((seen.readBackAt(one.subject.id) ?? Number.NaN) - at) / 1_000);
      }
      const registered = Array.from({ length: PASSKEYS }, (_, index) => {
        const other = still[Math.floor(((index + 0.7) * windows) / PASSKEYS)];
        if (!other) throw new Error('a window is missing');
        return { id: other.subject.id, at: register(rig, other.subject.id) };
      });
      for (const { id, at } of registered) {
        await until('those with a passkey are out', () => seen.readBackAt(id) !== undefined, NOTICED_LIMIT);
        noticed.push(((seen.readBackAt(id) ?? Number.NaN) - at) / 1_000);
      }
      const calls = traffic(rig.journal.graph.filter(({ at }) => at >= Date.now() - 60_000));
      const figures = [
        figure('survive', `to listening; ${about}`, 'ms', listeningMs),
        figure('survive', `to ready: members and windows compared; ${about}`, 's', readyMs / 1_000),
        below(figure('survive', `memory; ${about}`, 'MB', spread(memories)), 250, 'max'),
        figure('survive', `looks at windows a second; ${about}`, '', looks),
        figure(
          'survive',
          `event-loop delay, p99; ${about}`,
          'ms',
          1_000 * (metrics.get('onboard_nodejs_eventloop_lag_p99_seconds') ?? Number.NaN),
        ),
        figure(
          'survive',
          `event-loop delay, longest; ${about}`,
          'ms',
          1_000 * (metrics.get('onboard_nodejs_eventloop_lag_max_seconds') ?? Number.NaN),
        ),
        figure('survive', `one is stopped: commit to out, read back; ${about}`, 's', spread(stopped)),
        figure('survive', `passkey visible to out, read back; ${about}`, 's', spread(noticed)),
        figure(
          'survive',
          `(one round of looks at the budget: no less is possible); ${about}`,
          's',
          roundAtBudget(windows),
        ),
        figure('survive', `requests per open window and minute; ${about}`, '', calls.requests / windows),
        figure('survive', `resource units per open window and minute; ${about}`, '', calls.units / windows),
        figure('survive', `(putting the windows into the store took); ${about}`, 's', seeded),
      ];
      return all ? [...figures, ...(await stopAll())] : figures;
    } finally {
      clearInterval(sampling);
      await open.close();
    }

    async function stopAll(): Promise<Figure[]> {
      const group = rig.state.groups.get(rig.state.onboardingGroupId);
      const beside = await rig.openBeside();
      const began = performance.now();
      let committed = 0;
      try {
        for (const one of await beside.store.active()) {
          if (one.state !== 'open') continue;
          const decided = stop(one, { operator: 'bench' }, rig.policy, Date.now());
          if (decided.ok && (await beside.store.commit(one, decided.change))) committed++;
        }
      } finally {
        await beside.close();
      }
      const commits = (performance.now() - began) / 1_000;
      let most = rig.memory();
      while ((group?.members.size ?? 0) > 0) {
        if (performance.now() - began > EMPTY_LIMIT) throw new Error(`${group?.members.size} are still in the group`);
        await pause(1_000);
        most = Math.max(most, rig.memory());
      }
      return [
        figure('survive', `all are stopped: written down, ${committed}; ${about}`, 's', commits),
        figure(
          'survive',
          `all are stopped: until the group was empty; ${about}`,
          's',
          (performance.now() - began) / 1_000,
        ),
        figure('survive', `memory at most meanwhile; ${about}`, 'MB', most),
      ];
    }
  } finally {
    await rig.stop();
  }
}

/** How long it takes to look at each once, with the units that the lane of looks has at the usual share, s. */
function roundAtBudget(windows: number): number {
  const { units } = limitsOf(USUAL_PERCENT);
  return (windows * units.within) / ceilingOf('watch', units) / 1_000;
}

/** How many windows were looked at in each of the last ten seconds. */
function lookedAt({ journal }: Awaited<ReturnType<typeof createRig>>): number {
  const since = Date.now() - 10_000;
  return journal.graph.filter(({ at, path }) => at >= since && /\/fido2Methods$/.test(path)).length / 10;
}
