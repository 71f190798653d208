import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispatch, send } from '../../playground/http';
import { pageRoutes } from '../../playground/page-server';
import { eventRoutes } from '../../playground/page-server-events';
import { panelRoutes } from '../../playground/page-server-panel';
import { createRig } from './rig';

const rig = createRig();
const dir = mkdtempSync(join(tmpdir(), 'onboard-page-'));
let server: Server;
let url = '';

beforeAll(async () => {
  const routes = [...pageRoutes(dir), ...eventRoutes(rig.journal), ...panelRoutes(rig.state, rig.journal, rig.clock)];
  server = createServer((request, response) => {
    void dispatch(routes, request, response).then((found) => found || send(response, { status: 404 }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Reads events until there are `count`, then hangs up. */
async function events(path: string, count: number, headers: Record<string, string> = {}, meanwhile?: () => void) {
  const hangUp = new AbortController();
  const answer = await fetch(`${url}${path}`, { headers, signal: hangUp.signal });
  expect(answer.headers.get('content-type')).toMatch('text/event-stream');
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  meanwhile?.();
  for (;;) {
    text += new TextDecoder().decode((await reader.read()).value);
    const found = text.split('\n\n').filter((part) => part.startsWith('id: '));
    if (found.length < count) continue;
    hangUp.abort();
    return found.map((part) => {
      const [, id = '', event = '', data = ''] = /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(part) ?? [];
      return { id: Number(id), event, data: JSON.parse(data) as Record<string, unknown> };
    });
  }
}

test('before it is built, the page says what to run', async () => {
  const answer = await fetch(url);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('npm run build');
});

test('the page is served with a policy that lets nothing in from elsewhere, and no other file is', async () => {
  writeFileSync(join(dir, 'index.html'), '<!doctype html>');
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>']);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  for (const path of ['/%2e%2e/package.json', '/..%2f..%2fpackage.html', '/sub/index.html', '/missing.js'])
    expect((await fetch(`${url}${path}`)).status).toBe(404);
});

test('what happens is told as it happens, without what was said or shown', async () => {
  const told = await events('/control/events', 3, {}, () => {
    rig.open();
    rig.journal.addTeams({ kind: 'said', by: 'priya', conversation: 'c', text: 'hush-text', status: 200 });
    rig.journal.addTeams({
      kind: 'clicked',
      by: 'mo',
      conversation: 'c',
      messageId: '1',
      verb: 'show-pass',
      trigger: 'manual',
      data: { x: 'hush-data' },
      forged: false,
      status: 200,
      answer: { value: 'hush-answer' },
      elapsedMs: 5,
    });
  });
  expect(told.map(({ event, data }) => [event, data.kind])).toEqual([
    ['tenant', 'member-added'],
    ['teams', 'said'],
    ['teams', 'clicked'],
  ]);
  expect(JSON.stringify(told)).not.toMatch(/hush/);
});

test('a browser that comes back is told what it missed, once', async () => {
  const from = rig.journal.last();
  rig.passkey();
  rig.close();
  const told = await events('/control/events', 2, { 'last-event-id': String(from) });
  expect(told.map(({ data }) => data.kind)).toEqual(['method-added', 'member-removed']);
  const later = await events('/control/events', 1, { 'last-event-id': '99999999' }, rig.revoke);
  expect(later.map(({ data }) => data.kind)).toEqual(['sessions-revoked']);
});

test('the panel says who is in the group and what each policy asks for', async () => {
  const panel = (await (await fetch(`${url}/control/tenant-panel`)).json()) as ReturnType<typeof rig.panel>;
  expect(panel.group).toMatchObject({ name: 'Passkey onboarding', members: [] });
  expect(panel.policies.find(({ name }) => name.startsWith('CA999'))).toMatchObject({
    aimedAt: 'all users, all resources',
    asksFor: 'Phishing-resistant MFA',
    leavesGroupOut: true,
  });
  expect(panel.policies.find(({ name }) => name.startsWith('CA888'))).toMatchObject({
    aimedAt: 'Passkey onboarding, registering security info',
    leavesGroupOut: false,
  });
});
