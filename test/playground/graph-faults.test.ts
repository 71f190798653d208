import { GROUPS, POLICIES, STRENGTHS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant('admins');
});
afterEach(() => t.close());

const jane = idOfPerson('jane');
const fido2 = (key: string) => `/users/${idOfPerson(key)}/authentication/fido2Methods`;
const passes = `/users/${jane}/authentication/temporaryAccessPassMethods`;
const batch = (requests: unknown[]) => t.call('POST', '/$batch', { body: { requests } });
const get = (id: string, url: string, more = {}) => ({ id, method: 'GET', url, ...more });

describe('faults', () => {
  test('a status comes with its wait, as often as asked, and nothing is done', async () => {
    t.behave({
      faults: [{ method: 'POST', path: 'temporaryAccessPass', do: 'status', status: 429, retryAfter: 7, times: 2 }],
    });
    for (let n = 0; n < 2; n += 1) {
      const answer = await t.call('POST', passes, { body: {} });
      expect([answer.status, answer.headers['retry-after'], answer.body.error.code]).toEqual([
        429,
        '7',
        'TooManyRequests',
      ]);
    }
    expect(t.tenant.passes()).toEqual([]);
    expect((await t.call('POST', passes, { body: {} })).status).toBe(201);
  });

  test('a status without a wait says nothing about one', async () => {
    t.behave({ faults: [{ method: 'GET', path: '^/v1.0/users$', do: 'status', status: 503, times: 1 }] });
    const answer = await t.call('GET', '/users');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, undefined]);
  });

  test('a lost answer: done, and the connection closes', async () => {
    t.behave({ faults: [{ method: 'POST', path: 'temporaryAccessPass', do: 'lost', times: 1 }] });
    await expect(t.call('POST', passes, { body: {} })).rejects.toThrow();
    expect(t.tenant.passes()).toHaveLength(1);
    expect(t.journal.graph).toMatchObject([{ status: 201, write: true, answerLost: true }]);
    expect((await t.call('GET', passes)).body.value).toHaveLength(1);
  });

  test('a refused connection: nothing is done', async () => {
    t.behave({ faults: [{ method: 'POST', path: 'temporaryAccessPass', do: 'refuse', times: 1 }] });
    await expect(t.call('POST', passes, { body: {} })).rejects.toThrow();
    expect(t.tenant.passes()).toEqual([]);
    expect(t.journal.graph).toMatchObject([{ status: 0, write: false, answerLost: false }]);
  });

  test('a request that hangs holds only itself up', async () => {
    t.behave({ faults: [{ method: 'GET', path: '^/v1.0/users$', do: 'hang', times: 1 }] });
    let answered = false;
    const hanging = t.call('GET', '/users').then(
      () => {
        answered = true;
      },
      () => {},
    );
    expect((await t.call('GET', `/users/${jane}`)).status).toBe(200);
    expect((await t.call('GET', '/users?$top=1')).status).toBe(200);
    expect(answered).toBe(false);
    await t.close();
    await hanging;
    t = await startTenant();
  });

  test('the token service is under the same gate', async () => {
    t.behave({ faults: [{ method: 'POST', path: '/oauth2/v2.0/token$', do: 'status', status: 503, times: 1 }] });
    const url = `${t.origin}/${t.tenant.state.tenantId}/oauth2/v2.0/token`;
    expect((await t.call('POST', url, { token: null })).status).toBe(503);
    expect((await t.call('POST', url, { token: null })).status).toBe(400);
  });

  test('a delay comes after the work: an answer can be too late', async () => {
    t.behave({ graphDelayMs: 120 });
    const started = performance.now();
    const waiting = t.call('POST', passes, { body: {} });
    while (t.tenant.passes().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const done = performance.now();
    await waiting;
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
    expect(performance.now() - done).toBeGreaterThan(60);
  });
});

describe('a batch', () => {
  test('answers each part, in another order than asked', async () => {
    const { status, body } = await batch([
      get('1', fido2('pat')),
      get('2', fido2('jane')),
      get('3', `/users/${jane}/manager`),
    ]);
    expect(status).toBe(200);
    expect(body.responses.map(({ id }) => id)).not.toEqual(['1', '2', '3']);
    const part = (id: string) => body.responses.find((one) => one.id === id);
    expect(part('1')?.body.value).toHaveLength(1);
    expect(part('2')?.body.value).toEqual([]);
    expect(part('3')?.body.id).toBe(idOfPerson('mo'));
    expect(t.journal.graph.map((row) => [row.batch, row.status])).toEqual([
      [true, 200],
      [true, 200],
      [true, 200],
      [false, 200],
    ]);
  });

  test('fails part by part: permission, fault with its wait, unknown path, dependency', async () => {
    t.behave({
      faults: [{ method: 'GET', path: idOfPerson('pat'), do: 'status', status: 429, retryAfter: 3, times: 1 }],
    });
    const { body } = await batch([
      get('denied', `/users/${jane}/authentication/phoneMethods`),
      get('throttled', fido2('pat')),
      get('unknown', '/users/me/drive'),
      get('dependent', fido2('mo'), { dependsOn: ['denied'] }),
      get('fine', fido2('mo')),
    ]);
    const byId = Object.fromEntries(body.responses.map((one) => [one.id, one]));
    expect(byId.denied).toMatchObject({ status: 403, body: { error: { code: 'accessDenied' } } });
    expect(byId.throttled).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    expect(byId.unknown?.status).toBe(501);
    expect(byId.dependent?.status).toBe(424);
    expect(byId.fine?.status).toBe(200);
  });

  test.each([`/v1.0${fido2('pat')}`, `/beta${fido2('pat')}`, 'https://graph.microsoft.com/v1.0/users'])(
    'a part with the address %s is a 400',
    async (url) => {
      const { body } = await batch([get('1', url)]);
      expect(body.responses).toMatchObject([{ status: 400, body: { error: { code: 'BadRequest' } } }]);
    },
  );

  test.each([
    ['more than 20 parts', Array.from({ length: 21 }, (_, n) => get(String(n), fido2('pat')))],
    ['an id twice', [get('1', fido2('pat')), get('1', fido2('pat'))]],
    ['no parts', []],
    ['a body without a type', [{ id: '1', method: 'POST', url: passes, body: {} }]],
    ['a dependency that does not precede', [get('1', fido2('pat'), { dependsOn: ['2'] })]],
  ])('is refused as a whole for %s', async (_what, requests) => {
    expect((await batch(requests)).status).toBe(400);
    expect(t.tenant.passes()).toEqual([]);
  });

  test('20 parts are served, writes among them', async () => {
    const write = {
      id: 'w',
      method: 'POST',
      url: `/groups/${GROUPS.onboarding}/members/$ref`,
      headers: { 'Content-Type': 'application/json' },
      body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${jane}` },
    };
    const { body } = await batch([write, ...Array.from({ length: 19 }, (_, n) => get(String(n), fido2('pat')))]);
    expect(body.responses.find(({ id }) => id === 'w')?.status).toBe(204);
    expect(body.responses).toHaveLength(20);
    expect(t.tenant.records().standing.members).toEqual([jane]);
  });

  test('a part whose answer is lost loses the batch, and is done', async () => {
    t.behave({ faults: [{ method: 'POST', path: 'revoke', do: 'lost', times: 1 }] });
    const revoke = { id: '1', method: 'POST', url: `/users/${jane}/revokeSignInSessions` };
    await expect(batch([revoke])).rejects.toThrow();
    expect(t.journal.tenant).toMatchObject([{ kind: 'sessions-revoked', userId: jane }]);
  });
});

describe('policies', () => {
  test('Conditional Access: one request a second, and no word about how long to wait', async () => {
    const path = `/identity/conditionalAccess/policies/${POLICIES.CA889}`;
    const first = await t.call('GET', path);
    expect(first.body.grantControls).toMatchObject({
      authenticationStrength: { id: STRENGTHS.onboarding, allowedCombinations: expect.any(Array) },
    });
    const second = await t.call('GET', '/identity/conditionalAccess/policies');
    expect([second.status, second.headers['retry-after']]).toEqual([429, undefined]);
    t.clock.advance(1001);
    const list = await t.call('GET', '/identity/conditionalAccess/policies');
    expect(list.body.value.map(({ id }) => id)).toEqual(t.tenant.state.policies.map(({ id }) => id));
    t.clock.advance(1001);
    expect((await t.call('GET', '/identity/conditionalAccess/policies/nothing')).status).toBe(404);
  });

  test('authentication methods and strengths in the shapes of v1.0', async () => {
    const at = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';
    expect((await t.call('GET', `${at}/temporaryAccessPass`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
      state: 'enabled',
      isUsableOnce: false,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
    });
    const { body } = await t.call('GET', `${at}/fido2`);
    expect(body).toMatchObject({
      isSelfServiceRegistrationAllowed: true,
      passkeyProfiles: [{ passkeyTypes: 'deviceBound' }],
    });
    expect(body).not.toHaveProperty('syncedAllowed');
    const custom = await t.call('GET', "/policies/authenticationStrengthPolicies?$filter=policyType eq 'custom'");
    expect(custom.body.value).toMatchObject([{ id: STRENGTHS.onboarding, displayName: 'Passkey Onboarding/Recovery' }]);
  });
});

test('sessions are revoked in whole seconds, read only when selected', async () => {
  const revoked = await t.call('POST', `/users/${jane}/revokeSignInSessions`);
  expect([revoked.status, revoked.body.value]).toEqual([200, true]);
  const { body } = await t.call('GET', `/users/${jane}?$select=signInSessionsValidFromDateTime`);
  expect(body.signInSessionsValidFromDateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Date.now() - Date.parse(String(body.signInSessionsValidFromDateTime))).toBeLessThan(5000);
});

test('passkeys: both names of the date, AAGUIDs in both cases, late when the tenant is late', async () => {
  const all = (
    await Promise.all(
      ['priya', 'mo', 'lee', 'kim', 'pat', 'gloria', 'eli', 'helen'].map((key) => t.call('GET', fido2(key))),
    )
  ).flatMap(({ body }) => body.value);
  expect(all.length).toBe(8);
  for (const row of all) expect(row.createdDateTime).toBe(row.creationDateTime);
  const cases = new Set(all.map((row) => String(row.aaGuid) === String(row.aaGuid).toLowerCase()));
  expect(cases).toEqual(new Set([true, false]));
  t.clock.advance(60_000);
  t.behave({ replicationLagMs: 5000 });
  const method = t.tenant.state.methods.find(({ userId, kind }) => userId === idOfPerson('pat') && kind === 'fido2');
  if (method) t.tenant.changes.addMethod('tenant', { ...method, id: 'new', userId: jane });
  expect((await t.call('GET', fido2('jane'))).body.value).toEqual([]);
  t.clock.advance(5001);
  expect((await t.call('GET', fido2('jane'))).body.value).toMatchObject([{ id: 'new' }]);
  expect((await t.call('GET', `${fido2('jane')}?$top=1`)).status).toBe(400);
});
