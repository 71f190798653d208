import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { StoreError } from './store-error';

/** What docs/ledger.md describes; a change of format needs a new word here and a new page there. */
const FORMAT = 'onboard-ledger-1';
const SHORTEST_KEY = 32;

/** Where the chain ends: the number of entries, and the mac of the last one (64 hex digits). */
export interface LedgerHead {
  readonly seq: number;
  readonly mac: string;
}

/** One entry as it is stored: `entry` is canonical JSON of a LedgerEntry. */
export interface ChainedEntry {
  readonly seq: number;
  readonly onboardingId: string | null;
  readonly entry: string;
}

/** @throws StoreError STORE_LEDGER_KEY when there are fewer than 32 bytes. */
export function ledgerKeyOf(bytes: Buffer): KeyObject {
  if (bytes.length < SHORTEST_KEY) throw new StoreError('STORE_LEDGER_KEY');
  return createSecretKey(bytes);
}

/**
 * The mac of one entry, given the one before. Five lines in one message: none of them can hold a line feed (JSON
 * escapes it), so no two entries have the same message.
 */
export function chainMac(key: KeyObject, previousMac: string, { seq, onboardingId, entry }: ChainedEntry): string {
  const message = [FORMAT, previousMac, String(seq), JSON.stringify(onboardingId), entry].join('\n');
  return createHmac('sha256', key).update(message, 'utf8').digest('hex');
}

export function sameMac(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
