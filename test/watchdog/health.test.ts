import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askHealth, judgeHealth } from '../../bot/watchdog/health';

const fine = { made: true, ageSeconds: 1, late: false };
const late = { made: true, ageSeconds: 900, late: true };
const starting = { made: false, ageSeconds: 1, late: false };

test.each([
  [{ status: 'up', worker: fine, sweep: fine }, 'well'],
  [{ status: 'up', worker: fine, sweep: late }, 'blind'],
  [{ status: 'up', worker: late, sweep: fine }, 'silent'],
  [{ status: 'up', worker: fine, sweep: starting }, 'blind'],
  [{ status: 'up', worker: starting, sweep: starting }, 'silent'],
  [{ status: 'up', worker: fine }, 'blind'],
  [{ status: 'up' }, 'silent'],
  [{ worker: fine, sweep: fine }, 'silent'],
  [{ status: 'up', worker: { made: true, late: 'no' }, sweep: fine }, 'silent'],
  [null, 'silent'],
  ['up', 'silent'],
])('%j is %s', (body, expected) => {
  expect(judgeHealth(body)).toBe(expected);
});

describe('over HTTP', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; headers?: Record<string, string>; body: string };

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const well = JSON.stringify({ status: 'up', worker: fine, sweep: fine });

  test('an instance that is well', async () => {
    answer = { status: 200, body: well };
    expect(await askHealth([url])).toBe('well');
  });

  test('a proxy in front of nothing, a redirect, a page of words and a flood are silence', async () => {
    for (const one of [
      { status: 502, body: well },
      { status: 302, headers: { location: `${url}/elsewhere` }, body: '' },
      { status: 200, body: '<html>up</html>' },
      { status: 200, body: `${well}${' '.repeat(5_000)}` },
    ]) {
      answer = one;
      expect([one.status, await askHealth([url])]).toEqual([one.status, 'silent']);
    }
  });

  test('of several instances one that is well is enough', async () => {
    answer = { status: 200, body: well };
    expect(await askHealth(['http://127.0.0.1:9', url])).toBe('well');
    expect(await askHealth(['http://127.0.0.1:9', 'http://127.0.0.1:9/b'])).toBe('silent');
  });
});
