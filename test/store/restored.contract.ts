import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenStore } from '../../bot/store/open-store';
import { type Place, World } from './engines';
import { entry } from './samples';

export function restoredTests(place: () => Place, engine: string): void {
  let folder: string;
  let headFile: string;
  const opened: OpenStore[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onboard-head-'));
    headFile = join(folder, 'kept', 'ledger.head');
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  /** An instance starts. */
  async function start(world = new World()) {
    const one = await place().open(world, undefined, headFile);
    opened.push(one);
    return { ...one, world };
  }
  const close = () => Promise.all(opened.splice(0).map((one) => one.close()));
  const written = () => JSON.parse(readFileSync(headFile, 'utf8')) as { seq: number };
  /** The database as it was after so many entries. */
  async function rollBackTo(seq: number) {
    await place().tamper(`delete from ledger where seq > ${seq}`);
    await place().tamper(
      seq === 0
        ? `update ledger_head set seq = 0, mac = '${'0'.repeat(64)}'`
        : `update ledger_head set seq = ${seq}, mac = (select mac from ledger where seq = ${seq})`,
    );
  }

  it('is not said of a first start, nor of any later one', async () => {
    const first = await start();
    expect([first.restored, written().seq]).toEqual([null, 0]);
    await first.store.record(null, [entry('one'), entry('two')]);
    expect(written().seq).toBe(2);
    await close();
    const second = await start();
    expect(second.restored).toBeNull();
    expect(second.world.events('store-restored')).toEqual([]);
  });

  it('is not said after a crash between a commit and the file, nor of what a command wrote', async () => {
    const first = await start();
    await first.store.record(null, [entry('one')]);
    const behind = readFileSync(headFile);
    await first.store.record(null, [entry('two')]);
    await close();
    writeFileSync(headFile, behind);
    expect((await start()).restored).toBeNull();
    expect(written().seq).toBe(2);
  });

  it('is said of a database that went back, at every start until it was treated, and in the ledger', async () => {
    const first = await start();
    await first.store.record(null, [entry('one'), entry('two'), entry('three')]);
    await close();
    await rollBackTo(1);

    const second = await start();
    expect(second.restored).toBe('rolled-back');
    expect(second.world.events('store-restored')).toMatchObject([{ level: 'error', seq: 1, seen: 3 }]);
    expect((await second.ledger.entries()).at(-1)?.entry).toMatchObject({
      event: 'store-restored',
      detail: { why: 'rolled-back', seq: 1, seen: 3 },
    });
    await close();
    const third = await start();
    expect(third.restored).toBe('rolled-back');
    expect(third.world.events('store-restored')).toMatchObject([{ why: 'rolled-back' }]);
    await third.restoreTreated();
    await close();
    expect((await start()).restored).toBeNull();
  });

  it('is said of a new database in the place of another', async () => {
    const first = await start();
    await first.store.record(null, [entry('one')]);
    await close();
    await rollBackTo(0);
    expect((await start()).restored).toBe('rolled-back');
  });

  it('is said of a copy that was written on until it was as long', async () => {
    const first = await start();
    await first.store.record(null, [entry('one'), entry('two')]);
    await close();
    await rollBackTo(1);
    const aside = await place().open(new World());
    await aside.store.record(null, [entry('another two'), entry('three')]);
    await aside.close();
    expect((await start()).restored).toBe('other-history');
  });

  it('is not said where what was seen last was pruned', async () => {
    const first = await start();
    await first.store.record(null, [entry('one'), entry('two')]);
    const old = readFileSync(headFile);
    await first.retention.prune(9_000_000, { onboard: 'worker' });
    await first.store.record(null, [entry('three')]);
    await first.retention.prune(9_000_000, { onboard: 'worker' });
    await close();
    writeFileSync(headFile, old);
    expect((await start()).restored).toBeNull();
  });

  it('is said of entries of unknown origin on an embedded database, and not of a new host beside a PostgreSQL', async () => {
    const aside = await place().open(new World());
    await aside.store.record(null, [entry('one')]);
    await aside.close();
    expect((await start()).restored).toBe(engine === 'SQLite' ? 'unknown-origin' : null);
  });

  it('is not said where the file is damaged, as after a power failure; the log says so', async () => {
    const first = await start();
    await first.store.record(null, [entry('one')]);
    await close();
    writeFileSync(headFile, '');
    const second = await start();
    expect(second.restored).toBeNull();
    expect(second.world.events('head-file-damaged')).toHaveLength(1);
    expect(written().seq).toBe(1);
  });

  it('is said because somebody says so', async () => {
    const aside = await place().open(new World());
    await aside.markRestored();
    expect(aside.restored).toBeNull();
    await aside.close();
    expect((await start()).restored).toBe('operator');
  });

  it('goes on when the file cannot be written any more, and does not start without it', async () => {
    const first = await start();
    rmSync(join(folder, 'kept'), { recursive: true });
    writeFileSync(join(folder, 'kept'), 'a file');
    await first.store.record(null, [entry('one')]);
    await first.store.record(null, [entry('two')]);
    expect(first.world.events('head-file-unwritable')).toHaveLength(1);
    expect(await first.ledger.verify()).toMatchObject({ whole: true, entries: 2 });
    await close();
    await expect(start()).rejects.toMatchObject({
      code: 'STORE_HEAD_FILE',
      hint: expect.stringContaining('LEDGER_HEAD'),
    });
  });
}
