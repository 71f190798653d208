type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One line of the export, ready to be shown. */
export interface LedgerEntry {
  readonly number: string;
  readonly event: string;
  readonly who: string;
  readonly at: number | null;
  readonly details: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads one line of `onboard ledger export`. What it does not know is shown as it is; null for what is no entry.
 *
 * @param timeText how a time, epoch ms, is written
 */
export function ledgerEntry(
  line: unknown,
  nameOf: (id: string) => string,
  timeText: (at: number) => string,
): LedgerEntry | null {
  if (!isObject(line) || !isObject(line.entry)) return null;
  const { actor, at, event, detail } = line.entry;
  const valueText = (value: unknown): string => {
    if (typeof value === 'string') return nameOf(value);
    if (typeof value === 'number' && value > 1e12) return timeText(value);
    if (Array.isArray(value) && value.length === 0) return 'none';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return {
    number: String(line.seq ?? ''),
    event: String(event ?? 'entry').replaceAll('-', ' '),
    who: isObject(actor)
      ? Object.entries(actor)
          .map(([kind, id]) => (kind === 'person' ? nameOf(String(id)) : `Onboard, ${id}`))
          .join(', ')
      : '',
    at: typeof at === 'number' ? at : null,
    details: [
      ...Object.entries(isObject(detail) ? detail : {}).map(([name, value]) => [name, valueText(value)] as const),
      ...(typeof line.mac === 'string' ? [['mac', line.mac] as const] : []),
    ],
  };
}
