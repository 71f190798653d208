import type { Refusal } from '../onboarding/refusal';
import type { Log } from '../workflow/context';
import type { Onboardings } from '../workflow/onboardings';
import type { Tenant } from '../workflow/tenant';
import { createBursts } from './bursts';
import type { Metrics } from './metrics';

type Counts = Pick<Metrics, 'refusal' | 'mint' | 'showPass'>;

/** The same onboardings; what people are refused is counted, and who asks for too many is an alert. */
export function observeOnboardings(onboardings: Onboardings, metrics: Counts, log: Log): Onboardings {
  const bursts = createBursts(log);
  // Every method alike, also those that are added later.
  const counting = Object.fromEntries(
    Object.entries(onboardings).map(([name, method]: [string, (...args: never[]) => Promise<unknown>]) => [
      name,
      async (...args: never[]) => {
        const answer = await method(...args);
        const code = refusedWith(answer);
        if (code !== undefined) metrics.refusal(code);
        return answer;
      },
    ]),
  ) as unknown as Onboardings;
  return {
    ...counting,
    async request(ask) {
      const answer = await counting.request(ask);
      if (answer.kind === 'requested')
        bursts.requested(ask.requester, answer.onboarding.approver.id, answer.onboarding.requestedAt);
      if (answer.kind === 'refused' && answer.refusal.code === 'requester-cap')
        log.warn({ event: 'many-requests', requester: ask.requester, why: 'cap', max: answer.refusal.max });
      if (answer.kind === 'refused' && answer.refusal.code === 'approver-cap')
        log.warn({ event: 'many-for-approver', requester: ask.requester, why: 'cap', max: answer.refusal.max });
      return answer;
    },
    async showPass(click) {
      const startedAt = performance.now();
      const answer = await counting.showPass(click);
      if (answer.kind === 'pass') metrics.showPass(performance.now() - startedAt);
      return answer;
    },
  };
}

function refusedWith(answer: unknown): string | undefined {
  return (answer as { readonly refusal?: Refusal } | null)?.refusal?.code;
}

/** The same tenant; how long a pass takes is measured, also when none comes. */
export function observeTenant(tenant: Tenant, metrics: Counts): Tenant {
  const { inLane } = tenant;
  return {
    ...tenant,
    ...(inLane ? { inLane: (lane) => observeTenant(inLane(lane), metrics) } : {}),
    async createPass(id, lifetimeMinutes, signal) {
      const startedAt = performance.now();
      try {
        return await tenant.createPass(id, lifetimeMinutes, signal);
      } finally {
        metrics.mint(performance.now() - startedAt);
      }
    },
  };
}
