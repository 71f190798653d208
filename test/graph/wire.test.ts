import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcp } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';
import type { Tenant } from '../../bot/workflow/tenant';
import { createTenant } from '../../graph';
import { createCertificates } from '../../playground/tenant/certificates';
import { failureOf, GROUP, JANE } from './fake-graph';

/** The adapter over real sockets and TLS: what the fake wire of the other tests only claims. */

const log = { debug: () => undefined, warn: () => undefined };
const open: { server: Server; sockets: Set<Socket> }[] = [];
let certificates: Awaited<ReturnType<typeof createCertificates>>;
let agent: Agent;

beforeAll(async () => {
  certificates = await createCertificates();
  agent = new Agent({ connect: { ca: certificates.caPem } });
});

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

afterAll(() => agent.destroy());

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  open.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function tenantAt(port: number, trusting = true): Tenant {
  const wire = (input: unknown, init: unknown) =>
    undiciFetch(input as string, { ...(init as object), ...(trusting ? { dispatcher: agent } : {}) });
  return createTenant(
    {
      tenantId: GROUP,
      clientId: GROUP,
      credential: { kind: 'secret', secret: 'unused' },
      graphBaseUrl: `https://localhost:${port}`,
      onboardingGroupId: GROUP,
    },
    log,
    { credential: { tokenFor: async (scope) => `for:${scope}` }, fetch: wire as unknown as typeof fetch },
  );
}

/** In two steps: where restify was loaded by another test file, `writeHead` returns nothing, for every server. */
function answer(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, headers);
  response.end();
}

async function serve(listener: RequestListener): Promise<{ tenant: Tenant; seen: IncomingMessage[]; port: number }> {
  const seen: IncomingMessage[] = [];
  const server = createServer({ cert: certificates.certPem, key: certificates.keyPem }, (request, response) => {
    seen.push(request);
    listener(request, response);
  });
  const port = await listen(server);
  return { tenant: tenantAt(port), seen, port };
}

it('sends the token over TLS to the configured host, and takes the time from the Date header', async () => {
  const date = 'Mon, 23 Nov 2026 09:00:07 GMT';
  const { tenant, seen, port } = await serve((_, response) => answer(response, 204, { date }));
  expect(await tenant.removeMember(JANE)).toEqual({ result: 'removed', tenantTime: Date.parse(date) });
  expect(seen[0]?.headers.authorization).toBe(`Bearer for:https://localhost:${port}/.default`);
  expect(seen[0]?.url).toBe(`/v1.0/groups/${GROUP}/members/${JANE}/$ref`);
  expect(seen[0]?.headers['content-length'] ?? '0').toBe('0');
});

it('keeps an unusual name whole on the wire', async () => {
  const { tenant, seen } = await serve((_, response) => response.end('{"value":[]}'));
  await tenant.findPeople("O'Brien & Söhne #1*");
  const url = new URL(seen[0]?.url ?? '', 'https://x.test');
  expect(url.searchParams.get('$filter')).toContain("startswith(displayName,'O''Brien & Söhne #1*')");
});

it('cannot know what became of a write whose connection broke after it was sent', async () => {
  const { tenant, seen } = await serve((request) => request.socket.destroy());
  expect((await failureOf(tenant.addMember(JANE, 0))).kind).toBe('unknown');
  expect(seen).toHaveLength(1);
});

it('cannot know either when the answer was cut in the middle of the code', async () => {
  const { tenant, seen } = await serve((request, response) => {
    response.writeHead(201, { 'content-length': '500' });
    response.write('{"id":"p","temporaryAccessPass":"cut');
    setTimeout(() => request.socket.destroy(), 20);
  });
  expect((await failureOf(tenant.createPass(JANE, 60, new AbortController().signal))).kind).toBe('unknown');
  expect(seen).toHaveLength(1);
});

it('stops waiting when the caller does', async () => {
  const { tenant } = await serve(() => undefined);
  const caller = new AbortController();
  setTimeout(() => caller.abort(), 50);
  const started = Date.now();
  expect((await failureOf(tenant.createPass(JANE, 60, caller.signal))).kind).toBe('unknown');
  expect(Date.now() - started).toBeLessThan(2_000);
});

it('knows that nothing happened where nobody listens', async () => {
  const port = await listen(createTcp());
  const { server } = open.pop() ?? {};
  await new Promise((resolve) => server?.close(resolve));
  expect(await failureOf(tenantAt(port).addMember(JANE, 0))).toMatchObject({
    kind: 'unavailable',
    code: 'GRAPH_UNREACHABLE',
  });
});

it('sends nothing to a host whose certificate it cannot verify', async () => {
  const { seen, port } = await serve((_, response) => response.end('{}'));
  expect((await failureOf(tenantAt(port, false).addMember(JANE, 0))).code).toBe('GRAPH_UNREACHABLE');
  expect(seen).toHaveLength(0);
});

it('does not follow a redirect, and so takes no token to another address', async () => {
  const elsewhere = await serve((_, response) => response.end('{}'));
  const { tenant, seen } = await serve((_, response) =>
    answer(response, 307, { location: `https://localhost:${elsewhere.port}/v1.0/x` }),
  );
  expect((await failureOf(tenant.addMember(JANE, 0))).code).toBe('GRAPH_UNEXPECTED_ANSWER');
  expect(seen).toHaveLength(1);
  expect(elsewhere.seen).toHaveLength(0);
});
