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

const METHODS = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';

/** Reads all of it, one after the other: Conditional Access answers once a second. Throws nothing but defects. */
export async function readTenant(
  client: GraphClient,
  groupId: string,
  token: () => Promise<string>,
): Promise<TenantFacts> {
  const call = (operation: string, at: string, permission: string, service: Call['cost']['service']): Call => ({
    operation: `doctor.${operation}`,
    method: 'GET',
    repeat: 'read',
    path: at,
    permission,
    cost: { service, units: 1 },
  });
  const one = async (what: Call): Promise<Item> => fields((await client.send(what)).body);
  const group = (below: string, select: string) =>
    list(
      client,
      call(
        `group-${below}`,
        path('groups', groupId, below) + query({ $select: select }),
        'GroupMember.Read.All',
        'directory',
      ),
    );
  const known = { Prefer: 'include-unknown-enum-members' };
  return {
    policies: await reading(() =>
      list(client, {
        ...call('policies', '/identity/conditionalAccess/policies', 'Policy.Read.All', 'conditionalAccess'),
        headers: known,
      }),
    ),
    passPolicy: await reading(() =>
      one(call('pass-policy', `${METHODS}/temporaryAccessPass`, 'Policy.Read.AuthenticationMethod', 'policies')),
    ),
    passkeyPolicy: await reading(() =>
      one(call('passkey-policy', `${METHODS}/fido2`, 'Policy.Read.AuthenticationMethod', 'policies')),
    ),
    authenticatorPolicy: await reading(() =>
      one(
        call(
          'authenticator-policy',
          `${METHODS}/microsoftAuthenticator`,
          'Policy.Read.AuthenticationMethod',
          'policies',
        ),
      ),
    ),
    securityDefaults: await reading(() =>
      one(
        call(
          'security-defaults',
          '/policies/identitySecurityDefaultsEnforcementPolicy',
          'Policy.Read.All',
          'conditionalAccess',
        ),
      ),
    ),
    group: await reading(() =>
      one(
        call(
          'group',
          path('groups', groupId) +
            query({
              $select: 'id,displayName,groupTypes,securityEnabled,mailEnabled,isAssignableToRole,onPremisesSyncEnabled',
            }),
          'GroupMember.Read.All',
          'directory',
        ),
      ),
    ),
    groupParents: await reading(() => group('memberOf', 'id')),
    groupOwners: await reading(() => group('owners', 'id')),
    groupMembers: await reading(() => group('members', 'id')),
    permissions: await reading(async () => rolesOf(await token())),
  };
}

async function reading<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { unread: `${error.code}: ${error.message}` };
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
