import { CONTROLS, STATES } from '../policy-words';
import type { ConditionalAccessPolicy, Strength } from '../state';
import { badRequest, type GraphRefusal } from './errors';

type Tree = Record<string, unknown>;

/** As the service numbers its refusals; the text behind the number is what operators find. */
const readonly = (name: string): GraphRefusal =>
  badRequest(`1001: '${name}' is a readonly field and cannot be updated.`);
const noMatch = (): GraphRefusal =>
  badRequest(
    '1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. For examples, please see API documentation at https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies.',
  );

const READ_ONLY = ['id', 'createdDateTime', 'modifiedDateTime', 'templateId'];
const KNOWN = ['displayName', 'description', 'state', 'conditions', 'grantControls', 'sessionControls'];

const EMPTY_USERS = {
  includeUsers: [],
  excludeUsers: [],
  includeGroups: [],
  excludeGroups: [],
  includeRoles: [],
  excludeRoles: [],
  includeGuestsOrExternalUsers: null,
  excludeGuestsOrExternalUsers: null,
};
const EMPTY_APPLICATIONS = {
  includeApplications: [],
  excludeApplications: [],
  includeUserActions: [],
  includeAuthenticationContextClassReferences: [],
  applicationFilter: null,
};
const EMPTY_CONDITIONS = {
  userRiskLevels: [],
  signInRiskLevels: [],
  servicePrincipalRiskLevels: [],
  insiderRiskLevels: null,
  platforms: null,
  locations: null,
  devices: null,
  clientApplications: null,
  authenticationFlows: null,
};
const EMPTY_GRANT = {
  operator: 'OR',
  builtInControls: [],
  customAuthenticationFactors: [],
  termsOfUse: [],
  authenticationStrength: null,
};

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What may be sent at all, whether for a new policy or for a change. Throws GraphRefusal. */
function checkBody(body: unknown): Tree {
  if (!isTree(body)) throw noMatch();
  const fixed = READ_ONLY.find((name) => name in body);
  if (fixed !== undefined) throw readonly(fixed);
  if (Object.keys(body).some((name) => !KNOWN.includes(name) && !name.startsWith('@odata.'))) throw noMatch();
  const grant = body.grantControls;
  if (isTree(grant)) {
    // Only a nested object with the id alone: no binding, and not the whole strength as it was read.
    const { authenticationStrength: strength } = grant;
    const asBinding = Object.keys(grant).some((name) => name.startsWith('authenticationStrength@'));
    const tooMuch = isTree(strength) && Object.keys(strength).some((name) => name !== 'id' && !name.startsWith('@'));
    if (asBinding || tooMuch) throw noMatch();
  }
  return body;
}

/** The whole of a policy as it would be. Throws GraphRefusal. */
function checkWhole(policy: Tree, strengths: readonly Strength[]): void {
  const { displayName, state, conditions, grantControls: grant, sessionControls } = policy as Record<string, unknown>;
  if (typeof displayName !== 'string' || displayName === '' || !STATES.includes(String(state))) throw noMatch();
  if (!isTree(conditions) || !isTree(conditions.users) || !isTree(conditions.applications)) throw noMatch();
  const apps = conditions.applications;
  const targets = [
    apps.includeApplications,
    apps.includeUserActions,
    apps.includeAuthenticationContextClassReferences,
  ].filter((list) => Array.isArray(list) && list.length > 0);
  if (targets.length !== 1) throw noMatch();
  if (grant === null && !sessionControls) throw noMatch();
  if (!isTree(grant)) return;
  const controls = grant.builtInControls as unknown[];
  if (!Array.isArray(controls) || controls.some((one) => !CONTROLS.includes(String(one)))) throw noMatch();
  const { authenticationStrength: strength } = grant;
  if (!isTree(strength)) return;
  if (!strengths.some(({ id }) => id === strength.id)) throw noMatch();
  // The two do not go together in one policy.
  if (controls.includes('mfa')) throw noMatch();
}

/** What is sent replaces what there was, list by list; what is left out of an object keeps its value. */
function merge(old: unknown, change: unknown): unknown {
  if (!isTree(old) || !isTree(change)) return change;
  const sent = Object.entries(change).filter(([name]) => !name.includes('@'));
  return { ...old, ...Object.fromEntries(sent.map(([name, value]) => [name, merge(old[name], value)])) };
}

/** A new policy of what was posted, with everything that was left out. Throws GraphRefusal. */
export function newPolicy(
  body: unknown,
  made: { readonly id: string; readonly createdDateTime: string },
  strengths: readonly Strength[],
): ConditionalAccessPolicy {
  const sent = checkBody(body);
  const grant = isTree(sent.grantControls) ? { ...EMPTY_GRANT, ...sent.grantControls } : (sent.grantControls ?? null);
  const conditions = isTree(sent.conditions) ? sent.conditions : {};
  const policy = {
    ...made,
    templateId: null,
    modifiedDateTime: null,
    displayName: sent.displayName,
    state: sent.state,
    conditions: {
      ...EMPTY_CONDITIONS,
      ...conditions,
      clientAppTypes: conditions.clientAppTypes ?? ['all'],
      users: isTree(conditions.users) ? { ...EMPTY_USERS, ...conditions.users } : conditions.users,
      applications: isTree(conditions.applications)
        ? { ...EMPTY_APPLICATIONS, ...conditions.applications }
        : conditions.applications,
    },
    grantControls: grant,
    sessionControls: sent.sessionControls ?? null,
  };
  checkWhole(policy, strengths);
  return policy as unknown as ConditionalAccessPolicy;
}

/** A policy after a change of it. Throws GraphRefusal and leaves the old one alone. */
export function changedPolicy(
  old: ConditionalAccessPolicy,
  body: unknown,
  modifiedDateTime: string,
  strengths: readonly Strength[],
): ConditionalAccessPolicy {
  const sent = checkBody(body);
  const grant = isTree(sent.grantControls) && old.grantControls === null ? EMPTY_GRANT : old.grantControls;
  const next = merge({ ...old, grantControls: grant }, sent) as Tree;
  checkWhole(next, strengths);
  return { ...next, modifiedDateTime } as unknown as ConditionalAccessPolicy;
}
