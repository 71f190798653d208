import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { PlaygroundClock } from '../clock.ts';
import type { Device } from '../contract.ts';
import type { Journal } from '../journal.ts';
import type { Authenticator } from './authenticator.ts';
import type { Changes } from './changes.ts';
import type { Facts } from './conditional-access.ts';
import type { Step } from './devices-step.ts';
import type { Session, TenantState, User } from './state.ts';
import type { RelyingParty } from './webauthn.ts';

/** The tenant as people's devices reach it. */
export interface World {
  readonly state: TenantState;
  readonly changes: Changes;
  readonly clock: PlaygroundClock;
  readonly journal: Journal;
  readonly party: RelyingParty;
}

/** A computer that shows a QR code and waits for a phone to answer it. */
export interface QrRequest {
  readonly user: User;
  readonly options: PublicKeyCredentialRequestOptionsJSON;
  answer(response: unknown): Promise<void>;
}

/** Where a phone can keep passkeys: in Authenticator, or with the password manager of its maker. */
export interface PhoneKeys {
  readonly authenticator: Authenticator;
  readonly maker: Authenticator;
}

/** What the two devices of one person share, being held by the same hands. */
export interface Desk {
  readonly owner: User;
  readonly keys: PhoneKeys;
  qr: QrRequest | null;
}

/** One device of one person. */
export interface Seat {
  readonly world: World;
  readonly desk: Desk;
  readonly device: Device;
  readonly platform: Facts['platform'];
  /** What the browser or the phone's broker is signed in with. */
  session: Session | null;
  /** Accounts that Authenticator lists on this phone. */
  readonly accounts: Set<string>;
  home(): Step;
}
