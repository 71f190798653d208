import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import { type ChainHead, firstFormatMac, globalMac, type LedgerHead, ownMac, sameMac, textHash } from './ledger-chain';
import { isSigned, readCheckpoint, type StoredCheckpoint } from './ledger-checkpoint';
import { GENESIS } from './migrations';
import type { LedgerTable, LedgerTextTable, Queries } from './schema';

/**
 * Why a ledger is not whole:
 * - `missing` an entry between two others, or before the first, is gone; or entries are out of order.
 * - `mac` an entry was altered, put in, or written with another key. Every entry failing from the first means the key.
 * - `text` a personal text is not the one that was written, or is gone without having been forgotten in the ledger.
 * - `checkpoint` the place where a pruned ledger begins was altered.
 * - `shorter` the ledger ends before the head that was given, or before the database's own.
 * - `other-history` the entry at the given head is genuine but another one: an old copy was restored and written on.
 */
export type BreakReason = 'missing' | 'mac' | 'text' | 'checkpoint' | 'shorter' | 'other-history';

export type Verification = WholeLedger | BrokenLedger;

export interface WholeLedger {
  readonly whole: true;
  /** How many are there; those that were pruned are not counted. */
  readonly entries: number;
  readonly head: LedgerHead;
  /** The first entry that is there, when those before it were pruned. */
  readonly prunedBefore: number | null;
  /** False when the given head lies in the part that was pruned, so that it could not be compared. */
  readonly headCompared: boolean;
  /** How many personal texts were forgotten. */
  readonly forgotten: number;
}

export interface BrokenLedger {
  readonly whole: false;
  /** The sequence number of the first entry that is wrong. */
  readonly brokenAt: number;
  readonly why: BreakReason;
}

/** The entry that says that the texts of its onboarding, written until then, were removed on purpose. */
export const FORGET_EVENT = 'personal-text-removed';

const PAGE = 1_000;

export type LedgerRow = Selectable<LedgerTable>;

/** @param see is given each entry that is in order, oldest first; from the beginning again when somebody pruned. */
export async function verifyLedger(
  db: Queries,
  key: KeyObject,
  given?: LedgerHead,
  see: (row: LedgerRow) => void = () => undefined,
): Promise<Verification> {
  for (;;) {
    const checkpoint = await readCheckpoint(db);
    const verification = await walk(db, key, checkpoint, given, see);
    if (verification.whole || (await readCheckpoint(db))?.sign === checkpoint?.sign) return verification;
    // Somebody pruned while we read: what we missed was taken away by right.
  }
}

async function walk(
  db: Queries,
  key: KeyObject,
  checkpoint: StoredCheckpoint | null,
  given: LedgerHead | undefined,
  see: (row: LedgerRow) => void,
): Promise<Verification> {
  // Read first: entries that are appended while we read lie after it.
  const own = await db.selectFrom('ledger_head').select(['seq', 'mac']).where('id', '=', 1).executeTakeFirst();
  const witnesses = [given, own].filter((witness) => witness !== undefined);
  if (checkpoint && !isSigned(key, checkpoint)) return broken(checkpoint.seq + 1, 'checkpoint');

  let last: LedgerHead = checkpoint ?? { seq: 0, mac: GENESIS };
  const start = last.seq;
  const contradicted = () => witnesses.some(({ seq, mac }) => seq === last.seq && !sameMac(mac, last.mac));
  if (contradicted()) return broken(last.seq, 'other-history');

  const chains = new Map<string | null, ChainHead>(checkpoint?.heads.map(([id, n, mac]) => [id, { n, mac }]));
  const texts = new TextCheck();
  for (let page = await pageAfter(db, null); page.rows.length > 0; page = await pageAfter(db, last.seq)) {
    for (const row of page.rows) {
      if (row.seq !== last.seq + 1) return broken(last.seq + 1, 'missing');
      const mac = macOf(key, last.mac, row, chains);
      if (mac === null || !sameMac(mac, row.mac)) return broken(row.seq, 'mac');
      last = { seq: row.seq, mac };
      if (contradicted()) return broken(row.seq, 'other-history');
      if (!texts.agrees(row, page.texts.get(row.seq) ?? [])) return broken(row.seq, 'text');
      see(row);
    }
    if (page.strayText !== null) return broken(page.strayText, 'text');
  }
  const { seq } = last;
  if (!own || witnesses.some((witness) => witness.seq > seq)) return broken(seq + 1, 'shorter');
  const unaccounted = texts.firstUnaccounted();
  if (unaccounted !== null) return broken(unaccounted, 'text');
  return {
    whole: true,
    entries: seq - start,
    head: { seq: last.seq, mac: last.mac },
    prunedBefore: checkpoint ? start + 1 : null,
    headCompared: given === undefined || given.seq >= start,
    forgotten: texts.forgotten,
  };
}

function broken(brokenAt: number, why: BreakReason): BrokenLedger {
  return { whole: false, brokenAt, why };
}

/** What the mac of this row must be; `null` when it does not fit the chain of its onboarding. Moves that chain on. */
function macOf(key: KeyObject, previous: string, row: LedgerRow, chains: Map<string | null, ChainHead>): string | null {
  const { seq, onboarding_id: id, n, own, entry } = row;
  if (n === null || own === null) return firstFormatMac(key, previous, seq, id, entry);
  const before = chains.get(id) ?? { n: 0, mac: GENESIS };
  if (n !== before.n + 1 || !sameMac(ownMac(key, before.mac, id, n, entry), own)) return null;
  chains.set(id, { n, mac: own });
  return globalMac(key, previous, seq, id, { n, mac: own });
}

/** Holds the texts beside the ledger against their hashes, and what is gone against the entries that say so. */
class TextCheck {
  forgotten = 0;
  readonly #gone = new Map<string | null, number[]>();

  agrees({ seq, onboarding_id: id, entry }: LedgerRow, rows: readonly Selectable<LedgerTextTable>[]): boolean {
    // A mac was checked over it, so it is what Onboard wrote.
    const { event, texts = {} } = JSON.parse(entry) as { event: string; texts?: Record<string, string> };
    if (event === FORGET_EVENT) {
      this.forgotten += this.#gone.get(id)?.length ?? 0;
      this.#gone.delete(id);
    }
    const there = new Map(rows.map((row) => [row.name, row]));
    for (const [name, hash] of Object.entries(texts)) {
      const row = there.get(name);
      there.delete(name);
      if (!row) this.#gone.set(id, [...(this.#gone.get(id) ?? []), seq]);
      else if (row.onboarding_id !== id || !sameMac(textHash(row.salt, row.text), hash)) return false;
    }
    return there.size === 0;
  }

  firstUnaccounted(): number | null {
    const all = [...this.#gone.values()].flat();
    return all.length === 0 ? null : Math.min(...all);
  }
}

/** The first page has no lower bound, so that an entry smuggled in before the first is seen. */
async function pageAfter(db: Queries, seq: number | null) {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .$if(seq !== null, (query) => query.where('seq', '>', seq ?? 0))
    .orderBy('seq')
    .limit(PAGE)
    .execute();
  const last = rows.at(-1);
  const found = last
    ? await db
        .selectFrom('ledger_text')
        .selectAll()
        .$if(seq !== null, (query) => query.where('seq', '>', seq ?? 0))
        .where('seq', '<=', last.seq)
        .execute()
    : [];
  const texts = new Map<number, typeof found>(rows.map((row) => [row.seq, []]));
  for (const text of found) texts.get(text.seq)?.push(text);
  return { rows, texts, strayText: found.find((text) => !texts.has(text.seq))?.seq ?? null };
}
