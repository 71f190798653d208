import { createHmac } from 'node:crypto';
import { allStrings } from './cards';
import type { Timeline } from './timeline';
import type { LedgerEvidence, Violation } from './types';

const NOTHING = '0'.repeat(64);

interface Line {
  readonly seq: number;
  readonly onboardingId: string | null;
  /** Place and mac in the chain of the onboarding; neither in the first format. */
  readonly n?: number | null;
  readonly own?: string | null;
  readonly entry: unknown;
  readonly mac: string;
}

/**
 * Promise 10: the ledger can be checked, and shows what was done. The chains are computed here from the description of
 * their format, and what they tell is compared with what the tenant wrote down itself. A ledger that was pruned is not
 * taken here: these stories are shorter than any retention.
 */
export function checkLedger(facts: Timeline, ledger: LedgerEvidence): Violation[] {
  const lines = ledger.lines.map((line) => JSON.parse(line) as Line);
  return [...checkChain(lines, ledger), ...checkTold(facts, lines)];
}

const violation = (what: string, ...evidence: (number | string)[]): Violation => ({ promise: 10, what, evidence });

function checkChain(lines: readonly Line[], { key, heads }: LedgerEvidence): Violation[] {
  const macOf = (...parts: readonly (string | number)[]) =>
    createHmac('sha256', key).update(parts.join('\n'), 'utf8').digest('hex');
  const chains = new Map<string | null, { readonly n: number; readonly own: string }>();
  let previous = NOTHING;
  for (const [index, line] of lines.entries()) {
    const seq = index + 1;
    if (line.seq !== seq) return [violation('an entry of the ledger is missing', seq)];
    const id = JSON.stringify(line.onboardingId);
    // Entries are written with sorted keys and without spaces, and read back in the same order.
    const entry = JSON.stringify(line.entry);
    let mac: string;
    if (typeof line.n === 'number' && typeof line.own === 'string') {
      const before = chains.get(line.onboardingId) ?? { n: 0, own: NOTHING };
      const own = macOf('onboard-chain-2', before.own, id, before.n + 1, entry);
      if (line.n !== before.n + 1 || line.own !== own) return [violation('an entry of the ledger was altered', seq)];
      chains.set(line.onboardingId, { n: line.n, own });
      mac = macOf('onboard-ledger-2', previous, seq, id, line.n, own);
    } else {
      mac = macOf('onboard-ledger-1', previous, seq, id, entry);
    }
    if (mac !== line.mac) return [violation('an entry of the ledger was altered', seq)];
    if (heads.some((head) => head.sequence === seq && head.hash !== mac)) {
      return [violation('the ledger tells another history than the log did', seq)];
    }
    previous = mac;
  }
  const newest = Math.max(0, ...heads.map(({ sequence }) => sequence));
  return newest > lines.length ? [violation('the end of the ledger is gone', lines.length, newest)] : [];
}

/** Each change that Onboard made in the tenant is told in an entry that names the person or the pass. */
function checkTold(facts: Timeline, lines: readonly Line[]): Violation[] {
  const told = new Set(lines.flatMap(({ entry }) => allStrings(entry)));
  return facts.tenant.flatMap((record) => {
    if (record.actor !== facts.app) return [];
    const name =
      record.kind === 'pass-created' ? record.passId : record.kind === 'member-added' ? record.userId : undefined;
    return name === undefined || told.has(name)
      ? []
      : [violation(`the ledger says nothing of a change: ${record.kind}`, record.seq)];
  });
}
