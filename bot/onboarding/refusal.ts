/**
 * Every "no" that a person in chat can get, as a stable code with what its text needs. The words are in cards/strings;
 * a test finds a code without words.
 */
export type Refusal =
  // who asks
  | { readonly code: 'not-helpdesk' }
  | { readonly code: 'paused' }
  | { readonly code: 'requester-exempt' }
  | { readonly code: 'requester-cap'; readonly max: number }
  // whom
  | { readonly code: 'name-unusable'; readonly why: 'empty' | 'too-long' | 'characters' }
  /** `suggestion`: the command that may have been meant instead of a name. */
  | { readonly code: 'nobody-found'; readonly name: string; readonly suggestion?: string }
  /** A mention of somebody of whom Teams says nothing here; a name in a text proves nothing. */
  | { readonly code: 'mention-unknown'; readonly name: string }
  | { readonly code: 'too-many-found'; readonly name: string }
  | { readonly code: 'self' }
  | { readonly code: 'guest'; readonly name: string }
  | { readonly code: 'disabled'; readonly name: string }
  | { readonly code: 'protected'; readonly name: string }
  | { readonly code: 'privileged-off'; readonly name: string }
  | { readonly code: 'privileged-unreadable'; readonly name: string }
  | { readonly code: 'guard-unproven'; readonly why: string }
  | { readonly code: 'no-second-approver' }
  | { readonly code: 'has-passkey'; readonly name: string; readonly passkey: string }
  // recovering
  | { readonly code: 'nothing-to-recover'; readonly name: string }
  | { readonly code: 'choose-old' }
  | { readonly code: 'old-not-there'; readonly name: string }
  | { readonly code: 'other-way'; readonly name: string; readonly passkey: string }
  | { readonly code: 'old-still-there'; readonly name: string; readonly passkey: string }
  | { readonly code: 'helpdesk-called-already' }
  | { readonly code: 'already-member'; readonly name: string }
  | { readonly code: 'already-open'; readonly name: string; readonly reference: string }
  | { readonly code: 'recent-window'; readonly name: string }
  | { readonly code: 'subject-cap'; readonly name: string; readonly max: number }
  | {
      readonly code: 'no-approver';
      readonly name: string;
      readonly why:
        | 'no-manager'
        | 'manager-disabled'
        | 'manager-not-a-person'
        | 'manager-is-requester'
        | 'manager-exempt';
    }
  | { readonly code: 'approver-cap'; readonly name: string; readonly max: number }
  | {
      readonly code: 'start-unusable';
      readonly why: 'past' | 'too-far' | 'ambiguous' | 'no-time' | 'unreadable' | 'no-such-time';
      /** How it could be typed; more than one way, separated by commas. */
      readonly suggestion?: string;
    }
  | { readonly code: 'too-many-at-once'; readonly max: number }
  // clicks and text commands on an onboarding
  | { readonly code: 'unknown-onboarding' }
  | { readonly code: 'no-onboarding-for'; readonly name: string }
  | { readonly code: 'not-admin' }
  /** Nobody is left to whom a request can be passed on. */
  | { readonly code: 'nobody-else' }
  | { readonly code: 'passed-on'; readonly to: string }
  | { readonly code: 'not-approved-yet' }
  | { readonly code: 'asked-just-now' }
  | { readonly code: 'stale-card' }
  | { readonly code: 'not-yours' }
  | { readonly code: 'not-approver-any-more' }
  | { readonly code: 'approver-exempt' }
  | { readonly code: 'same-person' }
  | { readonly code: 'confirm-first' }
  | { readonly code: 'already-decided'; readonly outcome: string; readonly by: string }
  | { readonly code: 'awaiting-second' }
  | { readonly code: 'second-approval-lapsed' }
  | { readonly code: 'finished'; readonly outcome: string }
  | { readonly code: 'expired' }
  /** `startAt` is epoch milliseconds. */
  | { readonly code: 'too-early'; readonly startAt: number }
  | { readonly code: 'getting-ready' }
  | { readonly code: 'earlier-pass-gone' }
  | { readonly code: 'passes-used-up'; readonly max: number }
  | { readonly code: 'too-late-for-a-pass' }
  // the command itself, and the world
  | { readonly code: 'unknown-command'; readonly said: string; readonly suggestion?: string }
  | {
      readonly code: 'tenant-unavailable';
      readonly retryable: boolean;
      /** It was begun: what came of it is not known yet. */
      readonly unsure?: true;
      readonly reference?: string;
    }
  /** Our own share of the tenant's limits is used up for a moment. */
  | { readonly code: 'too-busy' }
  | { readonly code: 'tenant-denied'; readonly permission: string };

export type RefusalCode = Refusal['code'];
