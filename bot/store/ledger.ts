import type { KeyObject } from 'node:crypto';
import type { LedgerEntry } from '../onboarding/decision';
import { chainMac, type LedgerHead, sameMac } from './ledger-chain';
import { GENESIS } from './migrations';
import type { Queries, StoreLog } from './schema';
import { StoreError } from './store-error';

/**
 * Why a ledger is not whole:
 * - `missing` an entry between two others, or before the first, is gone; or entries are out of order.
 * - `mac` an entry was altered, put in, or written with another key. Every entry failing from the first means the key.
 * - `shorter` the ledger ends before the head that was given, or before the database's own.
 * - `other-history` the entry at the given head is genuine but another one: an old copy was restored and written on.
 */
export type BreakReason = 'missing' | 'mac' | 'shorter' | 'other-history';

export type Verification =
  | { readonly whole: true; readonly entries: number; readonly head: LedgerHead }
  | { readonly whole: false; readonly brokenAt: number; readonly why: BreakReason };

export interface LedgerLine {
  readonly seq: number;
  readonly onboardingId: string | null;
  readonly entry: LedgerEntry;
  readonly mac: string;
}

export interface LedgerReader {
  /**
   * Reads the whole chain. `head` is one that was taken from the log stream; without one, a ledger that was rolled back
   * together with its database passes. `brokenAt` is the sequence number of the first entry that is wrong.
   */
  verify(head?: LedgerHead): Promise<Verification>;
  /** Oldest first; `limit` keeps the newest. */
  entries(query?: { readonly onboardingId?: string; readonly limit?: number }): Promise<readonly LedgerLine[]>;
  /** As the database says, unverified. */
  head(): Promise<LedgerHead>;
}

const PAGE = 1_000;

export function createLedgerReader(db: Queries, key: KeyObject): LedgerReader {
  const head = () =>
    db.selectFrom('ledger_head').select(['seq', 'mac']).where('id', '=', 1).executeTakeFirst() as Promise<
      LedgerHead | undefined
    >;

  return {
    async head() {
      const found = await head();
      if (!found) throw new StoreError('STORE_CORRUPT', 'no ledger head');
      return found;
    },

    async verify(given) {
      // Read first: entries that are appended while we read lie after it.
      const own = await head();
      const witnesses = [given, own].filter((witness) => witness !== undefined);
      let last: LedgerHead = { seq: 0, mac: GENESIS };
      for (let page = await pageAfter(db, null); page.length > 0; page = await pageAfter(db, last.seq)) {
        for (const row of page) {
          const seq = last.seq + 1;
          if (row.seq !== seq) return { whole: false, brokenAt: seq, why: 'missing' };
          const mac = chainMac(key, last.mac, { seq, onboardingId: row.onboarding_id, entry: row.entry });
          if (!sameMac(mac, row.mac)) return { whole: false, brokenAt: seq, why: 'mac' };
          if (witnesses.some((witness) => witness.seq === seq && !sameMac(witness.mac, mac)))
            return { whole: false, brokenAt: seq, why: 'other-history' };
          last = { seq, mac };
        }
      }
      const { seq } = last;
      if (!own || witnesses.some((witness) => witness.seq > seq))
        return { whole: false, brokenAt: seq + 1, why: 'shorter' };
      return { whole: true, entries: seq, head: last };
    },

    async entries({ onboardingId, limit } = {}) {
      const rows = await db
        .selectFrom('ledger')
        .selectAll()
        .$if(onboardingId !== undefined, (query) => query.where('onboarding_id', '=', onboardingId ?? null))
        .orderBy('seq', 'desc')
        .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
        .execute();
      return rows.reverse().map((row) => ({
        seq: row.seq,
        onboardingId: row.onboarding_id,
        entry: JSON.parse(row.entry) as LedgerEntry,
        mac: row.mac,
      }));
    },
  };
}

/** The first page has no lower bound, so that an entry smuggled in before the first is seen. */
function pageAfter(db: Queries, seq: number | null) {
  return db
    .selectFrom('ledger')
    .selectAll()
    .$if(seq !== null, (query) => query.where('seq', '>', seq ?? 0))
    .orderBy('seq')
    .limit(PAGE)
    .execute();
}

/**
 * Says so when the last entry does not fit the key: another key file, or a tail that was altered. It does not refuse to
 * go on, because people are in the onboarding group and must get out whatever became of the ledger.
 */
export async function checkTail(db: Queries, key: KeyObject, log: StoreLog): Promise<void> {
  const [last, before] = await db.selectFrom('ledger').selectAll().orderBy('seq', 'desc').limit(2).execute();
  if (!last) return;
  const { seq, onboarding_id: onboardingId, entry, mac } = last;
  if (!sameMac(chainMac(key, before?.mac ?? GENESIS, { seq, onboardingId, entry }), mac))
    log.error({
      event: 'ledger-tail-differs',
      seq,
      hint: 'the ledger key is another one, or the last entry was altered',
    });
}
