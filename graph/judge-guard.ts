import { fields, text } from './call';

/**
 * A narrow judgement: it knows one shape of policy that surely closes the bare-password hole, and says of every other
 * that it is unproven, also of some that would do. All of it is about the group; whom the policy excludes by name are
 * the break-glass accounts, which are never onboarded.
 */

type Item = Readonly<Record<string, unknown>>;

/** Why this policy proves nothing; undefined when it does, as far as its strength is good. */
export function judgeGuard(policy: Item, groupId: string): string | undefined {
  const conditions = fields(policy.conditions);
  if (policy.state !== 'enabled') return 'the guard policy is not enabled';
  return (
    judgeUsers(fields(conditions.users), groupId) ??
    judgeApplications(fields(conditions.applications)) ??
    judgeOtherConditions(conditions) ??
    judgeGrant(policy)
  );
}

function judgeUsers(users: Item, groupId: string): string | undefined {
  const group = groupId.toLowerCase();
  if (!strings(users.includeGroups).includes(group)) return 'the guard policy does not include the onboarding group';
  if (strings(users.excludeGroups).includes(group)) return 'the guard policy excludes the onboarding group';
  // A member of the onboarding group may be in another excluded group, or hold an excluded role.
  if (!isEmpty(users.excludeGroups)) return 'the guard policy excludes groups';
  if (!isEmpty(users.excludeRoles)) return 'the guard policy excludes roles';
  return undefined;
}

/** Object ids, lower case, of whom the policy excludes by name. */
export function excludedPeople(policy: Item): readonly string[] {
  return strings(fields(fields(policy.conditions).users).excludeUsers);
}

function judgeApplications(applications: Item): string | undefined {
  if (!strings(applications.includeApplications).includes('all')) {
    return 'the guard policy does not cover all resources';
  }
  if (!isEmpty(applications.excludeApplications)) return 'the guard policy excludes resources';
  return isEmpty(applications.applicationFilter) ? undefined : 'the guard policy filters resources';
}

/** Every other condition narrows; one that is not known yet does too. */
function judgeOtherConditions(conditions: Item): string | undefined {
  for (const [name, value] of Object.entries(conditions)) {
    if (name === 'users' || name === 'applications' || name.includes('@') || isEmpty(value)) continue;
    if (name === 'clientAppTypes' && strings(value).includes('all')) continue;
    if (name === 'platforms' && covers(value, 'includePlatforms', 'excludePlatforms')) continue;
    if (name === 'locations' && covers(value, 'includeLocations', 'excludeLocations')) continue;
    return `the guard policy is narrowed by ${/^\w{1,40}$/.test(name) ? name : 'a condition'}`;
  }
  return undefined;
}

function judgeGrant(policy: Item): string | undefined {
  const grant = fields(policy.grantControls);
  if (!strengthOf(policy)) return 'the guard policy asks for no authentication strength';
  // With OR, any of these would do instead of the strength; with AND, onboarding may be impossible.
  const others = [grant.builtInControls, grant.customAuthenticationFactors, grant.termsOfUse];
  return others.every(isEmpty) ? undefined : 'the guard policy has other grant controls';
}

/** The id of the strength that the policy asks for, or an empty string. */
export function strengthOf(policy: Item): string {
  return text(fields(fields(policy.grantControls).authenticationStrength).id) ?? '';
}

/** The combinations of the onboarding strength, members in alphabetical order. */
const STRONG = new Set([
  'windowsHelloForBusiness',
  'fido2',
  'x509CertificateMultiFactor',
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'microsoftAuthenticatorPush,password',
]);

/** Why this strength proves nothing; undefined when each of its combinations needs more than a password. */
export function judgeStrength(strength: Item): string | undefined {
  const { allowedCombinations } = strength;
  if (!Array.isArray(allowedCombinations) || allowedCombinations.length === 0) {
    return 'its authentication strength names no combinations';
  }
  // Graph writes combinations with and without a blank after the comma, and in any order.
  const normal = (combination: unknown) =>
    String(combination)
      .split(',')
      .map((mode) => mode.trim())
      .sort()
      .join(',');
  const weak = allowedCombinations.map(normal).find((combination) => !STRONG.has(combination));
  if (weak === undefined) return undefined;
  return `its authentication strength allows ${/^[\w,]{1,80}$/.test(weak) ? weak : 'an unknown combination'}`;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((item) => String(item).toLowerCase()) : [];
}

/** Absent, null, an empty list, or an object of only such. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

function covers(value: unknown, includes: string, excludes: string): boolean {
  const condition = fields(value);
  return strings(condition[includes]).includes('all') && isEmpty(condition[excludes]);
}
