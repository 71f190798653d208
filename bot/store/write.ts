import type { KeyObject } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { LedgerEntry } from '../onboarding/decision';
import { canonicalJson } from './canonical-json';
import { type ChainHead, globalMac, type LedgerHead, ownMac } from './ledger-chain';
import { readCheckpoint } from './ledger-checkpoint';
import { GENESIS } from './migrations';
import type { SealedText } from './personal-text';
import type { Database, Schema, StoreLog } from './schema';

export interface Writing {
  readonly tx: Transaction<Schema>;
  /** Appends to the ledger, in the same transaction. The texts belong to the first of the entries. */
  append(onboardingId: string | null, entries: readonly LedgerEntry[], texts?: readonly SealedText[]): Promise<void>;
}

export type Write = <T>(work: (writing: Writing) => Promise<T>) => Promise<T>;

/**
 * Runs one change in one transaction. The ledger's head is locked before anything else, so that changes happen one
 * after the other: the chain cannot fork, numbers have no gaps, and nobody waits in a circle. That is one change at a
 * time for all instances, which is far more than people who approve each other can use up.
 *
 * The head is witnessed (log stream, head file) after the commit. Between the two lies a moment in which a crash leaves
 * the last entries without a witness; the next head covers them.
 */
export function createWriter({ db, engine }: Database, key: KeyObject, witness: (head: LedgerHead) => void): Write {
  return async (work) => {
    let appended: LedgerHead | null = null;
    const result = await db.transaction().execute(async (tx) => {
      let head: LedgerHead = await tx
        .selectFrom('ledger_head')
        .select(['seq', 'mac'])
        .where('id', '=', 1)
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirstOrThrow();
      const append: Writing['append'] = async (onboardingId, entries, texts = []) => {
        if (entries.length === 0) return;
        let own = await ownHead(tx, onboardingId);
        for (const [index, line] of entries.entries()) {
          const sealed = index === 0 ? texts : [];
          const entry = canonicalJson(sealed.length > 0 ? { ...line, texts: hashes(sealed) } : line);
          const seq = head.seq + 1;
          own = { n: own.n + 1, mac: ownMac(key, own.mac, onboardingId, own.n + 1, entry) };
          head = { seq, mac: globalMac(key, head.mac, seq, onboardingId, own) };
          appended = head;
          await tx
            .insertInto('ledger')
            .values({ seq, onboarding_id: onboardingId, n: own.n, own: own.mac, entry, mac: head.mac })
            .execute();
          for (const { name, salt, text } of sealed) {
            const row = { onboarding_id: onboardingId, salt, text };
            await tx
              .insertInto('ledger_text')
              .values({ seq, name, ...row })
              // A row that stands in the way is none of ours; it must not keep an exit from being written down.
              .onConflict((conflict) => conflict.columns(['seq', 'name']).doUpdateSet(row))
              .execute();
          }
        }
        await tx.updateTable('ledger_head').set(head).where('id', '=', 1).execute();
      };
      return work({ tx, append });
    });
    if (appended) witness(appended);
    return result;
  };
}

function hashes(texts: readonly SealedText[]): Record<string, string> {
  return Object.fromEntries(texts.map(({ name, hash }) => [name, hash]));
}

/** Where the chain of this onboarding ends: at its last entry, else at the checkpoint, else it has not begun. */
async function ownHead(tx: Transaction<Schema>, onboardingId: string | null): Promise<ChainHead> {
  const last = await tx
    .selectFrom('ledger')
    .select(['n', 'own'])
    .where('onboarding_id', onboardingId === null ? 'is' : '=', onboardingId)
    .where('n', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.n && last.own) return { n: last.n, mac: last.own };
  const checkpoint = await readCheckpoint(tx);
  const [, n, mac] = checkpoint?.heads.find(([id]) => id === onboardingId) ?? [null, 0, GENESIS];
  return { n, mac };
}

/** The line that a keeper of logs outside of Onboard's reach compares the ledger with. */
export function logHead(log: Pick<StoreLog, 'info'>, { seq, mac }: LedgerHead): void {
  log.info({ event: 'ledger-head', seq, mac });
}
