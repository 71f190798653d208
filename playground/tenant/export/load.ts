import type { AuthenticationMethodsPolicy, ConditionalAccessPolicy, Strength } from '../state';
import { BadExport, type Item, readFolder } from './folder';
import { readPolicy, readStrength } from './policy';
import { isEmpty, isTree, listOf, type Tree } from './tidy';

/** What was found in a folder of exports. Only what is there replaces what a scenario has. */
export interface LoadedTenant {
  readonly policies: readonly ConditionalAccessPolicy[];
  readonly strengths: readonly Strength[];
  readonly namedLocations: readonly Tree[];
  readonly groups: readonly LoadedGroup[];
  readonly roleAssignments: readonly { readonly principalId: string; readonly roleDefinitionId: string }[];
  readonly methodsPolicy: Partial<AuthenticationMethodsPolicy>;
  readonly onboardingGroupId: string;
  readonly guardPolicyId: string | null;
  /** Keys of people of the scenario, by the group that they are in. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Role template ids, by the key of the person who holds them. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** What whoever exported should know: what was not used, what is not judged. */
  readonly notes: readonly string[];
}

export interface LoadedGroup {
  readonly id: string;
  readonly displayName: string;
  readonly groupTypes: readonly string[];
  readonly securityEnabled: boolean;
  readonly mailEnabled: boolean;
  readonly isAssignableToRole: boolean;
  readonly onPremisesSyncEnabled: boolean | null;
  /** Object ids. */
  readonly members: readonly string[];
}

/** The file in which whoever exported says what no export can: which group is the onboarding group, and who is in what. */
export const OWN_FILE = 'playground.json';

const REGISTER = 'urn:user:registersecurityinfo';

type Kind = 'own' | 'policy' | 'strength' | 'location' | 'group' | 'role' | 'methods' | 'method' | 'unknown';

function kindOf({ file, tree }: Item): Kind {
  if (file === OWN_FILE) return 'own';
  if ('conditions' in tree && 'state' in tree) return 'policy';
  if ('allowedCombinations' in tree) return 'strength';
  if ('ipRanges' in tree || 'countriesAndRegions' in tree) return 'location';
  if ('authenticationMethodConfigurations' in tree) return 'methods';
  if (/^(fido2|temporaryAccessPass)$/i.test(String(tree.id))) return 'method';
  if ('roleDefinitionId' in tree && 'principalId' in tree) return 'role';
  if ('groupTypes' in tree || ('securityEnabled' in tree && 'displayName' in tree)) return 'group';
  return 'unknown';
}

/** Reads a folder of exported JSON. Throws BadExport that names every file and what is wrong with it. */
export function loadTenant(dir: string): LoadedTenant {
  const items = readFolder(dir).map((item) => ({ ...item, kind: kindOf(item) }));
  const problems: string[] = [];
  const notes: string[] = [];
  /** Reads all of one kind; what one file lacks is kept for the list. */
  function each<T>(kind: Kind, read: (tree: Tree, file: string) => T): T[] {
    return items
      .filter((item) => item.kind === kind)
      .flatMap(({ file, tree }) => {
        try {
          return [read(tree, file)];
        } catch (error) {
          problems.push(`${file}: ${(error as Error).message}.`);
          return [];
        }
      });
  }

  const read = each('policy', (tree, file) => ({ file, ...readPolicy(tree) }));
  for (const { file, policy, ignored } of read)
    if (ignored.length > 0) notes.push(`${file}: "${policy.displayName}" is judged without ${ignored.join(', ')}.`);
  const firstIn = new Map<string, string>();
  for (const { file, policy } of read) {
    const other = firstIn.get(policy.id);
    if (other !== undefined) problems.push(`${file}: "${policy.displayName}" is in ${other} already.`);
    firstIn.set(policy.id, file);
  }
  const own = each('own', readOwn)[0] ?? { members: {}, roles: {} };
  const policies = read.map(({ policy }) => policy);
  const unused = items.filter(({ kind }) => kind === 'unknown').map(({ file }) => file);
  for (const file of new Set(unused)) notes.push(`${file}: not used; it holds nothing that the playground knows.`);
  const loaded = {
    policies,
    strengths: [...each('strength', readStrength), ...read.flatMap(({ strength }) => strength ?? [])],
    namedLocations: each('location', (tree) => tree),
    groups: each('group', readGroup),
    roleAssignments: each('role', (tree) => ({
      principalId: String(tree.principalId).toLowerCase(),
      roleDefinitionId: String(tree.roleDefinitionId).toLowerCase(),
    })),
    methodsPolicy: Object.assign(
      {},
      ...each('methods', (tree) => (tree.authenticationMethodConfigurations as Tree[]).map(readMethod)).flat(),
      ...each('method', readMethod),
    ) as Partial<AuthenticationMethodsPolicy>,
    guardPolicyId: own.guardPolicyId?.toLowerCase() ?? null,
    members: own.members,
    roles: own.roles,
    notes,
  };
  const groupId = own.onboardingGroupId ?? theGroupThatRegisters(policies);
  if (groupId === null) {
    problems.push(
      `No policy lets exactly one group register security info: name the group in ${OWN_FILE} as "onboardingGroupId".`,
    );
  }
  if (problems.length > 0) throw new BadExport(problems.join('\n'));
  return { ...loaded, onboardingGroupId: String(groupId).toLowerCase() };
}

/** The one group that a policy for registering security info names, where there is only one. */
function theGroupThatRegisters(policies: readonly ConditionalAccessPolicy[]): string | null {
  const groups = policies
    .filter(({ conditions }) => conditions.applications.includeUserActions.includes(REGISTER))
    .flatMap(({ conditions }) => conditions.users.includeGroups);
  return new Set(groups).size === 1 ? (groups[0] ?? null) : null;
}

interface Own {
  readonly onboardingGroupId?: string;
  readonly guardPolicyId?: string;
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly roles: Readonly<Record<string, readonly string[]>>;
}

function readOwn(tree: Tree): Own {
  const known = ['onboardingGroupId', 'guardPolicyId', 'members', 'roles'];
  const other = Object.keys(tree).find((name) => !known.includes(name));
  if (other !== undefined) throw new Error(`it says "${other}", which is none of ${known.join(', ')}`);
  const lists = (value: unknown) =>
    Object.fromEntries(Object.entries(isTree(value) ? value : {}).map(([name, one]) => [name, listOf(one)]));
  const text = (name: 'onboardingGroupId' | 'guardPolicyId') =>
    typeof tree[name] === 'string' ? { [name]: tree[name] as string } : {};
  return {
    ...text('onboardingGroupId'),
    ...text('guardPolicyId'),
    members: Object.fromEntries(Object.entries(lists(tree.members)).map(([id, keys]) => [id.toLowerCase(), keys])),
    roles: lists(tree.roles),
  };
}

function readGroup(tree: Tree): LoadedGroup {
  if (typeof tree.id !== 'string') throw new Error('the group has no id');
  const members = Array.isArray(tree.members) ? tree.members : [];
  return {
    id: tree.id.toLowerCase(),
    displayName: String(tree.displayName ?? tree.id),
    groupTypes: listOf(tree.groupTypes),
    securityEnabled: tree.securityEnabled !== false,
    mailEnabled: tree.mailEnabled === true,
    isAssignableToRole: tree.isAssignableToRole === true,
    onPremisesSyncEnabled: tree.onPremisesSyncEnabled === true ? true : null,
    members: members.map((one: unknown) => String(isTree(one) ? one.id : one).toLowerCase()),
  };
}

/** The two configurations that are judged here, as the rest of the playground keeps them. */
function readMethod(tree: Tree): Partial<AuthenticationMethodsPolicy> {
  const { '@odata.type': _type, id, ...fields } = tree;
  const name = String(id).toLowerCase();
  if (name !== 'fido2' && name !== 'temporaryaccesspass') return {};
  const targets = {
    includeTargets: Array.isArray(fields.includeTargets) ? fields.includeTargets : [],
    excludeTargets: Array.isArray(fields.excludeTargets) ? fields.excludeTargets : [],
  };
  if (name === 'temporaryaccesspass') {
    return { temporaryAccessPass: { ...fields, ...targets } as AuthenticationMethodsPolicy['temporaryAccessPass'] };
  }
  const profiles = isEmpty(fields.passkeyProfiles) ? null : fields.passkeyProfiles;
  return {
    fido2: {
      ...fields,
      ...targets,
      passkeyProfiles: profiles,
      syncedAllowed: false,
    } as AuthenticationMethodsPolicy['fido2'],
  };
}
