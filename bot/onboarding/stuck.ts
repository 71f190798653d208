import { accept, type Decision, refuse } from './decision';
import { entry, requestCard } from './moved';
import type { Onboarding } from './onboarding';
import type { PersonId } from './person';
import type { Route } from './routes';

/** What she sees, where she is, and since when: what whoever helps has to know. */
export interface Stuck {
  /** A row of the catalogue of failures; `other` when none of them fits. */
  readonly saw: string;
  readonly route?: Route;
  readonly step?: number;
  readonly at: number;
}

/** A person is called this often for one onboarding; after that she has their number. */
export const MOST_CALLS = 5;

/** A code of ours, whatever a card says: it goes into the ledger. */
const CODE = /^[a-z][a-z-]{0,39}$/;

export interface StuckSaid {
  readonly saw: string;
  readonly route?: Route;
  readonly step?: number;
}

/**
 * She says what she sees. It is kept for whoever helps, and her methods are looked at now. The same thing said again at
 * the same step is no change.
 */
export function stuckSaid(onboarding: Onboarding, by: PersonId, said: StuckSaid, now: number): Decision {
  const no = notNow(onboarding, by);
  if (no) return no;
  const saw = CODE.test(said.saw) ? said.saw : 'other';
  const last = onboarding.stuck;
  if (last?.saw === saw && last.route === said.route && last.step === said.step) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, stuck: { ...said, saw, at: now }, dueAt: now };
  return accept(
    next,
    [entry(now, { person: by }, 'stuck-said', { saw, route: said.route ?? null, step: said.step ?? null })],
    [requestCard(next)],
  );
}

/** A person is called: a message of its own where it was asked for, drawn with everything that is known. */
export function helpCalled(onboarding: Onboarding, by: PersonId, now: number): Decision {
  const no = notNow(onboarding, by);
  if (no) return no;
  const calls = onboarding.helpCalls ?? 0;
  if (calls >= MOST_CALLS) return refuse({ code: 'helpdesk-called-already' });
  const next: Onboarding = { ...onboarding, helpCalls: calls + 1, dueAt: now };
  return accept(
    next,
    [entry(now, { person: by }, 'helpdesk-called', { saw: onboarding.stuck?.saw ?? null, call: calls + 1 })],
    [requestCard(next), { once: 'helpdesk-called', to: { conversation: next.askedIn }, key: String(calls + 1) }],
  );
}

function notNow(onboarding: Onboarding, by: PersonId): Decision | null {
  if (by !== onboarding.subject.id) return refuse({ code: 'not-yours' });
  if (onboarding.state === 'closed') return refuse({ code: 'finished', outcome: onboarding.outcome ?? 'cancelled' });
  return onboarding.state === 'open' || onboarding.state === 'closing' ? null : refuse({ code: 'stale-card' });
}

/** She turns a page, or goes back to the choice. Nothing else depends on it, so it is not evidence of anything. */
export function pageTurned(
  onboarding: Onboarding,
  by: PersonId,
  place: { readonly route: Route; readonly step: number } | null,
): Decision {
  if (by !== onboarding.subject.id) return refuse({ code: 'not-yours' });
  const at = onboarding.guideAt;
  if (onboarding.state === 'closed' || (at?.route === place?.route && at?.step === place?.step))
    return refuse({ code: 'stale-card' });
  const { guideAt: _, ...rest } = onboarding;
  return accept(place ? { ...rest, guideAt: place } : rest, [], []);
}
