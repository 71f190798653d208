import { allStrings } from './cards';
import { checkLedgerExport } from './ledger';
import type { Timeline } from './timeline';
import type { LedgerEvidence, Violation } from './types';

/**
 * Promise 10: the ledger can be checked, and shows what was done. The chains are computed from the description of their
 * format, and what they tell is compared with what the tenant wrote down itself. What was pruned cannot be compared.
 */
export function checkLedger(facts: Timeline, ledger: LedgerEvidence): Violation[] {
  const fault = checkLedgerExport(ledger.lines, ledger.key, ledger.heads);
  return [...(fault ? [violation(fault.what, fault.at)] : []), ...checkTold(facts, ledger.lines)];
}

const violation = (what: string, ...evidence: (number | string)[]): Violation => ({ promise: 10, what, evidence });

/** Each change that Onboard made in the tenant is told in an entry that names the person or the pass. */
function checkTold(facts: Timeline, lines: readonly string[]): Violation[] {
  const entries = lines.map((line) => (JSON.parse(line) as { readonly entry?: unknown }).entry);
  const told = new Set(entries.flatMap((entry) => allStrings(entry)));
  return facts.tenant.flatMap((record) => {
    if (record.actor !== facts.app) return [];
    const name =
      record.kind === 'pass-created' ? record.passId : record.kind === 'member-added' ? record.userId : undefined;
    return name === undefined || told.has(name)
      ? []
      : [violation(`the ledger says nothing of a change: ${record.kind}`, record.seq)];
  });
}
