import type { Drawing } from './steps';

/**
 * Our own drawings, 120 by 96. `l` is a line, `f` a surface, `a` what the step is about. The colours come from the style
 * sheet, so that one drawing is right in the light, in the dark and on paper. No letters: they would need translating.
 */
const drawings: Readonly<Record<Drawing, string>> = {
  ready: `${phone()}${lock(60, 52)}`,
  install: `${phone()}<path class="A" d="M60 28v26M49 44l11 11 11-11"/><path class="l" d="M48 66h24"/>`,
  open: `${phone()}${tiles()}${tap(60, 47)}`,
  add: `${phone()}<circle class="a" cx="60" cy="38" r="12"/><path class="w" d="M60 32v12M54 38h12"/><path class="l" d="M48 60h24M52 68h16"/>`,
  account: `${phone()}<rect class="A" x="45" y="28" width="30" height="12" rx="3"/><path class="l" d="M49 34h12"/>${keys()}`,
  code: `${phone()}<rect class="A" x="45" y="28" width="30" height="12" rx="3"/>${dots(49, 34, 5, 5.5)}${keys()}`,
  'account-wide': `${laptop()}<path class="l" d="M36 28h24"/><rect class="A" x="36" y="36" width="48" height="12" rx="3"/><path class="l" d="M41 42h16"/><rect class="a" x="66" y="54" width="18" height="8" rx="2"/>`,
  'code-wide': `${laptop()}<path class="l" d="M36 28h24"/><rect class="A" x="36" y="36" width="48" height="12" rx="3"/>${dots(42, 42, 6, 6)}<rect class="a" x="66" y="54" width="18" height="8" rx="2"/>`,
  switch: `${phone()}<path class="l" d="M46 32h10M46 48h10M46 64h10"/>${toggle(32, false)}${toggle(48, true)}${toggle(64, false)}`,
  save: `${phone()}${row(30)}<rect class="a" x="44" y="42" width="32" height="12" rx="3"/><path class="w" d="M67 48l2 2.500 4-5M48 48h12"/>${row(66)}`,
  face: `${phone()}${face(60, 48, 14)}`,
  finger: `${phone()}${finger(60, 50)}`,
  check: `${phone()}${passkey(53, 36)}${tick(60, 68, 8)}`,
  window: `${laptop()}<path class="l" d="M20 26h80"/><rect class="A" x="30" y="17.500" width="50" height="5" rx="2.500"/><circle class="A" cx="51" cy="48" r="7"/><circle class="A" cx="69" cy="48" r="7"/><path class="A" d="M58 47q2-2 4 0M44 46l-4-4M76 46l4-4"/>`,
  list: `${laptop()}<path class="l" d="M44 30h42M44 42h42"/><circle class="l" cx="34" cy="30" r="2"/><circle class="l" cx="34" cy="42" r="2"/><circle class="a" cx="34" cy="56" r="7"/><path class="w" d="M34 52.500v7M30.500 56h7"/><path class="A" d="M46 56h32"/>`,
  wait: `${laptop()}<path class="l" d="M50 31h20M50 53h20M52 31q0 6 8 11q8-5 8-11M52 53q0-6 8-11q8 5 8 11"/>${smallPhone('a')}`,
  both: `<g class="d">${laptop()}</g>${smallPhone('a')}${tap(96, 62)}`,
  done: `${laptop()}${tick(60, 41, 14)}`,
  key: `<g class="d">${laptop()}</g>${stick(84, 34)}`,
  plug: '<path class="f" d="M4 18h30q6 0 6 6v48q0 6-6 6H4"/><rect class="s" x="40" y="40" width="16" height="16" rx="1.500"/><rect class="s" x="54" y="34" width="52" height="28" rx="7"/><circle class="a" cx="82" cy="48" r="7"/><path class="A" d="M98 20H70M78 13l-8 7 8 7"/>',
  touch: `${stick(46, 14)}${tap(60, 46)}<path class="A" d="M84 34a20 20 0 0 1 0 24M36 34a20 20 0 0 0 0 24"/>`,
  keys: `${stick(28, 16)}${stick(66, 16)}`,
  hello: `${laptop()}${face(60, 41, 15)}`,
  told: `<circle class="f" cx="32" cy="42" r="12"/><path class="f" d="M10 84q0-24 22-24t22 24z"/><path class="a" d="M60 16h44q6 0 6 6v18q0 6-6 6H74l-10 9v-9h-4q-6 0-6-6V22q0-6 6-6z"/><g class="w">${dots(66, 31, 4, 11)}</g>`,
  scan: `${laptop()}${square(40, 28)}${smallPhone('a')}`,
};

/** The definitions, once a page, for `drawing` to point to. */
export function definitions(names: ReadonlySet<Drawing>): string {
  const symbols = [...names].map((name) => `<symbol id="d-${name}" viewBox="0 0 120 96">${drawings[name]}</symbol>`);
  return `<svg class="defs" aria-hidden="true">${symbols.join('')}</svg>`;
}

/** `alt` is escaped by the caller. */
export function drawing(name: Drawing, alt: string): string {
  return `<svg class="draw" role="img" aria-label="${alt}" viewBox="0 0 120 96"><use href="#d-${name}"/></svg>`;
}

function phone(): string {
  return '<rect class="f" x="37" y="5" width="46" height="86" rx="8"/><path class="l" d="M55 11h10"/>';
}

function smallPhone(kind: string): string {
  return `<rect class="s" x="80" y="36" width="32" height="56" rx="6"/><circle class="${kind}" cx="96" cy="62" r="6"/><path class="l" d="M92 41h8"/>`;
}

function laptop(): string {
  return '<rect class="f" x="20" y="12" width="80" height="58" rx="5"/><path class="f" d="M8 76h104q-2 8-8 8H16q-6 0-8-8z"/>';
}

function lock(x: number, y: number): string {
  return `<rect class="a" x="${x - 11}" y="${y - 6}" width="22" height="17" rx="3"/><path class="A" d="M${x - 7} ${y - 6}v-5a7 7 0 0 1 14 0v5"/><path class="w" d="M${x} ${y}v5"/>`;
}

function tiles(): string {
  const at = [26, 42, 58].flatMap((y) => [43, 55, 67].map((x) => [x, y] as const));
  return at.map(([x, y]) => `<rect class="g" x="${x}" y="${y}" width="10" height="10" rx="3"/>`).join('');
}

function tap(x: number, y: number): string {
  return `<circle class="t" cx="${x}" cy="${y}" r="11"/><circle class="a" cx="${x}" cy="${y}" r="5"/>`;
}

function keys(): string {
  return [54, 63, 72].map((y) => `<path class="g2" d="M46 ${y}h28"/>`).join('');
}

function dots(x: number, y: number, count: number, gap: number): string {
  return Array.from(
    { length: count },
    (_, index) => `<circle class="o" cx="${x + index * gap}" cy="${y}" r="1.800"/>`,
  ).join('');
}

function toggle(y: number, on: boolean): string {
  const track = `<rect class="${on ? 'a' : 'l'}" x="60" y="${y - 5}" width="17" height="10" rx="5"/>`;
  return `${track}<circle class="${on ? 'w' : 'g'}" cx="${on ? 72 : 65}" cy="${y}" r="2.500"/>`;
}

function row(y: number): string {
  return `<rect class="l" x="44" y="${y - 6}" width="32" height="12" rx="3"/><path class="l" d="M48 ${y}h10"/>`;
}

function face(x: number, y: number, r: number): string {
  const c = r - 5;
  const corner = (sx: number, sy: number) =>
    `M${x + sx * r} ${y + sy * (r - 6)}v${sy * 3}q0 3 ${-sx * 3} 3h${-sx * 3}`
      .replace('q0 3', `q0 ${sy * 3}`)
      .replace(/ 3h/, ` ${sy * 3}h`);
  const corners = [corner(1, 1), corner(1, -1), corner(-1, 1), corner(-1, -1)].join('');
  return `<path class="l" d="${corners}"/><path class="A" d="M${x - c / 2} ${y - 4}v3M${x + c / 2} ${y - 4}v3M${x - 5} ${y + 5}q5 5 10 0"/>`;
}

function finger(x: number, y: number): string {
  return `<path class="A" d="M${x - 12} ${y + 4}v-4a12 12 0 0 1 24 0v6M${x - 6} ${y + 12}v-12a6 6 0 0 1 12 0v8M${x} ${y}v16"/>`;
}

function passkey(x: number, y: number): string {
  return `<circle class="A" cx="${x}" cy="${y}" r="7"/><path class="A" d="M${x + 7} ${y}h14M${x + 15} ${y}v6M${x + 21} ${y}v5"/>`;
}

function tick(x: number, y: number, r: number): string {
  const s = r / 8;
  return `<circle class="a" cx="${x}" cy="${y}" r="${r}"/><path class="w" d="M${x - 3.5 * s} ${y}l${2.5 * s} ${3 * s} ${4.5 * s}-${6 * s}"/>`;
}

function stick(x: number, y: number): string {
  return `<rect class="s" x="${x + 6}" y="${y - 6}" width="16" height="14" rx="1.500"/><path class="l" d="M${x + 11} ${y - 1}v3M${x + 17} ${y - 1}v3"/><rect class="s" x="${x}" y="${y + 6}" width="28" height="${y > 20 ? 48 : 58}" rx="7"/><circle class="a" cx="${x + 14}" cy="${y + 32}" r="7"/>`;
}

function square(x: number, y: number): string {
  const eye = (ex: number, ey: number) => `<rect class="l" x="${ex}" y="${ey}" width="8" height="8"/>`;
  return `${eye(x, y)}${eye(x + 16, y)}${eye(x, y + 16)}<path class="l" d="M${x + 15} ${y + 15}h4M${x + 23} ${y + 19}v5M${x + 15} ${y + 23}h3M${x + 12} ${y + 2}v6"/>`;
}
