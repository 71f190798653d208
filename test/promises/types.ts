import type { PassCode } from '../../playground/contract';

/** One of the ten promises of the product, by number: see promises.ts for what each says. */
export type PromiseNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface Violation {
  readonly promise: PromiseNumber;
  /** What is wrong, in one sentence. Never holds a pass. */
  readonly what: string;
  /** Sequence numbers of the records that show it, and whatever else helps. */
  readonly evidence: readonly (number | string)[];
}

/** What the installation promises its customers, and how much lateness is forgiven. Durations say their unit. */
export interface CheckOptions {
  /** Window length, all passes together. */
  readonly windowMinutes: number;
  /** How late an exit may come after what calls for it: poll, sweep, retry and the machine's own slowness. */
  readonly pollSlackMs: number;
  /** How long after the removal pass and sessions may be left alone for the wizard. Default 3 minutes. */
  readonly settleMs?: number;
  readonly maxPasses?: number;
  /** Whether privileged people may be onboarded at all. Default false. */
  readonly privilegedAllowed?: boolean;
  readonly passCodes: readonly PassCode[];
  /** When the records were taken, epoch ms of the playground's clock. */
  readonly now: number;
  /** When a fault of the tenant made exits impossible: exits may be late by as much. */
  readonly outages?: readonly { readonly from: number; readonly to: number }[];
  /** The exported ledger, what it is held to, and the key outside the database. Not checked when left out. */
  readonly ledger?: LedgerEvidence;
}

export interface LedgerEvidence {
  /** JSON Lines as exported. */
  readonly lines: readonly string[];
  /** The chaining key. */
  readonly key: Buffer;
  /** Heads that the log stream showed, oldest first. */
  readonly heads: readonly { readonly sequence: number; readonly hash: string }[];
}
