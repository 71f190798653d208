import { idOfPerson } from '../people';
import type { Group, TenantState } from '../state';
import { BadExport } from './folder';
import { type LoadedTenant, OWN_FILE } from './load';

/**
 * A tenant of a scenario with what was exported in place of its own: the people stay, policies and groups are those of
 * the export. Throws BadExport where it speaks of people that the scenario does not have.
 */
export function furnish(state: TenantState, given: LoadedTenant): TenantState {
  // Every tenant has data of its own: what happens in one must not be in the next.
  const loaded = structuredClone(given) as LoadedTenant;
  const groups = new Map(state.groups);
  const scenarioGroup = groups.get(state.onboardingGroupId);
  groups.delete(state.onboardingGroupId);
  for (const group of loaded.groups) groups.set(group.id, toGroup(group));
  const onboarding = groups.get(loaded.onboardingGroupId);
  if (!onboarding && scenarioGroup)
    groups.set(loaded.onboardingGroupId, { ...scenarioGroup, id: loaded.onboardingGroupId });
  for (const [groupId, keys] of Object.entries(loaded.members)) {
    const group = groups.get(groupId) ?? toGroup({ ...NAMELESS, id: groupId, displayName: groupId });
    groups.set(groupId, group);
    for (const key of keys) group.members.add(personOf(key));
  }
  const roleAssignments = [
    ...state.roleAssignments,
    ...loaded.roleAssignments.map((row, n) => ({ ...row, id: `exported-${n}`, kind: 'active' as const })),
    ...Object.entries(loaded.roles).flatMap(([key, ids]) =>
      ids.map((roleDefinitionId, n) => ({
        id: `${key}-${n}`,
        principalId: personOf(key),
        roleDefinitionId: roleDefinitionId.toLowerCase(),
        kind: 'active' as const,
      })),
    ),
  ];
  const known = new Set(loaded.strengths.map(({ id }) => id));
  const hasPolicies = loaded.policies.length > 0;
  return {
    ...state,
    groups,
    onboardingGroupId: loaded.onboardingGroupId,
    guardPolicyId: loaded.guardPolicyId ?? (hasPolicies ? null : state.guardPolicyId),
    roleAssignments,
    policies: hasPolicies ? [...loaded.policies] : state.policies,
    strengths: [...state.strengths.filter(({ id }) => !known.has(id)), ...loaded.strengths],
    namedLocations: [...loaded.namedLocations],
    authenticationMethodsPolicy: {
      temporaryAccessPass: {
        ...state.authenticationMethodsPolicy.temporaryAccessPass,
        ...loaded.methodsPolicy.temporaryAccessPass,
      },
      fido2: { ...state.authenticationMethodsPolicy.fido2, ...loaded.methodsPolicy.fido2 },
    },
  };
}

const NAMELESS = {
  groupTypes: [],
  securityEnabled: true,
  mailEnabled: false,
  isAssignableToRole: false,
  onPremisesSyncEnabled: null,
  members: [],
};

function toGroup(group: LoadedTenant['groups'][number]): Group {
  return { ...group, groupTypes: [...group.groupTypes], members: new Set(group.members) };
}

function personOf(key: string): string {
  try {
    return idOfPerson(key);
  } catch {
    throw new BadExport(`${OWN_FILE}: there is nobody with the key "${key}" in the playground.`);
  }
}
