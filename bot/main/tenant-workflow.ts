import { type Credential, createCredential, createTenant } from '../../graph/index';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Logger } from '../log';
import type { OpenStore } from '../store/open-store';
import { createWorkflow, type Workflow } from '../workflow/index';

export interface TenantWorkflow {
  readonly workflow: Workflow;
  /** The one identity, for the conversation too. */
  readonly credential: Credential;
}

/** The workflow on the configured tenant. Loaded late: the identity library takes a fifth of a second. */
export function createTenantWorkflow(
  config: Config,
  { store }: OpenStore,
  clock: Clock,
  log: Logger,
  changed: () => void,
  progressed: (part: 'worker' | 'sweep') => void = () => undefined,
): TenantWorkflow {
  const credential = createCredential(config);
  const settings = {
    tenantId: config.tenantId,
    clientId: config.clientId,
    credential: config.credential,
    authorityHost: config.authorityHost,
    graphBaseUrl: config.graphBaseUrl,
    onboardingGroupId: config.policy.onboardingGroupId,
    membership: config.membership,
    ...(config.guardPolicyId ? { guardPolicyId: config.guardPolicyId } : {}),
  };
  const workflow = createWorkflow({
    tenant: createTenant(settings, log, { credential, clock }),
    store,
    policy: config.policy,
    clock,
    log,
    pace: { pollHot: config.pollEvery, pollSlow: config.pollSlowEvery, sweep: config.sweepEvery },
    changed,
    progressed,
  });
  return { workflow, credential };
}
