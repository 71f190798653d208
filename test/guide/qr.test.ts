import { inflateSync } from 'node:zlib';
import { create } from 'qrcode';
import { qrPng, qrSvg } from '../../bot/guide/qr';

const TEXT = 'https://onboard.example.com/g#0123456789abcdefghijklmnopq';
const { modules } = create(TEXT, { errorCorrectionLevel: 'M' });
const side = modules.size + 8;
const wanted = Array.from({ length: side }, (_, row) =>
  Array.from({ length: side }, (_, column) => {
    const [y, x] = [row - 4, column - 4];
    return x >= 0 && y >= 0 && x < modules.size && y < modules.size && modules.get(y, x) === 1 ? '#' : '.';
  }).join(''),
);

test('the drawing has the dark modules where they belong, in a frame of four that are white', () => {
  const svg = qrSvg(TEXT, 'Scan & go');
  expect(svg).toContain(`viewBox="0 0 ${side} ${side}"`);
  expect(svg).toContain('aria-label="Scan &#38; go"');
  expect(svg).toContain(`<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`);
  const rows = wanted.map(() => Array.from({ length: side }, () => '.'));
  const path = /<path d="([^"]*)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = 0; at < Number(length); at++) (rows[Number(y)] ?? [])[Number(x) + at] = '#';
  expect(rows.map((row) => row.join(''))).toEqual(wanted);
});

test('the picture is a PNG of the same, six points a module', () => {
  const [kind, data = ''] = qrPng(TEXT).split(',');
  expect(kind).toBe('data:image/png;base64');
  const png = Buffer.from(data, 'base64');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const points = side * 6;
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([points, points]);
  const at = png.indexOf('IDAT');
  const raw = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const line = Math.ceil(points / 8) + 1;
  const dark = (x: number, y: number) => (((raw[y * line + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0;
  for (const inside of [0, 5]) {
    const rows = wanted.map((row, y) =>
      [...row].map((_, x) => (dark(x * 6 + inside, y * 6 + inside) ? '#' : '.')).join(''),
    );
    expect(rows).toEqual(wanted);
  }
});
