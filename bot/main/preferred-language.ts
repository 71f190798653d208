import type { Clock } from '../clock';
import type { PersonId } from '../onboarding/person';
import type { Tenant } from '../workflow/tenant';

/** An answer in chat waits no longer than this for the directory: it is then written in the language of their Teams. */
const PATIENCE = 1_000;
const REMEMBER = 60 * 60_000;
const MOST = 1_000;

/**
 * What the directory says that somebody wants to read; `undefined` when it says nothing or does not answer in time. Asked
 * at most once an hour for each person, and never for a click or for a card, whose people are in the onboarding.
 */
export function createPreferredLanguage(tenant: Pick<Tenant, 'person'>, clock: Clock) {
  const known = new Map<PersonId, { readonly until: number; readonly language: string | undefined }>();
  return async (person: PersonId): Promise<string | undefined> => {
    const before = known.get(person);
    if (before && before.until > clock.now()) return before.language;
    const read = async () => {
      const language = (await tenant.person(person))?.preferredLanguage;
      if (known.size >= MOST) known.clear();
      known.set(person, { until: clock.now() + REMEMBER, language });
      return language;
    };
    const late = new AbortController();
    const tooLate = clock.sleep(PATIENCE, late.signal).then(() => undefined);
    return Promise.race([read().catch(() => undefined), tooLate]).finally(() => late.abort());
  };
}
