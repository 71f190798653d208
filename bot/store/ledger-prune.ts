import type { KeyObject } from 'node:crypto';
import type { Actor, LedgerEntry } from '../onboarding/decision';
import type { Checkpoint, LedgerHead } from './ledger-chain';
import { readCheckpoint, writeCheckpoint } from './ledger-checkpoint';
import { type LedgerRow, verifyLedger } from './ledger-verify';
import type { Queries } from './schema';
import { StoreError } from './store-error';
import type { Write } from './write';

export interface Pruned {
  readonly entries: number;
  /** The first entry that is still there. */
  readonly firstKept: number;
}

export interface Pruning {
  readonly db: Queries;
  readonly write: Write;
  readonly key: KeyObject;
  /** Epoch ms, like `before`. */
  readonly now: number;
  readonly before: number;
  readonly actor: Actor;
}

/**
 * Removes the oldest entries and signs the place where the ledger begins from now on. It stops at the first entry that
 * is not older than `before`, and at the first of an onboarding that has not ended, however old.
 *
 * A ledger that is not whole is not pruned: that would take the evidence away and sign what is left. The reading takes
 * long and is done beside other writers. What is signed is what was verified, so nothing can be slipped in meanwhile.
 *
 * @throws StoreError STORE_LEDGER_BROKEN; STORE_BUSY when somebody else pruned at the same moment.
 */
export async function pruneLedger(pruning: Pruning): Promise<Pruned> {
  const { db, write, key, now, before, actor } = pruning;
  const old = await readCheckpoint(db);
  const begin = old?.seq ?? 0;
  const cut = new Cut(before, await idsGoingOn(db), old?.heads ?? []);
  const verified = await verifyLedger(db, key, undefined, (row) => cut.see(row));
  if (!verified.whole) throw new StoreError('STORE_LEDGER_BROKEN', `at ${verified.brokenAt}, ${verified.why}`);
  const { last } = cut;
  if (!last) return { entries: 0, firstKept: begin + 1 };

  const entries = last.seq - begin;
  const detail = { entries, through: last.seq, mac: last.mac, before };
  await write(async ({ tx, append }) => {
    if ((await readCheckpoint(tx))?.sign !== old?.sign) throw new StoreError('STORE_BUSY', 'pruned meanwhile');
    const appended = await tx
      .selectFrom('ledger')
      .select('onboarding_id')
      .distinct()
      .where('seq', '>', verified.head.seq)
      .execute();
    const heads = cut.headsGoingOn(appended.map((row) => row.onboarding_id));
    await writeCheckpoint(tx, key, { ...last, at: now, heads });
    await tx.deleteFrom('ledger').where('seq', '<=', last.seq).execute();
    await tx.deleteFrom('ledger_text').where('seq', '<=', last.seq).execute();
    await append(null, [{ at: now, actor, event: 'ledger-pruned', detail }]);
  });
  return { entries, firstKept: last.seq + 1 };
}

async function idsGoingOn(db: Queries): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('onboarding')
    .select('id')
    .where((is) => is.or([is('state', '<>', 'closed'), is('due_at', 'is not', null)]))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Finds the place while the entries are read one after the other, and the ends that the chains have there. */
class Cut {
  last: LedgerHead | null = null;
  #found = false;
  readonly #heads: Map<string | null, Checkpoint['heads'][number]>;
  readonly #later = new Set<string | null>();

  constructor(
    private readonly before: number,
    private readonly kept: ReadonlySet<string>,
    heads: Checkpoint['heads'],
  ) {
    this.#heads = new Map(heads.map((head) => [head[0], head]));
  }

  see({ seq, mac, onboarding_id: id, n, own, entry }: LedgerRow): void {
    this.#found ||= (JSON.parse(entry) as LedgerEntry).at >= this.before || (id !== null && this.kept.has(id));
    if (this.#found) {
      this.#later.add(id);
      return;
    }
    this.last = { seq, mac };
    if (n !== null && own !== null) this.#heads.set(id, [id, n, own]);
  }

  /** Of chains with entries on both sides. That of no onboarding always goes on: the pruning itself is in it. */
  headsGoingOn(appended: readonly (string | null)[]): Checkpoint['heads'] {
    const goesOn = new Set([null, ...this.#later, ...appended]);
    return [...this.#heads.values()].filter(([id]) => goesOn.has(id));
  }
}
