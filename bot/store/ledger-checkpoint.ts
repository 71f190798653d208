import type { KeyObject } from 'node:crypto';
import { type Checkpoint, checkpointMac, sameMac } from './ledger-chain';
import type { Queries } from './schema';

/** A checkpoint as it is stored: `heads` is the text that was signed. */
export interface StoredCheckpoint extends Checkpoint {
  readonly headsText: string;
  readonly sign: string;
}

/** Where the ledger begins, unverified; `null` when nothing was ever pruned. */
export async function readCheckpoint(db: Queries): Promise<StoredCheckpoint | null> {
  const row = await db.selectFrom('ledger_checkpoint').selectAll().where('id', '=', 1).executeTakeFirst();
  if (!row) return null;
  const { seq, mac, at, heads, sign } = row;
  return { seq, mac, at, headsText: heads, sign, heads: parseHeads(heads) };
}

/** Moves the beginning of the ledger. */
export async function writeCheckpoint(db: Queries, key: KeyObject, checkpoint: Checkpoint): Promise<void> {
  const { seq, mac, at } = checkpoint;
  const heads = JSON.stringify(checkpoint.heads);
  const row = { seq, mac, at, heads, sign: checkpointMac(key, checkpoint, heads) };
  await db
    .insertInto('ledger_checkpoint')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export function isSigned(key: KeyObject, checkpoint: StoredCheckpoint): boolean {
  return sameMac(checkpointMac(key, checkpoint, checkpoint.headsText), checkpoint.sign);
}

/** Damage is for `verify` to find, by the signature; people must get out of the group whatever became of the ledger. */
function parseHeads(text: string): Checkpoint['heads'] {
  try {
    const heads: unknown = JSON.parse(text);
    return Array.isArray(heads) ? (heads as Checkpoint['heads']) : [];
  } catch {
    return [];
  }
}
