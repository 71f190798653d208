import { KIND_BEHAVIOUR } from '../../playground/kind-behaviour';
import { costOf } from '../../playground/tenant/graph/budget';
import { GROUPS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Answer, type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant('admins');
  // What was long ago has replicated.
  t.clock.advance(60 * 60_000);
});
afterEach(() => t.close());

const jane = idOfPerson('jane');
const PASSES = `/users/${jane}/authentication/temporaryAccessPassMethods`;
const FIDO2 = `/users/${jane}/authentication/fido2Methods`;
const MEMBER = `/users/${jane}/memberOf/${GROUPS.onboarding}`;
const CONFIGURATIONS = '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';
const ref = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${jane}` };
const add = () => t.call('POST', `/groups/${GROUPS.onboarding}/members/$ref`, { body: ref });
const mint = (body = {}) => t.call('POST', PASSES, { body });
const statusOf = async (path: string) => (await t.call('GET', path)).status;

function addKey(): void {
  const key = t.tenant.state.methods.find(({ userId, kind }) => userId === idOfPerson('pat') && kind === 'fido2');
  if (key) t.tenant.changes.addMethod('tenant', { ...key, id: 'new', userId: jane });
}

describe('replication', () => {
  test('is late for each part on its own', async () => {
    const seen = async () => [
      await statusOf(MEMBER),
      (await t.call('GET', PASSES)).body.value.length,
      (await t.call('GET', FIDO2)).body.value.length,
      (await t.call('GET', `${CONFIGURATIONS}/fido2`)).body.state,
    ];
    t.behave({ membershipLagMs: 10_000, passLagMs: 20_000, methodsLagMs: 30_000, policyLagMs: 40_000 });
    await add();
    await mint();
    addKey();
    t.behave({ passkeyPolicy: 'off' });
    expect(await seen()).toEqual([404, 0, 0, 'enabled']);
    t.clock.advance(10_000);
    expect(await seen()).toEqual([200, 0, 0, 'enabled']);
    t.clock.advance(10_000);
    expect(await seen()).toEqual([200, 1, 0, 'enabled']);
    t.clock.advance(10_000);
    expect(await seen()).toEqual([200, 1, 1, 'enabled']);
    t.clock.advance(10_000);
    expect(await seen()).toEqual([200, 1, 1, 'disabled']);
  });

  /** What twenty reads of a fresh membership answer, and of another call between them. */
  async function flickers(seed: number, between: string): Promise<number[]> {
    t.behave({ seed });
    const answers: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      answers.push(await statusOf(MEMBER));
      await t.call('GET', between);
    }
    return answers;
  }

  test('flickers: a fresh member is there and not there, the same way in every run with the same seed', async () => {
    t.behave({ membershipLagMs: 120_000, flicker: true });
    await add();
    const first = await flickers(7, '/users?$top=1');
    expect(new Set(first)).toEqual(new Set([200, 404]));
    // Other calls in between take nothing of its luck.
    expect(await flickers(7, FIDO2)).toEqual(first);
    expect(await flickers(8, FIDO2)).not.toEqual(first);
    t.clock.advance(121_000);
    expect(new Set(await flickers(7, FIDO2))).toEqual(new Set([200]));
  });

  test('without flickering it is late without exception', async () => {
    t.behave({ membershipLagMs: 120_000 });
    await add();
    expect(new Set(await flickers(7, FIDO2))).toEqual(new Set([404]));
  });
});

describe('faults', () => {
  const fault = (more: object) =>
    t.behave({ faults: [{ method: 'POST', path: 'AccessPass', times: 1, ...more } as never] });

  test('of the gateway: done, and 504', async () => {
    fault({ do: 'gateway' });
    expect((await mint()).status).toBe(504);
    expect(t.tenant.passes()).toHaveLength(1);
    expect(t.journal.graph.at(-1)).toMatchObject({ status: 504, write: true, answerLost: true });
  });

  test('cut off in the middle of the answer: done, and nobody can read it', async () => {
    fault({ do: 'cut' });
    await expect(mint()).rejects.toThrow();
    expect(t.tenant.passes()).toHaveLength(1);
    expect(t.journal.graph.at(-1)).toMatchObject({ status: 201, write: true, answerLost: true });
  });

  test('half-open: the answer begins and never ends', async () => {
    fault({ do: 'half-open' });
    let ended = false;
    const waiting = mint().then(
      () => {
        ended = true;
      },
      () => {
        ended = true;
      },
    );
    while (t.tenant.passes().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(ended).toBe(false);
    await t.close();
    await waiting;
    t = await startTenant();
  });

  test('slow: answered in the end', async () => {
    fault({ do: 'slow', ms: 80 });
    const began = performance.now();
    expect((await mint()).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThanOrEqual(75);
    expect(t.journal.graph.at(-1)?.answerLost).toBe(false);
  });

  test('slow in a batch: the whole answer waits', async () => {
    t.behave({ faults: [{ method: 'GET', path: 'fido2', do: 'slow', ms: 80, times: 1 }] });
    const began = performance.now();
    await t.call('POST', '/$batch', { body: { requests: [{ id: '1', method: 'GET', url: FIDO2 }] } });
    expect(performance.now() - began).toBeGreaterThanOrEqual(75);
  });

  test('a status with the code of the directory, or with any other', async () => {
    fault({ do: 'status', status: 409 });
    expect((await mint()).body.error.code).toBe('Directory_ConcurrencyViolation');
    fault({ do: 'status', status: 400, code: 'Request_BadRequest', message: 'gone' });
    expect((await mint()).body.error).toMatchObject({ code: 'Request_BadRequest', message: 'gone' });
  });

  test('after so many that pass unharmed', async () => {
    fault({ do: 'status', status: 502, skip: 2 });
    const statuses = [await mint(), await mint(), await mint(), await mint()].map(({ status }) => status);
    expect(statuses).toEqual([201, 201, 502, 201]);
  });

  test('an expired token is refused everywhere until there is another', async () => {
    const token = t.tenant.tokens.issue('https://graph.microsoft.com');
    fault({ do: 'expire' });
    const refused = await t.call('POST', PASSES, { body: {}, token });
    expect([refused.status, refused.body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(t.tenant.passes()).toEqual([]);
    expect((await t.call('GET', PASSES, { token })).status).toBe(401);
    expect((await t.call('GET', PASSES)).status).toBe(200);
  });

  test('a Retry-After may be a date, or left out by everybody', async () => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    fault({ do: 'status', status: 429, retryAfter: date });
    expect((await mint()).headers['retry-after']).toBe(date);
    fault({ do: 'status', status: 429, retryAfter: 3 });
    t.behave({ withoutRetryAfter: true });
    const answer = await mint();
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, undefined]);
  });
});

describe('chance', () => {
  /** Statuses of forty calls; 0 where there was no answer. */
  async function many(call: () => Promise<Answer>): Promise<number[]> {
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1)
      statuses.push(
        await call().then(
          ({ status }) => status,
          () => 0,
        ),
      );
    return statuses;
  }
  const read = () => t.call('GET', `/users/${jane}`);

  test('answers with errors of every kind, about as often as asked, and the same in every run', async () => {
    t.behave({ seed: 3, errorShare: 0.5 });
    const first = await many(read);
    expect(new Set(first)).toEqual(new Set([200, 500, 502, 503, 504]));
    expect(first.filter((status) => status !== 200).length).toBeGreaterThan(10);
    expect(first.filter((status) => status !== 200).length).toBeLessThan(30);
    t.behave({ seed: 3 });
    expect(await many(read)).toEqual(first);
  });

  test('loses the answers of writes alone, by closing and by 504, and the write is done', async () => {
    t.behave({ seed: 1, lostShare: 0.5 });
    expect(new Set(await many(read))).toEqual(new Set([200]));
    const statuses = await many(() => mint());
    expect(new Set(statuses)).toEqual(new Set([0, 201, 504]));
    expect(t.tenant.passes()).toHaveLength(40);
  });

  test('throttles with and without a word about how long to wait; nothing is done', async () => {
    t.behave({ throttleShare: 1 });
    const waits = new Set<unknown>();
    for (let n = 0; n < 12; n += 1) {
      const answer = await mint();
      expect(answer.status).toBe(429);
      waits.add(answer.headers['retry-after']);
    }
    expect(waits).toEqual(new Set(['1', undefined]));
    expect(t.tenant.passes()).toEqual([]);
  });

  test('never touches the token service', async () => {
    t.behave({ errorShare: 1, throttleShare: 1 });
    const url = `${t.origin}/${t.tenant.state.tenantId}/oauth2/v2.0/token`;
    expect((await t.call('POST', url, { token: null })).status).toBe(400);
  });
});

describe('the budget of the directory', () => {
  test.each([
    ['GET', '/users', '', 2],
    ['GET', '/users', '$select=id', 1],
    ['GET', '/users', '$select=id&$top=5', 1],
    ['GET', '/users/x', '', 2],
    ['GET', '/groups/x/members', '', 3],
    ['GET', '/groups/x/transitiveMembers', '$select=id', 4],
    ['POST', '/users/x/checkMemberGroups', '', 4],
    ['GET', '/users/x/memberOf/y', '', 2],
    ['GET', '/users/x/manager', '$expand=manager', 2],
    ['POST', '/groups/x/members/$ref', '', 1],
    ['DELETE', '/groups/x/members/y/$ref', '', 1],
  ])('%s %s?%s costs %i', (method, path, query, cost) => {
    expect(costOf(method, path, new URLSearchParams(query))).toBe(cost);
  });

  test('warns from four fifths on, refuses at the end with how long to wait, and is full again after that', async () => {
    t.behave({ identityUnits: 10 });
    const read = () => t.call('GET', `/users/${jane}`);
    const seen: unknown[][] = [];
    for (let n = 0; n < 6; n += 1) {
      const { status, headers } = await read();
      seen.push([status, headers['x-ms-resource-unit'], headers['x-ms-throttle-limit-percentage']]);
    }
    expect(seen).toEqual([
      [200, '2', undefined],
      [200, '2', undefined],
      [200, '2', undefined],
      [200, '2', '0.80'],
      [200, '2', '1.00'],
      [429, '2', '1.20'],
    ]);
    const refused = await read();
    expect(refused.headers).toMatchObject({
      'retry-after': '10',
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    });
    // Methods and policies are other services.
    expect(await statusOf(FIDO2)).toBe(200);
    t.clock.advance(10_001);
    expect((await read()).status).toBe(200);
  });

  test('counts writes on their own, and parts of a batch one by one', async () => {
    t.behave({ identityWrites: 1 });
    const revoke = (id: string) => ({ id, method: 'POST', url: `/users/${jane}/revokeSignInSessions` });
    const { body } = await t.call('POST', '/$batch', { body: { requests: [revoke('1'), revoke('2')] } });
    expect(body.responses.map(({ id, status }) => [id, status]).sort()).toEqual([
      ['1', 200],
      ['2', 429],
    ]);
    expect(body.responses.find(({ id }) => id === '2')?.headers['retry-after']).toBe('150');
    expect(await statusOf(`/users/${jane}`)).toBe(200);
  });

  test('is as documented unless it is made scarce', async () => {
    const { headers, status } = await t.call('GET', `/users/${jane}`);
    expect([status, headers['x-ms-throttle-limit-percentage']]).toEqual([200, undefined]);
  });
});

test('reports share five calls in ten seconds', async () => {
  t.tenant.state.botApp.roles.push('AuditLog.Read.All');
  const paths = [
    '/auditLogs/directoryAudits',
    '/auditLogs/signIns',
    '/reports/authenticationMethods/userRegistrationDetails',
    '/auditLogs/signIns',
    '/auditLogs/signIns',
    '/auditLogs/signIns',
  ];
  const answers = [];
  for (const path of paths) answers.push(await t.call('GET', path));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers.at(-1)?.headers['retry-after']).toBe('10');
});

test('tokens live as long as their answer says', async () => {
  t.behave({ tokenSeconds: 1 });
  const url = `${t.origin}/${t.tenant.state.tenantId}/oauth2/v2.0/token`;
  const { appId, secret } = t.tenant.state.botApp;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
  });
  const { body } = await t.call('POST', url, { form, token: null });
  expect(body.expires_in).toBe(1);
  const token = String(body.access_token);
  expect((await t.call('GET', '/users?$top=1', { token })).status).toBe(200);
  while ((await t.call('GET', '/users?$top=1', { token })).status === 200)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const late = await t.call('GET', '/users?$top=1', { token });
  expect([late.status, late.body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
});

test("the tenant's clock is in everything that it writes, and in nothing that replicates", async () => {
  const skew = 300_000;
  t.behave({ clockSkewMs: skew });
  const near = (text: unknown) => Math.abs(Date.parse(String(text)) - t.clock.now() - skew) < 3_000;
  await add();
  expect(await statusOf(MEMBER)).toBe(200);
  const { headers, body } = await mint();
  expect([near(headers.date), near(body.createdDateTime), near(body.startDateTime)]).toEqual([true, true, true]);
  await t.call('POST', `/users/${jane}/revokeSignInSessions`);
  const read = await t.call('GET', `/users/${jane}?$select=signInSessionsValidFromDateTime`);
  expect(near(read.body.signInSessionsValidFromDateTime)).toBe(true);
  t.tenant.state.botApp.roles.push('AuditLog.Read.All');
  const [row] = (await t.call('GET', '/auditLogs/directoryAudits')).body.value;
  expect(near(row?.activityDateTime)).toBe(true);
});

describe('the onboarding group', () => {
  const group = `/groups/${GROUPS.onboarding}`;

  test.each([
    ['dynamic', { groupTypes: ['DynamicMembership'] }],
    ['role-assignable', { isAssignableToRole: true }],
    ['on-premises', { onPremisesSyncEnabled: true }],
  ] as const)('%s: shown as such, and not to be written', async (onboardingGroup, shown) => {
    t.behave({ onboardingGroup });
    expect((await t.call('GET', group)).body).toMatchObject(shown);
    const refused = await add();
    expect([refused.status, refused.body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
    t.behave({ onboardingGroup: 'assigned' });
    expect((await add()).status).toBe(204);
  });

  test('nested: its parent is listed, and its members are in the parent too', async () => {
    t.behave({ onboardingGroup: 'nested' });
    await add();
    expect((await t.call('GET', `${group}/memberOf`)).body.value.map(({ id }) => id)).toEqual([GROUPS.branchTools]);
    const check = await t.call('POST', `/users/${jane}/checkMemberGroups`, {
      body: { groupIds: [GROUPS.branchTools] },
    });
    expect(check.body.value).toEqual([GROUPS.branchTools]);
    t.behave({ onboardingGroup: 'assigned' });
    expect((await t.call('GET', `${group}/memberOf`)).body.value).toEqual([]);
  });

  test('deleted: a 404 for everything, nobody is in it, and taking it back brings all of them back', async () => {
    await add();
    t.behave({ onboardingGroup: 'deleted' });
    const remove = () => t.call('DELETE', `${group}/members/${jane}/$ref`);
    for (const status of [await statusOf(group), await statusOf(MEMBER), (await add()).status, (await remove()).status])
      expect(status).toBe(404);
    expect(t.tenant.records().standing.members).toEqual([]);
    expect(t.journal.tenant.at(-1)).toMatchObject({ kind: 'member-removed', actor: 'admin', userId: jane });
    t.behave({ onboardingGroup: 'assigned' });
    expect(t.tenant.records().standing.members).toEqual([jane]);
    expect((await remove()).status).toBe(204);
  });
});

describe('the policy for passes', () => {
  test.each([
    ['off', 400, 'does not allow'],
    ['out-of-scope', 400, 'does not allow'],
    ['group-only', 400, 'does not allow'],
    ['short', 400, 'between 10 and 30'],
    ['long', 400, 'between 480 and 1440'],
    ['usual', 201, ''],
  ] as const)('%s: an hour is answered %i', async (passPolicy, status, text) => {
    t.behave({ passPolicy });
    const answer = await mint({ lifetimeInMinutes: 60, isUsableOnce: false });
    expect(answer.status).toBe(status);
    expect(answer.body.error?.message ?? '').toContain(text);
  });

  test('for the group alone: joining it opens it, as late as memberships are', async () => {
    t.behave({ passPolicy: 'group-only', membershipLagMs: 5_000 });
    await add();
    expect((await mint()).status).toBe(400);
    t.clock.advance(5_000);
    expect((await mint()).status).toBe(201);
  });

  test('one-time: a pass for several uses is made and does not work', async () => {
    t.behave({ passPolicy: 'one-time' });
    expect((await mint({ isUsableOnce: false })).body).toMatchObject({
      isUsable: false,
      methodUsabilityReason: 'DisabledByPolicy',
    });
    expect((await t.call('GET', `${CONFIGURATIONS}/temporaryAccessPass`)).body.isUsableOnce).toBe(true);
  });

  test('a second pass replaces the first, or is refused while the first is in force', async () => {
    await mint();
    expect((await mint()).status).toBe(201);
    t.behave({ secondPass: 'refused' });
    const refused = await mint();
    expect([refused.status, refused.body.error.code]).toEqual([400, 'badRequest']);
    expect(t.tenant.passes()).toHaveLength(2);
    t.clock.advance(61 * 60_000);
    expect((await mint()).status).toBe(201);
  });

  test('every change is an administrator’s, and all of it can be taken back', async () => {
    const before = JSON.stringify(t.tenant.state.authenticationMethodsPolicy);
    t.behave({ passPolicy: 'short', passkeyPolicy: 'profiles' });
    expect(t.journal.tenant.map((one) => [one.kind, one.actor])).toEqual([
      ['policy-changed', 'admin'],
      ['policy-changed', 'admin'],
    ]);
    t.behave(KIND_BEHAVIOUR);
    expect(JSON.stringify(t.tenant.state.authenticationMethodsPolicy)).toBe(before);
  });
});

test('without P2: nothing of Privileged Identity Management, and the licence is not there', async () => {
  t.tenant.state.botApp.roles.push('LicenseAssignment.Read.All');
  t.behave({ withoutPremium: true });
  for (const path of [
    `/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq '${jane}'`,
    `/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=principalId eq '${jane}'`,
  ]) {
    const { status, body } = await t.call('GET', path);
    expect([status, body.error.code]).toEqual([400, 'AadPremiumLicenseRequired']);
  }
  const [sku] = (await t.call('GET', '/subscribedSkus')).body.value;
  expect(JSON.stringify(sku?.servicePlans)).not.toContain('AAD_PREMIUM_P2');
});
