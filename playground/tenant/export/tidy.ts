export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `ConvertTo-Json` leaves of an object that lies deeper than it was told to go. */
const CUT_OFF =
  /^(System\.(Object|String)\[\]|System\.Collections\.|@\{.*\}$|Microsoft\.(Graph|Open)\.[\w.]*\.Models?\.)/;

/** The way to the first value that was cut off at export, or null. */
export function cutOffAt(value: unknown, at = ''): string | null {
  if (typeof value === 'string') return CUT_OFF.test(value) ? at : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, one] of Object.entries(value)) {
    const found = cutOffAt(one, at === '' ? name : `${at}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Names as Graph writes them, without what OData or a PowerShell object adds: `DisplayName` becomes `displayName`,
 * annotations and `AdditionalProperties` go, what was in the latter comes up beside the others.
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isTree(value)) return value;
  const { AdditionalProperties: more, additionalProperties: also, ...own } = value;
  const entries = Object.entries({ ...(isTree(more) ? more : {}), ...(isTree(also) ? also : {}), ...own });
  return Object.fromEntries(
    entries
      .filter(([name]) => name === '@odata.type' || !name.includes('@'))
      .map(([name, one]) => [name.charAt(0).toLowerCase() + name.slice(1), plain(one)]),
  );
}

/** True for what says nothing: PowerShell writes an object full of nulls where Graph writes null. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isTree(value) && Object.entries(value).every(([name, one]) => name.startsWith('@') || isEmpty(one));
}

/** A list, also where PowerShell has unwrapped the only one in it or written null for none. */
export function listOf(value: unknown): string[] {
  if (isEmpty(value)) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** One of these words in whatever letter case; other words stay as they are. */
export function wordOf(value: unknown, words: readonly string[]): string {
  return words.find((one) => one.toLowerCase() === String(value).toLowerCase()) ?? String(value);
}
