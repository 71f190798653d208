import { type Facts, inReach } from './conditional-access-conditions';
import { grants } from './conditional-access-grants';
import type { ConditionalAccessPolicy, Strength } from './state';

export type { Facts } from './conditional-access-conditions';
export type { Mode } from './conditional-access-grants';

export interface PolicyResult {
  readonly id: string;
  readonly displayName: string;
  readonly result: 'satisfied' | 'failed' | 'not-applied' | 'report-only';
}

export interface Verdict {
  /** Every policy of the tenant, in the tenant's order. */
  readonly results: readonly PolicyResult[];
  readonly granted: boolean;
  /** A failed policy blocks outright: no authentication could satisfy it. */
  readonly blocked: boolean;
  /** The first policy that failed; when all passed, the first that was asked and satisfied. */
  readonly decidedBy: { readonly id: string; readonly displayName: string } | null;
  /** What the deciding policy would accept, as controls or combinations; empty when granted or blocked. */
  readonly wants: readonly string[];
}

/**
 * Judges one request for a token by all policies of the tenant. Every policy in reach must be satisfied on its own; a
 * block among them wins. Report-only policies are listed and decide nothing, and those for a user action are not
 * evaluated at all in report-only mode, which is how Entra documents it.
 */
export function evaluate(
  policies: readonly ConditionalAccessPolicy[],
  strengths: readonly Strength[],
  facts: Facts,
): Verdict {
  const judged = policies.map((policy) => {
    const asked = policy.state !== 'disabled' && inReach(policy, facts);
    const grant = grants(policy, strengths, facts.modes, facts.managed === true);
    return { policy, asked, grant, result: resultOf(policy, asked, grant.satisfied) };
  });
  const failed = judged.filter((one) => one.result === 'failed');
  const decisive =
    failed.find((one) => one.grant.blocks) ?? failed[0] ?? judged.find((one) => one.result === 'satisfied');
  const blocked = failed.some((one) => one.grant.blocks);
  return {
    results: judged.map(({ policy, result }) => ({ id: policy.id, displayName: policy.displayName, result })),
    granted: failed.length === 0,
    blocked,
    decidedBy: decisive ? { id: decisive.policy.id, displayName: decisive.policy.displayName } : null,
    wants: failed.length === 0 || blocked ? [] : (decisive?.grant.wants ?? []),
  };
}

function resultOf(policy: ConditionalAccessPolicy, asked: boolean, satisfied: boolean): PolicyResult['result'] {
  if (!asked) return 'not-applied';
  if (policy.state === 'enabledForReportingButNotEnforced') {
    return policy.conditions.applications.includeUserActions.length > 0 ? 'not-applied' : 'report-only';
  }
  return satisfied ? 'satisfied' : 'failed';
}
