/**
 * JSON text that is the same for the same value: object keys in the order of their UTF-16 code units, no white space,
 * the rest as JSON.stringify writes it. Whatever has a toJSON is asked first, so that a Pass becomes `[redacted]`.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  // A null prototype, so that a key named __proto__ is a key like any other.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, part] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) result[key] = sorted(part);
  return result;
}
