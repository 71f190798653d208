import { readStoreConfig } from '../../config';
import type { LedgerHead } from '../../store/ledger-chain';
import { CliError, EXIT } from '../exit-codes';
import type { Output } from '../output';
import { useStore } from '../use-store';

const REASONS = {
  missing: 'an entry is gone, or entries are out of order',
  mac: 'an entry was altered or put in, or the key is another one',
  text: 'a name or a comment was altered, or removed without a word',
  checkpoint: 'the place where the pruned ledger begins was altered',
  shorter: 'entries at the end are gone',
  'other-history': 'the ledger was rolled back and written on',
} as const;

/**
 * Checks the whole chain, and against a head from the log stream where one is given. A head that was asked about and
 * cannot be compared is no success.
 */
export async function verifyLedger(env: NodeJS.ProcessEnv, output: Output, head: string | undefined): Promise<number> {
  const given = head === undefined ? undefined : readHead(head);
  return useStore(readStoreConfig(env), async ({ ledger }) => {
    const verified = await ledger.verify(given);
    if (!verified.whole) {
      output.result(`BROKEN at entry ${verified.brokenAt}: ${REASONS[verified.why]}.`);
      return EXIT.ledgerBroken;
    }
    const { seq, mac } = verified.head;
    const pruned = verified.prunedBefore === null ? '' : `, pruned before ${verified.prunedBefore}`;
    output.result(`Whole${pruned}: ${verified.entries} entries. Head ${seq}:${mac}`);
    if (verified.forgotten > 0) output.remark(`${verified.forgotten} names and comments were removed on purpose.`);
    if (!verified.headCompared) {
      output.remark('The given head is of an entry that was pruned, so it was not compared. Take a later one.');
      return EXIT.failed;
    }
    if (!given)
      output.remark('A ledger rolled back with its whole database passes too, unless --head from a log line is given.');
    return EXIT.done;
  });
}

function readHead(text: string): LedgerHead {
  const [, seq, mac] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  if (!seq || !mac) throw new CliError('--head is written SEQ:MAC, as in the log event `ledger-head`.', EXIT.usage);
  return { seq: Number(seq), mac };
}
