/**
 * The SDK escapes neither paths nor filter values: a `#` in a user principal name would silently ask for another
 * object, and an `&` in a name would cut the filter short. Everything variable goes through one of these.
 */

/** `encodeURIComponent` leaves `'()*!` alone; in a URL for OData they are better not left. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * A path from segments, each escaped. `$ref` and type casts are written by the caller, outside. Throws RangeError for a
 * segment that an address cannot hold: an empty one, and the two that every client resolves into another address.
 */
export function path(...segments: readonly string[]): string {
  if (segments.some((segment) => ['', '.', '..'].includes(segment)))
    throw new RangeError('A segment of an address is empty or made of dots.');
  return segments.map((segment) => `/${encode(segment)}`).join('');
}

/** A string literal for `$filter`: quotes doubled, then escaped for the URL. */
export function literal(text: string): string {
  return `'${encode(text.replaceAll("'", "''"))}'`;
}

/** An expression for a query option, escaped as a whole; use `literal` inside only for what was not escaped yet. */
export function query(options: Readonly<Record<string, string>>): string {
  return `?${Object.entries(options)
    .map(([name, value]) => `${name}=${value.replaceAll(' ', '%20')}`)
    .join('&')}`;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for an Entra object id in any case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
