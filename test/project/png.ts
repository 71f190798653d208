import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of one pixel, each 0 to 255. */
  at(x: number, y: number): readonly [number, number, number, number];
}

/** Reads a PNG of 8 bits a channel with opacity and without interlacing. Throws for any other. */
export function readPng(bytes: Buffer): Picture {
  if (bytes.subarray(1, 4).toString() !== 'PNG') throw new Error('not a PNG');
  const chunks: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.subarray(at + 4, at + 8).toString() === 'IDAT')
      chunks.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes[24] !== 8 || bytes[25] !== 6 || bytes[28] !== 0) throw new Error('not 8 bits with opacity');
  const raw = inflateSync(Buffer.concat(chunks));
  const line = width * 4;
  const out = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)];
    for (let i = 0; i < line; i++) {
      const left = i >= 4 ? (out[y * line + i - 4] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * line + i] ?? 0) : 0;
      const corner = i >= 4 && y > 0 ? (out[(y - 1) * line + i - 4] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      out[y * line + i] = ((raw[y * (line + 1) + 1 + i] ?? 0) + guess) & 255;
    }
  }
  return {
    width,
    height,
    at: (x, y) => {
      const from = y * line + x * 4;
      return [out[from] ?? 0, out[from + 1] ?? 0, out[from + 2] ?? 0, out[from + 3] ?? 0];
    },
  };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Contrast of two colours as WCAG counts it, 1 to 21. */
export function contrast(one: readonly number[], other: readonly number[]): number {
  const light = (colour: readonly number[]) => {
    const [r = 0, g = 0, b = 0] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [brighter = 0, darker = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}
