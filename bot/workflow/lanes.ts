import type { Context } from './context';
import type { Lane } from './tenant';

/** The same context, whose calls to the tenant go in this lane. */
export function inLane(context: Context, lane: Lane): Context {
  const tenant = context.tenant.inLane?.(lane);
  return tenant ? { ...context, tenant } : context;
}
