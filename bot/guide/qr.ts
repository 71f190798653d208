import { crc32, deflateSync } from 'node:zlib';
import { create } from 'qrcode';

/** Modules of quiet around the code; readers need four. */
const QUIET = 4;
/** Picture points for each module: a phone reads it from the screen of another one. */
const SCALE = 6;

interface Code {
  /** Modules on a side, without the quiet ones. */
  readonly size: number;
  readonly dark: (row: number, column: number) => boolean;
}

/**
 * The address as a QR code, drawn in one path: dark on white in every theme, because readers expect it that way round.
 * `title` is what a screen reader says. Throws for a text that no QR code holds (about 2,300 bytes).
 */
export function qrSvg(text: string, title: string): string {
  const { size, dark } = encode(text);
  const side = size + 2 * QUIET;
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!dark(row, column)) continue;
      const from = column;
      while (column + 1 < size && dark(row, column + 1)) column++;
      path += `M${from + QUIET} ${row + QUIET}h${column - from + 1}v1h-${column - from + 1}z`;
    }
  }
  const label = title.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
  return `<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
}

/** The same as a picture for cards, which take no drawing: a `data:` address of a black and white PNG. */
export function qrPng(text: string): string {
  const { size, dark } = encode(text);
  const side = (size + 2 * QUIET) * SCALE;
  const bytes = Math.ceil(side / 8);
  const points = Buffer.alloc(side * (bytes + 1), 0xff);
  for (let y = 0; y < side; y++) {
    const line = y * (bytes + 1);
    points[line] = 0;
    for (let x = 0; x < side; x++) {
      if (!dark(Math.floor(y / SCALE) - QUIET, Math.floor(x / SCALE) - QUIET)) continue;
      const at = line + 1 + (x >> 3);
      points[at] = (points[at] ?? 0) & ~(0x80 >> (x & 7));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(points, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

function encode(text: string): Code {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const inside = (at: number) => at >= 0 && at < size;
  return { size, dark: (row, column) => inside(row) && inside(column) && modules.get(row, column) === 1 };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
