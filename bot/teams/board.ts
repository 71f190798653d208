import { BOARD_FROM } from '../../cards/render';
import type { Onboarding } from '../onboarding/onboarding';
import type { Onboardings } from '../workflow/onboardings';
import type { OutboxRow } from '../workflow/store-port';

/** Stands in place of a message: this one is shown on the card of its conversation, and stays there. */
export const ON_BOARD = 'board';

/** The conversation whose card of many this row is. */
export function boardOf(row: OutboxRow): string | null {
  return row.message === 'board' && 'conversation' in row.to ? row.to.conversation : null;
}

/**
 * Whether an onboarding is shown together with others where it was asked for. Decided once, when its card would be sent
 * for the first time: a card that is there is edited as before, and one that has none does not get one later.
 */
export async function isOnBoard(
  { onboardings }: { readonly onboardings: Onboardings },
  row: OutboxRow,
  onboarding: Onboarding,
): Promise<boolean> {
  if (row.message !== 'request') return false;
  if (row.sentTo) return row.sentTo.activity === ON_BOARD;
  const open = await onboardings.askedIn(onboarding.askedIn, Number.MAX_SAFE_INTEGER);
  return open.length >= BOARD_FROM;
}
