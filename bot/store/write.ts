import type { KeyObject } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { LedgerEntry } from '../onboarding/decision';
import { canonicalJson } from './canonical-json';
import { chainMac, type LedgerHead } from './ledger-chain';
import type { Database, Schema, StoreLog } from './schema';

export interface Writing {
  readonly tx: Transaction<Schema>;
  /** Appends to the ledger, in the same transaction. */
  append(onboardingId: string | null, entries: readonly LedgerEntry[]): Promise<void>;
}

export type Write = <T>(work: (writing: Writing) => Promise<T>) => Promise<T>;

/**
 * Runs one change in one transaction. The ledger's head is locked before anything else, so that changes happen one
 * after the other: the chain cannot fork, numbers have no gaps, and nobody waits in a circle. That is one change at a
 * time for all instances, which is far more than people who approve each other can use up.
 *
 * The head goes to the log stream after the commit. Between the two lies a moment in which a crash leaves the last
 * entries without a witness; the next head covers them.
 */
export function createWriter({ db, engine }: Database, key: KeyObject, log: StoreLog): Write {
  return async (work) => {
    let appended: LedgerHead | null = null;
    const result = await db.transaction().execute(async (tx) => {
      let head: LedgerHead = await tx
        .selectFrom('ledger_head')
        .select(['seq', 'mac'])
        .where('id', '=', 1)
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirstOrThrow();
      const append: Writing['append'] = async (onboardingId, entries) => {
        for (const line of entries) {
          const chained = { seq: head.seq + 1, onboardingId, entry: canonicalJson(line) };
          const mac = chainMac(key, head.mac, chained);
          await tx
            .insertInto('ledger')
            .values({ seq: chained.seq, onboarding_id: onboardingId, entry: chained.entry, mac })
            .execute();
          head = { seq: chained.seq, mac };
          appended = head;
        }
        if (appended) await tx.updateTable('ledger_head').set(head).where('id', '=', 1).execute();
      };
      return work({ tx, append });
    });
    if (appended) logHead(log, appended);
    return result;
  };
}

/** The line that a keeper of logs outside of Onboard's reach compares the ledger with. */
export function logHead(log: StoreLog, { seq, mac }: LedgerHead): void {
  log.info({ event: 'ledger-head', seq, mac });
}
