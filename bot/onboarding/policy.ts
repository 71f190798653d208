import type { AcceptedPasskeys } from './method';
import type { PersonId } from './person';

/** The installation's rules, from the configuration. Durations are milliseconds. Frozen for the life of the process. */
export interface Policy {
  readonly helpdeskGroupId: string;
  readonly onboardingGroupId: string;
  /** May decide where the manager cannot; also takes over when there is no usable manager. */
  readonly fallbackApproverIds: readonly PersonId[];
  /** May give the second approval for privileged people; never shown a pass. */
  readonly secondApproverIds: readonly PersonId[];
  /** May pause and resume Onboard from chat. */
  readonly adminIds: readonly PersonId[];
  /** Break-glass and other accounts that are never onboarded. */
  readonly protectedIds: readonly PersonId[];
  /** `on` needs two approvers and a proven guard policy. */
  readonly privileged: 'off' | 'on';
  readonly accepted: AcceptedPasskeys;
  readonly approvalLifetime: number;
  /** After the request: the one who has not decided is reminded, then the listed fallbacks are asked as well. */
  readonly reminderAfter: number;
  readonly escalateAfter: number;
  /** How long an approval may wait for the approver to ask for the pass. */
  readonly approvedLifetime: number;
  readonly windowLength: number;
  readonly maxPasses: number;
  /** No new pass in this last part of a window. */
  readonly lastPassMargin: number;
  readonly settle: number;
  /** Whether passkeys that were added in a window which was stopped or frozen are deleted; needs a right of its own. */
  readonly removeAdded: 'off' | 'passkeys';
  /** Whether Onboard deletes the old passkey of somebody who recovers; needs the same right. */
  readonly recoverDelete: 'off' | 'on';
  /** Whether the tenant's audit log may be read. */
  readonly audit: 'off' | 'on';
  /** What the sweep does about members of the onboarding group whom Onboard does not know. */
  readonly sweepUnknown: 'alert' | 'remove';
  /** Nobody who left the group less than this ago may request, approve or see a pass. */
  readonly cooldown: number;
  readonly maxWindowsPerSubjectPerDay: number;
  readonly maxOpenPerApprover: number;
  readonly maxRequestsPerRequesterPerDay: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The defaults that docs/running.md lists. */
export const policyDefaults = {
  adminIds: [],
  privileged: 'off',
  accepted: { aaGuids: [], types: ['deviceBound'] },
  approvalLifetime: 24 * HOUR,
  reminderAfter: 4 * HOUR,
  escalateAfter: 8 * HOUR,
  approvedLifetime: 8 * HOUR,
  windowLength: 60 * MINUTE,
  maxPasses: 3,
  lastPassMargin: 10 * MINUTE,
  settle: 3 * MINUTE,
  removeAdded: 'off',
  recoverDelete: 'off',
  audit: 'off',
  sweepUnknown: 'alert',
  cooldown: DAY,
  maxWindowsPerSubjectPerDay: 2,
  maxOpenPerApprover: 10,
  maxRequestsPerRequesterPerDay: 20,
} as const satisfies Partial<Policy>;
