import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Of one chunk beyond its data: length, type and check sum (PNG, section 5.3). */
const AROUND = 12;
const SIGNATURE = 8;

/**
 * The same picture in fewer bytes. Browsers write screenshots in a hurry; flat drawings are smallest without the filters
 * that they choose.
 *
 * @param png 8 bits a channel, not interlaced, as Chromium writes it
 */
export function smallerPng(png: Buffer): Buffer {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + AROUND;
  }
  const head = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (!head) throw new Error('This is no PNG.');
  const [width, channels] = [head.readUInt32BE(0), head[9] === 6 ? 4 : 3];
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const lines = unfilter(inflateSync(packed), width * channels, channels);
  const data = deflateSync(lines, { level: 9, memLevel: 9 });
  const best = data.length < packed.length ? data : packed;
  return Buffer.concat([png.subarray(0, SIGNATURE), chunk('IHDR', head), chunk('IDAT', best), chunk('IEND')]);
}

/** Undoes the filter of every line (PNG, section 9); each line keeps its first byte, now 0 for none. */
function unfilter(bytes: Buffer, line: number, pixel: number): Buffer {
  const out = Buffer.alloc(bytes.length);
  for (let start = 0; start < bytes.length; start += line + 1) {
    const filter = bytes[start];
    for (let at = start + 1; at <= start + line; at++) {
      const left = at - pixel > start ? (out[at - pixel] ?? 0) : 0;
      const up = start > 0 ? (out[at - line - 1] ?? 0) : 0;
      const corner = start > 0 && at - pixel > start ? (out[at - line - 1 - pixel] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      out[at] = ((bytes[at] ?? 0) + guess) & 0xff;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
