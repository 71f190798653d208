import type { Reply } from '../../http';
import { SCENARIO_START } from '../people';
import type { ConditionalAccessPolicy, Strength } from '../state';
import { page } from './collection';
import { GraphRefusal, tooMany } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { seconds } from './shapes';

const CONFIGURATIONS = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';

/** Conditional Access answers one request a second for the whole tenant, and says nothing about how long to wait. */
const CONDITIONAL_ACCESS_INTERVAL = 1000;

export function policyRoutes({ state, clock }: Parts): GraphRoute[] {
  let lastConditionalAccess = Number.NEGATIVE_INFINITY;

  function limited(answer: () => Reply): Reply {
    if (clock.now() - lastConditionalAccess < CONDITIONAL_ACCESS_INTERVAL) throw tooMany();
    lastConditionalAccess = clock.now();
    return answer();
  }

  function strengthRow(strength: Strength): Record<string, unknown> {
    return {
      id: strength.id,
      createdDateTime: seconds(SCENARIO_START),
      modifiedDateTime: seconds(SCENARIO_START),
      displayName: strength.displayName,
      description: '',
      policyType: strength.policyType,
      requirementsSatisfied: strength.requirementsSatisfied,
      allowedCombinations: strength.allowedCombinations,
      combinationConfigurations: [],
    };
  }

  /** Reads show the whole strength where writes take only its id. */
  function policyRow(policy: ConditionalAccessPolicy): Record<string, unknown> {
    const grant = policy.grantControls;
    const strength = state.strengths.find(({ id }) => id === grant?.authenticationStrength?.id);
    return {
      ...policy,
      grantControls: grant && { ...grant, authenticationStrength: strength ? strengthRow(strength) : null },
    };
  }

  function passConfiguration(): Record<string, unknown> {
    return {
      '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
      id: 'TemporaryAccessPass',
      ...state.authenticationMethodsPolicy.temporaryAccessPass,
    };
  }

  function fido2Configuration(): Record<string, unknown> {
    const { syncedAllowed, ...policy } = state.authenticationMethodsPolicy.fido2;
    const profileId = state.tenantId.replace(/^.{8}/, '99999999');
    return {
      '@odata.type': '#microsoft.graph.fido2AuthenticationMethodConfiguration',
      id: 'Fido2',
      ...policy,
      includeTargets: policy.includeTargets.map((target) => ({ ...target, allowedPasskeyProfiles: [profileId] })),
      defaultPasskeyProfile: profileId,
      passkeyProfiles: [
        {
          id: profileId,
          name: 'Default passkey profile',
          passkeyTypes: syncedAllowed ? 'deviceBound,synced' : 'deviceBound',
          attestationEnforcement: policy.isAttestationEnforced ? 'registrationOnly' : 'disabled',
          keyRestrictions: policy.keyRestrictions,
        },
      ],
    };
  }

  function single(call: Call, context: string, body: Record<string, unknown>): Reply {
    return { status: 200, body: { '@odata.context': `${call.base}/$metadata#${context}/$entity`, ...body } };
  }

  return [
    {
      method: 'GET',
      pattern: /^\/policies\/authenticationMethodsPolicy$/i,
      accepts: ACCEPTS.methodsPolicy,
      service: 'methods',
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
          authenticationMethodConfigurations: [fido2Configuration(), passConfiguration()],
        }),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${CONFIGURATIONS}/temporaryAccessPass$`, 'i'),
      accepts: ACCEPTS.methodConfiguration,
      service: 'methods',
      handle: (call) => single(call, 'authenticationMethodConfigurations', passConfiguration()),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${CONFIGURATIONS}/fido2$`, 'i'),
      accepts: ACCEPTS.methodConfiguration,
      service: 'methods',
      handle: (call) => single(call, 'authenticationMethodConfigurations', fido2Configuration()),
    },
    {
      method: 'GET',
      pattern: /^\/policies\/authenticationStrengthPolicies$/i,
      accepts: ACCEPTS.strengths,
      service: 'conditionalAccess',
      handle: (call) =>
        page(call, {
          rows: state.strengths.map(strengthRow),
          properties: ['id', 'displayName', 'policyType'],
          resource: 'authenticationStrengthPolicy',
          context: 'policies/authenticationStrengthPolicies',
          type: 'microsoft.graph.authenticationStrengthPolicy',
        }),
    },
    {
      method: 'GET',
      pattern: /^\/policies\/authenticationStrengthPolicies\/(?<id>[^/]+)$/i,
      accepts: ACCEPTS.strengths,
      service: 'conditionalAccess',
      handle(call) {
        const strength = state.strengths.find(({ id }) => id === parameter(call, 'id').toLowerCase());
        if (!strength) throw noSuchPolicy(call);
        return single(call, 'policies/authenticationStrengthPolicies', strengthRow(strength));
      },
    },
    {
      method: 'GET',
      pattern: /^\/identity\/conditionalAccess\/policies$/i,
      accepts: ACCEPTS.conditionalAccess,
      service: 'conditionalAccess',
      handle: (call) =>
        limited(() =>
          page(call, {
            rows: state.policies.map(policyRow),
            properties: ['id', 'displayName', 'state'],
            resource: 'conditionalAccessPolicy',
            context: 'identity/conditionalAccess/policies',
            type: 'microsoft.graph.conditionalAccessPolicy',
          }),
        ),
    },
    {
      method: 'GET',
      pattern: /^\/identity\/conditionalAccess\/policies\/(?<id>[^/]+)$/i,
      accepts: ACCEPTS.conditionalAccess,
      service: 'conditionalAccess',
      handle: (call) =>
        limited(() => {
          const policy = state.policies.find(({ id }) => id === parameter(call, 'id').toLowerCase());
          if (!policy) throw noSuchPolicy(call);
          return single(call, 'identity/conditionalAccess/policies', policyRow(policy));
        }),
    },
  ];
}

function noSuchPolicy(call: Call): GraphRefusal {
  return new GraphRefusal(404, 'NotFound', `1004: '${parameter(call, 'id')}' does not exist in the directory.`);
}
