import type { Tell } from '../../bot/onboarding/decision';
import type { OutboxRow } from '../../bot/workflow/store-port';
import { change } from './samples';
import type { Bench } from './suite';

const MO = { person: 'mo' };
const JANE = { person: 'jane' };
const HELPDESK = { conversation: 'a:helpdesk' };
const AT = { conversation: 'c', activity: 'a' };
const NOW = 2_000_000;

const messages = (rows: readonly OutboxRow[]) => rows.map(({ message }) => message);

export function outboxTests(bench: () => Bench): void {
  const claim = (limit = 10, now = NOW) => bench().open.outbox.claim(now, now + 1_000, 'sender', limit);
  const only = async () => {
    const rows = await claim();
    expect(rows).toHaveLength(1);
    return rows[0] as OutboxRow;
  };

  /** An onboarding whose comment changes with each telling, so that there is something new to draw. */
  async function teller() {
    const { open, create } = bench();
    let current = await create();
    let count = 0;
    return {
      id: current.id,
      async tell(...tell: Tell[]) {
        count += 1;
        const stored = await open.store.commit(current, change({ ...current, comment: `change ${count}` }, [], tell));
        if (!stored) throw new Error('raced');
        current = stored;
      },
      async lookAgain(...tell: Tell[]) {
        const stored = await open.store.commit(current, change({ ...current, dueAt: 5 }, [], tell));
        if (!stored) throw new Error('raced');
        current = stored;
      },
    };
  }

  it('owes a live card once, however often it was wanted before it was delivered', async () => {
    const { tell, id } = await teller();
    for (let n = 0; n < 3; n++) await tell({ live: 'approval', to: MO });
    const row = await only();
    expect(row).toMatchObject({ onboardingId: id, to: MO, message: 'approval', live: true, wanted: 3, sent: 0 });
    expect(row).toMatchObject({ data: null, sentTo: null, attempts: 1 });
    await bench().open.outbox.sent(row, AT);
    expect(await claim()).toEqual([]);
    expect(await bench().open.outbox.nextDue()).toBeNull();
  });

  it('still owes a change that came while the card was being sent, and says where the card is', async () => {
    const { tell } = await teller();
    await tell({ live: 'approval', to: MO });
    const row = await only();
    await tell({ live: 'approval', to: MO });
    expect(await claim()).toEqual([]);
    await bench().open.outbox.sent(row, AT);
    expect(await only()).toMatchObject({ wanted: 2, sent: 1, sentTo: AT, attempts: 1 });
  });

  it('sends a notice once, and a card not again when nothing that it shows has changed', async () => {
    const { tell, lookAgain } = await teller();
    await tell({ once: 'subject-closed', to: JANE }, { live: 'request', to: HELPDESK });
    for (const row of await claim()) await bench().open.outbox.sent(row, AT);
    await lookAgain({ live: 'request', to: HELPDESK });
    expect(await claim()).toEqual([]);
    await tell({ once: 'subject-closed', to: JANE });
    expect(await claim()).toEqual([]);
    await lookAgain({ live: 'guide', to: JANE });
    expect(messages(await claim())).toEqual(['guide']);
  });

  it('keeps the order of answers that come in one turn of the event loop, and each of them once', async () => {
    const { open } = bench();
    const keys = Array.from({ length: 120 }, (_, n) => `key-${n}`);
    const to = { conversation: 'many' };
    await Promise.all([...keys, ...keys].map((key, n) => open.outbox.answer(key, to, { key, n }, 10)));
    const got: unknown[] = [];
    for (let [row] = await open.outbox.claim(20, 30, 'a', 9); row; [row] = await open.outbox.claim(20, 30, 'a', 9)) {
      got.push(row.data?.key);
      await open.outbox.sent(row, { conversation: 'many', activity: 'x' });
    }
    expect(got).toEqual(keys);
  });

  it('keeps the order within one conversation, one row at a time, and does not hold up others', async () => {
    const { tell } = await teller();
    await tell({ once: 'subject-passkey-seen', to: JANE });
    await tell({ once: 'subject-closed', to: JANE });
    await tell({ live: 'request', to: HELPDESK });
    const [first, other] = await claim();
    expect([first?.message, other?.message]).toEqual(['subject-passkey-seen', 'request']);
    expect(await claim()).toEqual([]);
    await bench().open.outbox.sent(first as OutboxRow, AT);
    expect(messages(await claim())).toEqual(['subject-closed']);
  });

  it('sends a notice once, and once for each key', async () => {
    const { tell } = await teller();
    await tell({ once: 'alert', to: MO, key: 'late' }, { once: 'alert', to: MO });
    await tell({ once: 'alert', to: MO, key: 'late' }, { once: 'alert', to: MO, key: 'other' });
    const keys: unknown[] = [];
    for (let row = await only(); ; row = await only()) {
      keys.push(row.key);
      await bench().open.outbox.sent(row, AT);
      if (keys.length === 3) break;
    }
    expect(keys).toEqual(['late', undefined, 'other']);
    expect(await claim()).toEqual([]);
  });

  it('puts a card that changes again behind what was owed before', async () => {
    const { tell } = await teller();
    await tell({ live: 'approval', to: MO });
    await bench().open.outbox.sent(await only(), AT);
    await tell({ once: 'approver-closed', to: MO });
    await tell({ live: 'approval', to: MO });
    const first = await only();
    expect(first.message).toBe('approver-closed');
    await bench().open.outbox.sent(first, AT);
    expect((await only()).message).toBe('approval');
  });

  it('tries again at the time given, and what follows waits for it', async () => {
    const { tell } = await teller();
    await tell({ live: 'approval', to: MO });
    const row = await only();
    await tell({ once: 'approver-closed', to: MO });
    await bench().open.outbox.failed(row, 'throttled', NOW + 100.5);
    expect(await bench().open.outbox.nextDue()).toBe(bench().world.time);
    expect(await claim()).toEqual([]);
    expect(await claim(10, NOW + 101)).toMatchObject([{ message: 'approval', attempts: 2 }]);
  });

  it('never tries again what was given up, until it is wanted anew; others pass it', async () => {
    const { tell } = await teller();
    await tell({ live: 'approval', to: MO });
    await bench().open.outbox.failed(await only(), 'blocked', null);
    expect(await claim(10, NOW * 2)).toEqual([]);
    await tell({ once: 'approver-closed', to: MO });
    await tell({ live: 'approval', to: MO });
    expect((await only()).message).toBe('approver-closed');
  });

  it('does not give up a change that came while the failing one was under way', async () => {
    const { tell } = await teller();
    await tell({ live: 'approval', to: MO });
    const row = await only();
    await tell({ live: 'approval', to: MO });
    await bench().open.outbox.failed(row, 'card-refused', null);
    expect(await only()).toMatchObject({ message: 'approval', wanted: 2 });
  });

  it('gives each row to one of two senders', async () => {
    const { open, rival } = bench();
    const other = await rival();
    for (let n = 0; n < 12; n++) await open.outbox.answer(`key-${n}`, { person: `p${n}` }, {}, NOW);
    const claims = await Promise.all(
      [open, other, open, other].map(({ outbox }, index) => outbox.claim(NOW, NOW + 9, `sender-${index % 2}`, 4)),
    );
    expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(12);
    expect(claims.flat()).toHaveLength(12);
  });

  it('hands over when a lease runs out, and a late word of the first sender ends nothing', async () => {
    const { open } = bench();
    await open.outbox.answer('key', MO, { text: 'help' }, NOW);
    const late = await only();
    expect(await open.outbox.nextDue()).toBe(NOW + 1_000);
    const [again] = await claim(10, NOW + 1_000);
    expect(again).toMatchObject({ id: late.id, attempts: 2 });
    await open.outbox.failed(late, 'timeout', NOW);
    expect(await claim(10, NOW + 1_001)).toEqual([]);
  });

  it('answers a message once, in its conversation, and keeps the parameters', async () => {
    const { open } = bench();
    await open.outbox.answer('activity-1', HELPDESK, { text: 'help', n: 1 }, NOW);
    await open.outbox.answer('activity-1', HELPDESK, { text: 'other' }, NOW);
    expect(await only()).toMatchObject({ to: HELPDESK, message: 'answer', data: { text: 'help', n: 1 }, live: false });
  });

  it('learns where it can write, and forgets it', async () => {
    const { open, world } = bench();
    const chat = { id: 'chat-1', serviceUrl: 'https://s', kind: 'personal', personId: 'mo', locale: null } as const;
    await open.outbox.saveConversation(chat);
    await open.outbox.saveConversation({ ...chat, id: 'team', kind: 'channel' });
    world.time += 1;
    await open.outbox.saveConversation({ ...chat, id: 'chat-2', locale: 'de' });
    expect((await open.outbox.personalConversation('mo'))?.id).toBe('chat-2');
    world.time += 1;
    await open.outbox.saveConversation({ ...chat, serviceUrl: 'https://t' });
    expect(await open.outbox.personalConversation('mo')).toEqual({ ...chat, serviceUrl: 'https://t' });
    expect((await open.outbox.conversation('team'))?.kind).toBe('channel');
    await open.outbox.forgetConversation('chat-1');
    expect((await open.outbox.personalConversation('mo'))?.id).toBe('chat-2');
    expect([await open.outbox.conversation('chat-1'), await open.outbox.personalConversation('x')]).toEqual([
      null,
      null,
    ]);
  });
}
