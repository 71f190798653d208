import type { Onboarding } from '../../bot/onboarding/onboarding';
import { change, entry } from './samples';
import type { Bench } from './suite';

const DAY = 86_400_000;
const WORKER = { onboard: 'worker' } as const;

export function retentionTests(bench: () => Bench): void {
  const at = (time: number, event: string) => ({ ...entry(event), at: time });

  /** One onboarding from its request to its end, each step an entry, a day apart. */
  async function ended(subject: string, requestedAt: number, more: Partial<Onboarding> = {}): Promise<Onboarding> {
    const { open, create } = bench();
    const asked = await create({ subject, requestedAt });
    const approved = { ...asked, state: 'approved' as const, comment: `SAID-${subject}`, approvedBy: asked.approver };
    const tell = [{ live: 'approval' as const, to: { person: 'mo' } }];
    const middle = await open.store.commit(asked, change(approved, [at(requestedAt, 'approved')], tell));
    if (!middle) throw new Error('raced');
    const closed = { ...middle, state: 'closed' as const, closedAt: requestedAt + DAY, ...more };
    const last = await open.store.commit(middle, change(closed, [at(requestedAt + DAY, 'closed')]));
    if (!last) throw new Error('raced');
    return last;
  }

  async function deliverAll(): Promise<void> {
    const { open, world } = bench();
    for (;;) {
      const rows = await open.outbox.claim(world.time, world.time + 1_000, 'sender', 50);
      if (rows.length === 0) return;
      for (const row of rows) await open.outbox.sent(row, { conversation: 'c', activity: 'a' });
    }
  }

  describe('forgetting', () => {
    it('leaves no name and no word of what ended before, everything of the rest, and the ledger whole', async () => {
      const { open, place } = bench();
      const old = await ended('jane', 1 * DAY, {
        passkey: { id: 'key', kind: 'passkey', displayName: 'DEVICE-of-jane', seenAt: 1 },
        baseline: { takenAt: 1, methods: [{ id: 'phone', kind: 'phone', displayName: 'DEVICE-phone' }] },
        ...({ escalatedTo: [{ id: 'lee', displayName: 'LEE WALSH', userPrincipalName: 'lee@x' }] } as object),
      });
      const young = await ended('lou', 9 * DAY);
      await deliverAll();

      expect(await open.store.forget(5 * DAY, WORKER)).toBe(1);
      const everything = await place.dump();
      for (const gone of ['Name of jane', 'jane@example.com', 'SAID-jane', 'DEVICE', 'LEE WALSH'])
        expect([gone, everything.includes(gone)]).toEqual([gone, false]);
      for (const there of ['Name of lou', 'SAID-lou']) expect(everything).toContain(there);
      expect(everything.split(`"${old.id}"`)).not.toHaveLength(1);

      const left = await open.store.load(old.id);
      expect(left).toMatchObject({ number: old.number, state: 'closed', closedAt: old.closedAt, version: 4 });
      expect(left?.subject).toEqual({ id: 'jane', displayName: '(name removed)', userPrincipalName: '' });
      expect(left?.passkey).toEqual({ id: 'key', kind: 'passkey', seenAt: 1 });
      expect(await open.store.load(young.id)).toEqual(young);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, forgotten: 3 });
      expect((await open.ledger.entries({ onboardingId: old.id })).at(-1)?.entry).toMatchObject({
        event: 'personal-text-removed',
        actor: WORKER,
      });
    });

    it('happens once, however often it is asked for, and in parts when there is much', async () => {
      const { open } = bench();
      for (let n = 0; n < 55; n++) await ended(`person-${n}`, DAY);
      expect(await open.store.forget(9 * DAY, WORKER)).toBe(55);
      const { entries } = (await open.ledger.verify()) as { entries: number };
      expect(await open.store.forget(9 * DAY, WORKER)).toBe(0);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, entries });
    });

    it('waits for aftercare, and leaves what is open alone', async () => {
      const { open, create } = bench();
      const aftercare = await ended('jane', DAY, { dueAt: 3 * DAY });
      await create({ subject: 'lou', requestedAt: 1 });
      expect(await open.store.forget(9 * DAY, WORKER)).toBe(0);
      expect(await open.retention.forgetOne(aftercare.id, WORKER)).toBe(false);
    });

    it('forgets one onboarding because somebody asked', async () => {
      const { open, place } = bench();
      const [one, other] = [await ended('jane', DAY), await ended('lou', DAY)];
      expect(await open.retention.forgetOne(one.id, { operator: 'root@host' })).toBe(true);
      expect(await open.retention.forgetOne(one.id, { operator: 'root@host' })).toBe(false);
      const everything = await place.dump();
      expect([everything.includes('SAID-jane'), everything.includes('SAID-lou')]).toEqual([false, true]);
      expect(await open.store.load(other.id)).toEqual(other);
      expect(await open.ledger.verify()).toMatchObject({ whole: true });
    });

    it('takes delivered messages along, and none that is still owed', async () => {
      const { open, world } = bench();
      const one = await ended('jane', DAY);
      await open.outbox.answer('said-long-ago', { person: 'mo' }, { text: 'ANSWER-OLD' }, 2 * DAY);
      world.time = 2 * DAY;
      await deliverAll();
      await open.outbox.answer('owed', { person: 'mo' }, { text: 'ANSWER-OWED' }, 2 * DAY);
      const other = await ended('lou', DAY);
      expect(await open.store.forget(5 * DAY, WORKER)).toBe(2);
      const left = await open.outbox.claim(9 * DAY, 9 * DAY + 1, 'sender', 9);
      expect(left.map(({ message, onboardingId }) => [message, onboardingId])).toEqual([['answer', null]]);
      await open.outbox.sent(left[0] as never, { conversation: 'c', activity: 'a' });
      const [next] = await open.outbox.claim(9 * DAY, 9 * DAY + 1, 'sender', 9);
      expect(next).toMatchObject({ message: 'approval', onboardingId: other.id });
      const everything = await bench().place.dump();
      expect([everything.includes('ANSWER-OLD'), everything.includes('ANSWER-OWED')]).toEqual([false, true]);
      expect(everything).not.toContain(`["${one.id}","person:mo"`);
    });

    it('is found out where it was done behind the back', async () => {
      const { open, place } = bench();
      const one = await ended('jane', DAY);
      await place.tamper(`delete from ledger_text where onboarding_id = '${one.id}'`);
      expect(await open.ledger.verify()).toEqual({ whole: false, brokenAt: 1, why: 'text' });
    });
  });

  describe('pruning', () => {
    /** Two onboardings side by side: one over early, one that goes on past every cut. */
    async function years() {
      const { open } = bench();
      await ended('jane', 1 * DAY);
      await open.store.record('long', [at(2 * DAY, 'long-1'), at(3 * DAY, 'long-2')]);
      await open.store.record(null, [at(4 * DAY, 'sweep')]);
      await ended('lou', 10 * DAY);
      await open.store.record('long', [at(12 * DAY, 'long-3')]);
      return { ...bench(), head: await open.ledger.head() };
    }

    it('takes what is older, says where the ledger begins, and still verifies as it goes on', async () => {
      const { open, head } = await years();
      bench().world.time = 20 * DAY;
      expect(await open.retention.prune(5 * DAY, { operator: 'root' })).toEqual({ entries: 5, firstKept: 6 });
      expect((await open.ledger.entries()).map(({ seq }) => seq)).toEqual([6, 7, 8, 9]);
      expect(await open.ledger.verify(head)).toMatchObject({
        whole: true,
        prunedBefore: 6,
        entries: 4,
        headCompared: true,
      });
      expect((await open.ledger.entries()).at(-1)).toMatchObject({
        onboardingId: null,
        n: 2,
        entry: { event: 'ledger-pruned', actor: { operator: 'root' }, detail: { entries: 5, through: 5 } },
      });
      // A chain that goes on, one that begins anew, one of its own.
      await open.store.record('long', [at(13 * DAY, 'long-4')]);
      await ended('jane', 14 * DAY);
      expect((await open.ledger.entries({ onboardingId: 'long' })).map(({ n }) => n)).toEqual([3, 4]);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, prunedBefore: 6 });
    });

    it('leaves no gap for what is appended while it reads', async () => {
      const { open } = await years();
      // A chain whose entries all go, and that goes on at that very moment.
      const gone = (await open.ledger.entries())[0]?.onboardingId ?? '';
      await Promise.all([
        open.retention.prune(5 * DAY, WORKER),
        open.store.record(gone, [at(20 * DAY, 'late')]),
        open.store.record('long', [at(20 * DAY, 'late')]),
      ]);
      await open.store.record(gone, [at(21 * DAY, 'later')]);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, prunedBefore: 6 });
    });

    it('can be done again, and does nothing where there is nothing', async () => {
      const { open } = await years();
      await open.retention.prune(5 * DAY, WORKER);
      expect(await open.retention.prune(5 * DAY, WORKER)).toEqual({ entries: 0, firstKept: 6 });
      const more = await open.retention.prune(11 * DAY, WORKER);
      expect(more).toEqual({ entries: 1, firstKept: 7 });
      await open.store.record('long', [at(30 * DAY, 'long-4')]);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, prunedBefore: 7 });
      expect((await open.ledger.entries({ onboardingId: 'long' })).map(({ n }) => n)).toEqual([3, 4]);
    });

    it('can take everything, and goes on from there', async () => {
      const { open } = await years();
      await open.retention.prune(99 * DAY, WORKER);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 1, prunedBefore: 9 });
      await open.store.record('long', [at(30 * DAY, 'long-4')]);
      expect(await open.ledger.verify()).toMatchObject({ whole: true, entries: 2 });
    });

    it('keeps everything from the first entry of an onboarding that has not ended', async () => {
      const { open, create } = bench();
      await ended('jane', DAY);
      const waiting = await create({ subject: 'lou', requestedAt: 1 });
      await open.store.record(waiting.id, [at(2 * DAY, 'requested')]);
      await ended('kim', 2 * DAY);
      expect(await open.retention.prune(90 * DAY, WORKER)).toEqual({ entries: 2, firstKept: 3 });
    });

    it('does not compare a head that is gone, and says so', async () => {
      const { open } = bench();
      await ended('jane', DAY);
      const early = { seq: 1, mac: (await open.ledger.entries())[0]?.mac ?? '' };
      const edge = await open.ledger.head();
      await open.retention.prune(90 * DAY, WORKER);
      expect(await open.ledger.verify(early)).toMatchObject({ whole: true, headCompared: false });
      expect(await open.ledger.verify(edge)).toMatchObject({ whole: true, headCompared: true });
      expect(await open.ledger.verify({ ...edge, mac: 'f'.repeat(64) })).toEqual({
        whole: false,
        brokenAt: 2,
        why: 'other-history',
      });
    });

    it.each([
      ['a beginning that was moved on', 'update ledger_checkpoint set seq = 6', 7, 'checkpoint'],
      ['a beginning with another mac', `update ledger_checkpoint set mac = '${'0'.repeat(64)}'`, 6, 'checkpoint'],
      ['heads that were edited', `update ledger_checkpoint set heads = '[]'`, 6, 'checkpoint'],
      ['heads that are none', `update ledger_checkpoint set heads = 'x'`, 6, 'checkpoint'],
      ['a beginning that is gone', 'delete from ledger_checkpoint', 1, 'missing'],
      ['more taken than was signed', 'delete from ledger where seq = 6', 6, 'missing'],
    ] as const)('finds %s', async (_, statement, brokenAt, why) => {
      const { open, place } = await years();
      await open.retention.prune(5 * DAY, WORKER);
      await place.tamper(statement);
      expect(await open.ledger.verify()).toEqual({ whole: false, brokenAt, why });
      // Whatever became of the ledger, an exit is written down.
      await open.store.record('long', [at(13 * DAY, 'long-4')]);
    });

    it('finds the beginning of an earlier pruning put back', async () => {
      const { open, place } = await years();
      await open.retention.prune(5 * DAY, WORKER);
      const dumped = JSON.parse(await place.dump()) as { sign?: string }[][];
      const [first] = dumped.flat().filter((row) => row.sign !== undefined) as Record<string, unknown>[];
      await open.retention.prune(11 * DAY, WORKER);
      const values = Object.entries(first ?? {}).map(([name, value]) => `${name} = '${value}'`);
      await place.tamper(`update ledger_checkpoint set ${values.join(', ')}`);
      expect(await open.ledger.verify()).toEqual({ whole: false, brokenAt: 6, why: 'missing' });
    });

    it('does not prune what is not whole', async () => {
      const { open, place } = await years();
      await place.tamper(`update ledger set entry = replace(entry, 'long-1', 'long-x') where seq = 3`);
      await expect(open.retention.prune(5 * DAY, WORKER)).rejects.toMatchObject({ code: 'STORE_LEDGER_BROKEN' });
      expect(await open.ledger.entries()).toHaveLength(8);
    });
  });
}
