import type { Onboarding } from '../../bot/onboarding/onboarding';
import { everyCard as every } from '../../cards/samples/every-card';

export { CODE, closed, exit, readBack, rules, states } from '../../cards/samples/states';

/** Every card in every state, by name; `dress` changes what people are called. */
export const everyCard = (dress?: (now: Onboarding) => Onboarding, only?: readonly string[]) =>
  every(dress, only).map(({ kind, state, card }) => [`${kind}, ${state}`, card] as const);
