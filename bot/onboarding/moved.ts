import type { Actor, LedgerEntry, Tell } from './decision';
import type { Onboarding, Recipient } from './onboarding';

/** One ledger line. `detail` holds ids, times, counts and codes only. */
export function entry(at: number, actor: Actor, event: string, detail: LedgerEntry['detail'] = {}): LedgerEntry {
  return { at, actor, event, detail };
}

export function toPerson(person: { readonly id: string }): Recipient {
  return { person: person.id };
}

/** The live card where the request was made. */
export function requestCard(onboarding: Onboarding): Tell {
  return { live: 'request', to: { conversation: onboarding.askedIn } };
}

/** The decider's own card: who approved, or who is asked while nobody has. */
export function approvalCard(onboarding: Onboarding): Tell {
  return { live: 'approval', to: toPerson(onboarding.approvedBy ?? onboarding.approver) };
}

/** Every card that shows how an onboarding stands. Those whose people have not been told anything yet are left out. */
export function liveCards(onboarding: Onboarding): readonly Tell[] {
  const cards: Tell[] = [requestCard(onboarding), approvalCard(onboarding)];
  if (onboarding.secondApprovedBy) cards.push({ live: 'second-approval', to: toPerson(onboarding.secondApprovedBy) });
  if (onboarding.memberAt !== undefined) {
    cards.push({ live: 'approver-status', to: toPerson(onboarding.approvedBy ?? onboarding.approver) });
    cards.push({ live: 'guide', to: toPerson(onboarding.subject) });
  }
  return cards;
}

export type StartedBy = 'onboard' | { readonly person: string } | { readonly operator: string };

/** The actor of a ledger line for whoever started something. */
export function actorOf(by: StartedBy): Actor {
  return by === 'onboard' ? { onboard: 'worker' } : by;
}

/** The same, as the onboarding keeps it. */
export function keptAs(by: StartedBy): string {
  if (by === 'onboard') return 'onboard';
  return 'person' in by ? by.person : 'operator';
}
