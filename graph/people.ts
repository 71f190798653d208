import type { Person, PersonId } from '../bot/onboarding/person';
import { TenantError } from '../bot/workflow/tenant';
import { type Call, fields, text } from './call';
import type { GraphClient } from './client';
import { itemsOf } from './list';
import { isGuid, literal, path, query } from './url';

const MOST_FOUND = 10;
/** No property that is searched is longer; a longer text can only be a mistake, or a URL that no proxy would pass. */
const LONGEST_TEXT = 256;
const SEARCHED = ['displayName', 'givenName', 'surname', 'userPrincipalName', 'mail', 'mailNickname'];
const SELECT = [
  'id',
  'displayName',
  'userPrincipalName',
  'jobTitle',
  'department',
  'preferredLanguage',
  'accountEnabled',
  'userType',
  'externalUserState',
  'creationType',
  'identities',
].join(',');

const read = {
  method: 'GET',
  repeat: 'read',
  permission: 'User.Read.All',
  cost: { service: 'directory', units: 1 },
} as const;

/**
 * At most 10 people whose name, address or user principal name begins with `wanted`; an exact address or object id
 * comes first. Not `$search`: that one is served from an index that lags behind, and breaks words at signs that names
 * may have.
 */
export async function findPeople(client: GraphClient, wanted: string): Promise<readonly Person[]> {
  const sought = wanted.trim();
  if (sought === '' || sought.length > LONGEST_TEXT) return [];
  if (isGuid(sought)) {
    const person = await readPerson(client, sought);
    return person ? [person] : [];
  }
  const begins = SEARCHED.map((property) => `startswith(${property},${literal(sought)})`).join(' or ');
  const [exact, similar] = await Promise.all([
    // The prefix search alone may cut the exact one off when it has too many hits.
    sought.includes('@')
      ? byFilter(client, `userPrincipalName eq ${literal(sought)} or mail eq ${literal(sought)}`)
      : Promise.resolve([]),
    byFilter(client, begins),
  ]);
  const byName = [...similar].sort((a, b) => a.displayName.localeCompare(b.displayName));
  const found = new Map([...exact, ...byName].map((person) => [person.id, person]));
  return [...found.values()].slice(0, MOST_FOUND);
}

async function byFilter(client: GraphClient, filter: string): Promise<readonly Person[]> {
  const options = query({ $filter: filter, $select: SELECT, $top: String(MOST_FOUND) });
  const { body } = await client.send({ ...read, operation: 'people.find', path: `/users${options}` });
  return itemsOf(body, 'people.find')
    .map(toPerson)
    .filter((person) => person !== undefined);
}

/** `null` when no such user exists. */
export async function readPerson(client: GraphClient, id: PersonId): Promise<Person | null> {
  // An id that is none would be taken for a user principal name.
  if (!isGuid(id)) return null;
  const call: Call = { ...read, operation: 'person.read', path: path('users', id) + query({ $select: SELECT }) };
  try {
    const { body } = await client.send(call);
    return toPerson(body) ?? null;
  } catch (error) {
    if (error instanceof TenantError && error.kind === 'not-found') return null;
    throw error;
  }
}

/** Transitive membership. Throws TenantError, `not-found` for an unknown person. */
export async function isInGroup(client: GraphClient, id: PersonId, groupId: string): Promise<boolean> {
  const operation = 'person.group';
  const { body } = await client.send({
    ...read,
    operation,
    method: 'POST',
    cost: { service: 'directory', units: 4 },
    path: `${path('users', id)}/checkMemberGroups`,
    body: { groupIds: [groupId] },
  });
  return itemsOf(body, operation).length > 0;
}

function toPerson(body: unknown): Person | undefined {
  const user = fields(body);
  const id = text(user.id)?.toLowerCase();
  if (!id) return undefined;
  const jobTitle = text(user.jobTitle);
  const department = text(user.department);
  const preferredLanguage = text(user.preferredLanguage);
  const userPrincipalName = text(user.userPrincipalName) ?? '';
  return {
    id,
    displayName: text(user.displayName) ?? userPrincipalName,
    userPrincipalName,
    ...(jobTitle ? { jobTitle } : {}),
    ...(department ? { department } : {}),
    ...(preferredLanguage ? { preferredLanguage } : {}),
    // Only a clear yes: a field that could not be read is no yes.
    enabled: user.accountEnabled === true,
    kind: isMember(user) ? 'member' : 'guest',
  };
}

/**
 * An account whose home is elsewhere can neither have a pass nor register a passkey, also where its type was changed to
 * Member. The type is null on old accounts; a value that is not known yet is no member.
 */
function isMember(user: Readonly<Record<string, unknown>>): boolean {
  const type = text(user.userType)?.toLowerCase();
  if (type !== undefined && type !== 'member') return false;
  const identities = Array.isArray(user.identities) ? user.identities.map(fields) : [];
  return !(
    identities.some(({ signInType }) => signInType === 'federated') ||
    text(user.externalUserState) ||
    user.creationType === 'Invitation' ||
    text(user.userPrincipalName)?.toLowerCase().includes('#ext#')
  );
}
