import type { CaPolicy } from './policy';

/**
 * How the onboarding group is excluded from a policy. Graph replaces lists and does not merge them, so the request holds
 * the whole `users` object as it was read, with one id more. The export may be older than the tenant: read again first.
 */
export function excludeGroup({ id, name, users }: CaPolicy, groupId: string): string {
  const body = {
    conditions: {
      users: {
        includeUsers: users.includeUsers,
        excludeUsers: users.excludeUsers,
        includeGroups: users.includeGroups,
        excludeGroups: [...users.excludeGroups, groupId],
        includeRoles: users.includeRoles,
        excludeRoles: users.excludeRoles,
      },
    },
  };
  return [
    `Entra admin center > Entra ID > Conditional Access > Policies > "${name}" > Users > Exclude > Users and groups: add the onboarding group (${groupId}), then Save.`,
    ...(users.includeGuests
      ? ['Do it there: this policy has guest rules, which the request below would have to repeat.']
      : []),
    `Or: PATCH /v1.0/identity/conditionalAccess/policies/${id || '{id}'}`,
    JSON.stringify(body),
  ].join('\n');
}

/** One change to a policy, by hand and by request. */
export function patchPolicy({ id, name }: CaPolicy, portal: string, body: unknown): string {
  return [
    `Entra admin center > Entra ID > Conditional Access > Policies > "${name}" > ${portal}`,
    `Or: PATCH /v1.0/identity/conditionalAccess/policies/${id || '{id}'}`,
    JSON.stringify(body),
  ].join('\n');
}
