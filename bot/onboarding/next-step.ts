import type { Onboarding } from './onboarding';

/** All that the guide page may know of an onboarding. `start` is also said where there is none. */
export const NEXT_STEPS = ['start', 'passkey', 'elsewhere', 'finish'] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/**
 * What the person does next, from what was seen of her methods and from nothing else: neither the state nor a deadline
 * goes in, so that whoever holds the link is not told that a window is open. Before anything was seen, and once it is
 * over, it is what everybody is told.
 */
export function nextStep(
  onboarding: Pick<Onboarding, 'state' | 'passkey' | 'wrongKind' | 'authenticatorSeenAt'>,
): NextStep {
  if (onboarding.state === 'closed') return 'start';
  if (onboarding.passkey) return 'finish';
  if (onboarding.wrongKind) return 'elsewhere';
  return onboarding.authenticatorSeenAt === undefined ? 'start' : 'passkey';
}
