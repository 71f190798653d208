import { MINUTE } from './policy';

/** The kinds of authentication method that Onboard may read. The names are ours; graph/ maps Microsoft's to them. */
export type MethodKind =
  | 'passkey'
  | 'authenticator'
  | 'windowsHello'
  | 'platformCredential'
  | 'phone'
  | 'email'
  | 'softwareOath';

/** One authentication method of a person, as read from the tenant. Times are epoch milliseconds of the tenant's clock. */
export interface Method {
  readonly id: string;
  readonly kind: MethodKind;
  readonly displayName?: string;
  readonly createdAt?: number;
}

/** A FIDO2 method. `aaGuid` is lower case. */
export interface Passkey extends Method {
  readonly kind: 'passkey';
  readonly aaGuid?: string;
  readonly passkeyType?: 'deviceBound' | 'synced' | 'unknown';
  readonly model?: string;
}

/** Which passkeys end an exemption. An empty `aaGuids` accepts every model that Entra itself let in. */
export interface AcceptedPasskeys {
  readonly aaGuids: readonly string[];
  readonly types: readonly ('deviceBound' | 'synced')[];
}

/** Baseline entries: the kinds that were readable then, and what was there. */
export interface Baseline {
  readonly takenAt: number;
  readonly methods: readonly Method[];
  /** A kind that could not be read then says nothing about what is new. Left out: all kinds. */
  readonly kinds?: readonly MethodKind[];
}

/** One read of everything that may be read of a person, with the kinds that could be. */
export interface MethodsRead {
  readonly kinds: readonly MethodKind[];
  readonly methods: readonly Method[];
}

export type Verdict = 'acceptable' | 'wrong-kind' | 'known';

/** The tenant's clock and ours may differ by this much without anything being wrong, ms; tokens bear no more either. */
const CLOCKS_DIFFER = 5 * MINUTE;

/**
 * Judges one passkey against the baseline. A passkey of the baseline is never proof, whatever its date says: people who
 * recover have old ones. Nor is one that says itself that it was made before the baseline was taken: the read that made
 * the baseline may have come from a replica that did not know of it yet. The two times are of two clocks, so a passkey of
 * the last minutes before is believed.
 */
export function judgePasskey(passkey: Passkey, baseline: Baseline, accepted: AcceptedPasskeys): Verdict {
  if (baseline.methods.some((method) => method.kind === 'passkey' && method.id === passkey.id)) return 'known';
  if (passkey.createdAt !== undefined && passkey.createdAt < baseline.takenAt - CLOCKS_DIFFER) return 'known';
  // A tenant that does not say the type predates synced passkeys: every passkey there is device-bound.
  const type = passkey.passkeyType ?? 'deviceBound';
  if (type === 'unknown' || !accepted.types.includes(type)) return 'wrong-kind';
  if (accepted.aaGuids.length > 0 && !accepted.aaGuids.includes(passkey.aaGuid?.toLowerCase() ?? ''))
    return 'wrong-kind';
  return 'acceptable';
}
