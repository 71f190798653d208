import type { IncomingMessage } from 'node:http';
import { createLog } from '../../bot/log';
import { createServer } from '../../bot/server';
import { mayReadMetrics } from '../../bot/server/metrics-access';

const TOKEN = 'a-token-of-enough-characters';
const request = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

test.each([
  ['127.0.0.1', {}, true],
  ['::1', {}, true],
  ['::ffff:127.0.0.1', {}, true],
  ['10.0.0.4', {}, false],
  ['::ffff:10.0.0.4', {}, false],
  ['', {}, false],
  ['127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, false],
  ['127.0.0.1', { forwarded: 'for=203.0.113.9' }, false],
  ['127.0.0.1', { authorization: `Bearer ${TOKEN}` }, true],
])('without a token, from %s with %j: %s', (from, headers, expected) => {
  expect(mayReadMetrics(request(from, headers as Record<string, string>), undefined)).toBe(expected);
});

test.each([
  ['10.0.0.4', { authorization: `Bearer ${TOKEN}` }, true],
  ['10.0.0.4', { authorization: `bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' }, true],
  ['127.0.0.1', {}, false],
  ['127.0.0.1', { authorization: `Bearer ${TOKEN}x` }, false],
  ['127.0.0.1', { authorization: `Basic ${TOKEN}` }, false],
])('with a token, from %s with %j: %s', (from, headers, expected) => {
  expect(mayReadMetrics(request(from, headers as Record<string, string>), TOKEN)).toBe(expected);
});

test('whoever may not is told that there is nothing', async () => {
  let text: string | undefined;
  const server = createServer({
    messages: new Promise(() => undefined),
    waitingFor: () => [],
    metrics: { token: TOKEN, text: async () => text },
    log: createLog('silent'),
  });
  const url = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}/metrics`;
  const withToken = { headers: { authorization: `Bearer ${TOKEN}` } };
  expect((await fetch(url, withToken)).status).toBe(404);
  text = 'onboard_open_windows 1\n';
  expect((await fetch(url)).status).toBe(404);
  const answer = await fetch(url, withToken);
  expect([answer.status, await answer.text()]).toEqual([200, text]);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
  await server.close();
});
