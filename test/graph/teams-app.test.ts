import { createAppInstaller } from '../../graph';
import { BASE, JANE } from './fake-graph';

const APP = '44444444-4444-4444-8444-444444444444';

function installer(...answers: { readonly status: number; readonly code?: string; readonly message?: string }[]) {
  const seen: { method: string; url: string; body: unknown }[] = [];
  const logged: string[] = [];
  const log = (fields: object, message: string) => void logged.push(JSON.stringify(fields) + message);
  const install = createAppInstaller(
    {
      tenantId: JANE,
      clientId: APP,
      credential: { kind: 'secret', secret: 'never used' },
      graphBaseUrl: BASE,
      teamsAppId: APP,
    },
    { debug: () => undefined, warn: log },
    {
      clock: { now: () => 0, sleep: async () => undefined },
      credential: { tokenFor: async () => 'token' },
      fetch: async (input, init) => {
        const request = new Request(input as Request, init);
        const text = await request.text();
        seen.push({ method: request.method, url: request.url, body: text ? JSON.parse(text) : undefined });
        const { status, code, message = 'words' } = answers.shift() ?? { status: 201 };
        return new Response(code ? JSON.stringify({ error: { code, message } }) : null, {
          status,
          headers: { 'content-type': 'application/json' },
        });
      },
    },
  );
  return { install, seen, logged };
}

test('asks for the app of the catalogue, for one person, and is content with an empty answer', async () => {
  const { install, seen } = installer({ status: 201 });
  expect(await install(JANE)).toBe('installed');
  expect(seen).toEqual([
    {
      method: 'POST',
      url: `${BASE}/v1.0/users/${JANE}/teamwork/installedApps`,
      body: { 'teamsApp@odata.bind': `${BASE}/v1.0/appCatalogs/teamsApps/${APP}` },
    },
  ]);
});

test.each([
  ['is there already', { status: 409, code: 'Conflict' }, 'there'],
  ['is blocked by a policy of Teams', { status: 403, code: 'Forbidden' }, 'refused'],
  ['is for somebody without Teams', { status: 404, code: 'NotFound' }, 'no-teams'],
  ['is refused in passing', { status: 400, code: 'BadRequest' }, 'later'],
])('an app that %s', async (_what, answer, meaning) => {
  expect(await installer(answer).install(JANE)).toBe(meaning);
});

test('that Graph cannot install now is for later, and nothing is thrown', async () => {
  const gone = Array.from({ length: 9 }, () => ({ status: 503, code: 'serviceNotAvailable' }));
  expect(await installer(...gone).install(JANE)).toBe('later');
});

test('a right that is missing is named for the operator, the person is not', async () => {
  const { install, logged } = installer({ status: 403, code: 'Forbidden', message: 'Jane Doe may not' });
  await install(JANE);
  expect(logged.join()).toContain('GRAPH_DENIED');
  expect(logged.join()).not.toMatch(/Jane Doe|22222222-2222/);
});
