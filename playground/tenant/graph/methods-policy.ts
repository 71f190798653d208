import type { Reply } from '../../http';
import { SCENARIO_START } from '../people';
import type { AuthenticationMethodsPolicy } from '../state';
import { defaultProfile } from '../webauthn-policy';
import { badMethodRequest, badRequest } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { seconds } from './shapes';

const ROOT = '/policies/authenticationMethodsPolicy';
const CONFIGURATIONS = `${ROOT}/authenticationMethodConfigurations`;

type Tree = Readonly<Record<string, unknown>>;

const TYPES = {
  temporaryaccesspass: '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
  fido2: '#microsoft.graph.fido2AuthenticationMethodConfiguration',
} as const;

const PASS_FIELDS = [
  'state',
  'isUsableOnce',
  'defaultLifetimeInMinutes',
  'defaultLength',
  'minimumLifetimeInMinutes',
  'maximumLifetimeInMinutes',
  'includeTargets',
  'excludeTargets',
];
const PASSKEY_FIELDS = [
  'state',
  'isSelfServiceRegistrationAllowed',
  'isAttestationEnforced',
  'keyRestrictions',
  'includeTargets',
  'excludeTargets',
  'passkeyProfiles',
  'defaultPasskeyProfile',
];

export function methodsPolicyRoutes({ state, changes }: Parts): GraphRoute[] {
  const seen = (call: Call) => changes.seen(call.path).policies.authenticationMethodsPolicy;

  function passes({ temporaryAccessPass }: AuthenticationMethodsPolicy): Tree {
    return { '@odata.type': TYPES.temporaryaccesspass, id: 'TemporaryAccessPass', ...temporaryAccessPass };
  }

  /** A policy without profiles shows its one profile all the same: tenants were moved to them. */
  function passkeys({ fido2 }: AuthenticationMethodsPolicy): Tree {
    const { syncedAllowed: _own, ...policy } = fido2;
    const profileId = policy.defaultPasskeyProfile ?? state.tenantId.replace(/^.{8}/, '99999999');
    return {
      '@odata.type': TYPES.fido2,
      id: 'Fido2',
      ...policy,
      includeTargets: policy.includeTargets.map((target) => ({ allowedPasskeyProfiles: [profileId], ...target })),
      defaultPasskeyProfile: profileId,
      passkeyProfiles: policy.passkeyProfiles ?? [defaultProfile(fido2, profileId)],
    };
  }

  const everybody = { targetType: 'group', id: 'all_users', isRegistrationRequired: false };
  const off = {
    state: 'default',
    includeTarget: { targetType: 'group', id: 'all_users' },
    excludeTarget: { targetType: 'group', id: '00000000-0000-0000-0000-000000000000' },
  };
  const authenticator: Tree = {
    '@odata.type': '#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration',
    id: 'MicrosoftAuthenticator',
    state: 'enabled',
    isSoftwareOathEnabled: false,
    excludeTargets: [],
    featureSettings: { displayAppInformationRequiredState: off, displayLocationInformationRequiredState: off },
    includeTargets: [{ ...everybody, authenticationMode: 'any' }],
  };

  function single(call: Call, context: string, body: Tree): Reply {
    return { status: 200, body: { '@odata.context': `${call.base}/$metadata#${context}/$entity`, ...body } };
  }

  function patch(call: Call): Reply {
    const which = parameter(call, 'method').toLowerCase() as keyof typeof TYPES;
    const sent = (call.body ?? {}) as Tree;
    if (sent['@odata.type'] !== TYPES[which]) {
      throw badRequest('A type name was not found or is not the one of this configuration: send @odata.type.');
    }
    const fields = Object.entries(sent).filter(([name]) => !name.includes('@') && name !== 'id');
    const known = which === 'fido2' ? PASSKEY_FIELDS : PASS_FIELDS;
    const other = fields.find(([name]) => !known.includes(name))?.[0];
    if (other !== undefined)
      throw badRequest(`The property '${other}' does not exist on type '${TYPES[which].slice(1)}'.`);
    const policy = state.authenticationMethodsPolicy;
    const next = { ...(which === 'fido2' ? policy.fido2 : policy.temporaryAccessPass), ...Object.fromEntries(fields) };
    if (which !== 'fido2') checkLifetimes(next as AuthenticationMethodsPolicy['temporaryAccessPass']);
    const id = which === 'fido2' ? 'Fido2' : 'TemporaryAccessPass';
    changes.changePolicy(call.actor, id, () => {
      if (which === 'fido2') Object.assign(policy.fido2, next);
      else Object.assign(policy.temporaryAccessPass, next);
    });
    return { status: 204 };
  }

  const service = 'methods' as const;
  const one = (name: string, body: (policy: AuthenticationMethodsPolicy) => Tree, accepts: readonly string[]) => ({
    method: 'GET' as const,
    pattern: new RegExp(`^${CONFIGURATIONS}/${name}$`, 'i'),
    accepts,
    service,
    handle: (call: Call) => single(call, 'authenticationMethodConfigurations', body(seen(call))),
  });

  return [
    {
      method: 'GET',
      pattern: new RegExp(`^${ROOT}$`, 'i'),
      accepts: ACCEPTS.methodsPolicy,
      service,
      handle: (call) =>
        single(call, 'authenticationMethodsPolicy', {
          id: 'authenticationMethodsPolicy',
          displayName: 'Authentication Methods Policy',
          description: 'The tenant-wide policy that controls which authentication methods are allowed.',
          lastModifiedDateTime: seconds(SCENARIO_START),
          policyVersion: '1.5',
          policyMigrationState: 'migrationComplete',
          registrationEnforcement: {
            authenticationMethodsRegistrationCampaign: {
              snoozeDurationInDays: 1,
              state: 'disabled',
              excludeTargets: [],
              includeTargets: [],
            },
          },
          authenticationMethodConfigurations: [passkeys(seen(call)), authenticator, passes(seen(call))],
        }),
    },
    one('temporaryAccessPass', passes, ACCEPTS.methodConfiguration),
    one('fido2', passkeys, ACCEPTS.methodConfiguration),
    one('microsoftAuthenticator', () => authenticator, ACCEPTS.methodsPolicy),
    {
      method: 'PATCH',
      pattern: new RegExp(`^${CONFIGURATIONS}/(?<method>temporaryAccessPass|fido2)$`, 'i'),
      accepts: ACCEPTS.writeMethodConfiguration,
      service,
      writes: true,
      handle: patch,
    },
  ];
}

/** Any lifetime is between 10 minutes and 30 days, any code between 8 and 48 characters long. */
function checkLifetimes(policy: AuthenticationMethodsPolicy['temporaryAccessPass']): void {
  const { minimumLifetimeInMinutes: min, defaultLifetimeInMinutes: usual, maximumLifetimeInMinutes: max } = policy;
  const inOrder = 10 <= min && min <= usual && usual <= max && max <= 43_200;
  if (!inOrder || policy.defaultLength < 8 || policy.defaultLength > 48) {
    throw badMethodRequest('The lifetimes or the length of the Temporary Access Pass policy are not valid.');
  }
}
