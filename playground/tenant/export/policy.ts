import { randomUUID } from 'node:crypto';
import { CONTROLS, STATES } from '../policy-words';
import type { ConditionalAccessPolicy, Strength } from '../state';
import { isEmpty, isTree, listOf, type Tree, wordOf } from './tidy';

const UNDERSTOOD = [
  'users',
  'applications',
  'clientAppTypes',
  'platforms',
  'locations',
  'devices',
  'clientApplications',
  'userRiskLevels',
  'signInRiskLevels',
  'servicePrincipalRiskLevels',
  'insiderRiskLevels',
  'authenticationFlows',
];

export interface ReadPolicy {
  readonly policy: ConditionalAccessPolicy;
  /** A strength that the export has written out in full. */
  readonly strength: Strength | null;
  /** Conditions that say something and are judged as if they did not. */
  readonly ignored: readonly string[];
}

/** Throws Error with one sentence about what is missing. */
export function readPolicy(tree: Tree): ReadPolicy {
  const { displayName, conditions } = tree;
  const state = wordOf(tree.state, STATES);
  if (typeof displayName !== 'string' || displayName === '') throw new Error('the policy has no displayName');
  if (!STATES.includes(state))
    throw new Error(`"${displayName}" has the state ${JSON.stringify(tree.state)}, which is none`);
  if (!isTree(conditions)) throw new Error(`"${displayName}" has no conditions`);
  const { users, applications } = conditions;
  const forWorkloads = !isEmpty(conditions.clientApplications);
  if (!isTree(users) && !forWorkloads) throw new Error(`"${displayName}" has no conditions.users`);
  if (!isTree(applications)) throw new Error(`"${displayName}" has no conditions.applications`);
  const grant = isEmpty(tree.grantControls) ? null : (tree.grantControls as Tree);
  const written = grant && isTree(grant.authenticationStrength) ? grant.authenticationStrength : null;
  const strengthId = typeof written?.id === 'string' && written.id !== '' ? written.id.toLowerCase() : null;
  const rest = Object.fromEntries(Object.entries(conditions).map(([name, one]) => [name, isEmpty(one) ? null : one]));
  const policy = {
    ...tree,
    id: typeof tree.id === 'string' && tree.id !== '' ? tree.id.toLowerCase() : randomUUID(),
    displayName,
    state,
    conditions: {
      ...rest,
      clientAppTypes: isEmpty(conditions.clientAppTypes) ? ['all'] : listOf(conditions.clientAppTypes),
      userRiskLevels: listOf(conditions.userRiskLevels),
      signInRiskLevels: listOf(conditions.signInRiskLevels),
      servicePrincipalRiskLevels: listOf(conditions.servicePrincipalRiskLevels),
      users: readUsers(isTree(users) ? users : {}),
      applications: readApplications(applications),
      platforms: readPlatforms(conditions.platforms),
      locations: readLocations(conditions.locations),
    },
    grantControls: grant && {
      ...grant,
      operator: String(grant.operator).toUpperCase() === 'AND' ? 'AND' : 'OR',
      builtInControls: listOf(grant.builtInControls).map((one) => wordOf(one, CONTROLS)),
      customAuthenticationFactors: listOf(grant.customAuthenticationFactors),
      termsOfUse: listOf(grant.termsOfUse),
      authenticationStrength: strengthId === null ? null : { id: strengthId },
    },
    sessionControls: isEmpty(tree.sessionControls) ? null : tree.sessionControls,
  };
  return {
    policy: policy as unknown as ConditionalAccessPolicy,
    strength: written && !isEmpty(written.allowedCombinations) ? readStrength(written) : null,
    ignored: Object.entries(conditions).flatMap(([name, one]) =>
      UNDERSTOOD.includes(name) || isEmpty(one) ? [] : [`conditions.${name}`],
    ),
  };
}

function readUsers(users: Tree): Tree {
  const lists = ['includeUsers', 'excludeUsers', 'includeGroups', 'excludeGroups', 'includeRoles', 'excludeRoles'];
  const guests = ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'];
  return {
    ...users,
    // Ids compare without letter case; the words among them are written in one way only.
    ...Object.fromEntries(lists.map((name) => [name, listOf(users[name]).map(idOrWord)])),
    ...Object.fromEntries(guests.map((name) => [name, isEmpty(users[name]) ? null : users[name]])),
  };
}

function readApplications(applications: Tree): Tree {
  const lists = [
    'includeApplications',
    'excludeApplications',
    'includeUserActions',
    'includeAuthenticationContextClassReferences',
  ];
  return {
    ...applications,
    ...Object.fromEntries(lists.map((name) => [name, listOf(applications[name]).map(idOrWord)])),
    applicationFilter: isEmpty(applications.applicationFilter) ? null : applications.applicationFilter,
  };
}

const WORDS = ['All', 'None', 'GuestsOrExternalUsers', 'Office365', 'MicrosoftAdminPortals', 'AllTrusted'];
const idOrWord = (text: string): string =>
  WORDS.includes(wordOf(text, WORDS)) ? wordOf(text, WORDS) : text.toLowerCase();

function readPlatforms(value: unknown): Tree | null {
  if (!isTree(value) || isEmpty(value)) return null;
  return { includePlatforms: listOf(value.includePlatforms), excludePlatforms: listOf(value.excludePlatforms) };
}

function readLocations(value: unknown): Tree | null {
  if (!isTree(value) || isEmpty(value)) return null;
  const { includeLocations, excludeLocations } = value;
  return {
    includeLocations: listOf(includeLocations).map(idOrWord),
    excludeLocations: listOf(excludeLocations).map(idOrWord),
  };
}

/** Throws Error with one sentence about what is missing. */
export function readStrength(tree: Tree): Strength {
  if (typeof tree.id !== 'string') throw new Error('the authentication strength has no id');
  return {
    id: tree.id.toLowerCase(),
    displayName: String(tree.displayName ?? tree.id),
    policyType: tree.policyType === 'builtIn' ? 'builtIn' : 'custom',
    allowedCombinations: listOf(tree.allowedCombinations),
    requirementsSatisfied: tree.requirementsSatisfied === 'none' ? 'none' : 'mfa',
  };
}
