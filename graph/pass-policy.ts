import type { PassPolicy } from '../bot/workflow/tenant';
import { fields } from './call';
import type { GraphClient } from './client';
import { tenantError } from './errors';

/**
 * The tenant's Temporary Access Pass policy. What Graph allows in principle is 10 to 43,200 minutes; what this tenant
 * allows is often 60 to 480. Throws TenantError.
 */
export async function readPassPolicy(client: GraphClient): Promise<PassPolicy> {
  const operation = 'pass-policy.read';
  const { body } = await client.send({
    operation,
    method: 'GET',
    repeat: 'read',
    cost: { service: 'policies', units: 1 },
    permission: 'Policy.Read.AuthenticationMethod',
    path: '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass',
  });
  const { state, isUsableOnce, minimumLifetimeInMinutes, maximumLifetimeInMinutes } = fields(body);
  if (typeof minimumLifetimeInMinutes !== 'number' || typeof maximumLifetimeInMinutes !== 'number') {
    throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', operation);
  }
  return {
    enabled: state === 'enabled',
    // Silently makes every pass one-time, whatever the request said.
    forcesOneTime: isUsableOnce === true,
    minimumMinutes: minimumLifetimeInMinutes,
    maximumMinutes: maximumLifetimeInMinutes,
  };
}
