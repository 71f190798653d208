import type { Reply } from '../../http';
import type { Journal } from '../../journal';
import { rolesOf } from '../membership';
import { RESOURCES } from '../sign-in-resources';
import type { AuthenticationMethod, TenantState, User } from '../state';
import { entity, page } from './collection';
import { notThere, tooMany } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { ticks } from './shapes';

/** The registration report is hours behind; nobody should wait for it. */
const REPORT_LAG = 2 * 3_600_000;

const DETAILS = '/reports/authenticationMethods/userRegistrationDetails';

type Row = Record<string, unknown>;

/** Registration details and the sign-in log, under the limit that all reports share. */
export function reportRoutes(parts: Parts, limit: () => number | null): GraphRoute[] {
  const { state, clock, journal } = parts;
  const limited =
    (handle: (call: Call) => Reply) =>
    (call: Call): Reply => {
      const wait = limit();
      if (wait !== null) throw tooMany(wait);
      return handle(call);
    };
  const details = () => [...state.users.values()].map((user) => detailsRow(state, user, clock.now() - REPORT_LAG));
  const shape = {
    context: 'reports/authenticationMethods/userRegistrationDetails',
    type: 'microsoft.graph.userRegistrationDetails',
  };

  return [
    {
      method: 'GET',
      pattern: new RegExp(`^${DETAILS}$`, 'i'),
      accepts: ACCEPTS.reports,
      service: 'directory',
      handle: limited((call) =>
        page(call, {
          ...shape,
          rows: details(),
          properties: ['id', 'userPrincipalName', 'isAdmin', 'isMfaRegistered', 'isPasswordlessCapable', 'userType'],
          resource: 'userRegistrationDetails',
        }),
      ),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${DETAILS}/(?<user>[^/]+)$`, 'i'),
      accepts: ACCEPTS.reports,
      service: 'directory',
      handle: limited((call) => {
        const asked = parameter(call, 'user');
        const row = details().find(({ id }) => id === asked.toLowerCase());
        if (!row) throw notThere(asked);
        return entity(call, row, shape);
      }),
    },
    {
      method: 'GET',
      pattern: /^\/auditLogs\/signIns$/i,
      accepts: ACCEPTS.reports,
      service: 'directory',
      handle: limited((call) => {
        const { auditLagMs, clockSkewMs } = state.behaviour;
        const known = journal.signIns.filter(({ at }) => at <= clock.now() - clockSkewMs - auditLagMs);
        const mayReadPolicies = ['Policy.Read.All', 'Policy.Read.ConditionalAccess'].some((one) =>
          call.permissions.has(one),
        );
        return page(call, {
          rows: known.map((one) => signInRow(state, one, mayReadPolicies)).reverse(),
          properties: ['id', 'userId', 'userPrincipalName', 'createdDateTime', 'appId', 'status/errorCode'],
          resource: 'signIn',
          context: 'auditLogs/signIns',
          type: 'microsoft.graph.signIn',
          sortsFiltered: true,
          usualPage: 1_000,
        });
      }),
    },
  ];
}

/** As the report names what somebody has registered. */
function nameOf({ kind, fido2 }: AuthenticationMethod): string[] {
  switch (kind) {
    case 'fido2':
      if (fido2?.passkeyType === 'synced') return ['passKeySynced'];
      return [fido2?.model === 'Microsoft Authenticator' ? 'passKeyDeviceBoundAuthenticator' : 'passKeyDeviceBound'];
    case 'microsoftAuthenticator':
      return ['microsoftAuthenticatorPush'];
    case 'windowsHelloForBusiness':
      return ['windowsHelloForBusiness'];
    case 'platformCredential':
      return ['macOsSecureEnclaveKey'];
    case 'phone':
      return ['mobilePhone'];
    case 'email':
      return ['email'];
    case 'softwareOath':
      return ['softwareOneTimePasscode'];
    case 'password':
      return [];
  }
}

function detailsRow(state: TenantState, user: User, until: number): Row {
  const methods = state.methods.filter((one) => one.userId === user.id && one.createdAt <= until).flatMap(nameOf);
  const pass = state.passes.get(user.id);
  const registered = [...new Set([...methods, ...(pass && pass.createdAt <= until ? ['temporaryAccessPass'] : [])])];
  const mfa = methods.some((name) => name !== 'email');
  const resistant = methods.some((name) => /^passKey|^windowsHello|^macOs/.test(name));
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType === 'Guest' ? 'guest' : 'member',
    isAdmin: rolesOf(state, user.id, 'active').length > 0,
    isSsprRegistered: false,
    isSsprEnabled: false,
    isSsprCapable: false,
    isMfaRegistered: mfa,
    isMfaCapable: mfa,
    isPasswordlessCapable: resistant,
    methodsRegistered: registered,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: resistant ? ['Fido2'] : [],
    userPreferredMethodForSecondaryAuthentication: 'none',
    lastUpdatedDateTime: ticks(until),
  };
}

/** v1.0 has what the policies said, and not how somebody signed in: that is beta only. */
function signInRow(state: TenantState, one: Journal['signIns'][number], mayReadPolicies: boolean): Row {
  const user = state.users.get(one.userId);
  const resource = RESOURCES[one.resource as keyof typeof RESOURCES];
  const results = {
    satisfied: 'success',
    failed: 'failure',
    'not-applied': 'notApplied',
    'report-only': 'reportOnlySuccess',
  };
  const failed = one.policies.some(({ result }) => result === 'failed');
  const applied = one.policies.some(({ result }) => result === 'satisfied');
  return {
    id: `99999999-0000-4000-8000-${String(one.seq).padStart(12, '0')}`,
    createdDateTime: ticks(one.at + state.behaviour.clockSkewMs),
    userId: one.userId,
    userDisplayName: user?.displayName ?? '',
    userPrincipalName: user?.userPrincipalName ?? '',
    appId: resource.appId,
    appDisplayName: resource.name,
    resourceDisplayName: resource.name,
    resourceId: resource.appId,
    ipAddress: '203.0.113.7',
    clientAppUsed: one.device === 'computer' ? 'Browser' : 'Mobile Apps and Desktop clients',
    isInteractive: one.with !== 'session',
    correlationId: null,
    conditionalAccessStatus: failed ? 'failure' : applied ? 'success' : 'notApplied',
    appliedConditionalAccessPolicies: mayReadPolicies
      ? one.policies.map(({ id, displayName, result }) => ({
          id,
          displayName,
          enforcedGrantControls: [],
          enforcedSessionControls: [],
          result: results[result],
        }))
      : [],
    status: { errorCode: one.errorCode, failureReason: one.message || 'Other.', additionalDetails: null },
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    deviceDetail: {
      deviceId: '',
      displayName: null,
      operatingSystem: one.device === 'computer' ? 'Windows' : user?.phone === 'android' ? 'Android' : 'iOS',
      browser: null,
      isCompliant: false,
      isManaged: false,
      trustType: null,
    },
  };
}
