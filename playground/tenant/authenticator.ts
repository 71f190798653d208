import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** Bits of the flags byte in authenticator data (WebAuthn, section 6.1). */
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;
const HAS_CREDENTIAL = 0x40;

interface Credential {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
  counter: number;
}

/**
 * An authenticator in software: what a phone's app, a phone's own password manager or a key does in a ceremony, with
 * ES256 keys that never leave it. It stands for hardware whose owner has just confirmed with face, finger or PIN.
 */
export interface Authenticator {
  /** Makes a passkey. Throws when it holds one that the options exclude. */
  create(options: PublicKeyCredentialCreationOptionsJSON, origin: string): RegistrationResponseJSON;
  /** Signs in, or null when it holds no passkey that the options allow. */
  get(options: PublicKeyCredentialRequestOptionsJSON, origin: string): AuthenticationResponseJSON | null;
  /** Takes over a passkey that was made elsewhere. */
  load(credential: { id: string; rpId: string; userHandle: string; privateKey: KeyObject; counter: number }): void;
  holds(userHandle: string): boolean;
  /** Deletes its passkeys for one account, as their owner may; the tenant is not told. */
  forget(userHandle: string): void;
}

export function createAuthenticator(kind: { readonly aaGuid: string; readonly synced: boolean }): Authenticator {
  let credentials: Credential[] = [];
  const backup = kind.synced ? BACKUP_ELIGIBLE | BACKED_UP : 0;

  /** A synced passkey has no counter: its copies could not agree on one. */
  const next = (credential: Credential): number => {
    if (!kind.synced) credential.counter += 1;
    return credential.counter;
  };

  return {
    create(options, origin) {
      const rpId = options.rp.id ?? new URL(origin).hostname;
      if (options.excludeCredentials?.some(({ id }) => credentials.some((one) => one.id === id))) {
        throw new Error('a passkey for this account exists already');
      }
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const id = randomBytes(16);
      const credential: Credential = {
        id: id.toString('base64url'),
        rpId,
        userHandle: options.user.id,
        privateKey,
        counter: 0,
      };
      credentials.push(credential);
      const flags = USER_PRESENT | USER_VERIFIED | backup | HAS_CREDENTIAL;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const aaGuid = Buffer.from(kind.aaGuid.replaceAll('-', ''), 'hex');
      const authData = Buffer.concat([header(rpId, flags, 0), aaGuid, length, id, coseKey(publicKey)]);
      const clientData = clientDataOf('webauthn.create', options.challenge, origin);
      const wanted = options.attestation === 'direct' || options.attestation === 'enterprise';
      const statement: [string, number | Uint8Array][] = wanted
        ? [
            ['alg', -7],
            ['sig', bytes(signed(credential.privateKey, authData, clientData))],
          ]
        : [];
      const attestationObject = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, number | Uint8Array>>([
          ['fmt', wanted ? 'packed' : 'none'],
          ['attStmt', new Map(statement)],
          ['authData', bytes(authData)],
        ]),
      );
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        clientExtensionResults: {},
        authenticatorAttachment: 'cross-platform',
        response: {
          clientDataJSON: clientData.toString('base64url'),
          attestationObject: Buffer.from(attestationObject).toString('base64url'),
          transports: ['hybrid', 'internal'],
        },
      };
    },

    get(options, origin) {
      const rpId = options.rpId ?? new URL(origin).hostname;
      const allowed = options.allowCredentials;
      const credential = credentials.find(
        (one) => one.rpId === rpId && (!allowed?.length || allowed.some(({ id }) => id === one.id)),
      );
      if (!credential) return null;
      const authData = header(rpId, USER_PRESENT | USER_VERIFIED | backup, next(credential));
      const clientData = clientDataOf('webauthn.get', options.challenge, origin);
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signed(credential.privateKey, authData, clientData).toString('base64url'),
          userHandle: credential.userHandle,
        },
      };
    },

    load: (credential) => void credentials.push({ ...credential }),
    holds: (userHandle) => credentials.some((one) => one.userHandle === userHandle),
    forget: (userHandle) => {
      credentials = credentials.filter((one) => one.userHandle !== userHandle);
    },
  };
}

function header(rpId: string, flags: number, counter: number): Buffer {
  const tail = Buffer.alloc(5);
  tail.writeUInt8(flags);
  tail.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
}

function clientDataOf(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function signed(key: KeyObject, authData: Buffer, clientData: Buffer): Buffer {
  return sign('sha256', Buffer.concat([authData, createHash('sha256').update(clientData).digest()]), key);
}

/** COSE_Key of an ES256 public key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
function coseKey(publicKey: KeyObject): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(Buffer.from(x, 'base64url'))],
      [-3, bytes(Buffer.from(y, 'base64url'))],
    ]),
  );
}

/** The encoder knows plain byte arrays only. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
