import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenStore } from '../../bot/store/open-store';
import { LEDGER_KEY, type Place, World } from './engines';
import { change, entry } from './samples';

/** Made by the version before the second migration: an open window, a declined request, a pause, an answer. */
const FIRST_FORMAT = readFileSync(join(__dirname, 'first-format.sql'), 'utf8').split(';\n').filter(Boolean);
const HEAD = { seq: 5, mac: 'bc0a8cb1927047af097f0171989c81ba68e53a714cb82a91eef9a71c73ad88c7' };

/** `place` is a database with nothing in it. */
export function migrateTests(place: () => Place, engine: string): void {
  const opened: OpenStore[] = [];
  const open = async (world = new World()) => {
    const one = await place().open(world);
    opened.push(one);
    return one;
  };
  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

  const fill = async () => {
    for (const statement of FIRST_FORMAT) await place().tamper(statement);
  };

  it('takes up a database of the first version: nothing is lost, the old chain checks and goes on', async () => {
    await fill();
    const { store, outbox, ledger } = await open();
    expect(await ledger.verify(HEAD)).toMatchObject({ whole: true, entries: 5, head: HEAD });
    const [declined, window] = await store.list(9);
    expect(declined).toMatchObject({ number: 2, state: 'closed', outcome: 'declined' });
    expect(window).toMatchObject({ number: 1, state: 'open', comment: 'Known to me; "since" May', dueAt: 1_600 });
    expect(await store.paused()).toBe(true);
    const [owed] = await outbox.claim(2_000_000, 2_000_001, 'sender', 9);
    expect(owed).toMatchObject({ message: 'approval', onboardingId: 'onb-1' });
    expect((await outbox.personalConversation('priya'))?.serviceUrl).toBe('https://s');

    if (!window) throw new Error('no window');
    await store.commit(window, change({ ...window, state: 'closing', comment: 'new' }, [entry('stopped')]));
    await store.record(null, [entry('sweep')]);
    expect(await ledger.verify(HEAD)).toMatchObject({ whole: true, entries: 7 });
    expect((await ledger.entries()).map(({ n }) => n)).toEqual([null, null, null, null, null, 1, 1]);
    expect(await store.forget(9_000_000, { onboard: 'worker' })).toBe(1);
    expect(await ledger.verify(HEAD)).toMatchObject({ whole: true, entries: 8 });
  });

  it.each([
    ['an old entry that was edited', `update ledger set entry = replace(entry, 'opened', 'closed') where seq = 2`, 2],
    ['an old entry dressed up as a new one', `update ledger set n = 1, own = mac where seq = 3`, 3],
  ])('finds %s', async (_, statement, brokenAt) => {
    await fill();
    const { ledger } = await open();
    await place().tamper(statement);
    expect(await ledger.verify()).toEqual({ whole: false, brokenAt, why: 'mac' });
  });

  it('prunes old entries as well', async () => {
    await fill();
    const { store, ledger, retention } = await open();
    const [, window] = await store.list(9);
    if (!window) throw new Error('no window');
    const { dueAt: _, ...rest } = window;
    await store.commit(window, change({ ...rest, state: 'closed', closedAt: 1_800 }, [entry('a')]));
    expect(await retention.prune(5_000, { onboard: 'worker' })).toMatchObject({ entries: 6 });
    await store.record('onb-1', [entry('b')]);
    expect(await ledger.verify()).toMatchObject({ whole: true, prunedBefore: 7 });
  });

  it('takes what an older instance writes beside a newer one', async () => {
    const { store, ledger } = await open();
    await store.record('onb-1', [entry('new')]);
    const { mac: before } = await ledger.head();
    const mac = createHmac('sha256', LEDGER_KEY).update(`onboard-ledger-1\n${before}\n2\n"onb-1"\n{"event":"old"}`);
    const head = mac.digest('hex');
    await place().tamper(`insert into ledger (seq, onboarding_id, entry, mac)
      values (2, 'onb-1', '{"event":"old"}', '${head}')`);
    await place().tamper(`update ledger_head set seq = 2, mac = '${head}'`);
    await store.record('onb-1', [entry('new')]);
    expect(await ledger.verify()).toMatchObject({ whole: true, entries: 3 });
    expect((await ledger.entries()).map(({ n }) => n)).toEqual([1, null, 2]);
  });

  it('is done once by several that open at the same moment', async () => {
    await fill();
    // Two connections of one process cannot race on SQLite; processes that do have a test of their own.
    const all =
      engine === 'SQLite' ? [await open(), await open(), await open()] : await Promise.all([open(), open(), open()]);
    await Promise.all(
      (engine === 'SQLite' ? all.slice(0, 1) : all).map(({ store }, n) => store.record(null, [entry(`from-${n}`)])),
    );
    expect(await all[0]?.ledger.verify()).toMatchObject({ whole: true, entries: engine === 'SQLite' ? 6 : 8 });
  });

  it('makes an empty database once for several that open it at the same moment', async () => {
    if (engine === 'SQLite') await open();
    const all = engine === 'SQLite' ? [await open()] : await Promise.all([open(), open(), open()]);
    for (const { ledger } of all) expect(await ledger.verify()).toMatchObject({ whole: true, entries: 0 });
  });
}
