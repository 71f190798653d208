/** Several measurements of one thing. */
export interface Spread {
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** With fewer than 100 values the 99th percentile is the largest: nothing is interpolated. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { n: sorted.length, min: at(0.000001), p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** One line of the table, and of the JSON file. */
export interface Figure {
  readonly measure: string;
  readonly what: string;
  readonly unit: string;
  readonly value: Spread | number;
  /** What it should be, in words, and whether it is. */
  readonly target?: { readonly words: string; readonly met: boolean };
}

export function figure(measure: string, what: string, unit: string, value: Figure['value']): Figure {
  return { measure, what, unit, value };
}

/** A figure that is to be below something; of several values the one that `of` names. */
export function below(base: Figure, limit: number, of: keyof Spread = 'p50'): Figure {
  const is = typeof base.value === 'number' ? base.value : base.value[of];
  const name = typeof base.value === 'number' ? '' : `${of} `;
  return { ...base, target: { words: `${name}< ${limit} ${base.unit}`, met: is < limit } };
}

const number = (value: number) =>
  Number.isNaN(value) ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);

export function table(figures: readonly Figure[]): string {
  const head = ['MEASURE', 'WHAT', 'N', 'MIN', 'P50', 'P99', 'MAX', 'UNIT', 'TARGET'];
  const rows = figures.map(({ measure, what, unit, value, target }) => [
    measure,
    what,
    ...(typeof value === 'number'
      ? ['', '', number(value), '', '']
      : [String(value.n), number(value.min), number(value.p50), number(value.p99), number(value.max)]),
    unit,
    target ? `${target.words}: ${target.met ? 'met' : 'MISSED'}` : '',
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) =>
        index >= 2 && index <= 6 ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}
