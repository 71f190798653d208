import { type Selectable, sql } from 'kysely';
import type { Recipient } from '../onboarding/onboarding';
import type { Outbox, OutboxRow } from '../workflow/store-port';
import { inBatches } from './in-batches';
import { parseData } from './onboarding-rows';
import { nextPosition, recipientKey, recipientOf } from './outbox-tell';
import type { Database, OutboxTable } from './schema';
import { unflushed } from './unflushed';

/** So many rows in one statement; more come with the next. */
const MOST_ANSWERS = 50;

interface Answer {
  readonly key: string;
  readonly to: Recipient;
  readonly data: Readonly<Record<string, unknown>>;
  readonly now: number;
}

type Delivery = Pick<Outbox, 'answer' | 'board' | 'claim' | 'sent' | 'failed' | 'nextDue' | 'reachable'>;

/**
 * What is owed to whom. Delivery is at least once: a crash between the sending and `sent` sends again, which edits the
 * same card where its place is already known.
 *
 * `attempts` counts the claims since the last delivery and is also what tells one claim from the next: an answer that
 * comes after its lease ran out does not end the lease of whoever took over.
 */
export function createDelivery(database: Database): Delivery {
  const { db, engine } = database;
  const answers = inBatches<Answer>(MOST_ANSWERS, async (batch) => {
    await db
      .insertInto('outbox')
      .values(
        batch.map(({ key, to, data, now }, index) => ({
          id: JSON.stringify(['answer', key]),
          onboarding_id: null,
          recipient: recipientKey(to),
          message: 'answer',
          live: 0,
          data: JSON.stringify(data),
          wanted: 1,
          sent: 0,
          attempts: 0,
          position: sql<number>`${nextPosition} + ${sql.lit(index)}`,
          due_at: Math.ceil(now),
        })),
      )
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  });
  return {
    answer: (key, to, data, now) => answers({ key, to, data, now }),

    async board(conversation, dueAt) {
      const recipient = recipientKey({ conversation });
      await db
        .insertInto('outbox')
        .values({
          id: JSON.stringify(['board', recipient]),
          onboarding_id: null,
          recipient,
          message: 'board',
          live: 1,
          data: null,
          wanted: 1,
          sent: 0,
          attempts: 0,
          position: nextPosition,
          due_at: Math.ceil(dueAt),
        })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({
            wanted: sql`outbox.wanted + 1`,
            due_at: sql`case when outbox.wanted > outbox.sent and outbox.due_at is not null
              then outbox.due_at else excluded.due_at end`,
            position: sql`excluded.position`,
          }),
        )
        .execute();
    },

    async claim(now, until, owner, limit, except = []) {
      const rows = await unflushed(database, (db) =>
        db
          .with('due', (cte) =>
            cte
              .selectFrom('outbox as row')
              .select('row.id')
              .where(sql<boolean>`row.wanted > row.sent`)
              .where('row.due_at', '<=', now)
              .$if(except.length > 0, (query) => query.where('row.id', 'not in', except))
              .where((is) => is.or([is('row.leased_until', 'is', null), is('row.leased_until', '<=', now)]))
              // Only the first that is owed to somebody: what follows waits for it, also while it is being sent or tried
              // again. A row that was given up (no due time) holds nobody up.
              .where(({ not, exists, selectFrom }) =>
                not(
                  exists(
                    selectFrom('outbox as earlier')
                      .select('earlier.id')
                      .whereRef('earlier.recipient', '=', 'row.recipient')
                      .where(sql<boolean>`earlier.wanted > earlier.sent`)
                      .where('earlier.due_at', 'is not', null)
                      .where(sql<boolean>`(earlier.position < row.position
                      or (earlier.position = row.position and earlier.id < row.id))`),
                  ),
                ),
              )
              .orderBy('row.position')
              .orderBy('row.id')
              .limit(limit)
              .$if(engine === 'postgres', (query) => query.forUpdate('row').skipLocked()),
          )
          .updateTable('outbox')
          .set({ leased_until: until, lease_owner: owner, attempts: sql`attempts + 1` })
          .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
          .returningAll()
          .execute(),
      );
      return rows.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1)).map(toOutboxRow);
    },

    async sent(row, at) {
      const mine = sql<boolean>`attempts = ${row.attempts}`;
      // Lost in a power failure it is sent again, like after a crash between the sending and this.
      await unflushed(database, (db) =>
        db
          .updateTable('outbox')
          .set({
            sent: sql`case when sent < ${row.wanted} then cast(${row.wanted} as bigint) else sent end`,
            sent_conversation: at.conversation,
            sent_activity: at.activity,
            failed_code: null,
            leased_until: sql`case when ${mine} then null else leased_until end`,
            lease_owner: sql`case when ${mine} then null else lease_owner end`,
            attempts: sql`case when ${mine} then 0 else attempts end`,
          })
          .where('id', '=', row.id)
          .execute(),
      );
    },

    async failed(row, code, dueAt) {
      await unflushed(database, (db) =>
        db
          .updateTable('outbox')
          .set({
            failed_code: code,
            // Given up, but wanted anew while it was being sent: that deserves a try of its own.
            due_at: dueAt === null ? sql`case when wanted > ${row.wanted} then due_at else null end` : Math.ceil(dueAt),
            leased_until: null,
            lease_owner: null,
          })
          .where('id', '=', row.id)
          .where('attempts', '=', row.attempts)
          .execute(),
      );
    },

    async reachable(person, now) {
      const due = Math.ceil(now);
      await db
        .updateTable('outbox')
        .set({ due_at: due })
        .where('recipient', '=', recipientKey({ person }))
        .where(sql<boolean>`wanted > sent`)
        .where('failed_code', 'is not', null)
        .where('due_at', '>', due)
        .execute();
    },

    async nextDue() {
      const { next } = await db
        .selectFrom('outbox')
        .select(sql<number | null>`min(case when leased_until > due_at then leased_until else due_at end)`.as('next'))
        .where(sql<boolean>`wanted > sent`)
        .executeTakeFirstOrThrow();
      return next;
    },
  };
}

function toOutboxRow(row: Selectable<OutboxTable>): OutboxRow {
  return {
    id: row.id,
    onboardingId: row.onboarding_id,
    to: recipientOf(row.recipient),
    message: row.message,
    ...(row.key === null ? {} : { key: row.key }),
    live: row.live === 1,
    data: row.data === null ? null : parseData(row.data),
    wanted: row.wanted,
    sent: row.sent,
    sentTo:
      row.sent_conversation === null || row.sent_activity === null
        ? null
        : { conversation: row.sent_conversation, activity: row.sent_activity },
    attempts: row.attempts,
  };
}
