import type { Decision } from '../onboarding/decision';
import type { Onboarding } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';
import type { Context } from './context';
import type { Caps } from './store-port';

export type Committed =
  | { readonly ok: true; readonly onboarding: Onboarding }
  | { readonly ok: false; readonly refusal: Refusal; readonly onboarding: Onboarding };

/** More writers than this at one onboarding at once is not a race but a fault. */
const ROUNDS = 8;

/**
 * Decides on the newest state and commits. Whoever loses a race decides again on what the winner left, so the second
 * person is refused with the outcome of the first and never overwrites it. With `caps` an approver who has as many as that
 * is none: it is decided again, with everybody `full` so far left out.
 */
export async function commit(
  context: Pick<Context, 'store' | 'changed'>,
  onboarding: Onboarding,
  decide: (current: Onboarding, full: ReadonlySet<PersonId>) => Decision,
  caps?: Pick<Caps, 'approver'>,
): Promise<Committed> {
  let current = onboarding;
  const full = new Set<PersonId>();
  for (let round = 0; round < ROUNDS + full.size; round++) {
    const decision = decide(current, full);
    if (!decision.ok) return { ok: false, refusal: decision.refusal, onboarding: current };
    const stored = caps
      ? await context.store.commitCapped(current, decision.change, caps)
      : await context.store.commit(current, decision.change);
    if (stored && 'capped' in stored) {
      full.add(decision.change.next.approver.id);
      continue;
    }
    if (stored) {
      context.changed();
      return { ok: true, onboarding: stored };
    }
    const newest = await context.store.load(current.id);
    if (!newest) throw new Error(`onboarding ${current.id} vanished from the store`);
    current = newest;
  }
  throw new Error(`onboarding ${onboarding.id}: ${ROUNDS} writers in a row were faster`);
}
