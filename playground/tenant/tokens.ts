import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { type JwtPayload, sign, verify } from 'jsonwebtoken';
import type { TenantState } from './state';

/** An hour less a second, as Entra gives them. Tokens live on real time: the libraries that hold them do, too. */
const TOKEN_SECONDS = 3599;

export function tokenSeconds({ behaviour }: TenantState): number {
  return behaviour.tokenSeconds || TOKEN_SECONDS;
}

export interface Tokens {
  /** An app-only access token of the product for a resource, signed RS256. */
  issue(audience: string): string;
  /** The claims. Throws when the signature, the time or the issuer is wrong; the audience is for the caller to judge. */
  verify(token: string): JwtPayload;
  /** What `discovery/v2.0/keys` publishes. */
  readonly jwks: { readonly keys: readonly Record<string, unknown>[] };
}

export const GRAPH_AUDIENCES = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];

let keys: ReturnType<typeof generateKeys> | undefined;

function generateKeys() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** The signing key is made once and dies with the process: a restarted playground accepts no old token. */
export function createTokens(state: TenantState): Tokens {
  keys ??= generateKeys();
  const { privateKey, publicKey } = keys;
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 27);
  const issuer = `https://sts.windows.net/${state.tenantId}/`;
  const servicePrincipalId = state.botApp.appId.replace(/^.{8}/, '88888888');

  return {
    issue: (audience) =>
      sign(
        {
          appid: state.botApp.appId,
          appidacr: '1',
          idp: issuer,
          idtyp: 'app',
          oid: servicePrincipalId,
          roles: state.botApp.roles.filter((role) => !state.behaviour.withoutRoles.includes(role)),
          tid: state.tenantId,
          uti: randomUUID().replaceAll('-', '').slice(0, 22),
          ver: '1.0',
        },
        privateKey,
        {
          algorithm: 'RS256',
          keyid: kid,
          audience,
          issuer,
          subject: servicePrincipalId,
          expiresIn: tokenSeconds(state),
          notBefore: 0,
        },
      ),
    verify: (token) => verify(token, publicKey, { algorithms: ['RS256'], issuer }) as JwtPayload,
    jwks: { keys: [{ ...jwk, kid, x5t: kid, use: 'sig', alg: 'RS256' }] },
  };
}
