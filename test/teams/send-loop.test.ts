import { createSendLoop } from '../../bot/teams/send-loop';
import type { OutboxRow } from '../../bot/workflow/store-port';
import { FakeClock, settle } from '../workflow/fake-clock';
import { fakeOutbox, row } from './fakes';

test('a row that is being sent is not sent again, although the clock jumped past the claim', async () => {
  const clock = new FakeClock(1_000_000);
  const due = row({ message: 'guide' });
  const delivered: OutboxRow[] = [];
  let arrived: () => void = () => undefined;
  const loop = createSendLoop({
    // As the store does: what is claimed is free again once the claim is over.
    outbox: Object.assign(fakeOutbox(), {
      claim: async (now: number, _until: number, _owner: string, _limit: number, except: readonly string[] = []) =>
        now >= free && !except.includes(due.id) ? [due] : [],
      nextDue: async () => null,
    }),
    deliver: (one) => {
      delivered.push(one);
      free = clock.now() + 30_000;
      return new Promise((resolve) => {
        arrived = resolve;
      });
    },
    clock,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined } as never,
    owner: 'one',
  });
  let free = 0;
  loop.start();
  await settle();
  expect(delivered).toHaveLength(1);
  await clock.jump(45_000);
  await clock.advance(5_000);
  expect(delivered).toHaveLength(1);
  // Delivered, and due again later: that is another matter.
  arrived();
  await settle();
  await clock.advance(2_000);
  expect(delivered).toHaveLength(2);
  arrived();
  const stopped = loop.stop();
  await clock.advance(1_000);
  await stopped;
});
