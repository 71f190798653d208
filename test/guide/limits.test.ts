import type { IncomingMessage } from 'node:http';
import { callerOf } from '../../bot/guide/caller';
import { createLimiter, MOST_CALLERS } from '../../bot/guide/limiter';
import { openRig } from './rig';

describe('the limiter', () => {
  let now = 0;
  const limiter = (each: number, all: number, burst: number) => createLimiter({ each, all, burst }, () => now);
  const admitted = (count: number, one: () => boolean) => Array.from({ length: count }, one).filter(Boolean).length;

  test('lets a burst through, then so many a second, and forgets nobody else over it', () => {
    const { admit } = limiter(2, 1_000, 5);
    expect(admitted(20, () => admit('loud'))).toBe(5);
    expect(admit('quiet')).toBe(true);
    now += 1_000;
    expect(admitted(20, () => admit('loud'))).toBe(2);
  });

  test('has a limit for all together, which many addresses do not get round', () => {
    const { admit } = limiter(2, 50, 5);
    let caller = 0;
    expect(admitted(500, () => admit(`caller ${caller++}`))).toBe(50);
  });

  test('whoever is over the limit takes nothing from the others', () => {
    const { admit } = limiter(1, 20, 5);
    for (let count = 0; count < 500; count++) admit('loud');
    expect(admitted(15, () => admit('quiet'))).toBe(5);
    expect(admitted(15, () => admit('other'))).toBe(5);
  });

  test('remembers a bounded number of callers, those that came last', () => {
    const { admit, size } = limiter(1, 1_000_000, 2);
    for (let caller = 0; caller < MOST_CALLERS * 2; caller++) admit(`caller ${caller}`);
    expect(size()).toBe(MOST_CALLERS);
    const last = `caller ${MOST_CALLERS * 2 - 1}`;
    expect(admitted(5, () => admit(last))).toBe(1);
  });
});

describe('who is counted', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    callerOf({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    } as IncomingMessage);

  test.each([
    ['a caller from outside, whatever it writes', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['through a proxy on this machine: whom the proxy saw', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['only what the nearest proxy wrote', '::ffff:10.0.0.3', '1.1.1.1, 2.2.2.2, 198.51.100.7', '198.51.100.7'],
    ['a proxy that writes nothing', '127.0.0.1', undefined, '127.0.0.1'],
    ['a whole network of version 6', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2'],
    ['the same, shortened', '127.0.0.1', '2001:db8:1:2::9', '2001:db8:1:2'],
  ])('%s', (_, remote, forwarded, caller) => {
    expect(from(remote, forwarded)).toBe(caller);
  });
});

test('too many questions are turned away, and pages go on', async () => {
  const rig = await openRig({
    limits: { pages: { each: 100, all: 100, burst: 100 }, next: { each: 0.01, all: 100, burst: 3 } },
  });
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) {
    const response = await rig.ask({ token: 'x' });
    statuses.push(response.status);
    if (response.status === 429) expect(response.headers.get('retry-after')).toBe('10');
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect((await rig.get('/g')).status).toBe(200);
  // Somebody else behind the same proxy is somebody else.
  expect((await rig.ask({ token: 'x' }, { 'x-forwarded-for': '198.51.100.20' })).status).toBe(200);
  await rig.close();
});
