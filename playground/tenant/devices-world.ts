import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { PlaygroundClock } from '../clock';
import type { Device } from '../contract';
import type { Journal } from '../journal';
import type { Authenticator } from './authenticator';
import type { Changes } from './changes';
import type { Facts } from './conditional-access';
import type { Fields, Step } from './devices-step';
import type { Session, TenantState, User } from './state';
import type { RelyingParty } from './webauthn';

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

export interface Place {
  /** On the network that the organization trusts. */
  readonly trusted: boolean;
  /** Managed, compliant, and with protected apps. */
  readonly managed: boolean;
}

/** People's own devices somewhere: what everybody has unless something else was said. */
export const ANYWHERE: Place = { trusted: false, managed: false };

/** `network: 'office'` and `managed: true`, typed when something is opened. */
export function placeOf(fields: Fields): Place {
  return { trusted: fields.network === 'office', managed: fields.managed === true };
}

/** One device of one person. */
export interface Seat {
  readonly world: World;
  readonly desk: Desk;
  readonly device: Device;
  readonly platform: Facts['platform'];
  /** What the browser or the phone's broker is signed in with. */
  session: Session | null;
  /** Where the device is and whose it is, as was last said when something was opened on it. */
  place: Place;
  /** Accounts that Authenticator lists on this phone. */
  readonly accounts: Set<string>;
  home(): Step;
}
