import { createHash, createHmac } from 'node:crypto';
import { Pass } from '../../bot/pass';
import { LEDGER_KEY } from './engines';
import { change, entry } from './samples';
import type { Bench } from './suite';

const TEXT_FORMAT = 'onboard-text-2';

export function ledgerTests(bench: () => Bench): void {
  /** Five entries of one onboarding, as decisions write them. */
  async function filled() {
    const { open, create } = bench();
    let current = await create();
    for (let n = 1; n <= 5; n++) {
      const next = { ...current, comment: `change ${n}` };
      current = (await open.store.commit(current, change(next, [entry(`event-${n}`, { n })]))) ?? current;
    }
    return { ...bench(), onboarding: current, head: await open.ledger.head() };
  }

  it('is whole as written, and says its head in the log after every append and at every start', async () => {
    const { open, world, head } = await filled();
    expect(await open.ledger.verify(head)).toEqual({
      whole: true,
      entries: 5,
      head,
      prunedBefore: null,
      headCompared: true,
      forgotten: 0,
    });
    expect(world.events('ledger-head').map((line) => line.seq)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(world.events('ledger-head').at(-1)).toEqual({ level: 'info', event: 'ledger-head', ...head });
  });

  it('says nothing of entries whose transaction failed', async () => {
    const { open, world, create } = bench();
    const before = await create();
    const cannot = entry('x', { n: 1n as never });
    await expect(open.store.commit(before, change(before, [entry('one'), cannot]))).rejects.toThrow();
    expect(world.events('ledger-head').map((line) => line.seq)).toEqual([0]);
    expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 0 });
  });

  it('can be checked from the description of its format alone', async () => {
    const { open, onboarding, head } = await filled();
    const hmac = (...lines: unknown[]) => createHmac('sha256', LEDGER_KEY).update(lines.join('\n')).digest('hex');
    await open.store.record(null, [entry('sweep')]);
    const own = new Map<string | null, string>();
    let previous = '0'.repeat(64);
    for (const line of (await open.ledger.entries()).slice(0, 5)) {
      const id = line.onboardingId;
      const [said] = await open.ledger.texts(line.seq, line.seq);
      const text = [TEXT_FORMAT, said?.salt, JSON.stringify(said?.text)].join('\n');
      const hash = createHash('sha256').update(text).digest('hex');
      const written = `{"actor":{"onboard":"worker"},"at":1000,"detail":{"n":${line.seq}},"event":"event-${line.seq}","texts":{"comment":"${hash}"}}`;
      expect([line.text, id, line.n, said?.text]).toEqual([written, onboarding.id, line.seq, `"change ${line.seq}"`]);
      const mine = hmac('onboard-chain-2', own.get(id) ?? '0'.repeat(64), `"${id}"`, line.n, written);
      expect(line.own).toBe(mine);
      own.set(id, mine);
      previous = hmac('onboard-ledger-2', previous, line.seq, `"${id}"`, line.n, mine);
      expect(line.mac).toBe(previous);
    }
    expect(previous).toBe(head.mac);
    const [, , , , , sweep] = await open.ledger.entries();
    const mine = hmac('onboard-chain-2', '0'.repeat(64), 'null', 1, sweep?.text);
    expect(sweep?.mac).toBe(hmac('onboard-ledger-2', previous, 6, 'null', 1, mine));
  });

  it.each([
    ['an edited entry', `update ledger set entry = replace(entry, '"n":3', '"n":4') where seq = 3`, 3, 'mac'],
    ['an entry given to another onboarding', `update ledger set onboarding_id = 'x' where seq = 2`, 2, 'mac'],
    ['an entry taken from its onboarding', `update ledger set onboarding_id = null where seq = 2`, 2, 'mac'],
    ['a mac that was edited', `update ledger set mac = '00' where seq = 4`, 4, 'mac'],
    ['a removed entry', 'delete from ledger where seq = 3', 3, 'missing'],
    ['a removed first entry', 'delete from ledger where seq = 1', 1, 'missing'],
    ['an entry put before the first', `insert into ledger (seq, entry, mac) values (0, '{}', '00')`, 1, 'missing'],
    ['an entry moved in its own chain', 'update ledger set n = 7 where seq = 3', 3, 'mac'],
    ['a chain mac that was edited', `update ledger set own = '00' where seq = 3`, 3, 'mac'],
    ['an entry made to look like the first format', 'update ledger set n = null, own = null where seq = 3', 3, 'mac'],
    ['an edited comment', `update ledger_text set text = '"fine"' where seq = 3`, 3, 'text'],
    ['a comment given to another', `update ledger_text set onboarding_id = 'x' where seq = 3`, 3, 'text'],
    ['a removed comment', 'delete from ledger_text where seq = 3', 3, 'text'],
    ['a comment put in', `insert into ledger_text values (2, 'why', null, '00', '"x"')`, 2, 'text'],
    ['a comment of no entry', `insert into ledger_text values (0, 'why', null, '00', '"x"')`, 0, 'text'],
    ['a beginning made up', `insert into ledger_checkpoint values (1, 2, '00', 1, '[]', '00')`, 3, 'checkpoint'],
    ['an entry put at the end', `insert into ledger (seq, entry, mac) values (6, '{}', '00')`, 6, 'mac'],
    ['a removed last entry', 'delete from ledger where seq = 5', 6 - 1, 'shorter'],
    ['everything removed', 'delete from ledger', 1, 'shorter'],
    ['a removed head', 'delete from ledger_head', 6, 'shorter'],
  ] as const)('finds %s', async (_, statement, brokenAt, why) => {
    const { open, place } = await filled();
    await place.tamper(statement);
    expect(await open.ledger.verify()).toEqual({ whole: false, brokenAt, why });
  });

  it('finds two entries in each other’s place', async () => {
    const { open, place } = await filled();
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ])
      await place.tamper(`update ledger set seq = ${to} where seq = ${from}`);
    expect(await open.ledger.verify()).toEqual({ whole: false, brokenAt: 2, why: 'mac' });
  });

  it('finds a roll-back by a head from the log, which the database alone cannot show', async () => {
    const { open, place, head } = await filled();
    const [, , , fourth] = await open.ledger.entries();
    await place.tamper('delete from ledger where seq = 5');
    await place.tamper('delete from ledger_text where seq = 5');
    await place.tamper(`update ledger_head set seq = 4, mac = '${fourth?.mac}'`);
    expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 4 });
    expect(await open.ledger.verify(head)).toEqual({ whole: false, brokenAt: 5, why: 'shorter' });
    await open.store.record(null, [entry('written after the roll-back')]);
    expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 5 });
    expect(await open.ledger.verify(head)).toEqual({ whole: false, brokenAt: 5, why: 'other-history' });
  });

  it('is not whole under another key, and the log says so at the start', async () => {
    const { place, world } = await filled();
    expect(world.events('ledger-tail-differs')).toEqual([]);
    const other = await place.open(world, Buffer.alloc(32, 8));
    expect(await other.ledger.verify()).toEqual({ whole: false, brokenAt: 1, why: 'mac' });
    expect(world.events('ledger-tail-differs')).toMatchObject([{ level: 'error', seq: 5 }]);
    await other.close();
  });

  it('does not fork when two instances append at once', async () => {
    const { open, rival } = bench();
    const other = await rival();
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? open : other).store.record(null, [entry(`event-${n}`)])),
    );
    expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 30 });
  });

  it('reads more than a page', async () => {
    const { open } = bench();
    const many = Array.from({ length: 2_100 }, (_, n) => entry('bulk', { n }));
    await open.store.record('onb', many);
    expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 2_100 });
  });

  it('lists the entries of one onboarding, oldest first; a limit keeps the newest', async () => {
    const { open, onboarding } = await filled();
    await open.store.record(null, [entry('sweep')]);
    const of = (lines: Awaited<ReturnType<typeof open.ledger.entries>>) => lines.map(({ entry: { event } }) => event);
    expect(of(await open.ledger.entries({ onboardingId: onboarding.id, limit: 2 }))).toEqual(['event-4', 'event-5']);
    expect(of(await open.ledger.entries({ limit: 1 }))).toEqual(['sweep']);
    expect(await open.ledger.entries({ onboardingId: 'nobody' })).toEqual([]);
  });

  it('keeps a pass out of every table and of the log, wherever one is put by mistake', async () => {
    const { open, place, world, create } = bench();
    const pass = new Pass('PLANTED-PASS-7f3a');
    const before = await create();
    const next = { ...before, findings: [pass as never], comment: pass as never };
    const stored = await open.store.commit(before, change(next, [entry('x', { pass: pass as never })]));
    await open.outbox.answer('key', { person: 'mo' }, { deep: { pass } }, 1);
    await open.outbox.answer('plain', { person: 'mo' }, { text: 'PLANTED-TEXT' }, 1);

    const tables = await place.dump();
    const everything = `${tables}${JSON.stringify(world.lines)}${JSON.stringify(stored)}`;
    expect(everything).toContain('PLANTED-TEXT');
    expect(everything).not.toContain(pass.reveal());
    expect(everything.split('[redacted]')).toHaveLength(8);
    expect(stored?.findings).toEqual(['[redacted]']);
  });
}
