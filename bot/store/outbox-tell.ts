import { sql } from 'kysely';
import type { Tell } from '../onboarding/decision';
import type { Recipient } from '../onboarding/onboarding';
import type { Queries } from './schema';

/** The next place in the line. Two writers may get the same one; the row's id then decides. */
export const nextPosition = sql<number>`(select coalesce(max(position), 0) + 1 from outbox)`;

export interface Telling {
  readonly onboardingId: string;
  readonly tell: readonly Tell[];
  /** False when nothing has changed that a card could show: then only messages that do not exist yet are added. */
  readonly redraw: boolean;
  readonly now: number;
}

/**
 * Writes down who should see what. One row for each (onboarding, recipient, message, key): however often a live card is
 * wanted before it is delivered, it is delivered once, as things stand then.
 */
export async function tellAll(tx: Queries, { onboardingId, tell, redraw, now }: Telling): Promise<void> {
  for (const one of tell) {
    const live = 'live' in one;
    const message = live ? one.live : one.once;
    const recipient = recipientKey(one.to);
    const key = 'once' in one ? one.key : undefined;
    await tx
      .insertInto('outbox')
      .values({
        id: JSON.stringify([onboardingId, recipient, message, ...(key === undefined ? [] : [key])]),
        onboarding_id: onboardingId,
        recipient,
        message,
        key: key ?? null,
        live: live ? 1 : 0,
        wanted: 1,
        sent: 0,
        attempts: 0,
        position: nextPosition,
        due_at: now,
      })
      .onConflict((conflict) => {
        const same = conflict.column('id');
        if (!live || !redraw) return same.doNothing();
        return same.doUpdateSet({
          wanted: sql`outbox.wanted + 1`,
          due_at: now,
          // A row that waits already keeps its place; one that was delivered, or given up, goes to the end.
          position: sql`case when outbox.wanted > outbox.sent and outbox.due_at is not null
            then outbox.position else excluded.position end`,
        });
      })
      .execute();
  }
}

/** A recipient as one text, the same for the same recipient. */
export function recipientKey(to: Recipient): string {
  return 'person' in to ? `person:${to.person}` : `conversation:${to.conversation}`;
}

export function recipientOf(key: string): Recipient {
  const at = key.indexOf(':');
  const value = key.slice(at + 1);
  return key.startsWith('person:') ? { person: value } : { conversation: value };
}
