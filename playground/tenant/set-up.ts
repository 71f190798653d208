import type { Behaviour } from '../contract';
import type { Changes } from './changes';
import { GROUPS } from './ids';
import { AAGUID } from './seed-passkey';
import { createAuthenticationMethodsPolicy } from './seed-policies';
import type { AuthenticationMethodsPolicy, Group, PasskeyProfile, TenantState } from './state';

type PassPolicy = AuthenticationMethodsPolicy['temporaryAccessPass'];
type PasskeyPolicy = AuthenticationMethodsPolicy['fido2'];

const everybody = () => ({ targetType: 'group' as const, id: 'all_users', isRegistrationRequired: false });
const only = (id: string) => [{ ...everybody(), id }];

/** A group that nobody of interest is in. */
const ELSEWHERE = GROUPS.nightShift;

const SECURITY_KEYS: Partial<PasskeyPolicy> = {
  keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids: [AAGUID.securityKey] },
};
const AUTHENTICATOR = [AAGUID.authenticatorIos, AAGUID.authenticatorAndroid];

/** What an administrator has changed about the policy for passes, by the word of the switch. */
function passPolicy(word: Behaviour['passPolicy'], onboardingGroupId: string): Partial<PassPolicy> {
  switch (word) {
    case 'usual':
      return {};
    case 'off':
      return { state: 'disabled' };
    case 'one-time':
      return { isUsableOnce: true };
    case 'group-only':
      return { includeTargets: only(onboardingGroupId) };
    case 'out-of-scope':
      return { includeTargets: only(ELSEWHERE) };
    case 'short':
      return { minimumLifetimeInMinutes: 10, defaultLifetimeInMinutes: 15, maximumLifetimeInMinutes: 30 };
    case 'long':
      return { minimumLifetimeInMinutes: 480, defaultLifetimeInMinutes: 480, maximumLifetimeInMinutes: 1_440 };
  }
}

function passkeyPolicy(word: Behaviour['passkeyPolicy']): Partial<PasskeyPolicy> {
  switch (word) {
    case 'usual':
      return {};
    case 'off':
      return { state: 'disabled' };
    case 'no-self-service':
      return { isSelfServiceRegistrationAllowed: false };
    case 'attested':
      return { isAttestationEnforced: true };
    case 'keys-only':
      return SECURITY_KEYS;
    case 'not-authenticator':
      return { keyRestrictions: { isEnforced: true, enforcementType: 'block', aaGuids: [...AUTHENTICATOR] } };
    case 'out-of-scope':
      return { includeTargets: only(ELSEWHERE) };
    case 'profiles':
      return profiles();
    case 'synced':
      return { syncedAllowed: true };
  }
}

/** Authenticator for everybody, security keys for one group; the older fields still say what was true before there were profiles. */
function profiles(): Partial<PasskeyPolicy> {
  const profile = (number: number, name: string, aaGuids: string[]): PasskeyProfile => ({
    id: `99999999-0000-4000-8000-00000000000${number}`,
    name,
    passkeyTypes: 'deviceBound',
    attestationEnforcement: 'registrationOnly',
    keyRestrictions: { isEnforced: true, enforcementType: 'allow', aaGuids },
  });
  const app = profile(1, 'Default passkey profile', AUTHENTICATOR);
  const keys = profile(2, 'Security keys', [AAGUID.securityKey]);
  return {
    ...SECURITY_KEYS,
    passkeyProfiles: [app, keys],
    defaultPasskeyProfile: app.id,
    includeTargets: [
      { ...everybody(), allowedPasskeyProfiles: [app.id] },
      { ...everybody(), id: GROUPS.roleAssignable, allowedPasskeyProfiles: [keys.id] },
    ],
  };
}

const FIT: Partial<Group> = { groupTypes: [], isAssignableToRole: false, onPremisesSyncEnabled: null };

function groupLike(word: Behaviour['onboardingGroup']): Partial<Group> {
  if (word === 'dynamic') return { ...FIT, groupTypes: ['DynamicMembership'] };
  if (word === 'role-assignable') return { ...FIT, isAssignableToRole: true };
  if (word === 'on-premises') return { ...FIT, onPremisesSyncEnabled: true };
  return FIT;
}

/**
 * Carries out what was switched: each is something that an administrator does to the tenant, and is written down as such.
 *
 * @param usual what switching back leads to
 */
export function applySetUp(
  state: TenantState,
  changes: Changes,
  before: Behaviour,
  usual: AuthenticationMethodsPolicy = createAuthenticationMethodsPolicy(),
): void {
  const { behaviour, onboardingGroupId: group } = state;
  const was = before.onboardingGroup;
  const is = behaviour.onboardingGroup;
  if (was !== is) {
    if (was === 'deleted') changes.restoreGroup('admin', group);
    if (was === 'nested') changes.removeMember('admin', GROUPS.branchTools, group);
    changes.changeGroup('admin', group, groupLike(is));
    if (is === 'nested') changes.addMember('admin', GROUPS.branchTools, group);
    if (is === 'deleted') changes.deleteGroup('admin', group);
  }
  if (before.passPolicy !== behaviour.passPolicy) {
    changes.changePolicy('admin', 'TemporaryAccessPass', () => {
      const { temporaryAccessPass } = state.authenticationMethodsPolicy;
      Object.assign(
        temporaryAccessPass,
        structuredClone(usual.temporaryAccessPass),
        passPolicy(behaviour.passPolicy, group),
      );
    });
  }
  if (before.passkeyPolicy !== behaviour.passkeyPolicy) {
    changes.changePolicy('admin', 'Fido2', () => {
      const { fido2 } = state.authenticationMethodsPolicy;
      Object.assign(fido2, structuredClone(usual.fido2), passkeyPolicy(behaviour.passkeyPolicy));
    });
  }
}
