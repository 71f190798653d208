import { createHash, createHmac } from 'node:crypto';

/** What is wrong with an exported ledger, and at which entry; `null` when nothing is. Written from docs/ledger.md alone. */
export interface LedgerFault {
  readonly at: number;
  readonly what: string;
}

export interface LedgerHead {
  readonly sequence: number;
  readonly hash: string;
}

interface Line {
  readonly seq: number;
  readonly onboardingId: string | null;
  readonly n?: number | null;
  readonly own?: string | null;
  readonly mac: string;
  readonly entry: { readonly event: string; readonly texts?: Readonly<Record<string, string>> };
  readonly texts?: readonly { readonly name: string; readonly salt: string; readonly text: string }[];
}

interface Checkpoint {
  readonly seq: number;
  readonly mac: string;
  readonly at: number;
  readonly heads: string;
  readonly sign: string;
}

const ZEROS = '0'.repeat(64);

/** @param exported lines of `onboard ledger export`, with or without `--texts`. */
export function checkLedgerExport(
  exported: readonly string[],
  key: Buffer,
  heads: readonly LedgerHead[],
): LedgerFault | null {
  const hmac = (...lines: readonly (string | number)[]) =>
    createHmac('sha256', key).update(lines.join('\n'), 'utf8').digest('hex');
  let seq = 0;
  let mac = ZEROS;
  const chains = new Map<string, { n: number; own: string }>();
  const removed = new Map<string, number[]>();
  const fault = (what: string): LedgerFault => ({ at: seq, what });
  const contradicted = () => heads.some((head) => head.sequence === seq && head.hash !== mac);

  for (const text of exported) {
    const parsed = JSON.parse(text) as Line & { readonly checkpoint?: Checkpoint };
    if (parsed.checkpoint) {
      const { checkpoint } = parsed;
      if (seq !== 0) return fault('a checkpoint stands between entries of the ledger');
      ({ seq, mac } = checkpoint);
      if (hmac('onboard-checkpoint-2', seq, mac, checkpoint.at, checkpoint.heads) !== checkpoint.sign)
        return fault('the beginning of the ledger was altered');
      for (const [id, n, own] of JSON.parse(checkpoint.heads) as [string | null, number, string][])
        chains.set(JSON.stringify(id), { n, own });
      if (contradicted()) return fault('the ledger tells another history than the log did');
      continue;
    }

    const id = JSON.stringify(parsed.onboardingId);
    const entry = entryText(text);
    seq += 1;
    if (parsed.seq !== seq) return fault('an entry of the ledger is missing');
    if (typeof parsed.n !== 'number' || typeof parsed.own !== 'string') {
      mac = hmac('onboard-ledger-1', mac, seq, id, entry);
    } else {
      const before = chains.get(id) ?? { n: 0, own: ZEROS };
      if (parsed.n !== before.n + 1)
        return fault('an entry of the ledger was altered: it is out of place in its onboarding');
      if (hmac('onboard-chain-2', before.own, id, parsed.n, entry) !== parsed.own)
        return fault('an entry of the ledger was altered, as its onboarding shows');
      chains.set(id, { n: parsed.n, own: parsed.own });
      mac = hmac('onboard-ledger-2', mac, seq, id, parsed.n, parsed.own);
    }
    if (mac !== parsed.mac) return fault('an entry of the ledger was altered');
    if (contradicted()) return fault('the ledger tells another history than the log did');

    if (parsed.entry.event === 'personal-text-removed') removed.delete(id);
    if (!parsed.texts) continue;
    const there = new Map(parsed.texts.map((one) => [one.name, one]));
    for (const [name, hash] of Object.entries(parsed.entry.texts ?? {})) {
      const one = there.get(name);
      there.delete(name);
      if (!one) removed.set(id, [...(removed.get(id) ?? []), seq]);
      else if (textHash(one.salt, one.text) !== hash) return fault(`${name} is not what was written`);
    }
    if (there.size > 0) return fault('a text beside the ledger belongs to no entry');
  }

  const unseen = heads.find((head) => head.sequence > seq);
  if (unseen) return { at: seq + 1, what: `the end of the ledger is gone: there was a head ${unseen.sequence}` };
  const [lost] = [...removed.values()].flat();
  return lost === undefined ? null : { at: lost, what: 'a text beside the ledger is gone without a word' };
}

/** The characters of `entry`, as they stand in the line: what the macs were made over. */
function entryText(line: string): string {
  const start = line.indexOf('"entry":') + '"entry":'.length;
  const end = line.lastIndexOf(',"texts":[');
  const untilTexts = end > start ? line.slice(start, end) : '';
  return isJson(untilTexts) ? untilTexts : line.slice(start, -1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function textHash(salt: string, text: string): string {
  return createHash('sha256')
    .update(`onboard-text-2\n${salt}\n${JSON.stringify(text)}`, 'utf8')
    .digest('hex');
}
