import { type GuardProof, TenantError } from '../bot/workflow/tenant';
import { fields, text } from './call';
import type { GraphClient } from './client';
import { judgeGuard, judgeStrength, strengthOf } from './judge-guard';
import { path } from './url';

/**
 * Conditional Access answers one request a second for a tenant and all its apps together: an answer is kept at least
 * this long, ms. Failures are not kept.
 */
const KEPT = 60_000;

const read = {
  method: 'GET',
  repeat: 'read',
  permission: 'Policy.Read.All',
  headers: { Prefer: 'include-unknown-enum-members' },
} as const;

/**
 * Whether the configured policy proves that a bare password opens nothing during a window. A policy that is gone is
 * unproven; one that could not be read is a TenantError.
 */
export function createGuardCheck(
  client: GraphClient,
  now: () => number,
  groupId: string,
  policyId: string | undefined,
): () => Promise<GuardProof> {
  let kept: { readonly at: number; readonly proof: GuardProof } | undefined;
  let running: Promise<GuardProof> | undefined;

  async function check(id: string): Promise<GuardProof> {
    const policy = await find(client, 'guard.policy', `/identity/conditionalAccess/policies${path(id)}`);
    if (!policy) return { proven: false, why: 'the guard policy does not exist' };
    const why = judgeGuard(policy, groupId);
    if (why) return { proven: false, why };
    const strength = await find(
      client,
      'guard.strength',
      `/policies/authenticationStrengthPolicies${path(strengthOf(policy))}`,
    );
    if (!strength) return { proven: false, why: 'its authentication strength does not exist' };
    const weak = judgeStrength(strength);
    return weak
      ? { proven: false, why: weak }
      : { proven: true, policyName: text(policy.displayName) ?? 'guard policy' };
  }

  return async () => {
    if (!policyId) return { proven: false, why: 'no guard policy is configured' };
    if (kept && now() - kept.at < KEPT) return kept.proof;
    running ??= check(policyId)
      .then((proof) => {
        kept = { at: now(), proof };
        return proof;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
}

async function find(client: GraphClient, operation: string, at: string) {
  try {
    const { body } = await client.send({ ...read, operation, path: at });
    return fields(body);
  } catch (error) {
    if (error instanceof TenantError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
