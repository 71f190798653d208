import type { Onboarding, Recipient } from './onboarding';
import type { PersonId } from './person';
import type { Refusal } from './refusal';

/** Who caused a ledger entry. `operator` is the command line, with the account that ran it. */
export type Actor =
  | { readonly person: PersonId }
  | { readonly onboard: 'worker' | 'sweep' }
  | { readonly operator: string };

/**
 * One line of the ledger. `event` is a stable code; `detail` holds ids, times, counts and codes, never a person's words
 * and never a secret.
 */
export interface LedgerEntry {
  readonly at: number;
  readonly actor: Actor;
  readonly event: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Cards that live as long as their onboarding and are edited in place, drawn from its state when they are delivered. */
export type LiveMessage = 'request' | 'approval' | 'second-approval' | 'approver-status' | 'guide';

/** Sent once, about an onboarding. */
export type NoticeMessage =
  | 'approver-reminder'
  | 'approver-start'
  | 'approver-old-gone'
  | 'helpdesk-called'
  | 'approver-pass-wanted'
  | 'subject-half-time'
  | 'subject-last-minutes'
  | 'subject-passkey-seen'
  | 'subject-authenticator-seen'
  | 'subject-wrong-kind'
  | 'subject-closed'
  | 'approver-closed'
  | 'requester-closed'
  | 'alert';

/**
 * That somebody should see something. It carries no content: the card is drawn from the onboarding when it is
 * delivered, so a message can neither be stale nor hold a secret. One row for each (onboarding, recipient, message); a
 * notice with a `key` is one row for each key as well, so that the same person can be alerted about different things.
 */
export type Tell =
  | { readonly live: LiveMessage; readonly to: Recipient }
  | { readonly once: NoticeMessage; readonly to: Recipient; readonly key?: string };

/** What a decision changes, all of it in one transaction. */
export interface Change {
  readonly next: Onboarding;
  readonly ledger: readonly LedgerEntry[];
  readonly tell: readonly Tell[];
}

export type Decision =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly refusal: Refusal };

export function refuse(refusal: Refusal): Decision {
  return { ok: false, refusal };
}

export function accept(next: Onboarding, ledger: readonly LedgerEntry[], tell: readonly Tell[]): Decision {
  return { ok: true, change: { next, ledger, tell } };
}
