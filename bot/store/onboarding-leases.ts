import { sql } from 'kysely';
import type { Store } from '../workflow/store-port';
import { toOnboarding } from './onboarding-rows';
import type { Database } from './schema';
import { unflushed } from './unflushed';

/** An instance that said nothing for this long is dead, ms. It says so every few seconds. */
export const INSTANCE_SILENT = 15_000;
/** No lease is as old as that. */
const LONG_DEAD = 60 * 60_000;

/** Who works on what until when. A lease is not a change: it has no version and no ledger entry. */
export function createLeases(database: Database): Pick<Store, 'claimDue' | 'lease' | 'release' | 'nextDue' | 'alive'> {
  const { db, engine } = database;
  return {
    async claimDue(now, until, owner, limit, what) {
      const rows = await unflushed(database, (db) =>
        db
          // A CTE with row locks is evaluated once; as a plain subquery PostgreSQL may run it again and claim too many.
          .with('due', (cte) =>
            cte
              .selectFrom('onboarding')
              .select('id')
              .where(what === 'looks' ? isLook(now) : isStep(now))
              .where(isFree(now))
              .$if(what === 'steps', (query) => query.orderBy(exitsFirst(now)))
              .orderBy('due_at')
              .orderBy('number')
              .limit(limit)
              .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
          )
          .updateTable('onboarding')
          .set({ leased_until: until, lease_owner: owner })
          .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
          .returning(['data', 'due_at', 'state', 'number', 'deadline'])
          .execute(),
      );
      // RETURNING promises no order.
      const rank = ({ state, deadline }: (typeof rows)[number]) =>
        state === 'closing' || (MAY_BE_OVER.includes(state) && (deadline ?? 0) <= now) ? 0 : 1;
      return rows
        .sort((a, b) => rank(a) - rank(b) || (a.due_at ?? 0) - (b.due_at ?? 0) || a.number - b.number)
        .map(toOnboarding);
    },

    async lease(id, now, until, owner) {
      const { numUpdatedRows } = await unflushed(database, (db) =>
        db
          .updateTable('onboarding')
          .set({ leased_until: until, lease_owner: owner })
          .where('id', '=', id)
          .where(isFree(now))
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows === 1n;
    },

    async release(id, owner, next) {
      // One statement: between two of them a click could commit.
      const dueAt = next
        ? sql<number>`case when version = ${next.version} then cast(${Math.ceil(next.dueAt)} as bigint) else due_at end`
        : undefined;
      await unflushed(database, (db) =>
        db
          .updateTable('onboarding')
          .set({ leased_until: null, lease_owner: null, ...(dueAt ? { due_at: dueAt } : {}) })
          .where('id', '=', id)
          .where('lease_owner', '=', owner)
          .execute(),
      );
    },

    async alive(owner, now) {
      const alive_at = Math.ceil(now);
      await unflushed(database, (db) =>
        db
          .insertInto('instance')
          .values({ owner, alive_at })
          .onConflict((conflict) => conflict.column('owner').doUpdateSet({ alive_at }))
          .execute(),
      );
      await db
        .deleteFrom('instance')
        .where('alive_at', '<', alive_at - LONG_DEAD)
        .execute();
    },

    async nextDue() {
      const { next } = await db
        .selectFrom('onboarding')
        .select(sql<number | null>`min(case when leased_until > due_at then leased_until else due_at end)`.as('next'))
        .where('due_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return next;
    },
  };
}

/**
 * Nobody's, run out, or that of an instance which has died. `alive_at` and the end of a lease are of their owner's clock,
 * `now` is ours: some ten seconds ahead, we take over what is still worked on. That is safe as long as every step but an
 * opening may run twice and the version decides whose commit counts.
 */
function isFree(now: number) {
  return sql<boolean>`(leased_until is null or leased_until <= ${now} or (state <> 'opening'
    and lease_owner in (select owner from instance where alive_at <= ${now - INSTANCE_SILENT})))`;
}

const MAY_BE_OVER: readonly string[] = ['opening', 'open'];

function exitsFirst(now: number) {
  return sql`case when state = 'closing' or (state in ('opening', 'open') and coalesce(deadline, 0) <= ${now})
    then 0 else 1 end`;
}

/**
 * The states are in the words of the statement and not among its parameters, and both halves of a step are asked for
 * alone: that is how the partial indexes are found, and ten thousand open windows are not gone through for each claim.
 */
function isLook(now: number) {
  return sql<boolean>`state = 'open' and due_at <= ${now} and coalesce(deadline, 0) > ${now}`;
}

function isStep(now: number) {
  return sql<boolean>`id in (
    select id from onboarding where state <> 'open' and due_at <= ${now}
    union all
    select id from onboarding where state = 'open' and coalesce(deadline, 0) <= ${now} and due_at <= ${now})`;
}
