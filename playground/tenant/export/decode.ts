/** A byte-order mark, and how many bytes it takes. */
const MARKS: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * The text of a file as PowerShell, a browser or an editor may have saved it: with or without a byte-order mark, in UTF-8
 * or UTF-16. JSON begins with a character below 128, so a zero among the first two bytes tells UTF-16 without a mark.
 * Throws where the bytes are not what they seem.
 */
export function decode(bytes: Uint8Array): string {
  const marked = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  const encoding = marked?.[1] ?? (bytes[1] === 0 ? 'utf-16le' : bytes[0] === 0 ? 'utf-16be' : 'utf-8');
  // The decoder takes the mark away by itself.
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
