import type { Method, MethodKind, Passkey } from '../bot/onboarding/method';
import type { PersonId } from '../bot/onboarding/person';
import { type Call, text, time } from './call';
import { tenantError } from './errors';
import { itemsOf } from './list';
import { path } from './url';

/** Where each kind of method is read, and the permission for it alone. */
const KINDS: Readonly<Record<MethodKind, { readonly segment: string; readonly permission: string }>> = {
  passkey: { segment: 'fido2Methods', permission: 'UserAuthMethod-Passkey.Read.All' },
  authenticator: { segment: 'microsoftAuthenticatorMethods', permission: 'UserAuthMethod-MicrosoftAuthApp.Read.All' },
  windowsHello: { segment: 'windowsHelloForBusinessMethods', permission: 'UserAuthMethod-WindowsHello.Read.All' },
  platformCredential: { segment: 'platformCredentialMethods', permission: 'UserAuthMethod-PlatformCred.Read.All' },
  phone: { segment: 'phoneMethods', permission: 'UserAuthMethod-Phone.Read.All' },
  email: { segment: 'emailMethods', permission: 'UserAuthMethod-Email.Read.All' },
  softwareOath: { segment: 'softwareOathMethods', permission: 'UserAuthMethod-SoftwareOATH.Read.All' },
};

export const METHOD_KINDS = Object.keys(KINDS) as readonly MethodKind[];

/** The read of one kind of method of one person. */
export function readOf(kind: MethodKind, id: PersonId): Call {
  const { segment, permission } = KINDS[kind];
  return {
    operation: `methods.${kind}`,
    method: 'GET',
    repeat: 'read',
    cost: { service: 'methods', units: 1 },
    permission,
    path: `${path('users', id, 'authentication')}/${segment}`,
    // Without it, members of an enumeration that are newer than the API version come as one that says nothing.
    headers: { Prefer: 'include-unknown-enum-members' },
  };
}

type Item = Readonly<Record<string, unknown>>;

/** The methods in an answer. Throws TenantError for one that cannot be told from others: it could pass for a new one. */
export function toMethods(kind: MethodKind, body: unknown): readonly Method[] {
  return itemsOf(body, `methods.${kind}`).map((item) => {
    const displayName = text(item.displayName);
    return { id: idOf(item, kind), kind, ...(displayName ? { displayName } : {}), ...createdAt(item) };
  });
}

/** The passkeys in an answer. Throws TenantError likewise. */
export function toPasskeys(body: unknown): readonly Passkey[] {
  return itemsOf(body, 'methods.passkey').map((item) => {
    const displayName = text(item.displayName);
    const aaGuid = text(item.aaGuid)?.toLowerCase();
    const model = text(item.model);
    return {
      id: idOf(item, 'passkey'),
      kind: 'passkey',
      ...(displayName ? { displayName } : {}),
      ...createdAt(item),
      ...(aaGuid ? { aaGuid } : {}),
      ...passkeyType(item.passkeyType),
      ...(model ? { model } : {}),
    };
  });
}

function idOf(item: Item, kind: MethodKind): string {
  const id = text(item.id);
  if (!id) throw tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', `methods.${kind}`);
  return id;
}

/** Older tenants call it creationDateTime; Authenticator's is null unless it is used without a password. */
function createdAt(item: Item): { createdAt?: number } {
  const found = time(item.createdDateTime) ?? time(item.creationDateTime);
  return found === undefined ? {} : { createdAt: found };
}

function passkeyType(value: unknown): Pick<Passkey, 'passkeyType'> {
  if (value === undefined || value === null) return {};
  return { passkeyType: value === 'deviceBound' || value === 'synced' ? value : 'unknown' };
}
