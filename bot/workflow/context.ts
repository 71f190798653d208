import type { Clock } from '../clock';
import type { Policy } from '../onboarding/policy';
import type { AuditReader } from './audit';
import type { Store } from './store-port';
import type { Tenant } from './tenant';

/** Structured log lines: a stable `event` code, ids, numbers. Never a name, never a secret. */
export interface Log {
  debug(line: object): void;
  info(line: object): void;
  warn(line: object): void;
  error(line: object): void;
}

/** How often the worker looks, in ms. */
export interface Pace {
  /** While something is expected: the first quarter of an hour, Authenticator seen, "I'm done" pressed. */
  readonly pollHot: number;
  readonly pollSlow: number;
  readonly sweep: number;
}

/** Unguessable ids; injected so that tests can count on them. */
export interface Ids {
  id(): string;
  nonce(): string;
}

/** What every part of the workflow works with. */
export interface Context {
  readonly tenant: Tenant;
  readonly store: Store;
  /** The audit log, read sparingly. */
  readonly audit: AuditReader;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace: Pace;
  readonly ids: Ids;
  /** This instance's name in leases. */
  readonly owner: string;
  /** A loop that ends exemptions has just made a round: for whoever watches whether this instance still can. */
  readonly progressed?: (part: 'worker' | 'sweep') => void;
  /** After every commit: messages may be owed, onboardings may be due. */
  readonly changed: () => void;
}
