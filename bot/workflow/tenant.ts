import type { AuditEvent } from '../onboarding/audit';
import type { Method, MethodsRead, Passkey } from '../onboarding/method';
import type { Person, PersonId } from '../onboarding/person';
import type { Pass } from '../pass';

/**
 * What the workflow needs of the tenant. graph/ implements it over Microsoft Graph; nothing in bot/ knows how.
 *
 * Every call has a timeout of its own and throws only TenantError. Reads may be stale: the tenant replicates late, and
 * app-only callers have no session affinity. A write whose answer was lost throws kind `unknown`: look,
 * then act.
 */
export interface Tenant {
  /**
   * The same tenant for calls of this lane: the tenant answers only so many, and what must not wait goes first. A tenant
   * without lanes treats all alike.
   */
  readonly inLane?: (lane: Lane) => Tenant;

  /** At most 10 people whose name, address or user principal name begins with or equals `text`; exact UPN first. */
  findPeople(text: string): Promise<readonly Person[]>;
  /** `null` when no such object exists, or it is not a person. */
  person(id: PersonId): Promise<Person | null>;
  manager(id: PersonId): Promise<Manager>;
  /** Transitive membership. */
  isInGroup(id: PersonId, groupId: string): Promise<boolean>;
  privilege(id: PersonId): Promise<Privilege>;

  /** Every authentication method that may be read, and of which kinds that is. */
  methods(id: PersonId): Promise<MethodsRead>;
  /** The passkeys of many people at once; a person whose part failed is an error of its own. */
  passkeys(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, readonly Passkey[] | TenantError>>;

  /** Authenticator registrations (push) of many people at once, read like `passkeys`. Progress only, never proof. */
  authenticators(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, readonly Method[] | TenantError>>;

  /** Deletes one passkey. Also succeeds when it is already gone. Needs a right that is granted only where it is wanted. */
  removePasskey(id: PersonId, methodId: string): Promise<void>;

  /**
   * What the audit log has since then, of one kind: passkeys that were registered, or members that anybody
   * added to the onboarding group.
   * One question for everybody; the log takes few of them (5 in 10 s for the whole tenant) and has entries minutes late.
   */
  auditEvents(what: AuditEvent['what'], since: number): Promise<readonly AuditEvent[]>;

  /** What the onboarding group is like, read now. */
  groupShape(): Promise<GroupShape>;

  /** Direct membership of the onboarding group, read for one person. */
  isMember(id: PersonId): Promise<boolean>;
  /** All direct members of the onboarding group. */
  members(): Promise<readonly PersonId[]>;
  /**
   * `until` is the deadline of the window, epoch ms. Where the tenant can end memberships by itself, this one ends a
   * little after it, whatever becomes of us.
   */
  addMember(id: PersonId, until: number): Promise<'added' | 'already-member'>;
  /** The URL ends in `/$ref`. `not-member` only after the group itself was read. */
  removeMember(id: PersonId): Promise<Removal>;

  passes(id: PersonId): Promise<readonly PassRecord[]>;
  /** Multi-use, valid from now. Never retried in here: the caller looks first, since a second POST replaces the pass. */
  createPass(
    id: PersonId,
    lifetimeMinutes: number,
    signal: AbortSignal,
  ): Promise<{ readonly pass: Pass; readonly record: PassRecord }>;
  /** `gone`: the tenant does not know it, which a tenant that replicates late may also say of one that lives. */
  deletePass(id: PersonId, passId: string): Promise<'deleted' | 'gone'>;
  /** The tenant's Temporary Access Pass policy: the lifetime it allows, in minutes, and what would break the flow. */
  passPolicy(): Promise<PassPolicy>;

  revokeSessions(id: PersonId): Promise<void>;
  /** `signInSessionsValidFromDateTime`, epoch ms of the tenant's clock; 0 when never set. */
  sessionsValidFrom(id: PersonId): Promise<number>;

  /** Whether a Conditional Access policy proves that a bare password opens nothing during this person's window. */
  guardPolicy(subject: PersonId): Promise<GuardProof>;
}

/**
 * What a call is for, in the order in which calls are let through: somebody leaves the group; somebody waits for an answer
 * or a pass; a window is watched; everything that may be later; what is nice to know, asked only while little is used.
 */
export type Lane = 'exit' | 'click' | 'watch' | 'later' | 'spare';

export type Manager =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-a-person' };

/**
 * What cannot be read for a reason that lasts is `unreadable`, and counts as privileged. What may be read in a moment is no
 * answer at all: `privilege` throws then, and nothing is decided on it.
 */
export interface Privilege {
  readonly level: 'none' | 'privileged' | 'unreadable';
  /** Role names, or which read failed. For the approval card and the ledger. */
  readonly evidence: readonly string[];
}

/** What makes a group one that must not be emptied by a machine. */
export interface GroupShape {
  readonly dynamic: boolean;
  readonly synchronized: boolean;
  readonly roleAssignable: boolean;
  /** It is a member of another group. */
  readonly nested: boolean;
}

export interface Removal {
  readonly result: 'removed' | 'not-member';
  /** From the `Date` header of the answer, epoch ms, whole seconds. */
  readonly tenantTime: number;
}

/** A pass as it can be read: without its code. */
export interface PassRecord {
  readonly id: string;
  readonly startsAt: number;
  readonly lifetimeMinutes: number;
  readonly usableOnce: boolean;
  readonly usable: boolean;
}

export interface PassPolicy {
  readonly enabled: boolean;
  readonly forcesOneTime: boolean;
  readonly minimumMinutes: number;
  readonly maximumMinutes: number;
}

export type GuardProof =
  | { readonly proven: true; readonly policyName: string }
  | { readonly proven: false; readonly why: string };

/**
 * - `denied` 401/403: a permission is missing; an operator must act.
 * - `not-found` the object named does not exist.
 * - `rejected` another 4xx: asking again will not help.
 * - `throttled` 429, or 503 with a wait.
 * - `unavailable` the request surely had no effect (not sent, or a read failed).
 * - `unknown` a write was sent and its answer did not come: it may have happened.
 */
export type TenantErrorKind = 'denied' | 'not-found' | 'rejected' | 'throttled' | 'unavailable' | 'unknown';

/** The one error of the Tenant port. `code` is stable; `hint` tells the operator what to do; no secret, no body. */
export class TenantError extends Error {
  override readonly name = 'TenantError';

  constructor(
    readonly kind: TenantErrorKind,
    readonly code: string,
    readonly operation: string,
    readonly hint: string,
    readonly detail: {
      readonly status?: number;
      readonly graphCode?: string;
      readonly requestId?: string;
      /** How long the tenant asked to be left alone, ms. Never slept on in graph/ when it is long: it belongs in a due time. */
      readonly retryAfter?: number;
    } = {},
  ) {
    super(`${code} ${operation}: ${hint}`);
  }
}

/** Asking again may help. */
export function isPassing(error: TenantError): boolean {
  return error.kind === 'throttled' || error.kind === 'unavailable' || error.kind === 'unknown';
}
