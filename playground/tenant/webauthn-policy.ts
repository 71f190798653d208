import type { Changes } from './changes';
import { AAGUID } from './seed-passkey';
import { inScope, seenGroups } from './sign-in-scope';
import type { TenantState, User } from './state';
import type { NewPasskey } from './webauthn';

interface Parts {
  readonly state: TenantState;
  readonly changes: Changes;
}

/** Why this person may not register a passkey at all, or null. Pages leave the option out where there is a reason. */
export function whyNoPasskeys(parts: Parts, user: User): string | null {
  const policy = parts.state.authenticationMethodsPolicy.fido2;
  if (user.userType === 'Guest') return 'Guests cannot register passkeys.';
  if (policy.state !== 'enabled') return 'Passkeys are switched off in this organization.';
  if (!policy.isSelfServiceRegistrationAllowed) return 'Registering passkeys by yourself is switched off.';
  if (!inScope(policy, seenGroups(parts, user))) return 'Passkeys are not switched on for you.';
  return null;
}

/**
 * Why the tenant's passkey policy refuses this very passkey, or null.
 *
 * @param inApp registered inside Authenticator. There the maker's own service vouches for the app; the playground has
 *   none, so the phone's self-signed statement stands in for it.
 */
export function whyNotThisPasskey(parts: Parts, user: User, passkey: NewPasskey, inApp: boolean): string | null {
  const policy = parts.state.authenticationMethodsPolicy.fido2;
  const never = whyNoPasskeys(parts, user);
  if (never) return never;
  if (passkey.synced && !policy.syncedAllowed) return 'Passkeys that are synced between devices are not accepted.';
  if (policy.isAttestationEnforced && !isAttested(passkey, inApp)) return 'The passkey could not prove who made it.';
  return acceptsKind(parts.state, passkey.aaGuid) ? null : 'This kind of passkey is not accepted.';
}

/** Whether the key restrictions let an AAGUID in. */
export function acceptsKind(state: TenantState, aaGuid: string): boolean {
  const { isEnforced, enforcementType, aaGuids } = state.authenticationMethodsPolicy.fido2.keyRestrictions;
  const listed = aaGuids.some((one) => one.toLowerCase() === aaGuid);
  return !isEnforced || listed === (enforcementType === 'allow');
}

/**
 * Whether a browser must bring its maker's statement. Only then: without one a browser may blank the AAGUID, which key
 * restrictions compare, but the statement of a test browser is out of date and would be refused.
 */
export function wantsStatement({ authenticationMethodsPolicy }: TenantState): boolean {
  const { isAttestationEnforced, keyRestrictions } = authenticationMethodsPolicy.fido2;
  return isAttestationEnforced || keyRestrictions.isEnforced;
}

export function isAttested(passkey: NewPasskey, inApp: boolean): boolean {
  return passkey.attestation === 'certified' || (inApp && passkey.attestation === 'self' && isAuthenticator(passkey));
}

export function isAuthenticator({ aaGuid }: { readonly aaGuid: string }): boolean {
  return aaGuid === AAGUID.authenticatorIos || aaGuid === AAGUID.authenticatorAndroid;
}
