/**
 * A Conditional Access policy as far as the doctor reads it, whatever export it came from: Graph v1.0 and beta, and
 * PowerShell's objects with capital letters. Ids and literals are kept as written and compared without regard to case.
 */
export interface CaPolicy {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** Where it was read: a file and the JSON path of the policy in it, or the path alone. */
  readonly source: string;
  readonly users: Users;
  readonly applications: Applications;
  readonly clientAppTypes: readonly string[];
  readonly platforms: readonly string[];
  readonly risks: readonly string[];
  readonly flows: readonly string[];
  /** Named by their JSON path: what makes the policy hold only at some places or on some devices. */
  readonly narrowedBy: readonly string[];
  readonly servicePrincipals: boolean;
  readonly grant: Grant | null;
  readonly session: readonly string[];
  /** The policy as Graph would answer it, for whoever judges more of it. */
  readonly body: Item;
  /** Conditions and controls that this version does not know, by JSON path; only those that are set. */
  readonly unknown: readonly string[];
}

export interface Users {
  readonly includeUsers: readonly string[];
  readonly excludeUsers: readonly string[];
  readonly includeGroups: readonly string[];
  readonly excludeGroups: readonly string[];
  readonly includeRoles: readonly string[];
  readonly excludeRoles: readonly string[];
  readonly includeGuests: boolean;
}

export interface Applications {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly userActions: readonly string[];
  readonly contexts: readonly string[];
  readonly filtered: boolean;
}

export interface Grant {
  readonly operator: 'AND' | 'OR';
  readonly controls: readonly string[];
  readonly strength: {
    readonly id: string;
    readonly name: string;
    readonly combinations: readonly string[] | null;
  } | null;
  readonly termsOfUse: boolean;
  readonly custom: boolean;
}

type Item = Readonly<Record<string, unknown>>;

/** This is no policy, or one that was cut short by the tool that wrote it. The message says what to do. */
export class NoPolicy extends Error {
  readonly code = 'DOCTOR_NOT_A_POLICY';
}

const KNOWN_CONDITIONS = new Set([
  'users',
  'applications',
  'clientAppTypes',
  'platforms',
  'locations',
  'devices',
  'deviceStates',
  'userRiskLevels',
  'signInRiskLevels',
  'servicePrincipalRiskLevels',
  'insiderRiskLevels',
  'agentIdRiskLevels',
  'clientApplications',
  'authenticationFlows',
  'times',
]);
const KNOWN_USERS = new Set([
  'includeUsers',
  'excludeUsers',
  'includeGroups',
  'excludeGroups',
  'includeRoles',
  'excludeRoles',
  'includeGuestsOrExternalUsers',
  'excludeGuestsOrExternalUsers',
]);
const KNOWN_APPLICATIONS = new Set([
  'includeApplications',
  'excludeApplications',
  'includeUserActions',
  'includeAuthenticationContextClassReferences',
  'applicationFilter',
]);
const KNOWN_GRANTS = new Set([
  'operator',
  'builtInControls',
  'customAuthenticationFactors',
  'termsOfUse',
  'authenticationStrength',
]);
const KNOWN_CONTROLS = new Set([
  'block',
  'mfa',
  'compliantdevice',
  'domainjoineddevice',
  'approvedapplication',
  'compliantapplication',
  'passwordchange',
  'riskremediation',
]);

/** Reads one policy out of an export. Throws NoPolicy. */
export function readPolicy(raw: unknown, source: string): CaPolicy {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new NoPolicy(`${source} is not a policy.`);
  const policy = lowerFirst(raw) as Item;
  const cut = cutShort(policy, '$');
  if (cut) {
    throw new NoPolicy(
      `${source}: ${cut} was cut short by ConvertTo-Json. Export again with ConvertTo-Json -Depth 10.`,
    );
  }
  if (policy.conditions === undefined || !('state' in policy)) {
    throw new NoPolicy(`${source} has no conditions or no state: it is not a Conditional Access policy.`);
  }
  const conditions = item(policy.conditions);
  const users = item(conditions.users);
  const applications = item(conditions.applications);
  const clients = item(conditions.clientApplications);
  return {
    id: text(policy.id),
    name: text(policy.displayName) || text(policy.id) || source,
    state: text(policy.state),
    source,
    users: {
      includeUsers: strings(users.includeUsers),
      excludeUsers: strings(users.excludeUsers),
      includeGroups: strings(users.includeGroups),
      excludeGroups: strings(users.excludeGroups),
      includeRoles: strings(users.includeRoles),
      excludeRoles: strings(users.excludeRoles),
      includeGuests: !isEmpty(users.includeGuestsOrExternalUsers),
    },
    applications: {
      include: strings(applications.includeApplications),
      exclude: strings(applications.excludeApplications),
      userActions: strings(applications.includeUserActions),
      contexts: strings(applications.includeAuthenticationContextClassReferences),
      filtered: !isEmpty(applications.applicationFilter),
    },
    clientAppTypes: strings(conditions.clientAppTypes),
    platforms: strings(item(conditions.platforms).includePlatforms),
    risks: [
      ...strings(conditions.userRiskLevels),
      ...strings(conditions.signInRiskLevels),
      ...strings(conditions.insiderRiskLevels),
    ],
    flows: strings(item(conditions.authenticationFlows).transferMethods).filter((one) => one.toLowerCase() !== 'none'),
    narrowedBy: narrowings(conditions),
    servicePrincipals: !isEmpty(clients.includeServicePrincipals) || !isEmpty(clients.includeAgentIdServicePrincipals),
    grant: readGrant(policy.grantControls),
    session: Object.entries(item(policy.sessionControls))
      .filter(([name, value]) => !name.includes('@') && !isEmpty(value) && isSwitchedOn(value))
      .map(([name]) => name),
    body: policy,
    unknown: unknownIn(policy),
  };
}

function readGrant(raw: unknown): Grant | null {
  if (isEmpty(raw)) return null;
  const grant = item(raw);
  const strength = item(grant.authenticationStrength);
  const combinations = strength.allowedCombinations;
  return {
    operator: text(grant.operator).toUpperCase() === 'AND' ? 'AND' : 'OR',
    controls: strings(grant.builtInControls),
    // PowerShell writes an empty object where there is no strength.
    strength: text(strength.id)
      ? {
          id: text(strength.id),
          name: text(strength.displayName) || text(strength.id),
          combinations: Array.isArray(combinations) && combinations.length > 0 ? strings(combinations) : null,
        }
      : null,
    termsOfUse: !isEmpty(grant.termsOfUse),
    custom: !isEmpty(grant.customAuthenticationFactors),
  };
}

/** A platform or location list that names everything, and leaves nothing out, narrows nothing. */
function narrowings(conditions: Item): string[] {
  const found: string[] = [];
  for (const [name, includes, excludes] of [
    ['platforms', 'includePlatforms', 'excludePlatforms'],
    ['locations', 'includeLocations', 'excludeLocations'],
  ] as const) {
    const value = item(conditions[name]);
    const everything = strings(value[includes]).some((one) => one.toLowerCase() === 'all') && isEmpty(value[excludes]);
    if (!isEmpty(value) && !everything) found.push(`$.conditions.${name}`);
  }
  if (!isEmpty(conditions.devices)) found.push('$.conditions.devices');
  if (!isEmpty(conditions.deviceStates)) found.push('$.conditions.deviceStates');
  if (!isEmpty(conditions.times)) found.push('$.conditions.times');
  return found;
}

function unknownIn(policy: Item): string[] {
  const conditions = item(policy.conditions);
  const grants = item(policy.grantControls);
  return [
    ...strangersIn(conditions, KNOWN_CONDITIONS, '$.conditions'),
    ...strangersIn(item(conditions.users), KNOWN_USERS, '$.conditions.users'),
    ...strangersIn(item(conditions.applications), KNOWN_APPLICATIONS, '$.conditions.applications'),
    ...strangersIn(grants, KNOWN_GRANTS, '$.grantControls'),
    ...strings(grants.builtInControls)
      .filter((control) => !KNOWN_CONTROLS.has(control.toLowerCase()))
      .map((control) => `$.grantControls.builtInControls: ${control}`),
  ];
}

function strangersIn(value: Item, known: ReadonlySet<string>, at: string): string[] {
  return Object.entries(value)
    .filter(([name, inner]) => !known.has(name) && !isNoise(name) && !isEmpty(inner))
    .map(([name]) => `${at}.${name}`);
}

/** Annotations of OData. */
function isNoise(name: string): boolean {
  return name.includes('@');
}

/** A session control is an object whose `isEnabled` may be false. */
function isSwitchedOn(value: unknown): boolean {
  return value !== false && item(value).isEnabled !== false;
}

/** `@{…}` and type names stand where ConvertTo-Json stopped going deeper. */
function cutShort(value: unknown, at: string): string | undefined {
  if (typeof value === 'string') {
    return /^@\{.*\}$/s.test(value) || /^(Microsoft\.Graph\.PowerShell\.|System\.(Collections|Object))/.test(value)
      ? at
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = cutShort(inner, `${at}.${name}`);
    if (found) return found;
  }
  return undefined;
}

/**
 * `DisplayName` is `displayName`, at every depth. What PowerShell's models do not know they keep in a bag beside what they
 * know: it is put where it belongs, or a condition newer than the module would be overlooked.
 */
function lowerFirst(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerFirst);
  if (typeof value !== 'object' || value === null) return value;
  const { additionalProperties, ...known } = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), lowerFirst(inner)]),
  );
  return { ...item(additionalProperties), ...known };
}

function item(value: unknown): Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A list; PowerShell writes a list of one as the one, and flags as one string with commas. */
function strings(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((one) => one !== null && one !== undefined).map(String);
  return typeof value === 'string' && value !== '' ? [value] : [];
}

/** Absent, null, an empty text or list, or an object of only such. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.entries(value).every(([name, inner]) => isNoise(name) || isEmpty(inner));
}
