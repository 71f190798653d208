import type { Page } from '../contract';

type Json = Readonly<Record<string, unknown>>;

function bytes(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
}

function base64url(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const withBytes = (list: unknown) =>
  ((list ?? []) as { id: string }[]).map((one) => ({ ...one, id: bytes(one.id) })) as PublicKeyCredentialDescriptor[];

async function create(options: Json): Promise<Json> {
  const user = options.user as { id: string; name: string; displayName: string };
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(String(options.challenge)),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    } as unknown as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...shared(made),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      attestationObject: base64url(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

async function get(options: Json): Promise<Json> {
  const made = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(String(options.challenge)),
      allowCredentials: withBytes(options.allowCredentials),
    } as unknown as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAssertionResponse;
  return {
    ...shared(made),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      ...(response.userHandle ? { userHandle: base64url(response.userHandle) } : {}),
    },
  };
}

function shared(made: PublicKeyCredential): Json {
  return {
    id: made.id,
    rawId: base64url(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    ...(made.authenticatorAttachment ? { authenticatorAttachment: made.authenticatorAttachment } : {}),
  };
}

/**
 * Lets the browser of this page carry out a ceremony.
 *
 * @returns the answer as JSON, binary values as base64url
 * @throws DOMException, NotAllowedError when the person cancelled or had no key
 */
export function ceremony({ kind, options }: NonNullable<Page['webauthn']>): Promise<Json> {
  return kind === 'create' ? create(options as Json) : get(options as Json);
}
