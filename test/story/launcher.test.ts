import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playgroundBundle } from '../harness/bundles';
import { startPlayground, stopPlaygrounds, waitFor } from '../harness/playground';

jest.setTimeout(60_000);
afterEach(stopPlaygrounds);

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [playgroundBundle(), ...args], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe('where a playground has no business', () => {
  test.each<[what: string, env: Record<string, string>, says: RegExp]>([
    ['production', { NODE_ENV: 'production' }, /NODE_ENV=production/],
    ['the configuration of a tenant', { TENANT_ID: 'x', CLIENT_SECRET: 'y' }, /TENANT_ID, CLIENT_SECRET are set/],
    ['a real database', { DATABASE_URL: 'postgres://x' }, /DATABASE_URL is set/],
  ])('%s', (_what, env, says) => {
    const { status, stdout, stderr } = run(['--port', '0', '--product-port', '0'], env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a directory with somebody else’s files is not wiped', () => {
    const dir = mkdtempSync(join(tmpdir(), 'onboard-not-ours-'));
    writeFileSync(join(dir, 'thesis.txt'), 'precious');
    const { status, stderr } = run(['--port', '0', '--product-port', '0', '--data-dir', dir]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/not a playground's/);
    expect(existsSync(join(dir, 'thesis.txt'))).toBe(true);
    rmSync(dir, { recursive: true });
  });
});

test('a port in use is one clear sentence, for both ports', async () => {
  const { url, client } = await startPlayground('everyone');
  const productPort = new URL((await client.info()).productUrl).port;
  const dir = join(tmpdir(), 'onboard-never-made');
  for (const [option, port] of [
    ['--port', new URL(url).port],
    ['--product-port', productPort],
  ] as const) {
    const other = option === '--port' ? '--product-port' : '--port';
    const { status, stderr } = run([option, port, other, '0', '--data-dir', dir]);
    expect(status).toBe(1);
    expect(stderr.trim()).toMatch(new RegExp(`^Port ${port} is in use\\. .*${option} 0\\.$`));
  }
  expect(existsSync(dir)).toBe(false);
});

test('Ctrl-C ends everything: exit 0, nothing left behind', async () => {
  const spawned = await startPlayground('everyone');
  const { product } = await spawned.client.records();
  const pid = product.find(({ did }) => did === 'started')?.pid ?? 0;
  expect(alive(pid)).toBe(true);
  expect(await spawned.stop()).toBe(0);
  expect(alive(pid)).toBe(false);
  await expect(fetch(spawned.url)).rejects.toThrow();
  expect(spawned.output()).not.toMatch(/by itself|Error/);
});

test('a product that dies by itself is said to be dead, stays dead, and can be started again', async () => {
  const { client, output } = await startPlayground('everyone');
  const started = (await client.records()).product.find(({ did }) => did === 'started');
  process.kill(started?.pid ?? 0, 'SIGKILL');
  await waitFor('it is said', async () => /ended by itself \(SIGKILL\)/.test(output()));
  expect((await client.info()).productReady).toBe(false);
  expect((await client.records()).product.at(-1)).toMatchObject({ did: 'died', pid: started?.pid });
  expect(await client.product('start')).toMatchObject({ ready: true });
  expect((await client.info()).productReady).toBe(true);
});

test('only this machine is answered: no other host name, no page of another site', async () => {
  const { url } = await startPlayground('everyone');
  const status = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      request(`${url}/control/info`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  expect(await status({})).toBe(200);
  expect(await status({ host: 'attacker.example' })).toBe(403);
  expect(await status({ origin: 'https://attacker.example' })).toBe(403);
  expect(await status({ origin: url })).toBe(200);
});
