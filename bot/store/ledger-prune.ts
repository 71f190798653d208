import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor, LedgerEntry } from '../onboarding/decision';
import type { Checkpoint } from './ledger-chain';
import { readCheckpoint, writeCheckpoint } from './ledger-checkpoint';
import { verifyLedger } from './ledger-verify';
import type { Queries } from './schema';
import { StoreError } from './store-error';
import type { Write } from './write';

const PAGE = 1_000;

export interface Pruned {
  readonly entries: number;
  /** The first entry that is still there. */
  readonly firstKept: number;
}

/**
 * Removes the oldest entries and signs the place where the ledger begins from now on. It stops at the first entry that
 * is not older than `before` (epoch ms), and at the first of an onboarding that has not ended, however old.
 *
 * A ledger that is not whole is not pruned: that would take the evidence away and sign what is left.
 *
 * @throws StoreError STORE_LEDGER_BROKEN
 */
export function pruneLedger(write: Write, key: KeyObject, now: number, before: number, actor: Actor): Promise<Pruned> {
  return write(async ({ tx, append }) => {
    const verified = await verifyLedger(tx, key);
    if (!verified.whole) throw new StoreError('STORE_LEDGER_BROKEN', `at ${verified.brokenAt}, ${verified.why}`);
    const old = await readCheckpoint(tx);
    const last = await lastToGo(tx, old?.seq ?? 0, before);
    if (!last) return { entries: 0, firstKept: (old?.seq ?? 0) + 1 };

    const checkpoint: Checkpoint = { ...last, at: now, heads: await headsGoingOn(tx, last.seq, old?.heads ?? []) };
    await writeCheckpoint(tx, key, checkpoint);
    await tx.deleteFrom('ledger').where('seq', '<=', last.seq).execute();
    await tx.deleteFrom('ledger_text').where('seq', '<=', last.seq).execute();
    const entries = last.seq - (old?.seq ?? 0);
    const line: LedgerEntry = {
      at: now,
      actor,
      event: 'ledger-pruned',
      detail: { entries, through: last.seq, mac: last.mac, before },
    };
    await append(null, [line]);
    return { entries, firstKept: last.seq + 1 };
  });
}

async function lastToGo(tx: Queries, after: number, before: number): Promise<{ seq: number; mac: string } | null> {
  const going = await tx
    .selectFrom('onboarding')
    .select('id')
    .where((is) => is.or([is('state', '<>', 'closed'), is('due_at', 'is not', null)]))
    .execute();
  const kept = new Set(going.map(({ id }) => id));
  let last: { seq: number; mac: string } | null = null;
  for (let from = after; ; ) {
    const rows = await tx
      .selectFrom('ledger')
      .select(['seq', 'mac', 'onboarding_id', 'entry'])
      .where('seq', '>', from)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const { seq, mac, onboarding_id: id, entry } of rows) {
      if ((JSON.parse(entry) as LedgerEntry).at >= before || (id !== null && kept.has(id))) return last;
      last = { seq, mac };
      from = seq;
    }
    if (rows.length < PAGE) return last;
  }
}

/** Ends of the chains that have entries on both sides of the cut. The chain of no onboarding always goes on. */
async function headsGoingOn(tx: Queries, cut: number, old: Checkpoint['heads']): Promise<Checkpoint['heads']> {
  const ends = await tx
    .selectFrom('ledger')
    .select(['onboarding_id', 'n', 'own'])
    .where('seq', 'in', (query) =>
      query
        .selectFrom('ledger as older')
        .select((is) => is.fn.max('older.seq').as('seq'))
        .where('older.seq', '<=', cut)
        .where('older.n', 'is not', null)
        .groupBy(sql`coalesce(older.onboarding_id, '')`),
    )
    .execute();
  const later = await tx
    .selectFrom('ledger')
    .select('onboarding_id')
    .distinct()
    .where('seq', '>', cut)
    .where('n', 'is not', null)
    .execute();
  const goesOn = new Set<string | null>([null, ...later.map((row) => row.onboarding_id)]);
  const heads = new Map(old.map((head) => [head[0], head]));
  for (const { onboarding_id: id, n, own } of ends) if (n !== null && own !== null) heads.set(id, [id, n, own]);
  return [...heads.values()].filter(([id]) => goesOn.has(id));
}
