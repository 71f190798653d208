import { readStoreConfig } from '../../config';
import type { Actor } from '../../onboarding/decision';
import type { LedgerLine, LedgerText } from '../../store/ledger';
import type { OpenStore } from '../../store/open-store';
import { csvLine } from '../csv';
import { CliError } from '../exit-codes';
import type { Output } from '../output';
import { readNumber } from '../read-number';
import { useStore } from '../use-store';

export interface ExportOptions {
  readonly format: 'jsonl' | 'csv';
  /** ONB-42; all when left out. */
  readonly onboarding?: string;
  /** With names and comments, where they were not removed. */
  readonly texts: boolean;
}

const COLUMNS = ['seq', 'onboarding', 'n', 'at', 'actor', 'event', 'detail', 'own', 'mac'] as const;

/** Every entry, oldest first. */
export async function exportLedger(env: NodeJS.ProcessEnv, output: Output, options: ExportOptions): Promise<void> {
  await useStore(readStoreConfig(env), async (open) => {
    const csv = options.format === 'csv';
    const id = options.onboarding === undefined ? undefined : await idOf(open, options.onboarding);
    // CSV lines end with CR LF; the output adds the second.
    if (csv) output.result(`${csvLine([...COLUMNS, ...(options.texts ? ['texts'] : [])])}\r`);
    // A checker of a pruned ledger begins with it; of one onboarding, its own chain is checked.
    const checkpoint = csv || id !== undefined ? null : await open.ledger.checkpoint();
    if (checkpoint) output.result(JSON.stringify({ checkpoint }));
    for await (const lines of open.ledger.pages(id === undefined ? {} : { onboardingId: id })) {
      const texts = options.texts ? await textsOf(open, lines) : null;
      for (const line of lines) {
        const mine = texts && (texts.get(line.seq) ?? []);
        output.result(csv ? `${asCsv(line, mine)}\r` : asJson(line, mine));
      }
    }
  });
}

async function idOf({ store }: OpenStore, which: string): Promise<string> {
  const number = readNumber(which);
  const onboarding = await store.loadByNumber(number);
  if (!onboarding) throw new CliError(`There is no ONB-${number}.`);
  return onboarding.id;
}

async function textsOf({ ledger }: OpenStore, lines: readonly LedgerLine[]): Promise<Map<number, LedgerText[]>> {
  const texts = new Map<number, LedgerText[]>(lines.map(({ seq }) => [seq, []]));
  const [first, last] = [lines[0], lines.at(-1)];
  if (first && last) for (const text of await ledger.texts(first.seq, last.seq)) texts.get(text.seq)?.push(text);
  return texts;
}

/** The entry is put in as it is stored, so that a checker needs no idea of how JSON was written. */
function asJson({ seq, onboardingId, n, own, mac, text }: LedgerLine, texts: readonly LedgerText[] | null): string {
  const head = JSON.stringify({ seq, onboardingId, n, own, mac }).slice(0, -1);
  const said = texts ? `,"texts":${JSON.stringify(texts.map(({ name, salt, text }) => ({ name, salt, text })))}` : '';
  return `${head},"entry":${text}${said}}`;
}

function asCsv({ seq, onboardingId, n, own, mac, entry }: LedgerLine, texts: readonly LedgerText[] | null): string {
  const { at, actor, event, detail } = entry;
  const cells = [
    String(seq),
    onboardingId ?? '',
    String(n ?? ''),
    new Date(at).toISOString(),
    actorText(actor),
    event,
    JSON.stringify(detail),
    own ?? '',
    mac,
  ];
  if (texts) cells.push(texts.map(({ name, text }) => `${name}: ${text}`).join('; '));
  return csvLine(cells);
}

/** `person:<object id>`, `onboard:worker`, `operator:<account>`. */
function actorText(actor: Actor): string {
  return Object.entries(actor)
    .map(([kind, who]) => `${kind}:${who}`)
    .join('');
}
