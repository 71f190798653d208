import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import type { AuthenticationMethod, User } from './state';

/** An address is no relying party id, so people open the playground by this name. */
export const RP_ID = 'localhost';

/** What a verified registration ceremony brought. */
export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly aaGuid: string;
  readonly synced: boolean;
  /** The statement was signed with a certificate of the maker, or by the credential itself. */
  readonly attestation: 'none' | 'self' | 'certified';
  readonly transports: readonly string[];
}

/** A ceremony's answer did not verify. The message is the verifier's own and holds no secret. */
export class CeremonyRefused extends Error {
  override readonly name = 'CeremonyRefused';
}

/**
 * The relying party of the playground tenant. Options are used once: whoever asks for them keeps them, passes them to
 * the verification, and drops them whatever it said. User verification is always required.
 *
 * @param origin where browsers have the playground open, as in `http://localhost:3978`; asked each time, because the
 *   port is known only after listening.
 */
export function createRelyingParty(origin: () => string) {
  return {
    origin,
    /** @param attested ask for a statement of the maker; browsers may then ask people for consent */
    creationOptions(
      user: User,
      existing: readonly AuthenticationMethod[],
      attested: boolean,
    ): Promise<PublicKeyCredentialCreationOptionsJSON> {
      return generateRegistrationOptions({
        rpName: 'Playground tenant',
        rpID: RP_ID,
        userName: user.userPrincipalName,
        userDisplayName: user.displayName,
        userID: new Uint8Array(Buffer.from(user.id)),
        attestationType: attested ? 'direct' : 'none',
        excludeCredentials: credentials(existing),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: [-7, -257],
      });
    },

    requestOptions(existing: readonly AuthenticationMethod[]): Promise<PublicKeyCredentialRequestOptionsJSON> {
      return generateAuthenticationOptions({
        rpID: RP_ID,
        allowCredentials: credentials(existing),
        userVerification: 'required',
      });
    },

    /** Throws CeremonyRefused for an answer to other options, from another origin or party, or badly signed. */
    async verifyCreation(options: PublicKeyCredentialCreationOptionsJSON, answer: unknown): Promise<NewPasskey> {
      const { registrationInfo } = await refused(() =>
        verifyRegistrationResponse({
          response: answer as RegistrationResponseJSON,
          expectedChallenge: options.challenge,
          expectedOrigin: origin(),
          expectedRPID: RP_ID,
        }),
      );
      if (!registrationInfo) throw new CeremonyRefused('the attestation did not verify');
      const { credential, aaguid, credentialDeviceType, fmt } = registrationInfo;
      const statement = decodeAttestationObject(registrationInfo.attestationObject).get('attStmt');
      const certified = statement.get('x5c') !== undefined;
      return {
        credentialId: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        aaGuid: aaguid.toLowerCase(),
        synced: credentialDeviceType === 'multiDevice',
        attestation: fmt === 'none' ? 'none' : certified ? 'certified' : 'self',
        transports: credential.transports ?? [],
      };
    },

    /** Verifies a sign-in against the stored public key and moves its counter. Throws CeremonyRefused. */
    async verifyAssertion(
      options: PublicKeyCredentialRequestOptionsJSON,
      answer: unknown,
      existing: readonly AuthenticationMethod[],
    ): Promise<AuthenticationMethod> {
      const response = answer as AuthenticationResponseJSON;
      const method = existing.find((one) => one.fido2 && one.fido2.credentialId === response?.id);
      if (!method?.fido2) throw new CeremonyRefused('this passkey is not registered for the account');
      const passkey = method.fido2;
      const { verified, authenticationInfo } = await refused(() =>
        verifyAuthenticationResponse({
          response,
          expectedChallenge: options.challenge,
          expectedOrigin: origin(),
          expectedRPID: RP_ID,
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(passkey.publicKey),
            counter: passkey.counter,
          },
        }),
      );
      if (!verified) throw new CeremonyRefused('the signature does not verify');
      passkey.counter = authenticationInfo.newCounter;
      return method;
    },
  };
}

export type RelyingParty = ReturnType<typeof createRelyingParty>;

function credentials(methods: readonly AuthenticationMethod[]) {
  return methods.flatMap(({ fido2 }) => (fido2 ? [{ id: fido2.credentialId }] : []));
}

async function refused<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    throw new CeremonyRefused(error instanceof Error ? error.message : String(error));
  }
}
