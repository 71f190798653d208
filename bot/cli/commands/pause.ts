import { systemClock } from '../../clock';
import { readStoreConfig } from '../../config';
import { operator } from '../operator';
import type { Output } from '../output';
import { useStore } from '../use-store';

/** No new windows from now on, or windows again. Exits, the sweep and the watch for passkeys never pause. */
export async function setPaused(env: NodeJS.ProcessEnv, output: Output, paused: boolean): Promise<void> {
  await useStore(readStoreConfig(env), async ({ store }) => {
    if ((await store.paused()) === paused) return output.remark(paused ? 'Already paused.' : 'Not paused.');
    await store.setPaused(paused, {
      at: systemClock.now(),
      actor: { operator: operator() },
      event: paused ? 'paused' : 'resumed',
      detail: {},
    });
    output.result(paused ? 'Paused: no new windows until `onboard resume`. Exits go on.' : 'Resumed.');
  });
}
