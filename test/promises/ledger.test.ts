import { createHash, createHmac } from 'node:crypto';
import { checkLedgerExport } from './ledger';

const KEY = Buffer.alloc(32, 5);
const ZEROS = '0'.repeat(64);
const hmac = (...lines: unknown[]) => createHmac('sha256', KEY).update(lines.join('\n')).digest('hex');
const hash = (salt: string, text: string) =>
  createHash('sha256')
    .update(`onboard-text-2\n${salt}\n${JSON.stringify(text)}`)
    .digest('hex');

interface Made {
  readonly id?: string | null;
  readonly event: string;
  readonly said?: string;
}

/** A small ledger as the export would print it, made here from the description. */
function exported(made: readonly Made[], from = { seq: 0, mac: ZEROS, chains: new Map<string, [number, string]>() }) {
  let { seq, mac } = from;
  const chains = new Map(from.chains);
  const lines = made.map(({ id = 'case-1', event, said }) => {
    seq += 1;
    const texts = said === undefined ? [] : [{ name: 'comment', salt: `salt-${seq}`, text: JSON.stringify(said) }];
    const hashes = Object.fromEntries(texts.map(({ name, salt, text }) => [name, hash(salt, text)]));
    const entry = JSON.stringify({ at: seq, event, ...(said === undefined ? {} : { texts: hashes }) });
    const place = JSON.stringify(id);
    const [before, previous] = chains.get(place) ?? [0, ZEROS];
    const own = hmac('onboard-chain-2', previous, place, before + 1, entry);
    chains.set(place, [before + 1, own]);
    mac = hmac('onboard-ledger-2', mac, seq, place, before + 1, own);
    const head = JSON.stringify({ seq, onboardingId: id, n: before + 1, own, mac }).slice(0, -1);
    return `${head},"entry":${entry},"texts":${JSON.stringify(texts)}}`;
  });
  return { lines, head: { sequence: seq, hash: mac }, seq, mac, chains };
}

const story: Made[] = [
  { event: 'requested', said: 'Jane, "the new one"' },
  { event: 'sweep', id: null },
  { event: 'approved', said: ',"texts":[' },
  { event: 'requested', id: 'case-2' },
  { event: 'closed' },
];

test('a whole ledger is whole, with its texts and without them', () => {
  const { lines, head } = exported(story);
  expect(checkLedgerExport(lines, KEY, [head])).toBeNull();
  const bare = lines.map((line) => JSON.stringify({ ...JSON.parse(line), texts: undefined }));
  expect(checkLedgerExport(bare, KEY, [head])).toBeNull();
  expect(checkLedgerExport(lines, Buffer.alloc(32, 6), [])).toMatchObject({ at: 1 });
});

test('rows of the first format are part of it', () => {
  const entry = '{"event":"old"}';
  const mac = hmac('onboard-ledger-1', ZEROS, 1, '"case-1"', entry);
  const old = `{"seq":1,"onboardingId":"case-1","n":null,"own":null,"mac":"${mac}","entry":${entry}}`;
  const { lines } = exported(story, { seq: 1, mac, chains: new Map() });
  expect(checkLedgerExport([old, ...lines], KEY, [{ sequence: 1, hash: mac }])).toBeNull();
  expect(checkLedgerExport([old.replace('old', 'new'), ...lines], KEY, [])).toMatchObject({ at: 1 });
});

test('a pruned ledger begins at its checkpoint', () => {
  const early = exported(story.slice(0, 3));
  const late = exported(story.slice(3), early);
  const heads = JSON.stringify([
    ['case-1', ...(early.chains.get('"case-1"') ?? [])],
    [null, ...(early.chains.get('null') ?? [])],
  ]);
  const sign = hmac('onboard-checkpoint-2', 3, early.mac, 77, heads);
  const checkpoint = { seq: 3, mac: early.mac, at: 77, heads, sign };
  const first = JSON.stringify({ checkpoint });
  expect(checkLedgerExport([first, ...late.lines], KEY, [early.head, late.head])).toBeNull();
  expect(checkLedgerExport(late.lines, KEY, [])).toMatchObject({ at: 1 });
  expect(checkLedgerExport([first, ...late.lines.slice(1)], KEY, [])).toMatchObject({ at: 4 });
  for (const part of [{ seq: 4 }, { mac: ZEROS }, { at: 78 }, { heads: '[]' }])
    expect(checkLedgerExport([JSON.stringify({ checkpoint: { ...checkpoint, ...part } })], KEY, [])).not.toBeNull();
});

test.each<[string, (lines: string[]) => string[], number]>([
  ['altered', (lines) => lines.with(2, lines[2]?.replace('approved', 'declined') ?? ''), 3],
  ['gone from the middle', (lines) => lines.toSpliced(2, 1), 3],
  ['gone from the beginning', (lines) => lines.slice(1), 1],
  ['gone from the end', (lines) => lines.slice(0, -1), 5],
  ['in each other’s place', (lines) => [lines[0], lines[2], lines[1], lines[3], lines[4]].map(String), 2],
  ['given to another', (lines) => lines.with(4, lines[4]?.replace('case-1', 'case-2') ?? ''), 5],
  ['a comment altered', (lines) => lines.with(0, lines[0]?.replace('the new one', 'the old one') ?? ''), 1],
  ['a comment gone', (lines) => lines.with(0, lines[0]?.replace(/"texts":\[\{.*\]\}$/, '"texts":[]}') ?? ''), 1],
])('finds an entry %s', (_, change, at) => {
  const { lines, head } = exported(story);
  expect(checkLedgerExport(change(lines), KEY, [head])).toMatchObject({ at });
});

test('a comment that was removed on purpose is none that is gone', () => {
  const { lines, head } = exported([...story, { event: 'personal-text-removed' }]);
  const without = lines.map((line) => line.replace(/"texts":\[.*\]\}$/, '"texts":[]}'));
  expect(checkLedgerExport(without, KEY, [head])).toBeNull();
});
