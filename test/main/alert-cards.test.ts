import { toAlert } from '../../bot/alerts/alert';
import { ALERT_CODES } from '../../bot/alerts/codes';
import { createAlertCards, GROUP_WIDE } from '../../bot/main/alert-cards';
import { draw } from '../../bot/teams/draw';
import { FakeClock, settle } from '../workflow/fake-clock';

const DAY = 86_400_000;

function stage(failures = 0) {
  const clock = new FakeClock(10 * DAY);
  const sent: { key: string; person: unknown; data: Readonly<Record<string, unknown>> }[] = [];
  const lines: object[] = [];
  const keep = (line: object) => void lines.push(line);
  let left = failures;
  const cards = createAlertCards({
    outbox: {
      async answer(key, to, data) {
        if (left-- > 0) throw new Error('STORE_FULL');
        sent.push({ key, person: to, data });
      },
    },
    adminIds: ['ada', 'ben'],
    clock,
    log: { debug: keep, info: keep, warn: keep, error: keep },
  });
  const raise = (line: object, code: (typeof ALERT_CODES)[number] = 'sweep-unknown-members') =>
    cards.raise(toAlert(code, line, clock.now()));
  return { clock, sent, lines, cards, raise };
}

test('a group-wide alert is a card for each administrator, once a day for the same matter', async () => {
  const { clock, sent, raise } = stage();
  raise({ count: 2, members: ['x', 'y'] });
  await settle();
  expect(sent.map(({ person }) => person)).toEqual([{ person: 'ada' }, { person: 'ben' }]);
  expect(sent[0]?.data).toEqual({ kind: 'group-alert', code: 'sweep-unknown-members', count: 2 });
  raise({ count: 2, members: ['x', 'y'] });
  await settle();
  // The outbox keeps one row for each key.
  expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
  raise({ count: 3, members: ['x', 'y', 'z'] });
  await clock.advance(DAY, DAY);
  raise({ count: 2, members: ['x', 'y'] });
  await settle();
  expect(new Set(sent.map(({ key }) => key)).size).toBe(6);
});

test('what is about one onboarding has a card of its own, and none here', async () => {
  const { sent, raise } = stage();
  raise({ onboarding: 'ONB-1' }, 'exit-overdue');
  await settle();
  expect(sent).toEqual([]);
});

test('a store that cannot be written gets it later', async () => {
  const { clock, sent, raise } = stage(4);
  raise({ member: 'x' }, 'exit-unrecorded');
  await settle();
  expect(sent).toEqual([]);
  await clock.advance(61_000, 1_000);
  expect(sent).toHaveLength(2);
});

test.each(GROUP_WIDE)('%s is an alert code and has words, with no id in them', (code) => {
  expect(ALERT_CODES).toContain(code);
  const row = {
    id: 'x',
    onboardingId: null,
    to: { person: 'ada' },
    message: 'answer',
    live: false,
    data: { kind: 'group-alert', code, count: 7 },
    wanted: 1,
    sent: 0,
    sentTo: null,
    attempts: 1,
  };
  const text = JSON.stringify(draw(row, null, {} as never, { zone: 'UTC', personId: 'ada' } as never));
  expect(text).toContain(code);
  expect(text).not.toContain('groupAlert.');
});
