import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createLog } from '../../bot/log';
import { createServer, type MessageHandler, type Server } from '../../bot/server';

const lines: Record<string, unknown>[] = [];
const log = createLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });

let server: Server;
let base: string;
let port: number;
let handler: MessageHandler;
let waitingFor: readonly string[] = [];
let load: (value: MessageHandler) => void;

beforeEach(async () => {
  lines.length = 0;
  waitingFor = ['conversation', 'sweep'];
  handler = async (request, response) => {
    response.send(200, { got: request.body });
  };
  const messages = new Promise<MessageHandler>((resolve) => {
    load = resolve;
  });
  server = createServer({ messages, waitingFor: () => waitingFor, log });
  port = await server.listen('127.0.0.1', 0);
  base = `http://127.0.0.1:${port}`;
});

afterEach(() => server.close());

const post = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => fetch(`${base}/api/messages`, { method: 'POST', body, headers });

describe('the probes', () => {
  test('healthz says that the process is up, before anything else is', async () => {
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  test('readyz says what is still waited for', async () => {
    const before = await fetch(`${base}/readyz`);
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({ ready: false, waitingFor: ['conversation', 'sweep'] });
    waitingFor = [];
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
  });

  test('anything else is 404', async () => {
    for (const path of ['/', '/api', '/api/messages/x', '/.env', '/healthz/..%2f']) {
      expect([path, (await fetch(base + path)).status]).toEqual([path, 404]);
    }
    expect((await fetch(`${base}/api/messages`)).status).toBe(405);
  });
});

describe('messages', () => {
  test('that come while the conversation is loading wait for it', async () => {
    const answer = post('{"type":"message"}');
    await new Promise((resolve) => setTimeout(resolve, 50));
    load(handler);
    expect(await (await answer).json()).toEqual({ got: { type: 'message' } });
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number]>([
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no content type', new Uint8Array(Buffer.from('{}')), {}, 415],
    ['something compressed', new Uint8Array(gzipSync('{}')), { 'content-encoding': 'gzip' }, 415],
    ['broken compression', 'not gzip', { 'content-encoding': 'gzip' }, 415],
    ['broken JSON', '{"a":', {}, 400],
    ['an array', '[1]', {}, 400],
    ['a word', '"message"', {}, 400],
    ['nothing', '', {}, 400],
    ['JSON nested a hundred thousand deep', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, {}, 400],
    ['257 KB', JSON.stringify({ a: 'x'.repeat(257 * 1024) }), {}, 413],
  ])('refuse %s', async (name, body, headers, status) => {
    load(handler);
    const type: Record<string, string> = name === 'no content type' ? {} : { 'content-type': 'application/json' };
    expect((await post(body, { ...type, ...headers })).status).toBe(status);
  });

  test('accept 255 KB, and brackets that are only text', async () => {
    load(async (_request, response) => {
      response.send(200, { ok: true });
    });
    expect((await post(JSON.stringify({ a: 'x'.repeat(255 * 1024) }))).status).toBe(200);
    expect((await post(JSON.stringify({ a: '[{"\\'.repeat(20_000) }))).status).toBe(200);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  test('without an announced length are cut off at the limit', async () => {
    load(handler);
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
        );
        const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
        for (let n = 0; n < 6; n++) socket.write(chunk);
      });
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('whose handler breaks are answered 500 without a word of why', async () => {
    load(async () => {
      throw new Error('the secret reason');
    });
    const answer = await post('{}');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret reason');
    expect(lines).toContainEqual(expect.objectContaining({ event: 'request-broken', level: 'error' }));
  });

  test('in a flood are refused, counted, and not logged one by one', async () => {
    load(handler);
    // The throttle fills up again with time: it stands still, so that a slow machine is no slower flood.
    const still = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const statuses = await Promise.all(Array.from({ length: 320 }, async () => (await post('{}')).status));
    still.mockRestore();
    const refused = statuses.filter((status) => status === 429).length;
    expect(refused).toBeGreaterThan(50);
    expect(lines).toEqual([]);
    await server.close();
    expect(lines).toEqual([expect.objectContaining({ event: 'requests-refused', statuses: { 429: refused } })]);
  });
});

test('a port in use rejects with the code of the socket', async () => {
  const second = createServer({ messages: Promise.resolve(handler), waitingFor: () => [], log });
  await expect(second.listen('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing ends requests that never finish', async () => {
  load(() => new Promise(() => undefined));
  const hung = post('{}').catch(() => 'cut off');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server.close();
  expect(await hung).toBe('cut off');
}, 8_000);
