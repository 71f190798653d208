import type { Store } from '../workflow/store-port';
import type { Queries } from './schema';

/** So many rows in one statement: SQLite bounds the parameters. */
const ROWS = 200;

/** Who was in the group without a window that says so. Nothing is decided here, so it has no ledger entry. */
export function createSeenInGroup(db: Queries): Pick<Store, 'sawInGroup'> {
  return {
    async sawInGroup(people, at, forgetBefore) {
      for (let from = 0; from < people.length; from += ROWS) {
        await db
          .insertInto('seen_in_group')
          .values(people.slice(from, from + ROWS).map((person_id) => ({ person_id, at })))
          .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ at }))
          .execute();
      }
      await db.deleteFrom('seen_in_group').where('at', '<', forgetBefore).execute();
    },
  };
}
