import type { Baseline, Method } from './method';
import type { PersonId, PersonName } from './person';
import type { Recovery } from './recovery';
import type { Route } from './routes';
import type { Stuck } from './stuck';

export type State = 'requested' | 'approved' | 'opening' | 'open' | 'closing' | 'closed';

/** How a window that was opened ended. */
export type WindowOutcome = 'completed' | 'lapsed' | 'stopped' | 'frozen';

/** How an onboarding ended; the first three never opened a window. */
export type Outcome = 'declined' | 'expired' | 'cancelled' | WindowOutcome;

/** Where a message goes: to a person's own chat, or to the conversation in which the request was made. */
export type Recipient = { readonly person: PersonId } | { readonly conversation: string };

/** One Temporary Access Pass that was minted: its method id, never its code. */
export interface MintedPass {
  readonly number: number;
  readonly id: string;
  readonly validUntil: number;
  /** When its code was about to be shown. Absent in what was stored before this was kept. */
  readonly mintedAt?: number;
}

/** The three parts of an exit. Each is set only by a read that showed it (tenant's clock where `tenantTime` says so). */
export interface Exit {
  readonly outcome: WindowOutcome;
  readonly startedAt: number;
  readonly startedBy: PersonId | 'onboard' | 'operator';
  /** Passes and sessions are left alone until then, so that the wizard can still say Next and Done. */
  readonly settleAt: number;
  /** When the last removal was answered, by the tenant's clock; sessions must be invalid from later than this. */
  readonly removedTenantTime?: number;
  /** Absence from the group was read. */
  readonly leftAt?: number;
  /** The last pass that was shown is known to be deleted, not only absent from a list that may be late. */
  readonly passDeletedAt?: number;
  /** No pass was listed, read after `mintingUntil`. */
  readonly passGoneAt?: number;
  /** `signInSessionsValidFromDateTime`, read back, later than the removal. */
  readonly sessionsRevokedAt?: number;
  /** Everything that was added was read; for a completion, the proof was still there. */
  readonly methodsReadAt?: number;
  /** The proof was not there at that read. One read may be late, so a second one has to agree. */
  readonly proofMissedAt?: number;
}

/** A method that was added since the baseline. `goneAt`: a later read did not show it any more. */
export interface AddedMethod extends Method {
  readonly seenAt: number;
  readonly goneAt?: number;
}

/** Aftercare looks again at these distances from the end . */
export const AFTERCARE_DELAYS = [15 * 60_000, 60 * 60_000, 24 * 60 * 60_000] as const;

/**
 * One onboarding, from request to outcome. Times are epoch milliseconds of our clock unless a name says tenant.
 * It never holds a pass. `version` grows with every commit and is what card clicks and concurrent writers are held to.
 */
export interface Onboarding {
  readonly id: string;
  /** Shown to people as `ONB-42`. */
  readonly number: number;
  readonly version: number;
  /** Ties a card to this onboarding; it must match before anything else is looked at. */
  readonly nonce: string;
  readonly state: State;
  readonly reason: 'new' | 'recover';
  /** What it replaces; with reason `recover` only. */
  readonly recovery?: Recovery;
  readonly subject: PersonName;
  readonly requester: PersonName;
  /** Who is asked first: the manager, or a fallback where there is no usable one. */
  readonly approver: PersonName;
  /** `line`: somebody above the manager, because whoever was asked before said that it is not theirs. */
  readonly approverIs: 'manager' | 'fallback' | 'line';
  /** Who was asked and said that it is not theirs, in order; they do not decide this one any more. */
  readonly passedOn?: readonly PersonName[];
  readonly privileged: boolean;
  /** Where the request was made, for the live card. */
  readonly askedIn: string;
  /** The requester's number for it in another system. */
  readonly ticket?: string;
  /** Why, in the requester's own words, at most 300 characters. */
  readonly because?: string;
  /** The requester's time zone, for times on cards that many people read. */
  readonly zone?: string;
  readonly requestedAt: number;
  readonly expiresAt: number;
  /** When it may begin at the earliest; absent means as soon as it is approved. */
  readonly startAt?: number;
  /** The approver was told that it may begin. */
  readonly startToldAt?: number;
  readonly remindedAt?: number;
  readonly escalatedAt?: number;
  /** The fallbacks who were asked as well, because the approver did not answer. */
  readonly escalatedTo?: readonly PersonName[];

  readonly approvedBy?: PersonName;
  readonly approvedAt?: number;
  readonly secondApprovedBy?: PersonName;
  readonly secondApprovedAt?: number;
  /** What the decider wrote, at most 500 characters. Shown to helpdesk; never in the ledger. */
  readonly comment?: string;
  /** Approved, but the pass must be asked for before this. */
  readonly useBy?: number;

  /** Set by the commit that opens the window, and never changed after it. */
  readonly openedAt?: number;
  readonly deadline?: number;
  readonly baseline?: Baseline;
  /** Membership was read back. */
  readonly memberAt?: number;
  /** When the subject was reminded that time runs: at half of it, and shortly before its end. */
  readonly remindedHalfAt?: number;
  readonly remindedLastAt?: number;

  readonly passesStarted: number;
  /** A mint is under way until then at the latest; the exit reads the passes once more after it. */
  readonly mintingUntil?: number;
  readonly pass?: MintedPass;
  readonly handedOverAt?: number;
  /** When somebody asked the approver for another pass; nothing is made by asking. */
  readonly passWantedAt?: number;

  readonly authenticatorSeenAt?: number;
  readonly passkey?: Method & { readonly seenAt: number };
  readonly wrongKind?: Method & { readonly seenAt: number };
  /** Every passkey of a wrong kind that was seen; each is new only once. */
  readonly wrongKindIds?: readonly string[];
  readonly doneSaidAt?: number;
  /** Where she is in the guide, so that a card that changes stays at her step. */
  readonly guideAt?: { readonly route: Route; readonly step: number };
  /** The last thing that she said she sees, by its id in the catalogue. */
  readonly stuck?: Stuck;
  /** How often a person at the helpdesk was called. */
  readonly helpCalls?: number;
  /** She said, after the end, that the passkey is not hers. */
  readonly deniedAt?: number;
  /** It was read back that every session ended after that. */
  readonly deniedRevokedAt?: number;
  /** What was added since the baseline and is not the proof, of every kind that may be read. */
  readonly added?: readonly AddedMethod[];

  readonly exit?: Exit;
  readonly outcome?: Outcome;
  readonly closedAt?: number;
  readonly closedBy?: PersonId | 'onboard' | 'operator';
  /** How many of AFTERCARE_DELAYS were looked at. */
  readonly aftercareDone?: number;
  /** What aftercare or an exit found that a person must act on. */
  readonly findings: readonly string[];
  /** Somebody said that they took care of what was found, and who. */
  readonly handledAt?: number;
  readonly handledBy?: PersonName;

  /** When the worker looks next; absent when nothing is left to do. */
  readonly dueAt?: number;
}

/** `ONB-42`. */
export function reference(onboarding: Pick<Onboarding, 'number'>): string {
  return `ONB-${onboarding.number}`;
}

/** True from the commit that intends the add until absence from the group was read. */
export function hasOpenWindow(onboarding: Onboarding): boolean {
  return onboarding.openedAt !== undefined && onboarding.exit?.leftAt === undefined && onboarding.state !== 'closed';
}

/** What was added in a window that was stopped or frozen and is still there: somebody has to look at each of it. */
export function toActOn(onboarding: Onboarding): readonly AddedMethod[] {
  const outcome = onboarding.outcome ?? onboarding.exit?.outcome;
  if (outcome !== 'stopped' && outcome !== 'frozen') return [];
  return (onboarding.added ?? []).filter((method) => method.goneAt === undefined);
}

/** Something was found that a person has to put right, and nobody has said yet that it is. */
export function needsHandling(onboarding: Onboarding): boolean {
  if (onboarding.state !== 'closed' || onboarding.openedAt === undefined || onboarding.handledAt !== undefined)
    return false;
  return toActOn(onboarding).length > 0 || onboarding.outcome === 'frozen' || onboarding.findings.some(isSerious);
}

function isSerious(finding: string): boolean {
  return /^(member-again|pass-again|passkey-gone|method-added:|methods-unreadable|foreign-registration:|subject-denies:)/.test(
    finding,
  );
}
