import { createHash } from 'node:crypto';
import { entity, page } from './collection';
import { badDirectoryRequest, notThere } from './errors';
import { ACCEPTS, NEEDS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { seconds } from './shapes';

const GRAPH_APP = '00000003-0000-0000-c000-000000000000';
const GRAPH_SP = '88888888-0000-4000-8000-000000000003';

/** Licences that a tenant for this product has: P1 for Conditional Access, P2 for Privileged Identity Management. */
const PLANS = [
  { servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', servicePlanName: 'AAD_PREMIUM' },
  { servicePlanId: 'eec0eb4f-6444-4f95-aba0-50c24d67f998', servicePlanName: 'AAD_PREMIUM_P2' },
];

/** What there is once in a tenant: security defaults, licences, domains, and the bot's own application. */
export function tenantRoutes({ state, clock }: Parts): GraphRoute[] {
  const service = 'directory' as const;
  const botSp = state.botApp.appId.replace(/^.{8}/, '88888888');

  const domain = () => ({
    id: state.domain,
    authenticationType: state.behaviour.domain === 'federated' ? 'Federated' : 'Managed',
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault: true,
    isInitial: false,
    isRoot: true,
    isVerified: true,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    passwordNotificationWindowInDays: null,
    passwordValidityPeriodInDays: null,
    state: null,
  });
  const shape = { context: 'domains', type: 'microsoft.graph.domain' };

  function domainOf(call: Call) {
    if (parameter(call, 'domain').toLowerCase() !== state.domain) throw notThere(parameter(call, 'domain'));
    return domain();
  }

  /** Role ids are made of their names here: the published ones belong to Graph's own service principal. */
  const roleId = (role: string) =>
    createHash('sha256')
      .update(role)
      .digest('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const assignment = (role: string) => ({
    id: Buffer.from(role).toString('base64url'),
    deletedDateTime: null,
    appRoleId: roleId(role),
    createdDateTime: seconds(clock.now()),
    principalDisplayName: 'Onboard',
    principalId: botSp,
    principalType: 'ServicePrincipal',
    resourceDisplayName: 'Microsoft Graph',
    resourceId: GRAPH_SP,
  });
  const everyRole = () =>
    [...new Set([...Object.values(ACCEPTS).flat(), ...Object.values(NEEDS).flat(), ...state.botApp.roles])].map(String);

  function principal(appId: string) {
    const isBot = appId === state.botApp.appId;
    if (!isBot && appId !== GRAPH_APP) throw notThere(appId);
    return {
      id: isBot ? botSp : GRAPH_SP,
      appId,
      displayName: isBot ? 'Onboard' : 'Microsoft Graph',
      accountEnabled: true,
      servicePrincipalType: 'Application',
      appRoles: isBot
        ? []
        : everyRole().map((value) => ({
            id: roleId(value),
            allowedMemberTypes: ['Application'],
            description: value,
            displayName: value,
            isEnabled: true,
            origin: 'Application',
            value,
          })),
    };
  }

  return [
    {
      method: 'GET',
      pattern: /^\/policies\/identitySecurityDefaultsEnforcementPolicy$/i,
      accepts: ACCEPTS.securityDefaults,
      service: 'conditionalAccess',
      handle: (call) =>
        entity(
          call,
          {
            id: '00000000-0000-0000-0000-000000000005',
            displayName: 'Security Defaults',
            description: 'Security defaults are off: Conditional Access decides.',
            isEnabled: false,
          },
          {
            context: 'policies/identitySecurityDefaultsEnforcementPolicy',
            type: 'microsoft.graph.identitySecurityDefaultsEnforcementPolicy',
          },
        ),
    },
    {
      method: 'GET',
      pattern: /^\/subscribedSkus$/i,
      accepts: ACCEPTS.licences,
      service,
      handle: (call) =>
        page(call, {
          rows: [
            {
              id: `${state.tenantId}_84a661c4-e949-4bd2-a560-ed7766fcaf2b`,
              skuId: '84a661c4-e949-4bd2-a560-ed7766fcaf2b',
              skuPartNumber: state.behaviour.withoutPremium ? 'AAD_PREMIUM' : 'AAD_PREMIUM_P2',
              appliesTo: 'User',
              capabilityStatus: 'Enabled',
              consumedUnits: state.users.size,
              prepaidUnits: { enabled: 1_000, suspended: 0, warning: 0, lockedOut: 0 },
              servicePlans: PLANS.slice(0, state.behaviour.withoutPremium ? 1 : 2).map((plan) => ({
                ...plan,
                appliesTo: 'User',
                provisioningStatus: 'Success',
              })),
            },
          ],
          properties: [],
          resource: 'subscribedSku',
          context: 'subscribedSkus',
          type: 'microsoft.graph.subscribedSku',
        }),
    },
    {
      method: 'GET',
      pattern: /^\/domains$/i,
      accepts: ACCEPTS.domains,
      service,
      handle: (call) => page(call, { ...shape, rows: [domain()], properties: ['id'], resource: 'domain' }),
    },
    {
      method: 'GET',
      pattern: /^\/domains\/(?<domain>[^/]+)$/i,
      accepts: ACCEPTS.domains,
      service,
      handle: (call) => entity(call, domainOf(call), shape),
    },
    {
      method: 'GET',
      pattern: /^\/domains\/(?<domain>[^/]+)\/federationConfiguration$/i,
      accepts: ACCEPTS.domains,
      service,
      handle(call) {
        const { authenticationType, id } = domainOf(call);
        const federation = {
          id: '6601d14b-d113-8f64-fda2-9b5ddda18ecc',
          displayName: 'Own identity provider',
          issuerUri: `https://sts.${id}/adfs/services/trust`,
          passiveSignInUri: `https://sts.${id}/adfs/ls/`,
          preferredAuthenticationProtocol: 'wsFed',
          federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp',
        };
        return page(call, {
          rows: authenticationType === 'Federated' ? [federation] : [],
          properties: ['id'],
          resource: 'internalDomainFederation',
          context: `domains('${id}')/federationConfiguration`,
          type: 'microsoft.graph.internalDomainFederation',
        });
      },
    },
    {
      method: 'GET',
      pattern: /^\/servicePrincipals\(appId='(?<app>[^']+)'\)$/i,
      accepts: ACCEPTS.applications,
      service,
      handle: (call) =>
        entity(call, principal(parameter(call, 'app').toLowerCase()), {
          context: 'servicePrincipals',
          type: 'microsoft.graph.servicePrincipal',
        }),
    },
    {
      method: 'GET',
      pattern: /^\/servicePrincipals\/(?<sp>[^/]+)\/appRoleAssignments$/i,
      accepts: ACCEPTS.applications,
      service,
      handle(call) {
        if (parameter(call, 'sp').toLowerCase() !== botSp) throw notThere(parameter(call, 'sp'));
        return page(call, {
          rows: state.botApp.roles.map(assignment),
          properties: ['resourceId', 'appRoleId'],
          resource: 'appRoleAssignment',
          context: `servicePrincipals('${botSp}')/appRoleAssignments`,
          type: 'microsoft.graph.appRoleAssignment',
        });
      },
    },
    {
      method: 'POST',
      pattern: /^\/servicePrincipals\/(?<sp>[^/]+)\/appRoleAssignments$/i,
      accepts: ACCEPTS.writeAppRoles,
      needs: NEEDS.writeAppRoles,
      service,
      writes: true,
      handle(call) {
        const { principalId, resourceId, appRoleId } = (call.body ?? {}) as Record<string, unknown>;
        if (principalId !== botSp || parameter(call, 'sp').toLowerCase() !== botSp) throw notThere(String(principalId));
        if (resourceId !== GRAPH_SP) throw notThere(String(resourceId));
        const role = everyRole().find((one) => roleId(one) === appRoleId);
        if (role === undefined) throw badDirectoryRequest('Permission being assigned was not found on application.');
        if (state.botApp.roles.includes(role))
          throw badDirectoryRequest('Permission being assigned already exists on the object.');
        state.botApp.roles.push(role);
        return { status: 201, body: assignment(role) };
      },
    },
  ];
}
