import {
  type AppInstalled,
  type Credential,
  createAppInstaller,
  createCredential,
  createTenant,
} from '../../graph/index';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Logger } from '../log';
import type { OpenStore } from '../store/open-store';
import { createWorkflow, type Workflow } from '../workflow/index';
import type { Tenant } from '../workflow/tenant';
import { createPreferredLanguage } from './preferred-language';

export interface TenantWorkflow {
  readonly workflow: Workflow;
  /** Left out where no app of the catalogue is configured. */
  readonly installApp?: (person: string) => Promise<AppInstalled>;
  /** What the directory says that somebody wants to read. */
  readonly preferredLanguage: (person: string) => Promise<string | undefined>;
  /** The one identity, for the conversation too. */
  readonly credential: Credential;
}

/** What looks on, and changes nothing. */
export interface Watching {
  readonly progressed?: (part: 'worker' | 'sweep') => void;
  readonly onRequest?: (operation: string, status: number, ms: number) => void;
  readonly onBudget?: (lane: string, what: 'waited' | 'not-now') => void;
  readonly tenant?: (tenant: Tenant) => Tenant;
}

/** The workflow on the configured tenant. Loaded late: the identity library takes a fifth of a second. */
export function createTenantWorkflow(
  config: Config,
  { store }: OpenStore,
  clock: Clock,
  log: Logger,
  changed: () => void,
  watching: Watching = {},
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
    budgetPercent: config.graphBudgetPercent,
    ...(config.guardPolicyId ? { guardPolicyId: config.guardPolicyId } : {}),
  };
  const { onRequest, onBudget, progressed } = watching;
  const seams = { credential, clock, ...(onRequest ? { onRequest } : {}), ...(onBudget ? { onBudget } : {}) };
  const tenant = createTenant(settings, log, seams);
  const workflow = createWorkflow({
    tenant: watching.tenant?.(tenant) ?? tenant,
    store,
    policy: config.policy,
    clock,
    log,
    pace: { pollHot: config.pollEvery, pollSlow: config.pollSlowEvery, sweep: config.sweepEvery },
    changed,
    ...(progressed ? { progressed } : {}),
  });
  const { teamsAppId } = config;
  const installApp =
    teamsAppId === undefined
      ? undefined
      : createAppInstaller({ ...settings, teamsAppId }, log, {
          credential,
          clock,
          ...(onRequest ? { onRequest } : {}),
        });
  const preferredLanguage = createPreferredLanguage(tenant, clock);
  return { workflow, credential, preferredLanguage, ...(installApp ? { installApp } : {}) };
}
