import { sql } from 'kysely';
import type { Store } from '../workflow/store-port';
import { toGlance, toOnboarding } from './onboarding-rows';
import { recipientKey } from './outbox-tell';
import type { Queries } from './schema';

/** More than a card could show. */
export const ASKED_AT_MOST = 500;

export type OnboardingQueries = Pick<
  Store,
  | 'load'
  | 'loadByNumber'
  | 'active'
  | 'overview'
  | 'windows'
  | 'lastSeenInGroup'
  | 'lastWindowOf'
  | 'counts'
  | 'askedIn'
  | 'list'
  | 'paused'
>;

/** What reads and changes nothing. */
export function createQueries(db: Queries): OnboardingQueries {
  const rows = () => db.selectFrom('onboarding').select(['data', 'due_at']);

  return {
    async load(id) {
      const row = await rows().where('id', '=', id).executeTakeFirst();
      return row ? toOnboarding(row) : null;
    },

    async loadByNumber(number) {
      const row = await rows().where('number', '=', number).executeTakeFirst();
      return row ? toOnboarding(row) : null;
    },

    async active(after = 0, limit) {
      const found = await rows()
        .where((is) => is.or([is('state', '<>', 'closed'), is('due_at', 'is not', null)]))
        .where('number', '>', after)
        .orderBy('number')
        .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
        .execute();
      return found.map(toOnboarding);
    },

    async overview() {
      const inGroup = sql`left_at is null`;
      const outBy = sql`case when exit_at < deadline then exit_at else coalesce(deadline, 0) end`;
      return db
        .selectFrom('onboarding')
        .select(sql<number>`count(case when ${inGroup} then 1 end)`.as('open'))
        .select(sql<number | null>`min(case when ${inGroup} then ${outBy} end)`.as('firstOutBy'))
        .select(sql<number | null>`min(opened_at)`.as('oldestOpenedAt'))
        .where('opened_at', '>', 0)
        .where(sql<boolean>`state <> 'closed'`)
        .executeTakeFirstOrThrow();
    },

    async windows() {
      const found = await db
        .selectFrom('onboarding')
        .select(['id', 'number', 'version', 'state', 'subject_id', 'opened_at', 'deadline'])
        .select(['due_at', 'exit_at', 'left_at'])
        .where('opened_at', '>', 0)
        .where(sql<boolean>`state <> 'closed'`)
        .execute();
      return found.map(toGlance);
    },

    async lastSeenInGroup(person) {
      const row = await db.selectFrom('seen_in_group').select('at').where('person_id', '=', person).executeTakeFirst();
      return row?.at ?? null;
    },

    async lastWindowOf(subject) {
      const row = await rows()
        .where('subject_id', '=', subject)
        .where('opened_at', 'is not', null)
        .orderBy('opened_at', 'desc')
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? toOnboarding(row) : null;
    },

    counts: (query) => countFor(db, query),

    async askedIn(conversation, endedSince) {
      // Every request owes a card to the conversation it came from, and that row says which one this is.
      const found = await db
        .selectFrom('onboarding')
        .innerJoin('outbox', 'outbox.onboarding_id', 'onboarding.id')
        .select(['onboarding.data', 'onboarding.due_at'])
        .where('outbox.recipient', '=', recipientKey({ conversation }))
        .where('outbox.message', '=', 'request')
        .where((is) =>
          is.or([is('onboarding.state', '<>', 'closed'), is('onboarding.closed_at', '>=', Math.ceil(endedSince))]),
        )
        // Of more than these the newest, which are still to be drawn.
        .orderBy('onboarding.number', 'desc')
        .limit(ASKED_AT_MOST)
        .execute();
      return found.map(toOnboarding).reverse();
    },

    async list(limit) {
      const found = await rows().orderBy('number', 'desc').limit(limit).execute();
      return found.map(toOnboarding);
    },

    async paused() {
      const row = await db.selectFrom('setting').select('value').where('name', '=', 'paused').executeTakeFirst();
      return row?.value === '1';
    },
  };
}

/** In a transaction as well, where it decides. */
export async function countFor(
  db: Queries,
  { requester, approver, subject, since }: Parameters<Store['counts']>[0],
): ReturnType<Store['counts']> {
  const count = () => db.selectFrom('onboarding').select(sql<number>`count(*)`.as('count'));
  const requested =
    requester === undefined
      ? null
      : await count().where('requester_id', '=', requester).where('requested_at', '>=', since).executeTakeFirst();
  const open =
    approver === undefined
      ? null
      : await count().where('approver_id', '=', approver).where(sql<boolean>`state <> 'closed'`).executeTakeFirst();
  const windows =
    subject === undefined
      ? null
      : await count().where('subject_id', '=', subject).where('opened_at', '>=', since).executeTakeFirst();
  return { requested: requested?.count ?? 0, openForApprover: open?.count ?? 0, windows: windows?.count ?? 0 };
}
