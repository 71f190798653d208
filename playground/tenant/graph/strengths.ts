import { randomUUID } from 'node:crypto';
import type { Reply } from '../../http';
import { SCENARIO_START } from '../people';
import type { Strength } from '../state';
import { page } from './collection';
import { badRequest, GraphRefusal } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { seconds } from './shapes';
import { withoutUnknown } from './unknown-members';

const ROOT = '/policies/authenticationStrengthPolicies';
/** So many strengths of its own a tenant may have. */
const MOST_CUSTOM = 15;

/** Every combination that a strength may hold, as Entra lists them. */
export const COMBINATIONS = [
  'windowsHelloForBusiness',
  'fido2',
  'x509CertificateMultiFactor',
  'deviceBasedPush',
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'password,microsoftAuthenticatorPush',
  'password,softwareOath',
  'password,hardwareOath',
  'password,x509CertificateSingleFactor',
  'password,x509CertificateMultiFactor',
  'password,sms',
  'password,voice',
  'federatedMultiFactor',
  'microsoftAuthenticatorPush,federatedSingleFactor',
  'softwareOath,federatedSingleFactor',
  'hardwareOath,federatedSingleFactor',
  'sms,federatedSingleFactor',
  'voice,federatedSingleFactor',
  'x509CertificateSingleFactor',
  'federatedSingleFactor',
  'qrCodePin',
  'sms',
  'password',
];

const parts = (combination: string): string =>
  combination
    .split(',')
    .map((one) => one.trim())
    .sort()
    .join(',');
const VALID = new Set(COMBINATIONS.map(parts));

export function strengthRow(strength: Strength): Record<string, unknown> {
  return {
    id: strength.id,
    createdDateTime: seconds(SCENARIO_START),
    modifiedDateTime: seconds(SCENARIO_START),
    displayName: strength.displayName,
    description: strength.description ?? '',
    policyType: strength.policyType,
    requirementsSatisfied: strength.requirementsSatisfied,
    allowedCombinations: strength.allowedCombinations,
    combinationConfigurations: strength.combinationConfigurations ?? [],
  };
}

function combinationsOf(body: unknown): string[] {
  const { allowedCombinations: asked } = (body ?? {}) as { allowedCombinations?: unknown };
  if (!Array.isArray(asked) || asked.length === 0) throw badRequest('allowedCombinations must not be empty.');
  const wrong = asked.find((one) => typeof one !== 'string' || !VALID.has(parts(one)));
  if (wrong !== undefined) throw badRequest(`'${String(wrong)}' is not a valid authentication method combination.`);
  return asked as string[];
}

export function strengthRoutes({ state, changes }: Parts): GraphRoute[] {
  const service = 'conditionalAccess' as const;
  const read = { accepts: ACCEPTS.strengths, service };
  const write = { accepts: ACCEPTS.writeStrengths, service, writes: true as const };
  const ONE = `${ROOT}/(?<id>[^/]+)`;
  const pattern = (path: string) => new RegExp(`^${path}$`, 'i');

  function found(call: Call, strengths: readonly Strength[]): Strength {
    const strength = strengths.find(({ id }) => id === parameter(call, 'id').toLowerCase());
    if (strength) return strength;
    throw new GraphRefusal(404, 'NotFound', `1004: '${parameter(call, 'id')}' does not exist in the directory.`);
  }

  /** Entra's own cannot be changed. */
  function own(call: Call): Strength {
    const strength = found(call, state.strengths);
    if (strength.policyType === 'builtIn') throw badRequest('Built-in authentication strengths cannot be changed.');
    return strength;
  }

  function change(call: Call, old: Strength, next: Strength): void {
    const { strengths } = state;
    changes.changePolicy(call.actor, old.id, () => strengths.splice(strengths.indexOf(old), 1, next));
  }

  const users = (id: string) => state.policies.filter((one) => one.grantControls?.authenticationStrength?.id === id);
  const one = (call: Call, status: number, strength: Strength): Reply => ({
    status,
    body: {
      '@odata.context': `${call.base}/$metadata#policies/authenticationStrengthPolicies/$entity`,
      ...withoutUnknown(call, strengthRow(strength)),
    },
  });

  return [
    {
      ...read,
      method: 'GET',
      pattern: pattern(ROOT),
      handle: (call) =>
        page(call, {
          rows: changes.seen(call.path).policies.strengths.map((one) => withoutUnknown(call, strengthRow(one))),
          properties: ['id', 'displayName', 'policyType'],
          resource: 'authenticationStrengthPolicy',
          context: 'policies/authenticationStrengthPolicies',
          type: 'microsoft.graph.authenticationStrengthPolicy',
        }),
    },
    {
      ...read,
      method: 'GET',
      pattern: pattern(ONE),
      handle: (call) => one(call, 200, found(call, changes.seen(call.path).policies.strengths)),
    },
    {
      ...write,
      method: 'POST',
      pattern: pattern(ROOT),
      handle(call) {
        const { displayName, description, combinationConfigurations } = (call.body ?? {}) as Record<string, unknown>;
        if (typeof displayName !== 'string' || displayName === '') throw badRequest('displayName is required.');
        if (state.strengths.filter(({ policyType }) => policyType === 'custom').length >= MOST_CUSTOM)
          throw badRequest(`A tenant may have ${MOST_CUSTOM} custom authentication strengths.`);
        const strength: Strength = {
          id: randomUUID(),
          displayName,
          policyType: 'custom',
          allowedCombinations: combinationsOf(call.body),
          requirementsSatisfied: 'mfa',
          description: typeof description === 'string' ? description : '',
          combinationConfigurations: (combinationConfigurations ?? []) as Strength['combinationConfigurations'] &
            object,
        };
        changes.changePolicy(call.actor, strength.id, () => state.strengths.push(strength));
        return one(call, 201, strength);
      },
    },
    {
      ...write,
      method: 'PATCH',
      pattern: pattern(ONE),
      handle(call) {
        const old = own(call);
        const sent = (call.body ?? {}) as Record<string, unknown>;
        const other = Object.keys(sent).find((name) => !['displayName', 'description'].includes(name));
        if (other !== undefined) throw badRequest(`The property '${other}' cannot be updated.`);
        change(call, old, { ...old, ...(sent as Partial<Strength>) });
        return { status: 204 };
      },
    },
    {
      ...write,
      method: 'DELETE',
      pattern: pattern(ONE),
      handle(call) {
        const old = own(call);
        if (users(old.id).length > 0) throw badRequest('The authentication strength is used by a policy.');
        changes.changePolicy(call.actor, old.id, () => state.strengths.splice(state.strengths.indexOf(old), 1));
        return { status: 204 };
      },
    },
    {
      ...write,
      method: 'POST',
      pattern: pattern(`${ONE}/(microsoft\\.graph\\.)?updateAllowedCombinations`),
      handle(call) {
        const old = own(call);
        const allowedCombinations = combinationsOf(call.body);
        change(call, old, { ...old, allowedCombinations });
        return {
          status: 200,
          body: {
            '@odata.context': `${call.base}/$metadata#microsoft.graph.updateAllowedCombinationsResult`,
            previousCombinations: old.allowedCombinations,
            currentCombinations: allowedCombinations,
            conditionalAccessReferences: users(old.id).map(({ id }) => id),
            additionalInformation: '',
          },
        };
      },
    },
    {
      ...read,
      method: 'GET',
      pattern: pattern(`${ONE}/(microsoft\\.graph\\.)?usage(\\(\\))?`),
      handle(call) {
        const { id } = found(call, state.strengths);
        return {
          status: 200,
          body: {
            '@odata.context': `${call.base}/$metadata#microsoft.graph.authenticationStrengthUsage`,
            mfa: users(id).map((policy) => ({ id: policy.id, displayName: policy.displayName, state: policy.state })),
            none: [],
          },
        };
      },
    },
    {
      ...read,
      method: 'GET',
      pattern: pattern('/identity/conditionalAccess/authenticationStrength'),
      handle: (call) => ({
        status: 200,
        body: {
          '@odata.context': `${call.base}/$metadata#identity/conditionalAccess/authenticationStrength/$entity`,
          id: 'authenticationStrength',
          combinations: COMBINATIONS,
        },
      }),
    },
  ];
}
