import type { Mode } from './conditional-access-grants';
import type { ConditionalAccessPolicy } from './state';

export const REGISTER_SECURITY_INFO = 'urn:user:registersecurityinfo';
export const REGISTER_DEVICE = 'urn:user:registerdevice';

/** What Conditional Access knows about one request for a token. */
export interface Facts {
  readonly userId: string;
  readonly guest: boolean;
  readonly groups: ReadonlySet<string>;
  /** Template ids of directory roles that are active now; an eligible role counts once it is activated. */
  readonly roles: ReadonlySet<string>;
  readonly appId: string;
  /** Names under which policies gather apps: Office365, MicrosoftAdminPortals. */
  readonly appGroups: readonly string[];
  /** The request is also the user action "Register security information". */
  readonly registers: boolean;
  /** The request is the user action "Register or join devices". */
  readonly joinsDevice?: boolean;
  /** null: not known, as in a question about a sign-in that leaves it out. */
  readonly platform: string | null;
  readonly client: 'browser' | 'mobileAppsAndDesktopClients' | 'exchangeActiveSync' | 'other' | 'easSupported' | null;
  readonly modes: ReadonlySet<Mode>;
  /** On the network that the organization trusts; undefined: on one that nobody trusts. */
  readonly trusted?: boolean | null;
  /** Named locations that this is. */
  readonly locations?: ReadonlySet<string>;
  /** The device is managed and compliant, and the apps on it are protected. */
  readonly managed?: boolean | null;
  readonly signInRisk?: string | null;
  readonly userRisk?: string | null;
  readonly insiderRisk?: string | null;
  readonly transfer?: string | null;
}

/** Why a policy is not asked, in the words of the What-If evaluation ("whatIfAnalysisReasons"). */
export type Reason =
  | 'users'
  | 'workloadIdentities'
  | 'application'
  | 'userActions'
  | 'authenticationContext'
  | 'devicePlatform'
  | 'devices'
  | 'clientApps'
  | 'location'
  | 'signInRisk'
  | 'userRisk'
  | 'insiderRisk'
  | 'authenticationFlow'
  | 'notEnoughInformation';

type Conditions = ConditionalAccessPolicy['conditions'];
/** yes, no, or not to be said with what is known. */
type Met = boolean | null;

/** Whether a policy is asked at all: who, where, and under which further conditions. State is not looked at. */
export function inReach(policy: ConditionalAccessPolicy, facts: Facts): boolean {
  return whyOutOfReach(policy, facts).length === 0;
}

/** Every condition that keeps a policy out; empty when it is asked. */
export function whyOutOfReach({ conditions }: ConditionalAccessPolicy, facts: Facts): Reason[] {
  if (forWorkloads(conditions)) return ['workloadIdentities'];
  const met: readonly (readonly [Reason, Met])[] = [
    ['users', who(conditions, facts)],
    [whereReason(conditions, facts), where(conditions, facts)],
    ['clientApps', client(conditions, facts)],
    ['devicePlatform', platform(conditions, facts)],
    ['location', location(conditions, facts)],
    ['devices', device(conditions, facts)],
    ['signInRisk', listed(conditions.signInRiskLevels, facts.signInRisk)],
    ['userRisk', listed(conditions.userRiskLevels, facts.userRisk)],
    ['insiderRisk', listed(flags(conditions.insiderRiskLevels), facts.insiderRisk)],
    ['authenticationFlow', flow(conditions, facts)],
    // A risk of workloads is none of people.
    ['workloadIdentities', !present(conditions.servicePrincipalRiskLevels)],
  ];
  const out = met.filter(([, result]) => result === false).map(([reason]) => reason);
  if (out.length > 0) return out;
  return met.some(([, result]) => result === null) ? ['notEnoughInformation'] : [];
}

/** An exclusion wins over every inclusion, whichever way the person came in. */
function who(conditions: Conditions, facts: Facts): boolean {
  const users = conditions.users;
  const named = (ids: readonly string[] | undefined) =>
    (ids ?? []).some((id) => id === facts.userId || (id === 'GuestsOrExternalUsers' && facts.guest));
  const grouped = (ids: readonly string[] | undefined) => (ids ?? []).some((id) => facts.groups.has(id));
  const holds = (ids: readonly string[] | undefined) => (ids ?? []).some((id) => facts.roles.has(id));
  const guests = (key: 'includeGuestsOrExternalUsers' | 'excludeGuestsOrExternalUsers') =>
    facts.guest && present((users as unknown as Record<string, unknown>)[key]);
  const included =
    users.includeUsers.includes('All') ||
    named(users.includeUsers) ||
    grouped(users.includeGroups) ||
    holds(users.includeRoles) ||
    guests('includeGuestsOrExternalUsers');
  const excluded =
    named(users.excludeUsers) ||
    grouped(users.excludeGroups) ||
    holds(users.excludeRoles) ||
    guests('excludeGuestsOrExternalUsers');
  return included && !excluded;
}

/** Registering is a user action and a visit to a resource: a policy on all resources reaches it too. */
function where(conditions: Conditions, facts: Facts): boolean {
  const apps = conditions.applications;
  if (facts.registers && apps.includeUserActions.includes(REGISTER_SECURITY_INFO)) return true;
  // Joining a device is no visit to a resource: only policies for that very action are asked.
  if (facts.joinsDevice) return apps.includeUserActions.includes(REGISTER_DEVICE);
  const names = (ids: readonly string[] | undefined) =>
    (ids ?? []).some((id) => id.toLowerCase() === facts.appId || facts.appGroups.includes(id));
  const included = apps.includeApplications.includes('All') || names(apps.includeApplications);
  return included && !names(apps.excludeApplications);
}

function whereReason({ applications }: Conditions, facts: Facts): Reason {
  if (present(applications.includeAuthenticationContextClassReferences)) return 'authenticationContext';
  return applications.includeUserActions.length > 0 || facts.joinsDevice ? 'userActions' : 'application';
}

function client({ clientAppTypes }: Conditions, facts: Facts): Met {
  const clients = clientAppTypes ?? [];
  if (clients.length === 0 || clients.includes('all')) return true;
  return facts.client === null ? null : clients.includes(facts.client);
}

function platform({ platforms }: Conditions, facts: Facts): Met {
  if (!platforms) return true;
  const known = facts.platform?.toLowerCase();
  const included = platforms.includePlatforms ?? [];
  const excluded = platforms.excludePlatforms ?? [];
  if (included.includes('all') && excluded.length === 0) return true;
  if (known === undefined) return null;
  const names = (list: readonly string[]) => list.some((name) => name === 'all' || name.toLowerCase() === known);
  return names(included) && !names(excluded);
}

/** Without a place of its own, a request comes from a network that nobody trusts and no policy names. */
function location(conditions: Conditions, facts: Facts): Met {
  const { includeLocations = [], excludeLocations = [] } = (conditions.locations ?? {}) as {
    includeLocations?: string[];
    excludeLocations?: string[];
  };
  if (includeLocations.length === 0 && excludeLocations.length === 0) return true;
  const included = includeLocations.length === 0 || includeLocations.includes('All');
  if (included && excludeLocations.length === 0) return true;
  if (facts.trusted === null) return null;
  const within = (ids: readonly string[]) =>
    facts.trusted === true && ids.some((id) => id === 'AllTrusted' || facts.locations?.has(id) === true);
  return (included || within(includeLocations)) && !within(excludeLocations);
}

/** A filter for devices reaches those that it includes; nothing is known here about a device but that it is managed. */
function device(conditions: Conditions, facts: Facts): Met {
  const mode = (conditions.devices as { deviceFilter?: { mode?: string } | null } | null | undefined)?.deviceFilter
    ?.mode;
  if (mode === undefined) return true;
  if (facts.managed === null) return null;
  return facts.managed === true ? mode === 'include' : mode === 'exclude';
}

function listed(levels: unknown, level: string | null | undefined): Met {
  if (!present(levels)) return true;
  if (level === null) return null;
  return Array.isArray(levels) && levels.includes(level ?? 'none');
}

function flow(conditions: Conditions, facts: Facts): Met {
  const { transferMethods } = (conditions.authenticationFlows ?? {}) as { transferMethods?: unknown };
  const wanted = flags(transferMethods).filter((one) => one !== 'none');
  if (wanted.length === 0) return true;
  return facts.transfer === null ? null : wanted.includes(facts.transfer ?? 'none');
}

function forWorkloads(conditions: Conditions): boolean {
  const workloads = conditions.clientApplications as { includeServicePrincipals?: string[] } | null | undefined;
  return present(workloads?.includeServicePrincipals);
}

/** A set of flags is one string with commas; older exports have a list. */
function flags(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' && value !== '' ? value.split(',').map((one) => one.trim()) : [];
}

function present(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== undefined && value !== '';
}
