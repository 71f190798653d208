import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { OpenStore } from '../../bot/store/open-store';
import { below, type Figure, figure, spread } from './figures';
import { createRig, type Rig } from './rig';
import { openWindows } from './seed';
import { follow, pause, register, type Traffic, traffic, until } from './watch';

export interface VisibleOptions {
  readonly engine: string;
  readonly databaseUrl: string | undefined;
  /** How many windows are open, ascending, all in one run of one process. */
  readonly counts: readonly number[];
  readonly samples: number;
  readonly trafficMs: number;
}

const MINUTE = 60_000;
const WARM_UP = 12_000;
/** Between two people who register, ms: no multiple of the poll, so that they do not all meet it at one point. */
const BETWEEN = 730;

/** From a passkey that Graph shows to the absence from the group that was read, with this many windows open. */
export async function visible({ engine, databaseUrl, counts, samples, trafficMs }: VisibleOptions): Promise<Figure[]> {
  const most = Math.max(...counts);
  const rig = await createRig({ crowd: most + samples * counts.length, databaseUrl });
  const figures: Figure[] = [];
  // One after the other takes its time.
  const alone = Math.ceil(samples / 4);
  const perWindow = new Map<number, Traffic>();
  try {
    await rig.start();
    const open = await rig.openBeside();
    try {
      const still: Onboarding[] = [];
      let seeded = 0;
      for (const count of counts) {
        const about = `${engine}, ${count} open`;
        const more = count - still.length;
        still.push(...(await openWindows(rig, open, seeded, seeded + more)));
        seeded += more;
        await pause(WARM_UP);

        await rig.metrics();
        const from = rig.journal.graph.length;
        const began = performance.now();
        await pause(trafficMs);
        const minutes = (performance.now() - began) / MINUTE;
        const { requests, units } = traffic(rig.journal.graph.slice(from));
        const each = { requests: requests / count / minutes, units: units / count / minutes };
        perWindow.set(count, each);
        const metrics = await rig.metrics();

        const waits =
          count < samples ? await oneByOne(rig, open, still, alone, seeded) : await together(rig, still, samples);
        if (count < samples) seeded += alone - 1;
        const visibleToOut = figure('visible', `passkey visible to out, read back; ${about}`, 's', spread(waits));
        figures.push(count >= 1_000 ? withBoth(visibleToOut) : visibleToOut);
        const hundred = perWindow.get(100);
        const perMinute = figure('visible', `requests per open window and minute; ${about}`, '', each.requests);
        figures.push(
          count === 1_000 && hundred ? below(perMinute, Number(hundred.requests.toFixed(2))) : perMinute,
          figure('visible', `resource units per open window and minute; ${about}`, '', each.units),
          figure(
            'visible',
            `event-loop delay, p99; ${about}`,
            'ms',
            1_000 * (metrics.get('onboard_nodejs_eventloop_lag_p99_seconds') ?? Number.NaN),
          ),
          figure(
            'visible',
            `event-loop delay, longest; ${about}`,
            'ms',
            1_000 * (metrics.get('onboard_nodejs_eventloop_lag_max_seconds') ?? Number.NaN),
          ),
          figure('visible', `memory; ${about}`, 'MB', rig.memory()),
        );
      }
    } finally {
      await open.close();
    }
  } finally {
    await rig.stop();
  }
  return figures;
}

/** Two targets for one figure: the median, and the 99th percentile. */
function withBoth(base: Figure): Figure {
  const [p50, p99] = [below(base, 10, 'p50').target, below(base, 30, 'p99').target];
  return p50 && p99 ? { ...base, target: { words: `${p50.words}, ${p99.words}`, met: p50.met && p99.met } } : base;
}

/** People out of the crowd, one shortly after the other; their windows are replaced by nobody's. */
async function together(rig: Rig, still: Onboarding[], samples: number): Promise<number[]> {
  const seen = follow(rig);
  const step = Math.max(1, Math.floor(still.length / samples));
  const chosen = Array.from({ length: samples }, (_, index) => still[index * step]?.subject.id ?? '');
  const at = new Map<string, number>();
  for (const id of chosen) {
    at.set(id, register(rig, id));
    await pause(BETWEEN);
  }
  await until('all of them are out', () => chosen.every((id) => seen.readBackAt(id) !== undefined));
  const out = new Set(chosen);
  still.splice(0, still.length, ...still.filter(({ subject }) => !out.has(subject.id)));
  return chosen.map((id) => ((seen.readBackAt(id) ?? Number.NaN) - (at.get(id) ?? 0)) / 1_000);
}

/** The only window that is open, again and again. */
async function oneByOne(
  rig: Rig,
  open: OpenStore,
  still: Onboarding[],
  samples: number,
  from: number,
): Promise<number[]> {
  const seen = follow(rig);
  const waits: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const id = still.at(-1)?.subject.id ?? '';
    // Anywhere between two looks.
    await pause(1_000 + ((sample * 3_700) % 10_000));
    const at = register(rig, id);
    await until('she is out', () => seen.readBackAt(id) !== undefined);
    waits.push(((seen.readBackAt(id) ?? Number.NaN) - at) / 1_000);
    still.pop();
    if (sample < samples - 1) still.push(...(await openWindows(rig, open, from + sample, from + sample + 1)));
  }
  return waits;
}
