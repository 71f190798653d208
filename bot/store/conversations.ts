import type { Selectable } from 'kysely';
import type { Conversation, Outbox } from '../workflow/store-port';
import type { ConversationTable, Queries } from './schema';

type Conversations = Pick<Outbox, 'saveConversation' | 'conversation' | 'personalConversation' | 'forgetConversation'>;

/** Which of two chats was heard of last is known to this, ms. */
const SAVED_LATELY = 60_000;

/** Where the bot can write. */
export function createConversations(db: Queries, now: () => number): Conversations {
  return {
    async saveConversation({ id, serviceUrl, kind, personId, locale, zone }) {
      const values = {
        service_url: serviceUrl,
        kind,
        person_id: personId,
        locale,
        // A device that does not say where it is does not take back what another said.
        ...(zone ? { zone } : {}),
        saved_at: now(),
      };
      const known = await db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
      const same =
        known &&
        Object.entries(values).every(
          ([name, value]) => name === 'saved_at' || known[name as keyof typeof known] === value,
        );
      // Said with every line of chat: written only when there is something new in it, or to stay the one heard of last.
      if (same && values.saved_at - known.saved_at < SAVED_LATELY) return;
      await db
        .insertInto('conversation')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },

    async conversation(id) {
      const row = await db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toConversation(row) : null;
    },

    async personalConversation(person) {
      // Installing the app again may make a second chat: the one that was heard of last is alive.
      const row = await db
        .selectFrom('conversation')
        .selectAll()
        .where('person_id', '=', person)
        .where('kind', '=', 'personal')
        .orderBy('saved_at', 'desc')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row ? toConversation(row) : null;
    },

    async forgetConversation(id) {
      await db.deleteFrom('conversation').where('id', '=', id).execute();
    },
  };
}

function toConversation(row: Selectable<ConversationTable>): Conversation {
  return {
    id: row.id,
    serviceUrl: row.service_url,
    kind: row.kind as Conversation['kind'],
    personId: row.person_id,
    locale: row.locale,
    ...(row.zone === null ? {} : { zone: row.zone }),
  };
}
