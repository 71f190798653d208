import type { Json } from './activity';
import type { Chat, TeamsPerson, World } from './world';

/** Teams pages its rosters; a page has 50 to 500 people, and 200 when the bot does not say. */
const PAGE = { least: 50, most: 500, usual: 200 } as const;

/** One person as the roster shows them; `objectId` is what Teams sends and what the SDK copies to `aadObjectId`. */
export function memberOf(world: World, person: TeamsPerson): Json {
  const [givenName = '', ...rest] = person.displayName.split(' ');
  return {
    id: world.mri(person.id),
    name: person.displayName,
    objectId: person.id,
    aadObjectId: person.id,
    givenName,
    surname: rest.join(' '),
    email: person.userPrincipalName,
    userPrincipalName: person.userPrincipalName,
    tenantId: world.tenantId,
    userRole: 'user',
  };
}

export function membersPage(world: World, chat: Chat, pageSize: string | null, token: string | null): Json {
  const size = Math.min(Math.max(Number(pageSize) || PAGE.usual, PAGE.least), PAGE.most);
  const from = Number(token) || 0;
  const ids = [...chat.members];
  const members = ids.slice(from, from + size).flatMap((id) => {
    const person = world.personById(id);
    return person ? [memberOf(world, person)] : [];
  });
  return { members, ...(from + size < ids.length ? { continuationToken: String(from + size) } : {}) };
}
