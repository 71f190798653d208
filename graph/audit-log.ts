import type { AuditEvent, Initiator, Named } from '../bot/onboarding/audit';
import { fields, text, time } from './call';
import type { GraphClient } from './client';
import { list } from './list';
import { literal, path, query } from './url';

/**
 * How the log calls the registration of a passkey: by name of the service, and by tenants' age. Both an "Add Passkey" and a
 * "registered security info" entry are written for one registration. From "Audit activity reference"; the first three are
 * also what tenants show.
 */
const REGISTRATIONS = [
  'Add Passkey (device-bound)',
  'Add Passkey (device-bound) security key',
  'Add Passkey (synced)',
  'Add FIDO2 security key',
];
const SECURITY_INFO = ['User registered security info', 'Admin registered security info'];
const MEMBER_ADDED = 'Add member to group';

/** Microsoft's own services that write registrations down: they say nothing about who registered. */
const SERVICES = [
  '01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9', // Device Registration Service
  '981f26a1-7f43-403b-a875-f8b09b8cd720', // Azure Multi-Factor Auth Client
  '0000000c-0000-0000-c000-000000000000', // Microsoft App Access Panel: My Security Info
  '19db86c3-b2b9-44cc-b339-36da233a3be2', // My Signins
];

type Fields = Readonly<Record<string, unknown>>;

/** Whose log it is: entries are told apart by who is meant in them. */
export interface AuditOf {
  readonly clientId: string;
  readonly onboardingGroupId: string;
}

/**
 * Entries of the audit log since then, of one kind, in one list ("List directoryAudits"). Of added members those of the
 * onboarding group, whoever added them: the log filters by what an entry is about, `targetResources/any`. An entry that is not understood
 * is left out: it is evidence of nothing. Throws TenantError; a tenant without Microsoft Entra ID P1 answers 403.
 */
export async function readAuditEvents(
  client: GraphClient,
  of: AuditOf,
  what: AuditEvent['what'],
  since: number,
): Promise<readonly AuditEvent[]> {
  const from = `activityDateTime ge ${new Date(since).toISOString()}`;
  const which =
    what === 'member-added'
      ? `activityDisplayName eq ${literal(MEMBER_ADDED)} and targetResources/any(t: t/id eq ${literal(of.onboardingGroupId)})`
      : `(${[...REGISTRATIONS, ...SECURITY_INFO].map((name) => `activityDisplayName eq ${literal(name)}`).join(' or ')})`;
  const entries = await list(client, {
    operation: `audit.${what}`,
    method: 'GET',
    repeat: 'once',
    cost: { service: 'auditLog', units: 0 },
    // A page may wait for its turn longer than other calls do.
    timeout: 20_000,
    permission: 'AuditLog.Read.All',
    path: path('auditLogs', 'directoryAudits') + query({ $filter: `${from} and ${which}`, $top: '999' }),
  });
  return entries.flatMap((entry) => toEvent(entry, what, of.clientId) ?? []);
}

function toEvent(entry: Fields, what: AuditEvent['what'], ownAppId: string): AuditEvent | undefined {
  const at = time(entry.activityDateTime);
  const targets = (Array.isArray(entry.targetResources) ? entry.targetResources : []).map(fields);
  const target = targets.find(({ type }) => text(type)?.toLowerCase() === 'user') ?? targets[0];
  if (at === undefined || entry.result !== 'success' || !target) return undefined;
  if (what === 'passkey-added' && !isPasskey(entry)) return undefined;
  const groupId = what === 'member-added' ? groupOf(targets) : undefined;
  return {
    id: text(entry.id) ?? '',
    at,
    what,
    target: named(target),
    ...(groupId ? { groupId } : {}),
    by: initiator(fields(entry.initiatedBy), ownAppId),
  };
}

/** "Registered security info" is written for every kind of method; which one is in the details. */
function isPasskey(entry: Fields): boolean {
  const activity = text(entry.activityDisplayName) ?? '';
  if (REGISTRATIONS.includes(activity)) return true;
  const details = (Array.isArray(entry.additionalDetails) ? entry.additionalDetails : []).map(fields);
  const method = details.find(({ key }) => key === 'AuthenticationMethod');
  return SECURITY_INFO.includes(activity) && /passkey|fido/i.test(text(method?.value) ?? '');
}

function initiator(by: Fields, ownAppId: string): Initiator {
  const person = named(fields(by.user));
  if (person.id || person.userPrincipalName) return { kind: 'person', ...person };
  const appId = text(fields(by.app).appId)?.toLowerCase();
  if (!appId || SERVICES.includes(appId)) return { kind: 'unknown' };
  return appId === ownAppId.toLowerCase() ? { kind: 'onboard' } : { kind: 'application', appId };
}

function named(resource: Fields): Named {
  const id = text(resource.id)?.toLowerCase();
  const userPrincipalName = text(resource.userPrincipalName);
  return { ...(id ? { id } : {}), ...(userPrincipalName ? { userPrincipalName } : {}) };
}

/** The group is a target of its own, or a property of the member's: both are met. */
function groupOf(targets: readonly Fields[]): string | undefined {
  const group = targets.find(({ type }) => text(type)?.toLowerCase() === 'group');
  if (text(group?.id)) return text(group?.id)?.toLowerCase();
  const properties = targets.flatMap(({ modifiedProperties }) =>
    (Array.isArray(modifiedProperties) ? modifiedProperties : []).map(fields),
  );
  const property = properties.find(({ displayName }) => displayName === 'Group.ObjectID');
  return text(property?.newValue)?.replaceAll('"', '').toLowerCase();
}
