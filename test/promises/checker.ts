import type { Records } from '../../playground/contract';
import { checkApproval } from './promise-approval';
import { checkAuthority } from './promise-authority';
import { checkCompletion } from './promise-completion';
import { checkExit } from './promise-exit';
import { checkInstances } from './promise-instances';
import { checkLedger } from './promise-ledger';
import { checkMembership } from './promise-membership';
import { checkOnce } from './promise-once';
import { checkPeople } from './promise-people';
import { checkSecret } from './promise-secret';
import { createTimeline } from './timeline';
import type { CheckOptions, Violation } from './types';

export type { CheckOptions, LedgerEvidence, PromiseNumber, Violation } from './types';

/**
 * Holds what the tenant and Teams wrote down against the ten promises. It shares no code with the product and believes
 * nothing that the product says about itself; an empty answer means that these records break none of them.
 */
export function check(records: Records, options: CheckOptions): Violation[] {
  const facts = createTimeline(records, options);
  return [
    ...checkMembership(facts),
    ...checkApproval(facts),
    ...checkSecret(facts),
    ...checkCompletion(facts),
    ...checkOnce(facts),
    ...checkExit(facts),
    ...checkPeople(facts),
    ...checkAuthority(facts),
    ...checkInstances(facts),
    ...(options.ledger ? checkLedger(facts, options.ledger) : []),
  ].sort((a, b) => a.promise - b.promise);
}
