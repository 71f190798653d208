const SIDE = 21;

/** Three corners as every code has them. */
function corner(x: number, y: number): boolean | null {
  for (const [left, top] of [
    [0, 0],
    [SIDE - 7, 0],
    [0, SIDE - 7],
  ] as const) {
    const [dx, dy] = [x - left, y - top];
    if (dx < -1 || dy < -1 || dx > 7 || dy > 7) continue;
    const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
    return ring === 3 || ring <= 1;
  }
  return null;
}

/** Looks like a code and holds nothing: the phone of the playground knows what is on the computer's screen. */
export function QrPicture({ text }: { readonly text: string }) {
  let seed = [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  const dots: string[] = [];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
      if (corner(x, y) ?? seed > 0x80000000) dots.push(`M${x} ${y}h1v1h-1z`);
    }
  }
  return (
    <svg class="qr-picture" viewBox={`-2 -2 ${SIDE + 4} ${SIDE + 4}`} role="img" aria-label="A code to scan">
      <path d={dots.join('')} />
    </svg>
  );
}
