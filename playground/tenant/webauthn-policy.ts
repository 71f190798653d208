import type { Changes } from './changes';
import { AAGUID } from './seed-passkey';
import { inScope, seenGroups } from './sign-in-scope';
import type { AuthenticationMethodsPolicy, PasskeyProfile, TenantState, User } from './state';
import type { NewPasskey } from './webauthn';

interface Parts {
  readonly state: TenantState;
  readonly changes: Changes;
}

type PasskeyPolicy = AuthenticationMethodsPolicy['fido2'];

const policyOf = ({ changes }: Parts): PasskeyPolicy => changes.seen().policies.authenticationMethodsPolicy.fido2;

/** The profile that a policy without profiles amounts to; what Graph shows in its place. */
export function defaultProfile(policy: PasskeyPolicy, id: string): PasskeyProfile {
  return {
    id,
    name: 'Default passkey profile',
    passkeyTypes: policy.syncedAllowed ? 'deviceBound,synced' : 'deviceBound',
    attestationEnforcement: policy.isAttestationEnforced ? 'registrationOnly' : 'disabled',
    keyRestrictions: policy.keyRestrictions,
  };
}

/** The profiles of a person, by the groups that have replicated. Without profiles everybody has the same one. */
function profilesOf(parts: Parts, user: User): readonly PasskeyProfile[] {
  const policy = policyOf(parts);
  if (policy.passkeyProfiles === null) return [defaultProfile(policy, '')];
  const groups = seenGroups(parts, user);
  const allowed = policy.includeTargets
    .filter(({ id }) => id === 'all_users' || groups.has(id))
    .flatMap(({ allowedPasskeyProfiles }) => allowedPasskeyProfiles ?? [policy.defaultPasskeyProfile]);
  return policy.passkeyProfiles.filter(({ id }) => allowed.includes(id));
}

/** Why this person may not register a passkey at all, or null. Pages leave the option out where there is a reason. */
export function whyNoPasskeys(parts: Parts, user: User): string | null {
  const policy = policyOf(parts);
  if (user.userType === 'Guest') return 'Guests cannot register passkeys.';
  if (policy.state !== 'enabled') return 'Passkeys are switched off in this organization.';
  if (!policy.isSelfServiceRegistrationAllowed) return 'Registering passkeys by yourself is switched off.';
  if (!inScope(policy, seenGroups(parts, user))) return 'Passkeys are not switched on for you.';
  return null;
}

/**
 * Why the tenant's passkey policy refuses this very passkey, or null. One profile that lets it in is enough, and only a
 * whole one: not the kind of one and the maker of another.
 *
 * @param inApp registered inside Authenticator. There the maker's own service vouches for the app; the playground has
 *   none, so the phone's self-signed statement stands in for it.
 */
export function whyNotThisPasskey(parts: Parts, user: User, passkey: NewPasskey, inApp: boolean): string | null {
  const never = whyNoPasskeys(parts, user);
  if (never) return never;
  const reasons = profilesOf(parts, user).map((profile) => {
    const types = profile.passkeyTypes.split(',').map((one) => one.trim());
    if (passkey.synced && !types.includes('synced'))
      return 'Passkeys that are synced between devices are not accepted.';
    if (!passkey.synced && !types.includes('deviceBound')) return 'Only synced passkeys are accepted.';
    const wantsProof = profile.attestationEnforcement === 'registrationOnly';
    if (wantsProof && !isAttested(passkey, inApp)) return 'The passkey could not prove who made it.';
    return letsIn(profile, passkey.aaGuid) ? null : 'This kind of passkey is not accepted.';
  });
  if (reasons.length === 0) return 'No passkey profile is meant for you.';
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function letsIn({ keyRestrictions }: PasskeyProfile, aaGuid: string): boolean {
  const { isEnforced, enforcementType, aaGuids } = keyRestrictions;
  const listed = aaGuids.some((one) => one.toLowerCase() === aaGuid.toLowerCase());
  return !isEnforced || listed === (enforcementType === 'allow');
}

/** Whether the key restrictions let an AAGUID in for this person. They bind at sign-in as they do at registration. */
export function acceptsKind(parts: Parts, user: User, aaGuid: string): boolean {
  return profilesOf(parts, user).some((profile) => letsIn(profile, aaGuid));
}

/**
 * Whether a browser must bring its maker's statement. Only then: without one a browser may blank the AAGUID, which key
 * restrictions compare, but the statement of a test browser is out of date and would be refused.
 */
export function wantsStatement(parts: Parts, user: User): boolean {
  return profilesOf(parts, user).some(
    ({ attestationEnforcement, keyRestrictions }) =>
      attestationEnforcement === 'registrationOnly' || keyRestrictions.isEnforced,
  );
}

export function isAttested(passkey: NewPasskey, inApp: boolean): boolean {
  return passkey.attestation === 'certified' || (inApp && passkey.attestation === 'self' && isAuthenticator(passkey));
}

export function isAuthenticator({ aaGuid }: { readonly aaGuid: string }): boolean {
  return aaGuid === AAGUID.authenticatorIos || aaGuid === AAGUID.authenticatorAndroid;
}
