/** Spreadsheets take a cell that begins so for a formula, whoever wrote it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One line of a CSV file (RFC 4180), without its end. Every cell is quoted, and one that a spreadsheet would compute is
 * made text by an apostrophe: names and comments come from other people.
 */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${(FORMULA.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',');
}
