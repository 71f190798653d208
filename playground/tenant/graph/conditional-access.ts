import { randomUUID } from 'node:crypto';
import type { Reply } from '../../http';
import type { ConditionalAccessPolicy } from '../state';
import { page } from './collection';
import { GraphRefusal, tooMany } from './errors';
import { evaluateRoute } from './evaluate';
import { ACCEPTS, NEEDS } from './permissions';
import { changedPolicy, newPolicy } from './policy-write';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { seconds } from './shapes';
import { strengthRow } from './strengths';
import { withoutUnknown } from './unknown-members';

/** One request a second for the whole tenant, and nothing is said about how long to wait. */
const INTERVAL = 1_000;

const ROOT = '/identity/conditionalAccess';

export function conditionalAccessRoutes(parts: Parts): GraphRoute[] {
  const { state, changes, clock, luck } = parts;
  let last = Number.NEGATIVE_INFINITY;

  /** All applications together share the second; another one may have had it. */
  function limited(handle: (call: Call) => Reply): (call: Call) => Reply {
    return (call) => {
      const others = luck.hits(state.behaviour.policyContention, 'others', call.path);
      if (others || clock.now() - last < INTERVAL) throw tooMany();
      last = clock.now();
      return handle(call);
    };
  }

  /** Reads show the whole strength where writes take only its id. */
  function policyRow(call: Call, policy: ConditionalAccessPolicy): Record<string, unknown> {
    const grant = policy.grantControls;
    const strength = state.strengths.find(({ id }) => id === grant?.authenticationStrength?.id);
    const row = {
      ...policy,
      grantControls: grant && { ...grant, authenticationStrength: strength ? strengthRow(strength) : null },
    };
    return withoutUnknown(call, row);
  }

  function one(call: Call, status: number, policy: ConditionalAccessPolicy): Reply {
    const context = `${call.base}/$metadata#identity/conditionalAccess/policies/$entity`;
    return { status, body: { '@odata.context': context, ...policyRow(call, policy) } };
  }

  function found(call: Call, policies: readonly ConditionalAccessPolicy[]): ConditionalAccessPolicy {
    const id = parameter(call, 'id').toLowerCase();
    const policy = policies.find((each) => each.id.toLowerCase() === id);
    if (policy) return policy;
    throw new GraphRefusal(404, 'NotFound', `1004: '${parameter(call, 'id')}' does not exist in the directory.`);
  }

  const service = 'conditionalAccess' as const;
  const write = {
    accepts: ACCEPTS.writeConditionalAccess,
    needs: NEEDS.writeConditionalAccess,
    service,
    writes: true as const,
  };
  const read = { accepts: ACCEPTS.conditionalAccess, service };
  const POLICIES = new RegExp(`^${ROOT}/policies$`, 'i');
  const POLICY = new RegExp(`^${ROOT}/policies/(?<id>[^/]+)$`, 'i');

  return [
    {
      ...read,
      method: 'GET',
      pattern: POLICIES,
      handle: limited((call) =>
        page(call, {
          rows: changes.seen(call.path).policies.policies.map((policy) => policyRow(call, policy)),
          properties: ['id', 'displayName', 'state'],
          resource: 'conditionalAccessPolicy',
          context: 'identity/conditionalAccess/policies',
          type: 'microsoft.graph.conditionalAccessPolicy',
        }),
      ),
    },
    {
      ...read,
      method: 'GET',
      pattern: POLICY,
      handle: limited((call) => one(call, 200, found(call, changes.seen(call.path).policies.policies))),
    },
    {
      ...write,
      method: 'POST',
      pattern: POLICIES,
      handle: limited((call) => {
        const made = { id: randomUUID(), createdDateTime: seconds(clock.now()) };
        const policy = newPolicy(call.body, made, state.strengths);
        changes.changePolicy(call.actor, policy.id, () => state.policies.push(policy));
        return one(call, 201, policy);
      }),
    },
    {
      ...write,
      method: 'PATCH',
      pattern: POLICY,
      handle: limited((call) => {
        const old = found(call, state.policies);
        const next = changedPolicy(old, call.body, seconds(clock.now()), state.strengths);
        changes.changePolicy(call.actor, old.id, () => state.policies.splice(state.policies.indexOf(old), 1, next));
        return { status: 204 };
      }),
    },
    {
      ...write,
      method: 'DELETE',
      pattern: POLICY,
      handle: limited((call) => {
        const old = found(call, state.policies);
        changes.changePolicy(call.actor, old.id, () => state.policies.splice(state.policies.indexOf(old), 1));
        return { status: 204 };
      }),
    },
    {
      ...read,
      method: 'GET',
      pattern: new RegExp(`^${ROOT}/namedLocations$`, 'i'),
      handle: limited((call) =>
        page(call, {
          rows: state.namedLocations,
          properties: ['id', 'displayName'],
          resource: 'namedLocation',
          context: 'identity/conditionalAccess/namedLocations',
          type: 'microsoft.graph.namedLocation',
        }),
      ),
    },
    evaluateRoute(parts, policyRow, limited),
  ];
}
