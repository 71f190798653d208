import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlayground, stopPlaygrounds, waitFor } from '../harness/playground';
import { openWindow } from '../watchdog/open-window';

jest.setTimeout(120_000);

const directory = mkdtempSync(join(tmpdir(), 'onboard-alerts-'));
const keyFile = join(directory, 'alerts.key');
const key = 'ab'.repeat(32);
const got: { code: string; detail: Record<string, unknown>; signed: boolean }[] = [];
let receiver: Server;

beforeAll(async () => {
  writeFileSync(keyFile, `${key}\n`, { mode: 0o600 });
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const mac = createHmac('sha256', Buffer.from(key, 'hex'))
      .update(`${request.headers['x-onboard-timestamp']}.${body}`)
      .digest('hex');
    got.push({ ...JSON.parse(body), signed: request.headers['x-onboard-signature'] === `v1=${mac}` });
    // Two steps: restify, where it is loaded beside, takes the return value away.
    response.statusCode = 204;
    response.end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await stopPlaygrounds();
  receiver.close();
  rmSync(directory, { recursive: true, force: true });
});

test('an exit that Graph does not carry out: log, metric, webhook and cards, until it is done', async () => {
  const spawned = await startPlayground('everyone', {
    ALERT_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`,
    ALERT_WEBHOOK_KEY_FILE: keyFile,
  });
  const { client } = spawned;
  const { productUrl } = await client.info();
  await openWindow(spawned);
  const metrics = async () => (await fetch(`${productUrl}/metrics`)).text();
  expect(await metrics()).toMatch(/^onboard_graph_requests_total\{operation="group\.add",status="204"\} 1$/m);
  expect(await metrics()).toMatch(/^onboard_mint_seconds_count 1$/m);

  await client.behave({
    faults: [{ method: 'DELETE', path: '/groups/.*/members/', do: 'status', status: 503, times: 10_000 }],
  });
  await client.advance(63 * 60_000);
  const alert = await waitFor(
    'the webhook is told',
    async () => got.find(({ code }) => code === 'exit-overdue'),
    45_000,
    async () => got.map(({ code }) => code).join(),
  );
  expect(alert).toMatchObject({ signed: true, detail: { onboarding: 'ONB-1', minutes: expect.any(Number) } });
  expect(await metrics()).toMatch(/^onboard_alerts_total\{code="exit-overdue"\} [1-9]/m);
  for (const key of ['mo', 'priya']) await client.person(key).see(/still in the onboarding group/i);

  await client.behave({ faults: [] });
  await waitFor('she is out', async () => (await client.records()).standing.members.length === 0, 30_000);
  await waitFor('the gauge is down', async () => /^onboard_open_windows 0$/m.test(await metrics()), 45_000);
});
