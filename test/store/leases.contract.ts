import { INSTANCE_SILENT } from '../../bot/store/onboarding-leases';
import { change } from './samples';
import type { Bench } from './suite';

const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

export function leaseTests(bench: () => Bench): void {
  it('claims what is due, exits first and then the oldest, and nothing that waits', async () => {
    const { open, create } = bench();
    const late = await create({ dueAt: 90 });
    const early = await create({ dueAt: 50 });
    const exit = await create({ dueAt: 95, state: 'closing' });
    await create({ dueAt: 101 });
    await create();
    expect(ids(await open.store.claimDue(100, 200, 'a', 2, 'steps'))).toEqual([exit.id, early.id]);
    expect(ids(await open.store.claimDue(100, 200, 'a', 2, 'steps'))).toEqual([late.id]);
    expect(await open.store.claimDue(100, 200, 'a', 2, 'steps')).toEqual([]);
  });

  it('claims looks apart, by how long they wait, and leaves what is over to the steps, exits and ends first', async () => {
    const { open, create } = bench();
    const look = { state: 'open', deadline: 101 } as const;
    const young = await create({ dueAt: 90, ...look });
    const old = await create({ dueAt: 20, ...look });
    const request = await create({ dueAt: 10 });
    const over = await create({ dueAt: 80, state: 'open', deadline: 100 });
    const exit = await create({ dueAt: 70, state: 'closing' });
    await create({ dueAt: 101, ...look });
    expect(ids(await open.store.claimDue(100, 200, 'a', 9, 'steps'))).toEqual([exit.id, over.id, request.id]);
    expect(ids(await open.store.claimDue(100, 200, 'a', 1, 'looks'))).toEqual([old.id]);
    expect(ids(await open.store.claimDue(100, 200, 'a', 9, 'looks'))).toEqual([young.id]);
  });

  it('gives each due onboarding to one of two owners who ask at once', async () => {
    const { open, rival, create } = bench();
    const other = await rival();
    const all = [];
    for (let n = 0; n < 12; n++) all.push((await create({ dueAt: n })).id);
    const claims = await Promise.all(
      [open, other, open, other].map(({ store }, index) => store.claimDue(100, 200, `owner-${index % 2}`, 5, 'steps')),
    );
    const claimed = ids(claims.flat());
    expect(claimed.sort()).toEqual(all.sort());
  });

  it('takes over when a lease runs out, and lets the late owner release nothing', async () => {
    const { open, create } = bench();
    const { id } = await create({ dueAt: 50 });
    await open.store.claimDue(100, 200, 'dead', 9, 'steps');
    expect(await open.store.lease(id, 199, 300, 'next')).toBe(false);
    expect(await open.store.lease(id, 200, 300, 'next')).toBe(true);
    await open.store.release(id, 'dead');
    expect(await open.store.lease(id, 250, 300, 'third')).toBe(false);
    await open.store.release(id, 'next');
    expect(await open.store.lease(id, 250, 300, 'third')).toBe(true);
  });

  it('does not lend to the same owner twice: one instance does many things', async () => {
    const { open, create } = bench();
    const { id } = await create();
    expect(await open.store.lease(id, 100, 200, 'a')).toBe(true);
    expect(await open.store.lease(id, 100, 200, 'a')).toBe(false);
  });

  it('moves the due time with the release, without a new version', async () => {
    const { open, create } = bench();
    const before = await create({ dueAt: 50 });
    await open.store.claimDue(100, 200, 'a', 9, 'steps');
    await open.store.release(before.id, 'a', { version: 1, dueAt: 149.5 });
    expect(await open.store.load(before.id)).toEqual({ ...before, dueAt: 150 });
    expect(await open.store.claimDue(149, 300, 'a', 9, 'steps')).toEqual([]);
    expect(await open.store.claimDue(150, 300, 'a', 9, 'steps')).toEqual([{ ...before, dueAt: 150 }]);
  });

  it('does not put off what a click has made due meanwhile', async () => {
    const { open, create } = bench();
    const before = await create({ dueAt: 50 });
    await open.store.claimDue(100, 200, 'a', 9, 'steps');
    await open.store.commit(before, change({ ...before, state: 'closing', dueAt: 101 }));
    await open.store.release(before.id, 'a', { version: 1, dueAt: 99_000 });
    expect(await open.store.load(before.id)).toMatchObject({ version: 2, dueAt: 101 });
    expect(await open.store.claimDue(101, 200, 'a', 9, 'steps')).toHaveLength(1);
  });

  it('keeps a lease through a commit', async () => {
    const { open, create } = bench();
    const before = await create({ dueAt: 50 });
    await open.store.claimDue(100, 200, 'a', 9, 'steps');
    await open.store.commit(before, change({ ...before, comment: 'x' }));
    expect(await open.store.lease(before.id, 150, 300, 'b')).toBe(false);
  });

  it('says when to wake: the earliest due time, or the end of the lease on it', async () => {
    const { open, create } = bench();
    expect(await open.store.nextDue()).toBeNull();
    const { id } = await create({ dueAt: 50 });
    await create({ dueAt: 400 });
    await create();
    expect(await open.store.nextDue()).toBe(50);
    await open.store.lease(id, 60, 300, 'a');
    expect(await open.store.nextDue()).toBe(300);
    await open.store.release(id, 'a');
    expect(await open.store.nextDue()).toBe(50);
  });

  it('takes over at once what an instance held that is not heard of any more, but for an opening', async () => {
    const { open, create } = bench();
    const exit = await create({ dueAt: 50, state: 'closing' });
    const opening = await create({ dueAt: 50, state: 'opening' });
    await open.store.alive('dead', 1_000);
    await open.store.alive('b', 1_000 + INSTANCE_SILENT - 1);
    await open.store.claimDue(1_000, 90_000, 'dead', 9, 'steps');
    expect(await open.store.claimDue(1_000 + INSTANCE_SILENT - 1, 90_000, 'b', 9, 'steps')).toEqual([]);
    expect(await open.store.lease(exit.id, 1_000 + INSTANCE_SILENT - 1, 90_000, 'b')).toBe(false);
    expect(ids(await open.store.claimDue(1_000 + INSTANCE_SILENT, 99_000, 'b', 9, 'steps'))).toEqual([exit.id]);
    expect(await open.store.lease(opening.id, 1_000 + INSTANCE_SILENT, 99_000, 'b')).toBe(false);
    expect(ids(await open.store.claimDue(90_000, 99_000, 'c', 9, 'steps'))).toEqual([exit.id, opening.id]);
  });

  it('may take an exit, and never an opening, from one whose clock is behind; the first commit counts', async () => {
    const { open, create } = bench();
    const exit = await create({ dueAt: 50, state: 'closing' });
    await create({ dueAt: 50, state: 'opening' });
    await open.store.alive('behind', 20_000);
    await open.store.claimDue(20_000, 80_000, 'behind', 9, 'steps');
    expect(ids(await open.store.claimDue(20_000 + INSTANCE_SILENT, 99_000, 'ahead', 9, 'steps'))).toEqual([exit.id]);
    expect(await open.store.commit(exit, change({ ...exit, comment: 'ahead' }))).toMatchObject({ version: 2 });
    expect(await open.store.commit(exit, change({ ...exit, comment: 'behind' }))).toBeNull();
    await open.store.release(exit.id, 'behind');
    expect(await open.store.lease(exit.id, 20_000 + INSTANCE_SILENT, 99_000, 'third')).toBe(false);
  });

  it('leaves its lease to whoever never said that they were alive, and to whoever says it again', async () => {
    const { open, create } = bench();
    const one = await create({ dueAt: 50, state: 'closing' });
    await open.store.lease(one.id, 1_000, 90_000, 'command');
    expect(await open.store.claimDue(80_000, 99_000, 'b', 9, 'steps')).toEqual([]);
    await open.store.alive('command', 1_000);
    await open.store.alive('command', 80_000);
    expect(await open.store.claimDue(80_000, 99_000, 'b', 9, 'steps')).toEqual([]);
  });

  it('clears leases on SQLite, where nobody else can be alive, and never on PostgreSQL', async () => {
    const { open, create, engine } = bench();
    const { id } = await create({ dueAt: 50 });
    await open.store.lease(id, 60, 300, 'dead');
    await open.clearLeases();
    expect(await open.store.lease(id, 61, 300, 'next')).toBe(engine === 'SQLite');
  });
}
