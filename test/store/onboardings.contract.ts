import type { Caps } from '../../bot/workflow/store-port';
import { change, entry, onboarding } from './samples';
import type { Bench } from './suite';

export function onboardingTests(bench: () => Bench): void {
  it('numbers onboardings from 1, and a refused one leaves no gap', async () => {
    const { open, create } = bench();
    const first = await create({ subject: 'jane' });
    const refused = await open.store.create(change(onboarding({ subject: 'jane' }), [entry('requested')]));
    const next = await create();

    expect([first.number, first.version, next.number]).toEqual([1, 1, 2]);
    expect(refused).toEqual({ taken: first });
    expect(await open.ledger.entries()).toEqual([]);
  });

  it('lets one of ten requests for the same person win', async () => {
    const { open, rival } = bench();
    const other = await rival();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? open : other).store.create(change(onboarding({ subject: 'jane' }))),
      ),
    );
    expect(answers.filter((answer) => 'created' in answer)).toHaveLength(1);
    expect(await open.store.list(20)).toHaveLength(1);
  });

  it('takes a person again once the onboarding is closed', async () => {
    const { open, create } = bench();
    const first = await create({ subject: 'jane' });
    await open.store.commit(first, change({ ...first, state: 'closed', closedAt: 2_000 }));
    expect((await create({ subject: 'jane' })).number).toBe(2);
  });

  it('gives back what was stored', async () => {
    const { open } = bench();
    const asked = onboarding({ dueAt: 1_500, comment: '\u0000 "quoted" \ud800 \u202e', findings: ['a'] });
    const answer = await open.store.create(change(asked));
    const stored = { ...asked, number: 1, version: 1 };
    expect(answer).toEqual({ created: stored });
    expect(await open.store.load(asked.id)).toEqual(stored);
    expect(await open.store.loadByNumber(1)).toEqual(stored);
    expect([await open.store.load('nobody'), await open.store.loadByNumber(9)]).toEqual([null, null]);
  });

  it('lets one of two writers on the same version win, with all of its change and nothing of the other', async () => {
    const { open, rival, create } = bench();
    const other = await rival();
    const before = await create();
    const to = { person: 'mo' };
    const results = await Promise.all([
      open.store.commit(before, change({ ...before, comment: 'A' }, [entry('a')], [{ live: 'request', to }])),
      other.store.commit(before, change({ ...before, comment: 'B' }, [entry('b')], [{ live: 'approval', to }])),
    ]);
    const winner = results.find((result) => result !== null);
    expect(results.filter((result) => result === null)).toHaveLength(1);
    expect(winner?.version).toBe(2);
    expect(await open.store.load(before.id)).toEqual(winner);
    expect((await open.ledger.entries()).map((line) => line.entry.event)).toEqual([winner?.comment?.toLowerCase()]);
    const owed = await open.outbox.claim(9_000_000, 9_000_001, 'x', 10);
    expect(owed.map((row) => row.message)).toEqual([winner?.comment === 'A' ? 'request' : 'approval']);
  });

  it('keeps id, number and version its own, whatever a change says', async () => {
    const { open, create } = bench();
    const before = await create();
    const forged = change({ ...before, id: 'other', number: 99, version: 77, comment: 'x' });
    expect(await open.store.commit(before, forged)).toMatchObject({ id: before.id, number: 1, version: 2 });
    expect(await open.store.load('other')).toBeNull();
  });

  it('stores nothing of a change that fails half-way', async () => {
    const { open, create } = bench();
    const before = await create();
    const unserialisable = { at: 1, actor: { onboard: 'worker' }, event: 'x', detail: { n: 1n } } as never;
    await expect(
      open.store.commit(before, change({ ...before, comment: 'half' }, [entry('one'), unserialisable])),
    ).rejects.toThrow(TypeError);
    expect(await open.store.load(before.id)).toEqual(before);
    expect(await open.ledger.entries()).toEqual([]);
  });

  it('lists newest first, and what is active: not closed, or closed with something left to do', async () => {
    const { open, create } = bench();
    const [gone, aftercare, waiting] = [await create(), await create(), await create()];
    await open.store.commit(gone, change({ ...gone, state: 'closed' }));
    await open.store.commit(aftercare, change({ ...aftercare, state: 'closed', dueAt: 5_000 }));
    expect((await open.store.list(2)).map(({ id }) => id)).toEqual([waiting.id, aftercare.id]);
    expect((await open.store.active()).map(({ id }) => id)).toEqual([aftercare.id, waiting.id]);
    expect((await open.store.active(0, 1)).map(({ id }) => id)).toEqual([aftercare.id]);
    expect((await open.store.active(aftercare.number, 9)).map(({ id }) => id)).toEqual([waiting.id]);
  });

  it('knows of all windows together how many are open, who is out first and since when there is one', async () => {
    const { open, create } = bench();
    expect(await open.store.overview()).toEqual({ open: 0, firstOutBy: null, oldestOpenedAt: null });
    const exit = { startedAt: 1_500, outcome: 'stopped', settleAt: 1_500 } as never;
    const left = { startedAt: 1_100, outcome: 'stopped', settleAt: 1_100, leftAt: 1_200 } as never;
    await create({ state: 'open', openedAt: 1_000, deadline: 1_900 });
    await create({ state: 'closing', openedAt: 1_001, deadline: 1_800, exit });
    await create({ state: 'closing', openedAt: 900, deadline: 1_000, exit: left });
    await create({ state: 'closed', openedAt: 100, deadline: 200 });
    await create();
    expect(await open.store.overview()).toEqual({ open: 2, firstOutBy: 1_500, oldestOpenedAt: 900 });
  });

  it('finds the last window of a person, open or not, and no request without one', async () => {
    const { open, create } = bench();
    const older = await create({ subject: 'jane', openedAt: 3_000 });
    await open.store.commit(older, change({ ...older, state: 'closed' }));
    const newer = await create({ subject: 'jane', openedAt: 4_000 });
    await open.store.commit(newer, change({ ...newer, state: 'closed' }));
    await create({ subject: 'jane' });
    expect((await open.store.lastWindowOf('jane'))?.id).toBe(newer.id);
    expect(await open.store.lastWindowOf('nobody')).toBeNull();
  });

  it('lets nobody past a cap, however many ask at once and at whichever instance', async () => {
    const { open, rival } = bench();
    const other = await rival();
    const ask = async (caps: Partial<Caps>) => {
      const wide = { requester: { since: 0, max: 99 }, subject: { since: 0, max: 99 }, approver: { max: 99 } };
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          (n % 2 ? open : other).store.create(change(onboarding({})), { ...wide, ...caps }),
        ),
      );
      return answers.map((answer) => ('capped' in answer ? answer.capped : 'created' in answer ? 'created' : 'taken'));
    };
    const approver = await ask({ approver: { max: 3 } });
    expect(approver.filter((one) => one === 'created')).toHaveLength(3);
    expect(approver.filter((one) => one === 'approver')).toHaveLength(5);
    const requester = await ask({ requester: { since: 0, max: 5 } });
    expect(requester.filter((one) => one === 'created')).toHaveLength(2);
    expect(requester.filter((one) => one === 'requester')).toHaveLength(6);
  });

  it('lets nobody past the cap of an approver to whom others pass on, at once and at whichever instance', async () => {
    const { open, rival, create } = bench();
    const other = await rival();
    const all = [];
    for (let n = 0; n < 6; n++) all.push(await create());
    const boss = { id: 'boss', displayName: 'Boss', userPrincipalName: 'boss@northwind.example' };
    const answers = await Promise.all(
      all.map((one, n) =>
        (n % 2 ? open : other).store.commitCapped(one, change({ ...one, approver: boss }), { approver: { max: 2 } }),
      ),
    );
    expect(answers.filter((answer) => answer && 'capped' in answer)).toEqual(Array(4).fill({ capped: 'approver' }));
    expect((await open.store.counts({ approver: 'boss', since: 0 })).openForApprover).toBe(2);
    const [done] = answers.filter((answer) => answer && !('capped' in answer));
    expect(done).toMatchObject({ version: 2, approver: boss });
    const stale = all.find(({ id }) => done && 'id' in done && id === done.id);
    if (!stale) throw new Error('none was let through');
    expect(await open.store.commitCapped(stale, change(stale), { approver: { max: 9 } })).toBeNull();
  });

  it('counts the windows that a person had today in the same place', async () => {
    const { open } = bench();
    const before = await open.store.create(change(onboarding({ subject: 'kim', openedAt: 50, state: 'closed' })));
    expect('created' in before).toBe(true);
    const caps = (since: number) => ({
      requester: { since: 0, max: 9 },
      subject: { since, max: 1 },
      approver: { max: 9 },
    });
    expect(await open.store.create(change(onboarding({ subject: 'kim' })), caps(50))).toEqual({ capped: 'subject' });
    expect(await open.store.create(change(onboarding({ subject: 'kim' })), caps(51))).toHaveProperty('created');
  });

  it('glances at every window that is not closed', async () => {
    const { open, create } = bench();
    await create({ state: 'requested', dueAt: 5 });
    await create({ state: 'closed', openedAt: 10, deadline: 20 });
    const one = await create({ state: 'open', openedAt: 10, deadline: 20, dueAt: 15 });
    const exit = { outcome: 'stopped', startedAt: 30, startedBy: 'onboard', settleAt: 30, leftAt: 33 } as const;
    const two = await create({ state: 'closing', openedAt: 11, deadline: 21, exit });
    const windows = await open.store.windows();
    expect([...windows].sort((a, b) => a.number - b.number)).toEqual([
      {
        id: one.id,
        number: one.number,
        version: 1,
        state: 'open',
        subject: one.subject.id,
        openedAt: 10,
        deadline: 20,
        dueAt: 15,
      },
      {
        id: two.id,
        number: two.number,
        version: 1,
        state: 'closing',
        subject: two.subject.id,
        openedAt: 11,
        deadline: 21,
        exitAt: 30,
        leftAt: 33,
      },
    ]);
  });

  it('remembers who was seen in the group, and forgets it in time', async () => {
    const { open } = bench();
    const many = Array.from({ length: 450 }, (_, n) => `person-${n}`);
    await open.store.sawInGroup(many, 100, 0);
    await open.store.sawInGroup(['person-7'], 200, 0);
    expect(await open.store.lastSeenInGroup('person-7')).toBe(200);
    expect(await open.store.lastSeenInGroup('person-449')).toBe(100);
    expect(await open.store.lastSeenInGroup('nobody')).toBeNull();
    await open.store.sawInGroup([], 300, 150);
    expect(await open.store.lastSeenInGroup('person-449')).toBeNull();
    expect(await open.store.lastSeenInGroup('person-7')).toBe(200);
  });

  it('counts for the caps', async () => {
    const { open, create } = bench();
    const closed = await create({ subject: 'jane', requester: 'ann', approver: 'bob', requestedAt: 10, openedAt: 20 });
    await open.store.commit(closed, change({ ...closed, state: 'closed' }));
    await create({ subject: 'jane', requester: 'ann', approver: 'bob', requestedAt: 50, openedAt: 60 });
    await create({ requester: 'ann', approver: 'carl', requestedAt: 70 });
    const people = { requester: 'ann', approver: 'bob', subject: 'jane' };
    expect(await open.store.counts({ ...people, since: 0 })).toEqual({ requested: 3, openForApprover: 1, windows: 2 });
    expect(await open.store.counts({ ...people, since: 60 })).toEqual({ requested: 1, openForApprover: 1, windows: 1 });
    expect(await open.store.counts({ since: 0 })).toEqual({ requested: 0, openForApprover: 0, windows: 0 });
  });

  it('remembers a pause, with who ordered it', async () => {
    const { open, second } = bench();
    expect(await open.store.paused()).toBe(false);
    await open.store.setPaused(true, entry('paused'));
    expect(await (await second()).store.paused()).toBe(true);
    await open.store.setPaused(false, entry('resumed'));
    expect(await open.store.paused()).toBe(false);
    expect((await open.ledger.entries()).map(({ entry: { event } }) => event)).toEqual(['paused', 'resumed']);
  });
}
