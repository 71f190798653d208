import type { LedgerEntry } from '../onboarding/decision';
import type { HeadFile } from './head-file';
import { type LedgerHead, sameMac } from './ledger-chain';
import { readCheckpoint } from './ledger-checkpoint';
import type { Queries, StoreLog } from './schema';
import type { Write } from './write';

/**
 * Why a store is not the one that ran here before:
 * - `rolled-back` its ledger ends before the head that was seen last; a new, empty database is the extreme of it.
 * - `other-history` it has another entry where the one was that was seen last.
 * - `unknown-origin` there are entries, but nothing was ever seen of them here (embedded database only).
 * - `backup` it says itself that it is a copy.
 * - `operator` somebody said so.
 */
export type RestoreSign = 'rolled-back' | 'other-history' | 'unknown-origin' | 'backup' | 'operator';

/** The setting that stays until everything that was open is on its way out, so that a crash in between forgets nothing. */
const SETTING = 'restored';

export async function restoreMark(db: Queries): Promise<RestoreSign | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', SETTING).executeTakeFirst();
  return (row?.value as RestoreSign | undefined) ?? null;
}

export async function setRestoreMark(db: Queries, value: RestoreSign): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function clearRestoreMark(db: Queries): Promise<void> {
  await db.deleteFrom('setting').where('name', '=', SETTING).execute();
}

export interface Judging {
  readonly db: Queries;
  readonly write: Write;
  readonly engine: 'sqlite' | 'postgres';
  readonly log: StoreLog;
  readonly now: number;
}

/**
 * Compares the database with the head that was seen last, and writes down in it when it is another one. Said at every
 * start until it was treated.
 *
 * @param found read before the database was asked, so that what another instance appends meanwhile is no roll-back.
 */
export async function judgeRestored(
  judging: Judging,
  found: HeadFile['found'],
  head: LedgerHead,
): Promise<RestoreSign | null> {
  const { db, write, log, now } = judging;
  const sign = (await signOf(judging, found, head)) ?? (await restoreMark(db));
  if (sign === null) return null;
  const seen = typeof found === 'string' ? 0 : found.seq;
  log.error({
    event: 'store-restored',
    why: sign,
    seq: head.seq,
    seen,
    hint: 'what was approved is cancelled and whoever is in a window is taken out',
  });
  const entry: LedgerEntry = {
    at: now,
    actor: { onboard: 'worker' },
    event: 'store-restored',
    detail: { why: sign, seq: head.seq, seen },
  };
  await write(async ({ tx, append }) => {
    await setRestoreMark(tx, sign);
    await append(null, [entry]);
  });
  return sign;
}

async function signOf(
  { db, engine, log }: Judging,
  found: HeadFile['found'],
  head: LedgerHead,
): Promise<RestoreSign | null> {
  if (found === 'damaged') {
    log.warn({ event: 'head-file-damaged', hint: 'a roll-back before this start would not be noticed' });
    return null;
  }
  // With PostgreSQL a new instance on a new host knows nothing yet, and that is no sign of anything.
  if (found === 'none') return engine === 'sqlite' && head.seq > 0 ? 'unknown-origin' : null;
  if (found.seq > head.seq) return 'rolled-back';
  const mac = await macAt(db, found.seq);
  return mac !== null && !sameMac(mac, found.mac) ? 'other-history' : null;
}

/** `null` before the first entry, and where entries were pruned. */
async function macAt(db: Queries, seq: number): Promise<string | null> {
  const row = await db.selectFrom('ledger').select('mac').where('seq', '=', seq).executeTakeFirst();
  if (row) return row.mac;
  const checkpoint = await readCheckpoint(db);
  return checkpoint?.seq === seq ? checkpoint.mac : null;
}
