import { randomBytes, randomUUID } from 'node:crypto';
import { createOnboardings } from './answer-people';
import { AUDIT_GAP, createAuditReader } from './audit';
import type { Context, Ids } from './context';
import { inLane } from './lanes';
import { createNoteLeft } from './note-left';
import type { Onboardings } from './onboardings';
import { createSweep, type SweepResult } from './sweep';
import { TenantError } from './tenant';
import { watchAudit } from './watch-audit';
import { createWithoutStore } from './without-store';
import { createWorker } from './worker';

export interface WorkflowOptions extends Omit<Context, 'ids' | 'owner' | 'audit'> {
  readonly ids?: Ids;
  readonly owner?: string;
}

export interface Workflow {
  readonly onboardings: Onboardings;
  /** Starts the worker; exits begin at once, openings after the first sweep. */
  start(): void;
  /** Resolves when the first sweep after the start has been made, however long the tenant takes to answer. */
  readonly recovered: Promise<void>;
  wake(): void;
  sweepOnce(): Promise<SweepResult>;
  stop(): Promise<void>;
}

const SWEEP_RETRY = 5_000;

/** Puts the workflow together: what people can do, the worker, and the sweep. */
export function createWorkflow(options: WorkflowOptions): Workflow {
  const context: Context = {
    ...options,
    audit: createAuditReader({ ...options, tenant: options.tenant.inLane?.('watch') ?? options.tenant }),
    ids: options.ids ?? { id: () => randomUUID(), nonce: () => randomBytes(18).toString('base64url') },
    owner: options.owner ?? `instance-${randomUUID()}`,
    changed: () => {
      worker.wake();
      options.changed();
    },
  };
  let swept = false;
  let stopping = false;
  const ending = new AbortController();
  let markRecovered: () => void = () => undefined;
  const recovered = new Promise<void>((resolve) => {
    markRecovered = resolve;
  });
  const withoutStore = createWithoutStore(inLane(context, 'exit'));
  const noteLeft = createNoteLeft(context);
  const worker = createWorker(context, () => swept, withoutStore);
  const sweep = createSweep(inLane(context, 'exit'), withoutStore.remember);
  let loops: Promise<unknown> = Promise.resolve();

  async function sweepForEver(): Promise<void> {
    while (!stopping) {
      let wait = context.pace.sweep;
      try {
        await sweep();
        context.progressed?.('sweep');
        if (!swept) {
          swept = true;
          worker.wake();
          markRecovered();
        }
      } catch (error) {
        wait = SWEEP_RETRY;
        const code = error instanceof TenantError ? { code: error.code, hint: error.hint } : { error: String(error) };
        context.log.warn({ event: 'sweep-failed', ...code });
      }
      await context.clock.sleep(wait, ending.signal);
    }
  }

  /** Evidence only: whatever goes wrong in here, deadlines and sweeps go on. */
  async function watchAuditForEver(): Promise<void> {
    while (!stopping && context.policy.audit === 'on') {
      try {
        await watchAudit(context, context.audit);
        if (!stopping) await noteLeft();
      } catch (error) {
        const code = error instanceof TenantError ? { code: error.code, hint: error.hint } : { error: String(error) };
        context.log.warn({ event: 'audit-watch-failed', ...code });
      }
      await context.clock.sleep(AUDIT_GAP, ending.signal);
    }
  }

  return {
    onboardings: createOnboardings(inLane(context, 'click'), inLane(context, 'exit').tenant, (id, until) =>
      worker.run(id, until),
    ),
    recovered,
    start() {
      worker.start();
      loops = Promise.all([sweepForEver(), watchAuditForEver()]);
    },
    wake: () => worker.wake(),
    sweepOnce: sweep,
    async stop() {
      stopping = true;
      ending.abort();
      await worker.stop();
      await loops;
    },
  };
}
