import type { Records } from '../../playground/contract';
import type { Spawned } from '../../playground/story/spawn';
import { type Scenario, startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';
import { openWindow, picture, type Window, type WindowOptions } from './browser';
import { type Player, player } from './play';

export interface Stage {
  readonly spawned: Spawned;
  readonly window: Window;
  as(key: string): Player;
  /** Waits for a change in the tenant, about whomever. */
  changed(kind: string): Promise<void>;
}

/** When nothing of Onboard ran: what was due then may be done as soon as it runs again. */
function silences({ product, now }: Records): { from: number; to: number }[] {
  return product
    .filter(({ did }) => did === 'killed')
    .map((killed) => ({
      from: killed.at,
      to: product.find(({ did, seq }) => did === 'ready' && seq > killed.seq)?.at ?? now,
    }));
}

/**
 * A playground and a browser that has its page open, for one story. It ends with the judge's verdict, and with the
 * browser having had nothing to complain about. What went wrong is left as a picture.
 */
export async function onStage(
  name: string,
  scenario: Scenario,
  play: (stage: Stage) => Promise<void>,
  options: WindowOptions & { readonly path?: string } = {},
): Promise<void> {
  const spawned = await startPlayground(scenario);
  const window = await openWindow(options);
  try {
    await window.page.goto(`${spawned.url}${options.path ?? '/'}`);
    await play({
      spawned,
      window,
      as: (key) => player(window.page, key),
      changed: async (kind) => {
        await waitFor(
          kind,
          async () => (await spawned.client.records()).tenant.some((one) => one.kind === kind),
          40_000,
        );
      },
    });
    await picture(window.page, name);
    expect(window.complaints).toEqual([]);
    const outages = silences(await spawned.client.records());
    expect(await verdict(spawned.client, { outages })).toEqual([]);
  } catch (error) {
    await picture(window.page, `${name}, failed`).catch(() => undefined);
    throw error;
  } finally {
    await window.close();
    await stopPlaygrounds();
  }
}
