import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { PlaygroundClock } from '../clock';
import type { Changes } from './changes';
import type { AuthenticationMethod, TenantState, User } from './state';
import { CeremonyRefused, type NewPasskey, type RelyingParty } from './webauthn';
import { isAttested, isAuthenticator, whyNotThisPasskey } from './webauthn-policy';

interface Parts {
  readonly state: TenantState;
  readonly changes: Changes;
  readonly clock: PlaygroundClock;
  readonly party: RelyingParty;
}

export type Registered = { readonly method: AuthenticationMethod } | { readonly refused: string };

/** Verifies an answer, asks the passkey policy, and adds the method in the person's own name. */
export async function registerPasskey(
  parts: Parts,
  user: User,
  ceremony: {
    readonly options: PublicKeyCredentialCreationOptionsJSON;
    readonly answer: unknown;
    readonly displayName: string;
    readonly inApp: boolean;
  },
): Promise<Registered> {
  let passkey: NewPasskey;
  try {
    passkey = await parts.party.verifyCreation(ceremony.options, ceremony.answer);
  } catch (error) {
    if (error instanceof CeremonyRefused) return { refused: error.message };
    throw error;
  }
  const taken = parts.state.methods.some((one) => one.fido2?.credentialId === passkey.credentialId);
  const refused = taken ? 'This passkey is registered already.' : null;
  const why = refused ?? whyNotThisPasskey(parts, user, passkey, ceremony.inApp);
  if (why) return { refused: why };
  const method: AuthenticationMethod = {
    id: passkey.credentialId,
    userId: user.id,
    kind: 'fido2',
    displayName: ceremony.displayName,
    createdAt: parts.clock.now(),
    fido2: {
      aaGuid: passkey.aaGuid,
      model: isAuthenticator(passkey) ? 'Microsoft Authenticator' : 'Security key',
      passkeyType: passkey.synced ? 'synced' : 'deviceBound',
      attestationLevel: isAttested(passkey, ceremony.inApp) ? 'attested' : 'notAttested',
      credentialId: passkey.credentialId,
      publicKey: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
    },
  };
  parts.changes.addMethod(`user:${user.id}`, method);
  return { method };
}

/** The passkeys of a person that sign-in can use. */
export function passkeysOf(state: TenantState, userId: string): AuthenticationMethod[] {
  return state.methods.filter((one) => one.userId === userId && one.kind === 'fido2');
}
