import { TenantError } from '../../bot/workflow/tenant';
import { type Call, fields } from '../call';
import type { GraphClient } from '../client';
import { list } from '../list';
import { path, query } from '../url';

type Item = Readonly<Record<string, unknown>>;

/** What was read, or why not: a missing permission must not pass for a tenant in order. */
export type Read<T> = { readonly value: T } | { readonly unread: string };

/** What the doctor looks at, as Graph answers it. */
export interface TenantFacts {
  readonly policies: Read<readonly Item[]>;
  readonly passPolicy: Read<Item>;
  readonly passkeyPolicy: Read<Item>;
  readonly authenticatorPolicy: Read<Item>;
  readonly securityDefaults: Read<Item>;
  readonly group: Read<Item>;
  readonly groupParents: Read<readonly Item[]>;
  readonly groupOwners: Read<readonly Item[]>;
  readonly groupMembers: Read<readonly Item[]>;
  /** Values of the token's `roles`; needs no permission. */
  readonly permissions: Read<readonly string[]>;
}

type Sleep = (ms: number) => Promise<void>;

/** ms */
const LONGEST_WAIT = 30_000;
const MOST_TRIES = 4;

/** Conditional Access answers one request a second, and is read first. */
const BETWEEN = 1_100;

const SECURITY_DEFAULTS = '/policies/identitySecurityDefaultsEnforcementPolicy';
const METHODS = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';

/** Reads all of it, one after the other: Conditional Access answers once a second. Throws nothing but defects. */
export async function readTenant(
  client: GraphClient,
  groupId: string,
  token: () => Promise<string>,
  sleep: Sleep,
): Promise<TenantFacts> {
  type Service = Call['cost']['service'];
  const call = (operation: string, at: string, permission: string, service: Service): Call => ({
    operation: `doctor.${operation}`,
    method: 'GET',
    repeat: 'read',
    path: at,
    permission,
    cost: { service, units: 1 },
    headers: { Prefer: 'include-unknown-enum-members' },
  });
  const one = (...what: Parameters<typeof call>): Promise<Read<Item>> =>
    reading(async () => fields((await client.send(call(...what))).body), sleep);
  const all = (...what: Parameters<typeof call>): Promise<Read<readonly Item[]>> =>
    reading(() => list(client, call(...what)), sleep);
  const method = (name: string) =>
    one(`${name}-policy`, `${METHODS}/${name}`, 'Policy.Read.AuthenticationMethod', 'policies');
  const groupPart = (part: string) =>
    all(`group-${part}`, path('groups', groupId, part) + query({ $select: 'id' }), 'GroupMember.Read.All', 'directory');
  const properties = 'id,groupTypes,securityEnabled,mailEnabled,isAssignableToRole,onPremisesSyncEnabled';

  return {
    policies: await all('policies', '/identity/conditionalAccess/policies', 'Policy.Read.All', 'conditionalAccess'),
    passPolicy: await method('temporaryAccessPass'),
    passkeyPolicy: await method('fido2'),
    authenticatorPolicy: await method('microsoftAuthenticator'),
    group: await one(
      'group',
      path('groups', groupId) + query({ $select: properties }),
      'GroupMember.Read.All',
      'directory',
    ),
    groupParents: await groupPart('memberOf'),
    groupOwners: await groupPart('owners'),
    groupMembers: await groupPart('members'),
    permissions: await reading(async () => rolesOf(await token()), sleep),
    securityDefaults: await (async () => {
      await sleep(BETWEEN);
      return one('security-defaults', SECURITY_DEFAULTS, 'Policy.Read.All', 'conditionalAccess');
    })(),
  };
}

/** Waits where the tenant, or our share of its limits, asks for it: nobody is waiting for the doctor but its reader. */
async function reading<T>(read: () => Promise<T>, sleep: Sleep): Promise<Read<T>> {
  for (let tries = 1; ; tries++) {
    try {
      return { value: await read() };
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      const wait = error.kind === 'throttled' ? (error.detail.retryAfter ?? 1_000) : undefined;
      if (wait === undefined || wait > LONGEST_WAIT || tries === MOST_TRIES) {
        return { unread: `${error.code}: ${error.hint}` };
      }
      await sleep(wait);
    }
  }
}

/** The permissions in an access token for Graph; it is ours, so it is read and not verified. */
function rolesOf(token: string): readonly string[] {
  try {
    const { roles } = fields(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
    return Array.isArray(roles) ? roles.map(String) : [];
  } catch {
    return [];
  }
}
