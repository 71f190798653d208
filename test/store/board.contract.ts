import { ASKED_AT_MOST } from '../../bot/store/onboarding-queries';
import type { OutboxRow } from '../../bot/workflow/store-port';
import { change, onboarding } from './samples';
import type { Bench } from './suite';

const CHANNEL = '19:helpdesk@thread.tacv2';
const ELSEWHERE = 'a:priya';
const AT = { conversation: CHANNEL, activity: 'board-1' };
const NOW = 2_000_000;
const FOREVER = Number.MAX_SAFE_INTEGER;

/** What was asked for in one conversation, the card that shows it together, and people who can be written to again. */
export function boardTests(bench: () => Bench): void {
  const claim = (now = NOW) => bench().open.outbox.claim(now, now + 1_000, 'sender', 10);
  const only = async (now = NOW) => {
    const rows = await claim(now);
    expect(rows).toHaveLength(1);
    return rows[0] as OutboxRow;
  };
  /** As a request is stored: it owes a card to where it was asked. */
  const asked = async (askedIn: string) => {
    const next = onboarding({ askedIn });
    const answer = await bench().open.store.create(
      change(next, [], [{ live: 'request', to: { conversation: askedIn } }]),
    );
    if (!('created' in answer)) throw new Error('taken');
    return answer.created;
  };

  describe('what was asked for in a conversation', () => {
    const numbers = async (conversation: string, endedSince: number) =>
      (await bench().open.store.askedIn(conversation, endedSince)).map(({ number }) => number);

    it('is all that was, and nothing of another conversation, oldest first', async () => {
      const first = await asked(CHANNEL);
      await asked(ELSEWHERE);
      const third = await asked(CHANNEL);
      expect(await bench().open.store.askedIn(CHANNEL, FOREVER)).toEqual([first, third]);
      expect(await numbers(ELSEWHERE, FOREVER)).toEqual([2]);
      expect(await numbers('19:helpdesk', 0)).toEqual([]);
    });

    it('is the newest where there are very many, still oldest first', async () => {
      for (let n = 0; n < ASKED_AT_MOST + 2; n++) await asked(CHANNEL);
      const found = await numbers(CHANNEL, FOREVER);
      expect([found.length, found[0], found.at(-1)]).toEqual([ASKED_AT_MOST, 3, ASKED_AT_MOST + 2]);
    }, 30_000);

    it('leaves out what ended before then, and keeps what ended at that very time', async () => {
      for (const closedAt of [4_999, 5_000, undefined]) {
        const one = await asked(CHANNEL);
        const ended = closedAt === undefined ? {} : { state: 'closed' as const, closedAt };
        await bench().open.store.commit(one, change({ ...one, ...ended }));
      }
      expect(await numbers(CHANNEL, 0)).toEqual([1, 2, 3]);
      expect(await numbers(CHANNEL, 5_000)).toEqual([2, 3]);
      expect(await numbers(CHANNEL, 4_999.5)).toEqual([2, 3]);
      expect(await numbers(CHANNEL, 5_001)).toEqual([3]);
      expect(await numbers(CHANNEL, FOREVER)).toEqual([3]);
    });

    it('is what it is now, for every instance, and each once whatever else is told there', async () => {
      const one = await asked(CHANNEL);
      const to = { conversation: CHANNEL };
      const tell = [{ live: 'request', to } as const, { once: 'alert', to, key: 'late' } as const];
      await bench().open.store.commit(one, change({ ...one, comment: 'now' }, [], tell));
      const other = await bench().second();
      expect(await other.store.askedIn(CHANNEL, FOREVER)).toMatchObject([{ id: one.id, version: 2, comment: 'now' }]);
    });
  });

  describe('the card of many', () => {
    it('is owed once at the time of the first wish, however often it is wished for', async () => {
      const { outbox } = bench().open;
      await outbox.board(CHANNEL, NOW + 0.5);
      await outbox.board(CHANNEL, NOW + 500);
      await outbox.board(CHANNEL, NOW - 500);
      expect(await outbox.nextDue()).toBe(NOW + 1);
      expect(await claim(NOW)).toEqual([]);
      const row = await only(NOW + 1);
      expect(row).toMatchObject({ message: 'board', to: { conversation: CHANNEL }, live: true, data: null, wanted: 3 });
      expect(row).toMatchObject({ onboardingId: null, sent: 0, sentTo: null });
      await outbox.sent(row, AT);
      expect(await claim(NOW * 2)).toEqual([]);
    });

    it('is the same message again when it is wished for later, at its new time', async () => {
      const { outbox } = bench().open;
      await outbox.board(CHANNEL, NOW);
      const first = await only();
      await outbox.sent(first, AT);
      await outbox.board(CHANNEL, NOW + 500);
      expect(await claim(NOW + 499)).toEqual([]);
      expect(await only(NOW + 500)).toMatchObject({ id: first.id, sentTo: AT, wanted: 2, sent: 1 });
    });

    it('is drawn once more when it is wished for while it is being sent', async () => {
      const { outbox } = bench().open;
      await outbox.board(CHANNEL, NOW);
      const row = await only();
      await outbox.board(CHANNEL, NOW);
      await outbox.sent(row, AT);
      expect(await only()).toMatchObject({ message: 'board', wanted: 2, sent: 1 });
    });

    it('waits behind what else is owed there, and each conversation has its own', async () => {
      const { outbox } = bench().open;
      await outbox.board(CHANNEL, NOW);
      await outbox.answer('activity-1', { conversation: CHANNEL }, {}, NOW);
      await outbox.board(CHANNEL, NOW);
      await outbox.board(ELSEWHERE, NOW);
      const [answer, elsewhere] = await claim();
      expect([answer?.message, elsewhere?.message, elsewhere?.to]).toEqual([
        'answer',
        'board',
        { conversation: ELSEWHERE },
      ]);
      await outbox.sent(answer as OutboxRow, AT);
      expect(await only()).toMatchObject({ message: 'board', to: { conversation: CHANNEL } });
    });

    it('that was given up is owed again when it is wished for', async () => {
      const { outbox } = bench().open;
      await outbox.board(CHANNEL, NOW);
      await outbox.failed(await only(), 'BotNotInConversationRoster', null);
      expect(await claim(NOW * 2)).toEqual([]);
      await outbox.board(CHANNEL, NOW + 5);
      expect(await only(NOW + 5)).toMatchObject({ message: 'board', wanted: 2 });
    });
  });

  describe('somebody who can be written to again', () => {
    const JANE = { person: 'jane' };
    const failing = async (key: string, to: { person: string }, dueAt: number | null) => {
      const { outbox } = bench().open;
      await outbox.answer(key, to, { key }, NOW);
      const row = (await claim()).find(({ data }) => data?.key === key) as OutboxRow;
      await outbox.failed(row, 'ForbiddenOperationException', dueAt);
    };

    it('gets at once what could not be delivered, and nobody else does', async () => {
      await failing('hers', JANE, NOW + 600_000);
      await failing('his', { person: 'mo' }, NOW + 600_000);
      await bench().open.outbox.reachable('jane', NOW + 10.5);
      expect(await bench().open.outbox.nextDue()).toBe(NOW + 11);
      expect(await claim(NOW + 10)).toEqual([]);
      expect(await only(NOW + 11)).toMatchObject({ to: JANE, attempts: 2 });
    });

    it('gets nothing before its time that never failed, and nothing that was given up', async () => {
      const { outbox } = bench().open;
      await failing('given up', JANE, null);
      await outbox.answer('later', JANE, {}, NOW + 600_000);
      await outbox.reachable('jane', NOW + 10);
      expect(await claim(NOW + 10)).toEqual([]);
      expect(await only(NOW + 600_000)).toMatchObject({ to: JANE, attempts: 1 });
    });

    it('is not made to wait longer by it, and is sent nothing twice', async () => {
      const { outbox } = bench().open;
      await failing('due', JANE, NOW + 5);
      await outbox.reachable('jane', NOW + 100);
      expect(await outbox.nextDue()).toBe(NOW + 5);
      await outbox.sent(await only(NOW + 5), { conversation: 'a:jane', activity: '1' });
      await outbox.reachable('jane', NOW + 200);
      expect(await claim(NOW * 2)).toEqual([]);
    });
  });
}
