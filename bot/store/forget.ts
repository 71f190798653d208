import { sql } from 'kysely';
import type { Actor } from '../onboarding/decision';
import type { Onboarding } from '../onboarding/onboarding';
import { FORGET_EVENT } from './ledger-verify';
import { parseData } from './onboarding-rows';
import { withoutPersonalText } from './personal-text';
import type { Database, Queries } from './schema';
import type { Write } from './write';

/** So many in one transaction: other writers wait meanwhile. */
const BATCH = 50;

export interface Forgetting {
  /**
   * Removes names, typed words and delivered messages of every onboarding that ended before then (epoch ms), and replies
   * that are older. What is left says what was done, by object id. May be called again at any time.
   *
   * @returns how many onboardings were changed.
   */
  forget(before: number, actor: Actor): Promise<number>;
  /** The same for one onboarding, because somebody asked for it. False when it has not ended, aftercare included. */
  forgetOne(id: string, actor: Actor): Promise<boolean>;
}

export function createForgetting({ db, engine }: Database, write: Write, now: () => number): Forgetting {
  const ended = (tx: Queries) =>
    tx
      .selectFrom('onboarding')
      .select(['id', 'version', 'data'])
      .where('state', '=', 'closed')
      .where('due_at', 'is', null)
      .where('forgotten_at', 'is', null);

  const forgetThose = (which: (tx: Queries) => ReturnType<typeof ended>, actor: Actor) =>
    write(async ({ tx, append }) => {
      const rows = await which(tx).limit(BATCH).execute();
      for (const { id, version, data } of rows) {
        const bare = withoutPersonalText(parseData(data) as unknown as Onboarding);
        await tx
          .updateTable('onboarding')
          .set({
            version: version + 1,
            data: JSON.stringify({ ...bare, version: version + 1 }),
            forgotten_at: now(),
          })
          .where('id', '=', id)
          .execute();
        const { numDeletedRows } = await tx
          .deleteFrom('ledger_text')
          .where('onboarding_id', '=', id)
          .executeTakeFirst();
        await tx
          .deleteFrom('outbox')
          .where('onboarding_id', '=', id)
          .where((is) => is.or([is('wanted', '<=', is.ref('sent')), is('due_at', 'is', null)]))
          .execute();
        await append(id, [{ at: now(), actor, event: FORGET_EVENT, detail: { texts: Number(numDeletedRows) } }]);
      }
      return rows.length;
    });

  /** What was removed still stands in the log. While somebody reads it stays there; the next time takes it along. */
  async function emptyWriteAheadLog(): Promise<void> {
    if (engine === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(db);
  }

  return {
    async forget(before, actor) {
      let all = 0;
      let changed: number;
      do {
        changed = await forgetThose((tx) => ended(tx).where('closed_at', '<', before).orderBy('closed_at'), actor);
        all += changed;
      } while (changed === BATCH);
      await db
        .deleteFrom('outbox')
        .where('onboarding_id', 'is', null)
        .where((is) =>
          is.or([is.and([is('wanted', '<=', is.ref('sent')), is('due_at', '<', before)]), is('due_at', 'is', null)]),
        )
        .execute();
      if (all > 0) await emptyWriteAheadLog();
      return all;
    },

    async forgetOne(id, actor) {
      const changed = await forgetThose((tx) => ended(tx).where('id', '=', id), actor);
      if (changed > 0) await emptyWriteAheadLog();
      return changed > 0;
    },
  };
}
