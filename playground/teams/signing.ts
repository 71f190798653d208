import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { type SignOptions, sign } from 'jsonwebtoken';
import type { RawActivity } from '../contract';

const generate = promisify(generateKeyPair);

export type Signing = RawActivity['sign'];

export const ISSUER = 'https://api.botframework.com';

/** A stranger's bot, in whose name the token of a `bad-audience` request is made out. */
const OTHER_APP = '00000000-dead-4000-8000-000000000000';

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: Record<string, unknown>;
}

async function newKey(kid: string, endorsements: readonly string[]): Promise<Key> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', endorsements };
  return { kid, privateKey, jwk };
}

/** Makes something when it is first needed, once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * The channel's signing keys, made once per process: the SDK keeps what it has fetched for a day, so a bot that outlives
 * this process refuses everything from the next one until it is restarted. The second key is sound, but endorsed for
 * another channel only; the SDK accepts a key that has no endorsement list at all, so an empty one would prove nothing.
 */
const published = once(() =>
  Promise.all([newKey('playground-msteams', ['msteams']), newKey('playground-webchat', ['webchat'])]),
);

/** Says that it is the first of the published keys, and is not. */
const stranger = once(() => newKey('playground-msteams', []));

export function createSigning(botAppId: string) {
  /** Tokens are on real time, whatever the playground's clock says: the SDK verifies them with the machine's. */
  async function bearer(serviceUrl: string, how: Signing = 'good'): Promise<string | undefined> {
    if (how === 'none') return undefined;
    const [teams, webchat] = await published();
    const key = how === 'bad-key' ? await stranger() : how === 'no-endorsement' ? webchat : teams;
    const now = Math.floor(Date.now() / 1000);
    const issued = how === 'expired' ? now - 2 * 3600 : now - 5;
    const claims = {
      iss: how === 'bad-issuer' ? 'https://issuer.invalid' : ISSUER,
      aud: how === 'bad-audience' ? OTHER_APP : botAppId,
      serviceurl: how === 'bad-service-url' ? 'https://elsewhere.invalid/' : serviceUrl,
      iat: issued,
      nbf: issued,
      exp: issued + 3600,
    };
    const options: SignOptions = { algorithm: how === 'alg-none' ? 'none' : 'RS256', keyid: key.kid };
    return sign(claims, how === 'alg-none' ? '' : key.privateKey, options);
  }

  return {
    bearer,
    metadata: (baseUrl: string) => ({
      issuer: ISSUER,
      authorization_endpoint: `${baseUrl}openid/none`,
      jwks_uri: `${baseUrl}openid/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }),
    jwks: async () => ({ keys: (await published()).map((key) => key.jwk) }),
  };
}

export type ChannelSigning = ReturnType<typeof createSigning>;
