import type { Actor, Change, LedgerEntry } from '../onboarding/decision';
import type { Onboarding, Recipient, State } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';

/** How many a new request may be one of, today (since then, epoch ms) and at once. */
export interface Caps {
  readonly requester: { readonly since: number; readonly max: number };
  readonly subject: { readonly since: number; readonly max: number };
  readonly approver: { readonly max: number };
}

/** A window as the sweep and the monitor see it: `opening`, `open` or `closing`. Times are epoch ms. */
export interface Glance {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly state: State;
  readonly subject: PersonId;
  readonly openedAt: number;
  readonly deadline: number;
  readonly dueAt?: number;
  readonly exitAt?: number;
  /** Absence from the group was read. */
  readonly leftAt?: number;
}

/** Of the windows that are not closed. Times are epoch ms; `null` where there is no window. */
export interface Overview {
  /** Those of them whose people may still be in the group. */
  readonly open: number;
  /** When the first of these has to be out: its deadline, or when its exit began before that. */
  readonly firstOutBy: number | null;
  /** Since when the oldest is open, whether its person has left already or not. */
  readonly oldestOpenedAt: number | null;
}

/**
 * What the workflow needs of the store; bot/store implements it on SQLite and PostgreSQL. A method that returns has
 * committed durably, with the ledger entries and the outbox rows of the same change in the same transaction.
 */
export interface Store {
  /**
   * Stores a new onboarding and numbers it. `taken` when the subject has one that is not closed (a unique index decides,
   * so two requests at once cannot both win). `capped` names the bound that it would pass, counted in the same
   * transaction, so that no number of instances passes it together.
   */
  create(
    change: Change,
    caps?: Caps,
  ): Promise<{ readonly created: Onboarding } | { readonly taken: Onboarding } | { readonly capped: keyof Caps }>;
  load(id: string): Promise<Onboarding | null>;
  loadByNumber(number: number): Promise<Onboarding | null>;
  /**
   * Compare-and-set on `previous.version`; the stored version is previous + 1. `null` when somebody else was first:
   * load again and decide again.
   */
  commit(previous: Onboarding, change: Change): Promise<Onboarding | null>;
  /** As `commit`, for a change that makes somebody else the approver: counted as `create` counts. */
  commitCapped(
    previous: Onboarding,
    change: Change,
    caps: Pick<Caps, 'approver'>,
  ): Promise<Onboarding | { readonly capped: 'approver' } | null>;
  /** Ledger entries that change no onboarding (a sweep's findings), or that belong to one without moving it. */
  record(onboardingId: string | null, entries: readonly LedgerEntry[]): Promise<void>;

  /**
   * Onboardings due at or before `now` and not leased; leased until `until`. `looks` are open windows before their
   * deadline, those that wait longest first. `steps` are all others: exits first, which are windows being closed or past
   * their deadline, then those that wait longest.
   */
  claimDue(
    now: number,
    until: number,
    owner: string,
    limit: number,
    what: 'looks' | 'steps',
  ): Promise<readonly Onboarding[]>;
  /** Leases one; false when somebody holds it. */
  lease(id: string, now: number, until: number, owner: string): Promise<boolean>;
  /**
   * Gives the lease back. `next` also moves the due time, without a new version (looking and finding nothing new is not a
   * change), but only while the version is still the one named: a click that committed meanwhile has set a due time of
   * its own, and it must not be put off.
   */
  release(id: string, owner: string, next?: { readonly version: number; readonly dueAt: number }): Promise<void>;
  /** The earliest due time of anything, for the worker's sleep; `null` when nothing waits. */
  nextDue(): Promise<number | null>;
  /**
   * This instance is at work. Leases of one that was not heard of for 15 s are free, except on an opening: its
   * add may still be on the way, and only the lease's end makes it safe to go on. One that never said so keeps its leases.
   */
  alive(owner: string, now: number): Promise<void>;

  /**
   * Not closed, or closed with aftercare to do, by number: the first `limit` whose number is above `after`. All of them,
   * where nothing is said, may be tens of thousands: see eachActive.
   */
  active(after?: number, limit?: number): Promise<readonly Onboarding[]>;
  /** What is to be known of all windows together, without reading each. */
  overview(): Promise<Overview>;
  /** Every window that is not closed, with the little that looking at all of them needs. */
  windows(): Promise<readonly Glance[]>;
  /** Those people were in the group at that time (epoch ms) without a window of ours; what is older goes. */
  sawInGroup(people: readonly PersonId[], at: number, forgetBefore: number): Promise<void>;
  /** When this person was last seen so, epoch ms. */
  lastSeenInGroup(person: PersonId): Promise<number | null>;
  /** The latest onboarding of this subject that had a window, if any. */
  lastWindowOf(subject: PersonId): Promise<Onboarding | null>;
  counts(query: {
    readonly requester?: PersonId;
    readonly approver?: PersonId;
    readonly subject?: PersonId;
    readonly since: number;
  }): Promise<{
    /** Requested by `requester` since then. */
    readonly requested: number;
    /** Not closed, with `approver` as the one asked. */
    readonly openForApprover: number;
    /** Windows opened for `subject` since then. */
    readonly windows: number;
  }>;
  /**
   * What was asked for in a conversation: not closed, or closed at or after `endedSince` (epoch ms). Oldest first, at
   * most 500.
   */
  askedIn(conversation: string, endedSince: number): Promise<readonly Onboarding[]>;
  /** Most recent first, for `list`. */
  list(limit: number): Promise<readonly Onboarding[]>;

  /**
   * Removes names, typed words and delivered messages of what ended before then (epoch ms). The ledger stays whole: it
   * holds them by hash. May be called again at any time, by any instance; says how many onboardings were changed.
   */
  forget(before: number, actor: Actor): Promise<number>;

  paused(): Promise<boolean>;
  setPaused(paused: boolean, entry: LedgerEntry): Promise<void>;
}

/**
 * One message that somebody should have. Level-triggered like the worker: it is owed while `wanted > sent`, whatever
 * happened in between, and is drawn when it is delivered.
 */
export interface OutboxRow {
  readonly id: string;
  readonly onboardingId: string | null;
  readonly to: Recipient;
  /** A LiveMessage, a NoticeMessage, `answer` for a reply in chat, or `board`. */
  readonly message: string;
  /** Of a notice that may come more than once: which one this is. */
  readonly key?: string;
  readonly live: boolean;
  /** Only for `answer`: which text, and its parameters. Never anything secret. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly wanted: number;
  readonly sent: number;
  /** Where the message is, once sent: conversation and activity id in Teams. */
  readonly sentTo: { readonly conversation: string; readonly activity: string } | null;
  readonly attempts: number;
}

/** Where the bot can write, learnt from activities. */
export interface Conversation {
  readonly id: string;
  readonly serviceUrl: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  /** For a personal one: whose it is. */
  readonly personId: PersonId | null;
  readonly locale: string | null;
  /** The time zone of the person whose it is, or of whoever wrote there last. Not checked. */
  readonly zone?: string | null;
}

export interface Outbox {
  /** A reply that belongs to no onboarding. `key` makes it idempotent: the activity id that is answered. */
  answer(key: string, to: Recipient, data: Readonly<Record<string, unknown>>, now: number): Promise<void>;
  /**
   * The card that shows together what was asked for in a conversation is to be drawn anew, at `dueAt` at the earliest
   * (epoch ms); asked for again before that, it is drawn once. It waits behind whatever else is owed there.
   */
  board(conversation: string, dueAt: number): Promise<void>;
  /** `except` are ids that the caller has in hand already, whatever became of their claims. */
  claim(
    now: number,
    until: number,
    owner: string,
    limit: number,
    except?: readonly string[],
  ): Promise<readonly OutboxRow[]>;
  /** Delivered what was wanted when the row was claimed. */
  sent(row: OutboxRow, at: { readonly conversation: string; readonly activity: string }): Promise<void>;
  /** Not delivered: look again at `dueAt`, or never (`null`), with a stable code for the operator. */
  failed(row: OutboxRow, code: string, dueAt: number | null): Promise<void>;
  nextDue(): Promise<number | null>;

  saveConversation(conversation: Conversation): Promise<void>;
  conversation(id: string): Promise<Conversation | null>;
  personalConversation(person: PersonId): Promise<Conversation | null>;
  forgetConversation(id: string): Promise<void>;
  /** The language that a person has chosen in chat, as a tag; `null` when they chose none. */
  chosenLanguage(person: PersonId): Promise<string | null>;
  chooseLanguage(person: PersonId, language: string): Promise<void>;
  /** Somebody can be written to again: what could not be delivered to them is due now. */
  reachable(person: PersonId, now: number): Promise<void>;
}
