import { systemClock } from '../../clock';
import { readConfig } from '../../config';
import { createTenantWorkflow } from '../../main/tenant-workflow';
import { EXIT } from '../exit-codes';
import type { Output } from '../output';
import { quietLog, useStore } from '../use-store';

/** Compares the group with the open windows once, now, and takes out whoever has none any more. */
export async function sweep(env: NodeJS.ProcessEnv, output: Output): Promise<number> {
  const config = readConfig(env);
  return useStore(config, async (open) => {
    const { workflow } = createTenantWorkflow(config, open, systemClock, quietLog('warn'), () => undefined);
    const { members, removed, unknown } = await workflow.sweepOnce();
    output.result(`In the onboarding group: ${members}. Taken out: ${removed.length}.`);
    for (const id of removed) output.result(`  taken out: ${id}`);
    for (const id of unknown) output.result(`  not known to Onboard, left alone: ${id}`);
    return unknown.length > 0 ? EXIT.unfinished : EXIT.done;
  });
}
