import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complete } from '../config/complete';
import { root } from './sources';

/** The bundle itself, as it is shipped: jest loads real modules where the bundle has stand-ins. */
const dist = mkdtempSync(join(root, 'dist-test-'));
const bundle = join(dist, 'onboard.cjs');
const cwd = mkdtempSync(join(tmpdir(), 'onboard-bundle-'));
// Where nobody answers: enough to start, listen, load everything and fail to sweep.
const env = {
  PATH: process.env.PATH,
  ...complete,
  AUTHORITY_HOST: 'https://127.0.0.1:9',
  GRAPH_BASE_URL: 'https://127.0.0.1:9',
  PORT: '0',
};

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bundle, ...args], { cwd, env: environment }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** Starts an instance and resolves with its output so far when `event` was logged. */
async function started(event: string, environment: NodeJS.ProcessEnv = env) {
  const child = spawn(process.execPath, [bundle, 'start'], { cwd, env: environment });
  const said = { out: '', err: '' };
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk;
      if (said.out.includes(`"event":"${event}"`)) resolve();
    });
    child.once('close', () => resolve());
  });
  const lines = () =>
    said.out.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Record<string, unknown>] : []));
  return { child, said, lines, ended };
}

beforeAll(async () => {
  await new Promise<void>((resolve, reject) =>
    execFile(process.execPath, ['deploy/build.mjs', dist], { cwd: root }, (error, _out, stderr) =>
      error || stderr ? reject(new Error(`the bundle does not build: ${stderr}`)) : resolve(),
    ),
  );
}, 60_000);

afterAll(() => {
  rmSync(dist, { recursive: true, force: true });
  rmSync(cwd, { recursive: true, force: true });
});

test('--help names the commands, and prints no warning', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['start', 'list', 'show', 'stop', 'sweep', 'pause', 'resume', 'ledger'])
    expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});

test('with half a configuration it says everything that is missing, and does not start', async () => {
  const { code, stdout, stderr } = await run(['start'], { TENANT_ID: complete.TENANT_ID });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('4 things to do');
  expect(stderr).toContain('CLIENT_ID');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('it starts, loads the conversation, and ends cleanly on Ctrl-C', async () => {
  const { child, said, lines, ended } = await started('sweep-failed');
  const port = lines().find(({ event }) => event === 'listening')?.port;
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);

  // Waits until the conversation is loaded: an unsigned activity is refused by the SDK, not by a stub.
  const answer = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', channelId: 'msteams', text: 'onboard jane' }),
  });
  expect(answer.status).toBe(401);
  expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({
    ready: false,
    waitingFor: ['sweep'],
  });

  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(lines().at(-1)).toMatchObject({ event: 'stopped' });
  expect(said.err).toBe('');
}, 20_000);

test('commands work beside a running instance, and a second instance is told who runs', async () => {
  const { child, ended } = await started('listening');
  expect(await run(['list'], env)).toEqual({ code: 0, stdout: 'No onboardings yet.\n', stderr: '' });
  expect(await run(['pause'], env)).toMatchObject({ code: 0 });
  expect(await run(['list'], env)).toMatchObject({ stderr: expect.stringContaining('onboard resume') });
  expect(await run(['resume'], env)).toMatchObject({ code: 0 });
  // A command that wrote into the ledger shows its head too.
  expect(await run(['stop', '--all'], env)).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^(\{.*"event":"ledger-head".*\}\n)*Nothing to stop\.\n$/),
  });
  expect(await run(['stop', 'ONB-7'], env)).toMatchObject({ code: 1, stderr: 'There is no ONB-7.\n' });

  const verified = await run(['ledger', 'verify'], env);
  expect(verified).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Whole: 3 entries\. Head 3:[0-9a-f]{64}\n$/),
  });
  const exported = (await run(['ledger', 'export'], env)).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(exported.map(({ entry }) => entry.event)).toEqual(['paused', 'resumed', 'operator-stop']);
  const other = `${3}:${'0'.repeat(64)}`;
  expect(await run(['ledger', 'verify', '--head', other], env)).toMatchObject({ code: 3 });

  const second = await run(['start'], env);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`process ${child.pid}`);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 30_000);

test('a port in use is one clear sentence', async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) =>
    holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port)),
  );
  const { code, stderr } = await run(['start'], { ...env, PORT: String(port) });
  holder.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `Port ${port} on 127.0.0.1 is in use: stop what listens there, or set PORT to another one.\n`,
  });
});

test('a mistake on the command line is answered with what is meant, and changes nothing', async () => {
  expect(await run(['lits'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean list?') });
  expect(await run(['stop'])).toMatchObject({ code: 2 });
  expect(await run(['stop', 'ONB-1', '--all'])).toMatchObject({ code: 2 });
  expect(await run(['show', 'jane'], env)).toMatchObject({ code: 2 });
  expect(await run(['--config', 'nowhere.env', 'list'])).toMatchObject({ code: 2 });
  expect(await run(['list'], { DATA_DIR: join(cwd, 'elsewhere') })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no store'),
  });
});
