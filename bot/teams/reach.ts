import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { PersonId } from '../onboarding/person';
import { failureOf, type Next } from './delivery';
import type { Drawn } from './draw';
import { at, type Place, type PostDeps, personIn, post, serviceUrlOf } from './post';

/** Puts the app into somebody's personal scope; `there` also when it was. Never rejects. */
export type InstallApp = (person: PersonId) => Promise<'installed' | 'there' | 'refused' | 'no-teams' | 'later'>;

export interface ReachDeps extends PostDeps {
  /** Left out where Graph may not install the app. */
  readonly installApp?: InstallApp;
  readonly clock: Clock;
  readonly log: Logger;
}

export type Reach = (place: Place, drawn: Drawn) => Promise<{ conversation: string; activity: string }>;

/** Microsoft's Bot Connector for tenants in the American government's community cloud. */
const GOVERNMENT_SERVICE_URL = 'https://smba.infra.gcc.teams.microsoft.com/gcc/';
/** Somebody who took the app away gets it back once a day at most. */
const INSTALL_EVERY = 24 * 60 * 60_000;
const TRY_INSTALL_EVERY = 10 * 60_000;
const MANY = 5_000;

/**
 * Delivers, and mends what can be mended from here: installs the app for a person who has not got it, and goes to the
 * other host where the service says so. Each is tried once for a delivery. Throws what the connector threw.
 */
export function createReach(deps: ReachDeps): Reach {
  const notBefore = new Map<PersonId, number>();

  async function install(person: PersonId): Promise<boolean> {
    const now = deps.clock.now();
    if (!deps.installApp || now < (notBefore.get(person) ?? 0)) return false;
    if (notBefore.size >= MANY) notBefore.clear();
    notBefore.set(person, now + TRY_INSTALL_EVERY);
    const result = await deps.installApp(person);
    deps.log.info({ event: 'app-installed', person, result });
    if (result !== 'installed' && result !== 'there') return false;
    notBefore.set(person, now + INSTALL_EVERY);
    return true;
  }

  const mends: Partial<Record<Next, (place: Place) => Promise<Place | null>>> = {
    'not-installed': async (place) => {
      const person = personIn(place);
      if (person === null || !(await install(person))) return null;
      return { person, serviceUrl: serviceUrlOf(place) };
    },
    'other-host': async (place) => {
      const url = deps.settings.governmentServiceUrl ?? GOVERNMENT_SERVICE_URL;
      if (serviceUrlOf(place) === url || !deps.settings.allowedServiceUrls(url)) return null;
      const moved = at(place, url);
      if ('edit' in moved) await deps.outbox.saveConversation(moved.edit.conversation);
      if ('conversation' in moved) await deps.outbox.saveConversation(moved.conversation);
      return moved;
    },
  };

  return async (first, drawn) => {
    let place = first;
    const tried = new Set<Next>();
    for (;;) {
      try {
        return await post(deps, place, drawn);
      } catch (error) {
        const { next } = failureOf(error, deps.clock.now());
        const mended = tried.has(next) ? null : ((await mends[next]?.(place)) ?? null);
        if (!mended) throw error;
        tried.add(next);
        place = mended;
      }
    }
  };
}
