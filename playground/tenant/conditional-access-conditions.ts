import type { Mode } from './conditional-access-grants';
import type { ConditionalAccessPolicy } from './state';

export const REGISTER_SECURITY_INFO = 'urn:user:registersecurityinfo';

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
  readonly platform: 'iOS' | 'android' | 'windows' | 'macOS';
  readonly client: 'browser' | 'mobileAppsAndDesktopClients';
  readonly modes: ReadonlySet<Mode>;
}

type Conditions = ConditionalAccessPolicy['conditions'];

/** Whether a policy is asked at all: who, where, and under which further conditions. State is not looked at. */
export function inReach(policy: ConditionalAccessPolicy, facts: Facts): boolean {
  const { conditions } = policy;
  return !forWorkloads(conditions) && who(conditions, facts) && where(conditions, facts) && when(conditions, facts);
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
  const names = (ids: readonly string[] | undefined) =>
    (ids ?? []).some((id) => id.toLowerCase() === facts.appId || facts.appGroups.includes(id));
  const included = apps.includeApplications.includes('All') || names(apps.includeApplications);
  return included && !names(apps.excludeApplications);
}

/**
 * The playground's devices are unmanaged, sit on a network nobody trusts, and sign in without risk and without a device
 * code; a policy narrowed to anything else is not in reach.
 */
function when(conditions: Conditions, facts: Facts): boolean {
  const clients = conditions.clientAppTypes ?? [];
  if (clients.length > 0 && !clients.includes('all') && !clients.includes(facts.client)) return false;
  if (!platform(conditions, facts)) return false;
  for (const key of ['userRiskLevels', 'signInRiskLevels', 'servicePrincipalRiskLevels']) {
    if (present(conditions[key])) return false;
  }
  if (present(conditions.insiderRiskLevels) || present(conditions.authenticationFlows)) return false;
  const locations = conditions.locations as { includeLocations?: string[] } | null | undefined;
  if (present(locations?.includeLocations) && !locations?.includeLocations?.includes('All')) return false;
  const devices = conditions.devices as { deviceFilter?: { mode?: string } | null } | null | undefined;
  return devices?.deviceFilter?.mode !== 'include';
}

function platform(conditions: Conditions, facts: Facts): boolean {
  const platforms = conditions.platforms;
  if (!platforms) return true;
  const names = (list: readonly string[] | undefined) =>
    (list ?? []).some((name) => name === 'all' || name.toLowerCase() === facts.platform.toLowerCase());
  return names(platforms.includePlatforms) && !names(platforms.excludePlatforms);
}

function forWorkloads(conditions: Conditions): boolean {
  const workloads = conditions.clientApplications as { includeServicePrincipals?: string[] } | null | undefined;
  return present(workloads?.includeServicePrincipals);
}

function present(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== undefined && value !== '';
}
