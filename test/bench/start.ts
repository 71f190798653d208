import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { below, type Figure, figure, spread } from './figures';
import { createRig } from './rig';
import { pastOnes } from './seed';
import { pause } from './watch';

const IDLE = 5_000;

/** How long a start takes, with nothing in the store and with `past` onboardings that are over. */
export async function start(runs: number, past: number): Promise<Figure[]> {
  const bare: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
    bare.push(performance.now() - began);
  }
  const figures = [figure('start', 'node -e 0, for comparison', 'ms', spread(bare))];
  for (const count of [0, past]) {
    const rig = await createRig({ crowd: count });
    try {
      // The tables are made by the first start, which is not counted.
      await rig.start();
      await rig.end('SIGTERM');
      if (count > 0) {
        const open = await rig.openBeside();
        await pastOnes(rig, open, count);
        await open.close();
      }
      const listening: number[] = [];
      const ready: number[] = [];
      const idle: number[] = [];
      for (let run = 0; run < runs; run++) {
        const { listeningMs, readyMs } = await rig.start();
        listening.push(listeningMs);
        ready.push(readyMs);
        await pause(IDLE);
        idle.push(rig.memory());
        await rig.end('SIGTERM');
      }
      const store = `${count} onboardings in the store`;
      figures.push(
        below(figure('start', `to listening, ${store}`, 'ms', spread(listening)), 500),
        figure('start', `to ready, ${store}`, 'ms', spread(ready)),
        below(figure('start', `memory idle, ${store}`, 'MB', spread(idle)), 130),
      );
    } finally {
      await rig.stop();
    }
  }
  return figures;
}
