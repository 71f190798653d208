import type { Reply } from '../../http';
import { type Facts, whyOutOfReach } from '../conditional-access-conditions';
import { groupsOf, rolesOf } from '../membership';
import { appGroupsOf } from '../sign-in-resources';
import type { ConditionalAccessPolicy } from '../state';
import { badRequest } from './errors';
import { ACCEPTS } from './permissions';
import type { Call, GraphRoute, Parts } from './route';

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});
const typeOf = (value: Tree): string => String(value['@odata.type'] ?? '').replace('#microsoft.graph.', '');
/** What was left out of the question is not known; policies that ask for it cannot be judged. */
const known = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** `POST /identity/conditionalAccess/evaluate`, "What If": which policies a sign-in of somebody would meet. */
export function evaluateRoute(
  { state, changes }: Parts,
  rowOf: (call: Call, policy: ConditionalAccessPolicy) => Tree,
  limited: (handle: (call: Call) => Reply) => (call: Call) => Reply,
): GraphRoute {
  function factsOf(call: Call): Facts {
    const { signInIdentity, signInContext, signInConditions } = tree(call.body);
    const identity = tree(signInIdentity);
    const context = tree(signInContext);
    const conditions = tree(signInConditions);
    if (typeOf(identity) !== 'userSignIn') throw badRequest('Only sign-ins of users are evaluated here.');
    const user = state.users.get(String(identity.userId ?? '').toLowerCase());
    if (!user) throw badRequest(`User '${String(identity.userId)}' was not found.`);
    const { members } = changes.seen(call.path);
    const place = placeOf(context);
    return {
      userId: user.id,
      guest: user.userType === 'Guest',
      groups: groupsOf(state, user.id, members),
      roles: new Set(rolesOf(state, user.id, 'active', members).map((row) => row.roleDefinitionId)),
      ...place,
      appGroups: appGroupsOf(place.appId),
      platform: known(conditions.devicePlatform),
      client: known(conditions.clientAppType) as Facts['client'],
      modes: new Set(),
      trusted: (known(conditions.ipAddress) ?? known(conditions.country)) ? false : null,
      managed: conditions.deviceInfo === undefined ? null : tree(conditions.deviceInfo).isCompliant === true,
      signInRisk: known(conditions.signInRiskLevel),
      userRisk: known(conditions.userRiskLevel),
      insiderRisk: known(conditions.insiderRiskLevel),
      transfer: known(tree(conditions.authenticationFlow).transferMethod),
    };
  }

  return {
    method: 'POST',
    pattern: /^\/identity\/conditionalAccess\/evaluate$/i,
    accepts: ACCEPTS.evaluate,
    service: 'conditionalAccess',
    handle: limited((call) => {
      const facts = factsOf(call);
      const all = changes.seen(call.path).policies.policies.map((policy) => {
        const reasons = policy.state === 'disabled' ? ['policyNotEnabled'] : whyOutOfReach(policy, facts);
        return {
          ...rowOf(call, policy),
          policyApplies: reasons.length === 0,
          analysisReasons: reasons.length === 0 ? 'notSet' : reasons.join(','),
        };
      });
      const only = tree(call.body).appliedPoliciesOnly === true;
      const context = `${call.base}/$metadata#Collection(microsoft.graph.whatIfAnalysisResult)`;
      return {
        status: 200,
        body: { '@odata.context': context, value: only ? all.filter((one) => one.policyApplies) : all },
      };
    }),
  };
}

/** A user action is judged by policies on all resources as well, as the page of the call shows. */
function placeOf(context: Tree): Pick<Facts, 'appId' | 'registers' | 'joinsDevice'> {
  switch (typeOf(context)) {
    case 'userActionContext':
      if (context.userAction === 'registerSecurityInformation') return { appId: '', registers: true };
      if (context.userAction === 'registerOrJoinDevices') return { appId: '', registers: false, joinsDevice: true };
      break;
    case 'applicationContext': {
      const [appId, ...more] = Array.isArray(context.includeApplications) ? context.includeApplications : [];
      if (typeof appId === 'string' && more.length === 0) return { appId: appId.toLowerCase(), registers: false };
    }
  }
  throw badRequest('The sign-in context is missing or is not evaluated here.');
}
