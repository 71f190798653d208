import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { Policy } from '../onboarding/policy';
import type { OpenStore } from '../store/open-store';
import { closeAfterRestore } from '../workflow/after-restore';

/**
 * Before a worker runs on a store that was put back: what it says is open is ended. Does nothing on any other. Cut off in
 * the middle, the next start does it again.
 */
export async function endRestored(open: OpenStore, policy: Policy, clock: Clock, log: Logger): Promise<void> {
  if (open.restored === null) return;
  await closeAfterRestore({ store: open.store, policy, clock, log, changed: () => undefined });
  await open.restoreTreated();
}
