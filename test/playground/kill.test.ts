import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KillAt } from '../../playground/contract';
import { createKillSwitch } from '../../playground/kill';
import { createPeople } from '../../playground/tenant/people';

describe('the kill switch', () => {
  let server: Server;
  let killedAt: string[];
  let done: number;
  afterEach(() => new Promise<void>((closed) => void server.close(() => closed())));

  async function start(at: KillAt | null) {
    killedAt = [];
    done = 0;
    const kill = createKillSwitch(() => void killedAt.push(`after ${done}`));
    kill.arm(at);
    server = createServer(
      kill.guard((_request, response) => {
        done++;
        response.end('ok');
      }),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ask = (path: string) =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`).then(
        ({ status }) => status,
        () => 0,
      );
    return { kill, ask };
  }

  const id = '22222222-0000-4000-8000-000000000006';
  const request = 'GET /v1.0/groups/{id}';

  test.each([
    ['arrives', 1, 0],
    ['done', 2, 0],
    ['answered', 2, 200],
  ] as const)('when the second request %s, once', async (phase, carriedOut, status) => {
    const { kill, ask } = await start({ request, nth: 2, phase });
    expect(await ask(`/v1.0/groups/${id}?$select=id`)).toBe(200);
    expect(killedAt).toEqual([]);
    expect(await ask(`/v1.0/groups/${id}`)).toBe(status);
    expect(killedAt).toEqual([`after ${carriedOut}`]);
    expect(kill.seen()).toMatchObject({ met: true, requests: [request, request] });
    expect(await ask(`/v1.0/groups/${id}`)).toBe(200);
    expect(killedAt).toHaveLength(1);
  });

  test('leaves alone what is not the product’s', async () => {
    const { kill, ask } = await start(null);
    expect(await ask('/v1.0/users/jane@northwind.example/manager')).toBe(200);
    expect(kill.seen()).toEqual({ met: false, requests: ['GET /v1.0/users/{id}/manager'], commits: [0] });
  });

  test('when a head of the ledger is printed, also in two pieces', async () => {
    const { kill } = await start({ commit: { heads: 1, nth: 1 }, phase: 'head' });
    const line = Buffer.from('{"level":"info","event":"ledger-head","seq":1}\n');
    kill.heard(line);
    kill.heard(line.subarray(0, 20));
    expect(killedAt).toEqual([]);
    kill.heard(line.subarray(20));
    expect(killedAt).toHaveLength(1);
  });
});

test('a crowd is there only when it is asked for, with ids and names of its own', () => {
  const people = (crowd?: number) => createPeople('northwind.example', crowd).map(({ user }) => user);
  const more = people(120).slice(people().length);
  expect(more).toHaveLength(120);
  expect(more[0]).toMatchObject({ key: 'person-001', userPrincipalName: 'person.001@northwind.example' });
  expect(new Set(people(120).map(({ id }) => id)).size).toBe(people().length + 120);
});
