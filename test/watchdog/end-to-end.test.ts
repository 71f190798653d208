import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Spawned } from '../../playground/story/spawn';
import { playgroundBundle } from '../harness/bundles';
import { startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';
import { openWindow } from './open-window';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

/** What an administrator would give the watchdog on its own host, for the tenant of this playground. */
async function environment({ dataDir, client }: Spawned): Promise<NodeJS.ProcessEnv> {
  const [product, { productUrl }] = [await client.env(), await client.info()];
  const same = ['TENANT_ID', 'CLIENT_ID', 'CLIENT_SECRET', 'ONBOARDING_GROUP_ID', 'AUTHORITY_HOST', 'GRAPH_BASE_URL'];
  return {
    PATH: process.env.PATH,
    ...Object.fromEntries(same.map((key) => [key, product[key]])),
    NODE_EXTRA_CA_CERTS: product.NODE_EXTRA_CA_CERTS,
    REHEARSAL_CLOCK_FILE: product.REHEARSAL_CLOCK_FILE,
    WATCHDOG_HEALTH_URL: `${productUrl}/healthz`,
    WATCHDOG_STATE_FILE: join(dataDir, 'watchdog.json'),
    WATCHDOG_POLL_SECONDS: '1',
  };
}

const bundle = () => join(dirname(playgroundBundle()), 'onboard.cjs');

test('the product is killed and never restarted: the watchdog empties the group within its bound', async () => {
  const spawned = await startPlayground('everyone');
  const { client } = spawned;
  await openWindow(spawned);

  const dog = spawn(process.execPath, [bundle(), '--no-config', 'watchdog'], {
    cwd: tmpdir(),
    env: await environment(spawned),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [dog.stdout, dog.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const lines = () => output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const said = (event: string) =>
    waitFor(`the watchdog says ${event}`, async () => lines().find((line) => line.event === event));
  try {
    await said('watchdog-ready');
    // The product lives: time passes, and nothing is done.
    await client.advance(4 * 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await client.records()).standing.members).toHaveLength(1);

    await client.product('kill');
    const killedAt = (await client.info()).now;
    await said('watchdog-silence');
    await client.advance(4.5 * 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await client.records()).standing.members).toHaveLength(1);
    await client.advance(4.5 * 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await client.advance(60_000);
    const acted = await said('watchdog-acted');
    expect(acted).toMatchObject({ level: 'error', removed: [expect.any(String)], left: [], sessionsRevoked: 1 });

    const records = await client.records();
    expect(records.standing.members).toEqual([]);
    const out = records.tenant.findLast(({ kind }) => kind === 'member-removed');
    expect((out?.at ?? 0) - killedAt).toBeGreaterThan(9.5 * 60_000);
    expect((out?.at ?? 0) - killedAt).toBeLessThan(11 * 60_000);
    expect(records.tenant.at(-1)).toMatchObject({ kind: 'sessions-revoked' });
    const broken = (await verdict(client)).filter(({ promise }) => promise === 1);
    expect(broken).toEqual([]);
  } finally {
    const gone = once(dog, 'close');
    dog.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  }
  expect(output).not.toMatch(/secret/i);
});

test('--once: a scheduler can do the same', async () => {
  const spawned = await startPlayground('everyone');
  const { client } = spawned;
  await openWindow(spawned);
  const told: string[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    told.push(JSON.parse(body).code);
    // Two steps: restify, where it is loaded beside, takes the return value away.
    response.statusCode = 204;
    response.end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const keyFile = join(spawned.dataDir, 'alerts.key');
  writeFileSync(keyFile, 'ab'.repeat(32), { mode: 0o600 });
  const env = {
    ...(await environment(spawned)),
    ALERT_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    ALERT_WEBHOOK_KEY_FILE: keyFile,
  };
  const runOnce = () =>
    new Promise<number>((resolve) =>
      execFile(process.execPath, [bundle(), '--no-config', 'watchdog', '--once'], { cwd: tmpdir(), env }, (error) =>
        resolve(error ? Number(error.code) : 0),
      ),
    );
  expect(await runOnce()).toBe(0);
  await client.product('kill');
  const codes: number[] = [];
  for (let run = 0; run < 4; run++) {
    codes.push(await runOnce());
    await client.advance(4 * 60_000);
  }
  expect(codes).toEqual([0, 0, 0, 5]);
  expect(told).toEqual(['watchdog-acted']);
  receiver.close();
  expect((await client.records()).standing.members).toEqual([]);
});

test('half a configuration says what is missing, and does nothing', async () => {
  const { code, stderr } = await new Promise<{ code: number; stderr: string }>((resolve) =>
    execFile(
      process.execPath,
      [bundle(), '--no-config', 'watchdog'],
      { cwd: tmpdir(), env: { PATH: process.env.PATH, TENANT_ID: '0f8fad5b-d9cb-469f-a165-70867728950e' } },
      (error, _out, err) => resolve({ code: Number(error?.code ?? 0), stderr: err }),
    ),
  );
  expect(code).toBe(2);
  for (const key of ['WATCHDOG_HEALTH_URL', 'CLIENT_ID', 'ONBOARDING_GROUP_ID']) expect(stderr).toContain(key);
});
