import type { Reply } from '../../http';
import { SCENARIO_START } from '../people';
import type { RoleAssignment } from '../state';
import { page } from './collection';
import { badRequest, GraphRefusal } from './errors';
import { ACCEPTS } from './permissions';
import type { Call, GraphRoute, Parts } from './route';
import { seconds } from './shapes';

/** `unifiedRoleDefinition` of v1.0; `isPrivileged` is beta only. */
const DEFINITION_PROPERTIES = [
  'id',
  'description',
  'displayName',
  'isBuiltIn',
  'isEnabled',
  'resourceScopes',
  'rolePermissions',
  'templateId',
  'version',
];

/** Eligibility is Privileged Identity Management's, and so is how an assignment came to be active. */
function needsPremium({ state }: Parts): void {
  if (!state.behaviour.withoutPremium) return;
  throw new GraphRefusal(
    400,
    'AadPremiumLicenseRequired',
    'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
  );
}

export function roleRoutes(parts: Parts): GraphRoute[] {
  const { state } = parts;
  /** `$expand=roleDefinition`, also with a `$select` of its own. */
  function expanded(call: Call, row: RoleAssignment): Record<string, unknown> {
    const expand = call.query.get('$expand');
    if (expand === null) return {};
    const match = /^roleDefinition(?:\(\$select=([\w,]+)\))?$/.exec(expand.replaceAll(' ', ''));
    if (!match) throw badRequest(`Parsing OData Select and Expand failed: '${expand}'.`);
    const names = match[1]?.split(',') ?? DEFINITION_PROPERTIES;
    const unknown = names.find((name) => !DEFINITION_PROPERTIES.includes(name));
    if (unknown !== undefined) {
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.unifiedRoleDefinition'.`,
      );
    }
    const definition: Record<string, unknown> = {
      id: row.roleDefinitionId,
      description: null,
      displayName: state.roleDefinitions.get(row.roleDefinitionId) ?? null,
      isBuiltIn: true,
      isEnabled: true,
      resourceScopes: ['/'],
      rolePermissions: [],
      templateId: row.roleDefinitionId,
      version: '1',
    };
    return { roleDefinition: Object.fromEntries(names.map((name) => [name, definition[name]])) };
  }

  function list(
    call: Call,
    context: string,
    type: string,
    kind: RoleAssignment['kind'],
    more: (row: RoleAssignment) => Record<string, unknown>,
  ): Reply {
    return page(call, {
      rows: state.roleAssignments
        .filter((row) => row.kind === kind)
        .map((row) => ({
          id: row.id,
          principalId: row.principalId,
          roleDefinitionId: row.roleDefinitionId,
          directoryScopeId: '/',
          appScopeId: null,
          ...more(row),
          ...expanded(call, row),
        })),
      properties: ['principalId', 'roleDefinitionId', 'directoryScopeId'],
      resource: type,
      context: `roleManagement/directory/${context}`,
      type: `microsoft.graph.${type}`,
    });
  }

  return [
    {
      method: 'GET',
      pattern: /^\/roleManagement\/directory\/roleAssignments$/i,
      accepts: ACCEPTS.roleAssignments,
      service: 'directory',
      handle: (call) => list(call, 'roleAssignments', 'unifiedRoleAssignment', 'active', () => ({})),
    },
    {
      method: 'GET',
      pattern: /^\/roleManagement\/directory\/roleEligibilityScheduleInstances$/i,
      accepts: ACCEPTS.roleEligibility,
      service: 'privilegedAccess',
      handle(call) {
        needsPremium(parts);
        const type = 'unifiedRoleEligibilityScheduleInstance';
        return list(call, 'roleEligibilityScheduleInstances', type, 'eligible', (row) => ({
          memberType: 'Direct',
          roleEligibilityScheduleId: row.id,
          startDateTime: seconds(SCENARIO_START),
          endDateTime: null,
        }));
      },
    },
    {
      method: 'GET',
      pattern: /^\/roleManagement\/directory\/roleAssignmentScheduleInstances$/i,
      accepts: ACCEPTS.roleActivation,
      service: 'privilegedAccess',
      handle(call) {
        needsPremium(parts);
        const type = 'unifiedRoleAssignmentScheduleInstance';
        return list(call, 'roleAssignmentScheduleInstances', type, 'active', (row) => ({
          assignmentType: 'Assigned',
          memberType: 'Direct',
          roleAssignmentOriginId: row.id,
          roleAssignmentScheduleId: row.id,
          startDateTime: seconds(SCENARIO_START),
          endDateTime: null,
        }));
      },
    },
    {
      method: 'GET',
      pattern: /^\/identityGovernance\/privilegedAccess\/group\/eligibilityScheduleInstances$/i,
      accepts: ACCEPTS.groupEligibility,
      service: 'privilegedAccess',
      handle(call) {
        needsPremium(parts);
        if (!/\b(principalId|groupId) eq/.test(call.query.get('$filter') ?? '')) {
          throw new GraphRefusal(400, 'MissingParameters', 'Required parameters GroupId or PrincipalId are missing.');
        }
        return page(call, {
          rows: state.groupEligibilities.map((row) => ({
            id: row.id,
            principalId: row.principalId,
            groupId: row.groupId,
            accessId: 'member',
            memberType: 'direct',
            eligibilityScheduleId: row.id,
            startDateTime: seconds(SCENARIO_START),
            endDateTime: null,
          })),
          properties: ['principalId', 'groupId', 'accessId'],
          resource: 'privilegedAccessGroupEligibilityScheduleInstance',
          context: 'identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
          type: 'microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance',
        });
      },
    },
  ];
}
