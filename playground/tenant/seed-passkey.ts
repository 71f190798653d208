import { createECDH, createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { SCENARIO_START } from './people';
import type { AuthenticationMethod, User } from './state';

/** AAGUIDs of Microsoft Authenticator as Microsoft publishes them, and of a YubiKey 5 with NFC. */
export const AAGUID = {
  authenticatorIos: '90a3ccdf-635c-4729-a248-9b709135078f',
  authenticatorAndroid: 'de1e552d-db1d-4423-a619-566b625cdc84',
  securityKey: '2fc0579f-8113-47ea-b116-bb5a8db9202a',
} as const;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function keyPair(credentialId: string): { d: Buffer; x: Buffer; y: Buffer } {
  const d = digest(`passkey of the playground ${credentialId}`);
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(d);
  const point = curve.getPublicKey();
  return { d, x: point.subarray(1, 33), y: point.subarray(33, 65) };
}

/**
 * The private half of a passkey that a person has when the playground starts, for the device that holds it. It is
 * derived from the credential id, so nothing needs to be kept; passkeys registered later have keys of their own.
 */
export function seededPrivateKey(credentialId: string): KeyObject {
  const { d, x, y } = keyPair(credentialId);
  const jwk = { kty: 'EC', crv: 'P-256', d, x, y };
  const encoded = Object.fromEntries(
    Object.entries(jwk).map(([name, value]) => [name, typeof value === 'string' ? value : value.toString('base64url')]),
  );
  return createPrivateKey({ key: encoded, format: 'jwk' });
}

/** The public half as COSE_Key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
function cosePublicKey(credentialId: string): Uint8Array {
  const { x, y } = keyPair(credentialId);
  return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y]);
}

/** The passkey that a person has when the playground starts, with an Authenticator push entry where it is on a phone. */
export function seedPasskey(user: User, on: 'authenticator' | 'securityKey'): AuthenticationMethod[] {
  const credentialId = digest(`credential of ${user.id}`).subarray(0, 16).toString('base64url');
  const onPhone = on === 'authenticator';
  const ios = user.phone !== 'android';
  const passkey: AuthenticationMethod = {
    id: `${credentialId}2`,
    userId: user.id,
    kind: 'fido2',
    displayName: onPhone ? `Authenticator - ${ios ? 'iOS' : 'Android'}` : 'Security key',
    createdAt: SCENARIO_START,
    fido2: {
      aaGuid: onPhone ? (ios ? AAGUID.authenticatorIos : AAGUID.authenticatorAndroid) : AAGUID.securityKey,
      model: onPhone ? 'Microsoft Authenticator' : 'YubiKey 5 Series with NFC',
      passkeyType: 'deviceBound',
      attestationLevel: 'attested',
      credentialId,
      publicKey: cosePublicKey(credentialId),
      counter: 0,
      transports: onPhone ? ['hybrid', 'internal'] : ['usb', 'nfc'],
    },
  };
  if (!onPhone) return [passkey];
  return [
    passkey,
    {
      id: `${user.id.slice(0, 24)}a${user.id.slice(25)}`,
      userId: user.id,
      kind: 'microsoftAuthenticator',
      displayName: ios ? 'iPhone' : 'Pixel',
      createdAt: SCENARIO_START,
    },
  ];
}
