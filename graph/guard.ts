import type { PersonId } from '../bot/onboarding/person';
import { type GuardProof, TenantError } from '../bot/workflow/tenant';
import type { Service } from './budget-limits';
import { fields, text } from './call';
import type { GraphClient } from './client';
import { excludedPeople, judgeGuard, judgeStrength, strengthOf } from './judge-guard';
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
 * Whether the configured policy proves that a bare password opens nothing during this person's window. A policy that is gone is
 * unproven; one that could not be read is a TenantError.
 */
export function createGuardCheck(
  client: GraphClient,
  now: () => number,
  groupId: string,
  policyId: string | undefined,
): (subject: PersonId) => Promise<GuardProof> {
  let kept: { readonly at: number; readonly found: Found } | undefined;
  let running: Promise<Found> | undefined;

  async function check(id: string): Promise<Found> {
    const policy = await find(
      client,
      'guard.policy',
      'conditionalAccess',
      `/identity/conditionalAccess/policies${path(id)}`,
    );
    if (!policy) return { proof: { proven: false, why: 'the guard policy does not exist' }, excluded: [] };
    return { proof: await prove(policy), excluded: excludedPeople(policy) };
  }

  async function prove(policy: Readonly<Record<string, unknown>>): Promise<GuardProof> {
    const why = judgeGuard(policy, groupId);
    if (why) return { proven: false, why };
    const strength = await find(
      client,
      'guard.strength',
      'policies',
      `/policies/authenticationStrengthPolicies${path(strengthOf(policy))}`,
    );
    if (!strength) return { proven: false, why: 'its authentication strength does not exist' };
    const weak = judgeStrength(strength);
    return weak
      ? { proven: false, why: weak }
      : { proven: true, policyName: text(policy.displayName) ?? 'guard policy' };
  }

  async function found(id: string): Promise<Found> {
    if (kept && now() - kept.at < KEPT) return kept.found;
    running ??= check(id)
      .then((found) => {
        kept = { at: now(), found };
        return found;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return async (subject) => {
    if (!policyId) return { proven: false, why: 'no guard policy is configured' };
    const { proof, excluded } = await found(policyId);
    // Break-glass accounts are excluded by name, and rightly; for anybody else it means that the hole is open.
    if (excluded.includes(subject.toLowerCase()))
      return { proven: false, why: 'the guard policy excludes this person' };
    return proof;
  };
}

/** What one look at the policy said, for everybody. */
interface Found {
  readonly proof: GuardProof;
  readonly excluded: readonly string[];
}

async function find(client: GraphClient, operation: string, service: Service, at: string) {
  try {
    const { body } = await client.send({ ...read, operation, cost: { service, units: 1 }, path: at });
    return fields(body);
  } catch (error) {
    if (error instanceof TenantError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
