import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { StoreError } from './store-error';

/** First lines of what macs and hashes are made over, as docs/ledger.md has them: no two kinds can be confused. */
const FORMAT = { first: 'onboard-ledger-1', own: 'onboard-chain-2', all: 'onboard-ledger-2' } as const;
const CHECKPOINT = 'onboard-checkpoint-2';
const TEXT = 'onboard-text-2';
const SHORTEST_KEY = 32;

/** Where the ledger ends: the number of entries ever appended, and the mac of the last one (64 hex digits). */
export interface LedgerHead {
  readonly seq: number;
  readonly mac: string;
}

/** Where the chain of one onboarding ends: its number of entries, and the mac of the last one. */
export interface ChainHead {
  readonly n: number;
  readonly mac: string;
}

/** Where a pruned ledger begins. `heads` are the chains that go on behind it; the chain of no onboarding is `null`. */
export interface Checkpoint extends LedgerHead {
  /** When it was made, epoch ms. */
  readonly at: number;
  readonly heads: readonly (readonly [onboardingId: string | null, n: number, mac: string])[];
}

/** @throws StoreError STORE_LEDGER_KEY when there are fewer than 32 bytes. */
export function ledgerKeyOf(bytes: Buffer): KeyObject {
  if (bytes.length < SHORTEST_KEY) throw new StoreError('STORE_LEDGER_KEY');
  return createSecretKey(bytes);
}

/** The mac of an entry in the first format: one chain over everything. Read, never written any more. */
export function firstFormatMac(
  key: KeyObject,
  previous: string,
  seq: number,
  onboardingId: string | null,
  entry: string,
): string {
  return mac(key, FORMAT.first, previous, seq, JSON.stringify(onboardingId), entry);
}

/** The mac of entry `n` of an onboarding, given the mac of the one before in the same onboarding. */
export function ownMac(
  key: KeyObject,
  previous: string,
  onboardingId: string | null,
  n: number,
  entry: string,
): string {
  return mac(key, FORMAT.own, previous, JSON.stringify(onboardingId), n, entry);
}

/** The mac of place `seq` in the whole ledger: it covers the head that its onboarding's chain has there. */
export function globalMac(
  key: KeyObject,
  previous: string,
  seq: number,
  onboardingId: string | null,
  own: ChainHead,
): string {
  return mac(key, FORMAT.all, previous, seq, JSON.stringify(onboardingId), own.n, own.mac);
}

/** What proves a checkpoint: without the key nobody can move the beginning of the ledger. */
export function checkpointMac(
  key: KeyObject,
  { seq, mac: head, at }: LedgerHead & { at: number },
  heads: string,
): string {
  return mac(key, CHECKPOINT, seq, head, at, heads);
}

/** What an entry holds of a personal text. The salt goes with the text, so that what was forgotten cannot be guessed. */
export function textHash(salt: string, text: string): string {
  return createHash('sha256')
    .update([TEXT, salt, JSON.stringify(text)].join('\n'), 'utf8')
    .digest('hex');
}

/** Lines in one message: none can hold a line feed (JSON escapes it), so no two lists of lines have the same message. */
function mac(key: KeyObject, ...lines: readonly (string | number)[]): string {
  return createHmac('sha256', key).update(lines.join('\n'), 'utf8').digest('hex');
}

export function sameMac(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
