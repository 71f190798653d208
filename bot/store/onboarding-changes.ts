import { sql } from 'kysely';
import type { Change } from '../onboarding/decision';
import type { Onboarding } from '../onboarding/onboarding';
import type { Caps, Store } from '../workflow/store-port';
import { canonicalJson } from './canonical-json';
import { countFor } from './onboarding-queries';
import { toOnboarding, toRow } from './onboarding-rows';
import { tellAll } from './outbox-tell';
import { sealNew } from './personal-text';
import type { Queries } from './schema';
import type { Write, Writing } from './write';

/** What decides: each of these is one transaction with its ledger entries and its messages. */
export function createChanges(
  write: Write,
  now: () => number,
): Pick<Store, 'create' | 'commit' | 'commitCapped' | 'record' | 'setPaused'> {
  async function commitIn({ tx, append }: Writing, previous: Onboarding, change: Change): Promise<Onboarding | null> {
    const { id, number, version } = previous;
    const next: Onboarding = { ...change.next, id, number, version: version + 1 };
    const { numUpdatedRows } = await tx
      .updateTable('onboarding')
      .set(toRow(next))
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return null;
    await append(id, change.ledger, sealNew(previous, next));
    await tellAll(tx, { onboardingId: id, tell: change.tell, redraw: looksOther(previous, next), now: now() });
    return asStored(next);
  }

  return {
    create: (change, caps) =>
      write(async ({ tx, append }) => {
        const capped = caps && (await cappedBy(tx, change.next, caps));
        if (capped) return { capped };
        const { newest } = await tx
          .selectFrom('onboarding')
          .select((is) => is.fn.coalesce(is.fn.max('number'), sql<number>`0`).as('newest'))
          .executeTakeFirstOrThrow();
        const created: Onboarding = { ...change.next, number: newest + 1, version: 1 };
        const inserted = await tx
          .insertInto('onboarding')
          .values(toRow(created))
          // The words of the partial index, or PostgreSQL does not find it.
          .onConflict((conflict) => conflict.column('subject_id').where(sql<boolean>`state <> 'closed'`).doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!inserted) {
          const taken = await tx
            .selectFrom('onboarding')
            .select(['data', 'due_at'])
            .where('subject_id', '=', created.subject.id)
            .where('state', '<>', 'closed')
            .executeTakeFirstOrThrow();
          return { taken: toOnboarding(taken) };
        }
        await append(created.id, change.ledger, sealNew(null, created));
        await tellAll(tx, { onboardingId: created.id, tell: change.tell, redraw: true, now: now() });
        return { created: asStored(created) };
      }),

    commit: (previous, change) => write((writing) => commitIn(writing, previous, change)),

    commitCapped: (previous, change, { approver }) =>
      write(async (writing) =>
        (await isFull(writing.tx, change.next, approver))
          ? { capped: 'approver' }
          : commitIn(writing, previous, change),
      ),

    async record(onboardingId, entries) {
      if (entries.length > 0) await write(({ append }) => append(onboardingId, entries));
    },

    setPaused: (paused, entry) =>
      write(async ({ tx, append }) => {
        const value = paused ? '1' : '0';
        await tx
          .insertInto('setting')
          .values({ name: 'paused', value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute();
        await append(null, [entry]);
      }),
  };
}

/** Counted while the ledger's head is locked, which every writer of every instance waits for. */
async function cappedBy(tx: Queries, next: Onboarding, caps: Caps): Promise<keyof Caps | null> {
  const { subject, requester, approver } = caps;
  const today = await countFor(tx, { requester: next.requester.id, since: requester.since });
  if (today.requested >= requester.max) return 'requester';
  const windows = await countFor(tx, { subject: next.subject.id, since: subject.since });
  if (windows.windows >= subject.max) return 'subject';
  return (await isFull(tx, next, approver)) ? 'approver' : null;
}

/** The onboarding itself is not among them yet. */
async function isFull(tx: Queries, next: Onboarding, { max }: Caps['approver']): Promise<boolean> {
  const open = await countFor(tx, { approver: next.approver.id, since: 0 });
  return open.openForApprover >= max;
}

/** What load() would give, so that nobody goes on with a part that JSON does not keep. */
function asStored(onboarding: Onboarding): Onboarding {
  return JSON.parse(JSON.stringify(onboarding)) as Onboarding;
}

/** Cards are drawn from the onboarding, so one that differs only in these needs no new drawing. */
function looksOther(previous: Onboarding, next: Onboarding): boolean {
  const drawn = ({ version: _version, dueAt: _dueAt, ...rest }: Onboarding) => canonicalJson(rest);
  return drawn(previous) !== drawn(next);
}
