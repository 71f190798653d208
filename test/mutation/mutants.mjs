/** What is exchanged for what, one place at a time. Blanks around an operator keep types and arrows out. */
const EXCHANGES = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/\bMath\.min\b/g, 'Math.max'],
  [/\bMath\.max\b/g, 'Math.min'],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/(?<=[(\s])!(?=[a-zA-Z])/g, ''],
  // Not a nought that stands for what is missing: it means "long ago", and so does 1.
  [/(?<![\w.'-])(?:[1-9][\d_]*|(?<!\?\? |= )0)(?![\w'])/g, (number) => String(Number(number.replaceAll('_', '')) + 1)],
];

/** Lines without anything that runs: types, comments, imports. */
const NOTHING = /^\s*(\/?\*|\/\/|import |export type |type |readonly |\| |export \{|[}\])]*;?$)/;

/** Every change of one place in that source: which line, what it was and is, and the whole text with it. */
export function mutantsOf(source) {
  const lines = source.split('\n');
  const isType = typeLines(lines);
  return lines.flatMap((was, index) => {
    if (NOTHING.test(was) || isType.has(index)) return [];
    const code = was.replace(/ \/\/ .*$/, '');
    return EXCHANGES.flatMap(([pattern, by]) =>
      [...code.matchAll(pattern)].map((match) => {
        const put = typeof by === 'function' ? by(match[0]) : by;
        const is = was.slice(0, match.index) + put + was.slice(match.index + match[0].length);
        const text = [...lines.slice(0, index), is, ...lines.slice(index + 1)].join('\n');
        return { line: index + 1, was, is, text };
      }),
    );
  });
}

/** The lines of interfaces and of types that go over several. */
function typeLines(lines) {
  const found = new Set();
  let inside = false;
  for (const [index, line] of lines.entries()) {
    if (/^(export )?(interface|type) /.test(line)) inside = true;
    if (inside) found.add(index);
    if (inside && /^(\}|.*;)\s*$/.test(line) && !/^\s/.test(line)) inside = false;
    if (inside && /^ {2}\| .*;$/.test(line)) inside = false;
  }
  return found;
}

/** In an order that depends on the seed alone (mulberry32). */
export function shuffled(list, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
