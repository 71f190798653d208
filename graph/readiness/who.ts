import type { CaPolicy } from './policy';
import { has } from './vocabulary';

/** Whom a policy is for, as far as somebody in the onboarding group can be one of them. */
export type Who =
  | { readonly hit: false; readonly why: string; readonly at: string }
  | { readonly hit: true; readonly words: string; readonly at: string };

/**
 * The tenant's view, without a particular person: whoever is onboarded may hold any role and be in any other group.
 * An exclusion always wins, whatever includes the person.
 */
export function whoIsHit({ users, servicePrincipals }: CaPolicy, groupId: string): Who {
  if (servicePrincipals) {
    return { hit: false, why: 'It is about applications, not about people.', at: '$.conditions.clientApplications' };
  }
  if (has(users.excludeGroups, groupId)) {
    return { hit: false, why: 'The onboarding group is excluded.', at: '$.conditions.users.excludeGroups' };
  }
  if (has(users.includeUsers, 'All')) return { hit: true, words: 'everybody', at: '$.conditions.users.includeUsers' };
  if (has(users.includeGroups, groupId)) {
    return { hit: true, words: 'the onboarding group itself', at: '$.conditions.users.includeGroups' };
  }
  if (users.includeRoles.length > 0) {
    return { hit: true, words: 'the holders of roles', at: '$.conditions.users.includeRoles' };
  }
  if (users.includeGroups.length > 0) {
    return { hit: true, words: 'the members of other groups', at: '$.conditions.users.includeGroups' };
  }
  const byName = users.includeUsers.filter((one) => !has(['None', 'GuestsOrExternalUsers'], one));
  if (byName.length > 0) return { hit: true, words: 'people by name', at: '$.conditions.users.includeUsers' };
  if (users.includeGuests || has(users.includeUsers, 'GuestsOrExternalUsers')) {
    return { hit: false, why: 'It is for guests, who are never onboarded.', at: '$.conditions.users' };
  }
  return { hit: false, why: 'It is for nobody.', at: '$.conditions.users' };
}
