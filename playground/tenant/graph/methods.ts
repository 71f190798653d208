import type { AuthenticationMethod } from '../state';
import { badRequest, noSuchMethod } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { ticks } from './shapes';
import { userOf } from './users';

type Kind = AuthenticationMethod['kind'];

const METHODS = '/users/(?<user>[^/]+)/authentication';

const LISTS: readonly [segment: string, kind: Kind, reads: readonly string[], deletes: readonly string[]][] = [
  ['fido2Methods', 'fido2', ACCEPTS.passkeys, ACCEPTS.writePasskeys],
  ['microsoftAuthenticatorMethods', 'microsoftAuthenticator', ACCEPTS.authenticator, ACCEPTS.writeAuthenticator],
  ['windowsHelloForBusinessMethods', 'windowsHelloForBusiness', ACCEPTS.windowsHello, ACCEPTS.writeWindowsHello],
  ['platformCredentialMethods', 'platformCredential', ACCEPTS.platformCredential, ACCEPTS.writePlatformCredential],
  ['phoneMethods', 'phone', ACCEPTS.phone, ACCEPTS.writePhone],
  ['emailMethods', 'email', ACCEPTS.email, ACCEPTS.writeEmail],
  ['softwareOathMethods', 'softwareOath', ACCEPTS.softwareOath, ACCEPTS.writeSoftwareOath],
];

export function methodRoutes({ state, changes }: Parts): GraphRoute[] {
  const rowsOf = (call: Call, userId: string, kind?: Kind) =>
    changes
      .seen(call.path)
      .methods.filter((method) => method.userId === userId && (kind === undefined || method.kind === kind))
      .map(methodRow);

  return [
    ...LISTS.map(
      ([segment, kind, accepts]): GraphRoute => ({
        method: 'GET',
        pattern: new RegExp(`^${METHODS}/${segment}$`, 'i'),
        accepts,
        service: 'methods',
        handle(call) {
          // These lists take no query options at all.
          if ([...call.query.keys()].length > 0) throw badRequest('Query options are not supported on this resource.');
          const user = userOf(state, call);
          return {
            status: 200,
            body: {
              '@odata.context': `${call.base}/$metadata#users('${user.id}')/authentication/${segment}`,
              value: rowsOf(call, user.id, kind),
            },
          };
        },
      }),
    ),
    ...LISTS.map(
      ([segment, kind, _reads, accepts]): GraphRoute => ({
        method: 'DELETE',
        pattern: new RegExp(`^${METHODS}/${segment}/(?<method>[^/]+)$`, 'i'),
        accepts,
        service: 'methods',
        writes: true,
        handle(call) {
          const user = userOf(state, call);
          const asked = parameter(call, 'method');
          const there = state.methods.some((one) => one.userId === user.id && one.kind === kind && one.id === asked);
          if (!there) throw noSuchMethod();
          changes.removeMethod(call.actor, user.id, asked);
          return { status: 204 };
        },
      }),
    ),
    {
      method: 'GET',
      pattern: new RegExp(`^${METHODS}/methods$`, 'i'),
      accepts: ACCEPTS.allMethods,
      service: 'methods',
      handle(call) {
        const user = userOf(state, call);
        const pass = changes.seen(call.path).passes.get(user.id);
        const passes = pass
          ? [{ '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod', id: pass.id }]
          : [];
        return {
          status: 200,
          body: {
            '@odata.context': `${call.base}/$metadata#users('${user.id}')/authentication/methods`,
            value: [...rowsOf(call, user.id), ...passes],
          },
        };
      },
    },
  ];
}

/** One method as v1.0 shows it. */
function methodRow(method: AuthenticationMethod): Record<string, unknown> {
  const common = {
    '@odata.type': `#microsoft.graph.${method.kind}AuthenticationMethod`,
    id: method.id,
    createdDateTime: ticks(method.createdAt),
  };
  switch (method.kind) {
    case 'fido2': {
      const { fido2 } = method;
      return {
        ...common,
        // The older name of the same date is still met in tenants.
        creationDateTime: ticks(method.createdAt),
        displayName: method.displayName,
        aaGuid: upperCased(method.id) ? fido2?.aaGuid.toUpperCase() : fido2?.aaGuid,
        model: fido2?.model,
        attestationCertificates: [],
        attestationLevel: fido2?.attestationLevel,
        passkeyType: fido2?.passkeyType,
        publicKeyCredential: null,
      };
    }
    case 'microsoftAuthenticator':
      // The date is null unless phone sign-in is on.
      return {
        ...common,
        createdDateTime: null,
        displayName: method.displayName,
        deviceTag: 'SoftwareTokenActivated',
        phoneAppVersion: '6.8.30',
      };
    case 'windowsHelloForBusiness':
      return { ...common, displayName: method.displayName, keyStrength: 'normal' };
    case 'platformCredential':
      return { ...common, displayName: method.displayName, keyStrength: 'normal', platform: 'macOS' };
    case 'phone':
      return {
        ...common,
        phoneNumber: method.displayName,
        phoneType: 'mobile',
        smsSignInState: 'notAllowedByPolicy',
      };
    case 'email':
      return { ...common, emailAddress: method.displayName };
    case 'softwareOath':
      return { ...common, secretKey: null };
    case 'password':
      return { ...common, password: null };
  }
}

/** AAGUIDs are met in both cases; which one a passkey has does not change. */
function upperCased(id: string): boolean {
  return id.charCodeAt(0) % 2 === 0;
}
