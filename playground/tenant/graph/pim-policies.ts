import { SCENARIO_START } from '../people';
import { badRequest, notThere } from './errors';
import { ACCEPTS } from './permissions';
import type { GraphRoute, Parts } from './route';
import { seconds } from './shapes';

const FILTER = /^scopeId eq '([^']+)' and scopeType eq 'Group'(?: and roleDefinitionId eq '(member|owner)')?$/;

/** The settings of PIM for a group, as they are at first: no active assignment for good, a justification, no MFA. */
export function pimPolicyRoutes({ state }: Parts): GraphRoute[] {
  return [
    {
      method: 'GET',
      pattern: /^\/policies\/roleManagementPolicyAssignments$/i,
      accepts: ACCEPTS.groupPimPolicies,
      service: 'privilegedAccess',
      handle(call) {
        const [, groupId, role] = FILTER.exec(call.query.get('$filter') ?? '') ?? [];
        if (groupId === undefined) throw badRequest('A filter by scopeId and scopeType is required.');
        if (!state.groups.has(groupId)) throw notThere(groupId);
        const expand = (call.query.get('$expand') ?? '').replaceAll(' ', '');
        if (!['', 'policy', 'policy($expand=rules)'].includes(expand))
          throw badRequest(`Parsing OData Select and Expand failed: '${expand}'.`);
        const roles = role === undefined ? ['member', 'owner'] : [role];
        return {
          status: 200,
          body: {
            '@odata.context': `${call.base}/$metadata#policies/roleManagementPolicyAssignments`,
            value: roles.map((one) => {
              const id = `Group_${groupId}_${one}`;
              const base = { id, policyId: id, scopeId: groupId, scopeType: 'Group', roleDefinitionId: one };
              if (expand === '') return base;
              return { ...base, policy: policyRow(id, groupId, expand !== 'policy') };
            }),
          },
        };
      },
    },
  ];
}

function policyRow(id: string, scopeId: string, withRules: boolean): Record<string, unknown> {
  const target = {
    caller: 'Admin',
    operations: ['all'],
    level: 'Assignment',
    inheritableSettings: [],
    enforcedSettings: [],
  };
  return {
    id,
    displayName: 'Group',
    description: 'Group',
    isOrganizationDefault: false,
    scopeId,
    scopeType: 'Group',
    lastModifiedDateTime: seconds(SCENARIO_START),
    lastModifiedBy: null,
    ...(withRules
      ? {
          rules: [
            {
              '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
              id: 'Expiration_Admin_Assignment',
              isExpirationRequired: true,
              maximumDuration: 'P180D',
              target,
            },
            {
              '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
              id: 'Enablement_Admin_Assignment',
              enabledRules: ['Justification'],
              target,
            },
          ],
        }
      : {}),
  };
}
