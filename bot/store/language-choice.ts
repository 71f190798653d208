import type { Outbox } from '../workflow/store-port';
import type { Queries } from './schema';

/** In which language people asked to be written to. */
export function createLanguageChoice(db: Queries): Pick<Outbox, 'chosenLanguage' | 'chooseLanguage'> {
  return {
    async chosenLanguage(person) {
      const row = await db
        .selectFrom('language_choice')
        .select('language')
        .where('person_id', '=', person)
        .executeTakeFirst();
      return row?.language ?? null;
    },

    async chooseLanguage(person, language) {
      await db
        .insertInto('language_choice')
        .values({ person_id: person, language })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ language }))
        .execute();
    },
  };
}
