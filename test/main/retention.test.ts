import { startRetention } from '../../bot/main/retention';
import { FakeClock, settle } from '../workflow/fake-clock';

const DAY = 86_400_000;
const NOW = 400 * DAY;

function stage(answers: (number | Error)[]) {
  const clock = new FakeClock(NOW);
  const asked: { at: number; before: number; actor: unknown }[] = [];
  const lines: object[] = [];
  const keep = (line: object) => void lines.push(line);
  const store = {
    async forget(before: number, actor: unknown) {
      asked.push({ at: clock.now(), before, actor });
      const answer = answers.shift() ?? 0;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const log = { info: keep, warn: keep } as never;
  return { clock, asked, lines, start: () => startRetention({ store: store as never }, 365 * DAY, clock, log) };
}

test('removes names once a day, from the start on, until it is stopped', async () => {
  const { clock, asked, lines, start } = stage([3]);
  const running = start();
  await settle();
  await clock.advance(2 * DAY, DAY / 4);
  expect(asked).toEqual([
    { at: NOW, before: 35 * DAY, actor: { onboard: 'worker' } },
    { at: NOW + DAY, before: 36 * DAY, actor: { onboard: 'worker' } },
    { at: NOW + 2 * DAY, before: 37 * DAY, actor: { onboard: 'worker' } },
  ]);
  expect(lines).toEqual([{ event: 'names-removed', onboardings: 3 }]);
  await running.stop();
  await clock.advance(2 * DAY, DAY);
  expect(asked).toHaveLength(3);
});

test('tries again an hour after it failed, and ends nothing', async () => {
  const { clock, asked, lines, start } = stage([new Error('busy'), 1]);
  const running = start();
  await settle();
  await clock.advance(DAY / 24, DAY / 24);
  expect(asked.map(({ at }) => at - NOW)).toEqual([0, DAY / 24]);
  expect(lines).toMatchObject([{ event: 'retention-failed' }, { event: 'names-removed' }]);
  await running.stop();
});
