import type { GuideLinkStore } from '../workflow/guide-links';
import type { Queries } from './schema';

/** Personal links to the guide page, by hash. Nothing else hangs on them: a link that is lost is issued anew. */
export function createGuideLinkStore(db: Queries): GuideLinkStore {
  return {
    async save({ hash, onboardingId, at }, forgetBefore) {
      await db.deleteFrom('guide_link').where('issued_at', '<', forgetBefore).execute();
      await db.insertInto('guide_link').values({ hash, onboarding_id: onboardingId, issued_at: at }).execute();
    },

    async onboardingOf(hash, since) {
      const row = await db
        .selectFrom('guide_link')
        .select('onboarding_id')
        .where('hash', '=', hash)
        .where('issued_at', '>=', since)
        .executeTakeFirst();
      return row?.onboarding_id ?? null;
    },
  };
}
