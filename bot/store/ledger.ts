import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { LedgerEntry } from '../onboarding/decision';
import { firstFormatMac, globalMac, type LedgerHead, sameMac } from './ledger-chain';
import { readCheckpoint } from './ledger-checkpoint';
import { type Verification, verifyLedger } from './ledger-verify';
import { GENESIS } from './migrations';
import type { LedgerTable, Queries, StoreLog } from './schema';
import { StoreError } from './store-error';

export type { BreakReason, Verification } from './ledger-verify';

/** One entry as it is read. `n` and `own` are its place in the chain of its onboarding; null in the first format. */
export interface LedgerLine {
  readonly seq: number;
  readonly onboardingId: string | null;
  readonly n: number | null;
  readonly own: string | null;
  /** `texts` are the hashes of personal texts that this entry brought, by name. */
  readonly entry: LedgerEntry & { readonly texts?: Readonly<Record<string, string>> };
  /** The entry exactly as the macs cover it. */
  readonly text: string;
  readonly mac: string;
}

/** A personal text as it stands beside the ledger: JSON of a name with its parts, or of what somebody typed. */
export interface LedgerText {
  readonly seq: number;
  readonly name: string;
  readonly salt: string;
  readonly text: string;
}

export interface CheckpointLine {
  readonly seq: number;
  readonly mac: string;
  readonly at: number;
  readonly heads: string;
  readonly sign: string;
}

export interface LedgerReader {
  /**
   * Reads the whole chain. `head` is one that was taken from the log stream; without one, a ledger that was rolled back
   * together with its database passes.
   */
  verify(head?: LedgerHead): Promise<Verification>;
  /** Oldest first; `limit` keeps the newest. */
  entries(query?: { readonly onboardingId?: string; readonly limit?: number }): Promise<readonly LedgerLine[]>;
  /** Everything from the first entry to the last, in parts that fit into memory. */
  pages(query?: { readonly onboardingId?: string }): AsyncIterable<readonly LedgerLine[]>;
  /** Personal texts that were not forgotten, of entries from one number to another. */
  texts(from: number, to: number): Promise<readonly LedgerText[]>;
  /** As the database says, unverified. */
  head(): Promise<LedgerHead>;
  /** Where the ledger begins after it was pruned, as it is stored and unverified; `heads` is the text that was signed. */
  checkpoint(): Promise<CheckpointLine | null>;
}

const PAGE = 1_000;

export function createLedgerReader(db: Queries, key: KeyObject): LedgerReader {
  const rows = (onboardingId: string | undefined) =>
    db
      .selectFrom('ledger')
      .selectAll()
      .$if(onboardingId !== undefined, (query) => query.where('onboarding_id', '=', onboardingId ?? null));

  return {
    async head() {
      const found = await db.selectFrom('ledger_head').select(['seq', 'mac']).where('id', '=', 1).executeTakeFirst();
      if (!found) throw new StoreError('STORE_CORRUPT', 'no ledger head');
      return found;
    },

    async checkpoint() {
      const found = await readCheckpoint(db);
      if (!found) return null;
      const { seq, mac, at, headsText: heads, sign } = found;
      return { seq, mac, at, heads, sign };
    },

    verify: (given) => verifyLedger(db, key, given),

    async entries({ onboardingId, limit } = {}) {
      const found = await rows(onboardingId)
        .orderBy('seq', 'desc')
        .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
        .execute();
      return found.reverse().map(toLine);
    },

    async *pages({ onboardingId } = {}) {
      for (let after = -1; ; ) {
        const found = await rows(onboardingId).where('seq', '>', after).orderBy('seq').limit(PAGE).execute();
        if (found.length === 0) return;
        yield found.map(toLine);
        after = found.at(-1)?.seq ?? after;
      }
    },

    texts: (from, to) =>
      db
        .selectFrom('ledger_text')
        .select(['seq', 'name', 'salt', 'text'])
        .where('seq', '>=', from)
        .where('seq', '<=', to)
        .orderBy('seq')
        .orderBy('name')
        .execute(),
  };
}

function toLine(row: Selectable<LedgerTable>): LedgerLine {
  return {
    seq: row.seq,
    onboardingId: row.onboarding_id,
    n: row.n,
    own: row.own,
    entry: JSON.parse(row.entry) as LedgerLine['entry'],
    text: row.entry,
    mac: row.mac,
  };
}

/**
 * Says so when the last entry does not fit the key: another key file, or a tail that was altered. It does not refuse to
 * go on, because people are in the onboarding group and must get out whatever became of the ledger.
 */
export async function checkTail(db: Queries, key: KeyObject, log: StoreLog): Promise<void> {
  const [last, before] = await db.selectFrom('ledger').selectAll().orderBy('seq', 'desc').limit(2).execute();
  if (!last) return;
  const { seq, onboarding_id: id, n, own, entry, mac } = last;
  const previous = before?.mac ?? (await readCheckpoint(db))?.mac ?? GENESIS;
  const expected =
    n === null || own === null
      ? firstFormatMac(key, previous, seq, id, entry)
      : globalMac(key, previous, seq, id, { n, mac: own });
  if (!sameMac(expected, mac))
    log.error({
      event: 'ledger-tail-differs',
      seq,
      hint: 'the ledger key is another one, or the last entry was altered',
    });
}
