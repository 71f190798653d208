import { GROUPS, ROLES } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { EVENTUAL, type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeAll(async () => {
  t = await startTenant();
});
afterAll(() => t.close());

const find = (query: Record<string, string>, headers = {}) =>
  t.call('GET', `/users?${new URLSearchParams(query)}`, { headers });
const namesOf = (answer: Awaited<ReturnType<typeof find>>) => answer.body.value.map((row) => row.displayName);

describe('people', () => {
  test('are found by the beginning of a name or by an address', async () => {
    const answer = await find({
      $filter: "startswith(displayName,'jane') or startswith(userPrincipalName,'jane') or mail eq 'jane'",
      $select: 'id,displayName',
      $top: '10',
    });
    expect(answer.status).toBe(200);
    expect(answer.body.value).toEqual([
      { id: idOfPerson('jane'), displayName: 'Jane Doe' },
      { id: idOfPerson('jane-roe'), displayName: 'Jane Roe' },
    ]);
  });

  test('a doubled quote in a literal is one quote', async () => {
    expect(namesOf(await find({ $filter: "startswith(displayName,'olga o''brien & s')" }))).toEqual([
      "Olga O'Brien & Söhne #1*",
    ]);
    const broken = await find({ $filter: "startswith(displayName,'olga o'brien')" });
    expect([broken.status, broken.body.error.code]).toEqual([400, 'BadRequest']);
  });

  test('come with the default properties unless others are selected; the rest of the schema is refused', async () => {
    const { body } = await t.call('GET', `/users/${idOfPerson('jane')}`);
    expect(Object.keys(body).sort()).toEqual(
      [
        '@odata.context',
        'businessPhones',
        'displayName',
        'givenName',
        'id',
        'jobTitle',
        'mail',
        'mobilePhone',
        'officeLocation',
        'preferredLanguage',
        'surname',
        'userPrincipalName',
      ].sort(),
    );
    const selected = await t.call(
      'GET',
      `/users/${idOfPerson('derek')}?$select=userType,accountEnabled,signInSessionsValidFromDateTime`,
    );
    expect(selected.body).toMatchObject({
      userType: null,
      accountEnabled: true,
      signInSessionsValidFromDateTime: '2026-01-12T08:00:00Z',
    });
    expect(selected.body).not.toHaveProperty('id');
    expect((await t.call('GET', `/users/${idOfPerson('jane')}?$select=shoeSize`)).status).toBe(400);
  });

  test('are read by id or user principal name, escaped or in the function form', async () => {
    const guest = encodeURIComponent('gus_contoso.example#EXT#@northwind.example');
    expect((await t.call('GET', `/users/${guest}`)).body.id).toBe(idOfPerson('gus'));
    expect((await t.call('GET', "/users('jane.doe@northwind.example')")).body.id).toBe(idOfPerson('jane'));
    const nobody = await t.call('GET', '/users/22222222-0000-4000-8000-000000000999');
    expect(nobody.status).toBe(404);
    expect(nobody.body.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource '22222222-0000-4000-8000-000000000999' does not exist or one of its queried reference-property objects are not present.",
    });
  });

  test('search needs its header, and looks for words', async () => {
    const without = await find({ $search: '"displayName:jane"' });
    expect([without.status, without.body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
    expect(without.body.error.message).toContain("'ConsistencyLevel: eventual'");
    expect(namesOf(await find({ $search: '"displayName:doe"' }, EVENTUAL))).toEqual(['Jane Doe']);
    expect(namesOf(await find({ $search: '"displayName:oe"' }, EVENTUAL))).toEqual([]);
    expect(namesOf(await find({ $search: '"displayName:roe" OR "mail:jane.d"' }, EVENTUAL))).toEqual([
      'Jane Doe',
      'Jane Roe',
    ]);
    expect((await find({ $search: 'jane' }, EVENTUAL)).status).toBe(400);
  });

  test.each([
    ["userType ne 'Guest'", 400],
    ["endswith(mail,'example')", 400],
    ["not startswith(displayName,'j')", 400],
    ["shoeSize eq '41'", 400],
    ["displayName eq 'Jane Doe' and accountEnabled eq true", 200],
  ])('filter %s without advanced query parameters: %d', async ($filter, status) => {
    expect((await find({ $filter })).status).toBe(status);
  });

  test('advanced filters work with both parameters', async () => {
    const answer = await find(
      { $filter: "userType eq 'Guest' or not accountEnabled eq true", $count: 'true' },
      EVENTUAL,
    );
    expect(answer.body['@odata.count']).toBe(2);
    expect(namesOf(answer).sort()).toEqual(['Dana Frost', 'Gus Berg (Contoso)']);
  });

  test('come in pages whose links are opaque and lead to everybody once', async () => {
    const seen: unknown[] = [];
    let next: unknown = '/users?$top=5&$select=id';
    let pages = 0;
    while (typeof next === 'string') {
      const { body } = await t.call('GET', next);
      seen.push(...body.value.map((row) => row.id));
      next = body['@odata.nextLink'];
      if (typeof next === 'string') expect(next).toMatch(/^https:\/\/localhost:\d+\/v1\.0\/users\?.*skiptoken=/);
      pages += 1;
    }
    expect(seen).toEqual([...t.tenant.state.users.keys()]);
    expect(pages).toBe(Math.ceil(seen.length / 5));
    expect((await find({ $top: '1000' })).status).toBe(400);
  });
});

describe('managers', () => {
  const manager = (key: string) => t.call('GET', `/users/${idOfPerson(key)}/manager`);

  test('a person', async () => {
    expect((await manager('jane')).body).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id: idOfPerson('mo'),
    });
  });

  test('nobody is a 404 that names the relation; an unknown person is one that names the person', async () => {
    const nobody = await manager('nora');
    expect([nobody.status, nobody.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
    expect(nobody.body.error.message).toMatch(/^Resource 'manager' does not exist/);
    const unknown = await t.call('GET', '/users/nobody@northwind.example/manager');
    expect(unknown.body.error.message).toMatch(/^Resource 'nobody@northwind\.example' does not exist/);
  });

  test('a mail contact says that it is one, also under a selection', async () => {
    const answer = await t.call('GET', `/users/${idOfPerson('otto')}/manager?$select=id,displayName,accountEnabled`);
    expect(answer.body['@odata.type']).toBe('#microsoft.graph.orgContact');
  });
});

describe('groups and roles of a person', () => {
  test('checkMemberGroups is transitive, memberOf is not', async () => {
    const check = await t.call('POST', `/users/${idOfPerson('sam')}/checkMemberGroups`, {
      body: { groupIds: [GROUPS.helpdesk, GROUPS.onboarding] },
    });
    expect(check.body.value).toEqual([GROUPS.helpdesk]);
    expect((await t.call('GET', `/users/${idOfPerson('sam')}/memberOf/${GROUPS.nightShift}`)).status).toBe(200);
    expect((await t.call('GET', `/users/${idOfPerson('sam')}/memberOf/${GROUPS.helpdesk}`)).status).toBe(404);
    const many = { groupIds: Array.from({ length: 21 }, () => GROUPS.helpdesk) };
    expect((await t.call('POST', `/users/${idOfPerson('sam')}/checkMemberGroups`, { body: many })).status).toBe(400);
  });

  test('active roles through a group need the advanced parameters', async () => {
    const path = `/users/${idOfPerson('ruth')}/transitiveMemberOf/microsoft.graph.directoryRole`;
    expect((await t.call('GET', path)).body.error.code).toBe('Request_UnsupportedQuery');
    expect((await t.call('GET', `${path}?$count=true`)).status).toBe(400);
    const answer = await t.call('GET', `${path}?$count=true`, { headers: EVENTUAL });
    expect(answer.body.value).toMatchObject([{ roleTemplateId: ROLES.groupsAdministrator }]);
  });

  test('roles come without a name to whoever may not read roles', async () => {
    t.behave({ withoutRoles: ['RoleManagement.Read.Directory'] });
    const path = `/users/${idOfPerson('gloria')}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`;
    const answer = await t.call('GET', path, { headers: EVENTUAL });
    t.behave({ withoutRoles: [] });
    expect(answer.body.value).toMatchObject([{ displayName: null, roleTemplateId: null }]);
  });

  test('a role-assignable group is found by its filter', async () => {
    const held = (key: string) =>
      t.call(
        'GET',
        `/users/${idOfPerson(key)}/transitiveMemberOf/microsoft.graph.group?$filter=isAssignableToRole eq true&$count=true`,
        { headers: EVENTUAL },
      );
    expect((await held('ruth')).body.value.map((row) => row.id)).toEqual([GROUPS.roleAssignable]);
    expect((await held('sam')).body.value).toEqual([]);
  });

  test.each([
    ['gloria', 'roleAssignments', ROLES.globalAdministrator],
    ['gloria', 'roleAssignmentScheduleInstances', ROLES.globalAdministrator],
    ['eli', 'roleEligibilityScheduleInstances', ROLES.securityAdministrator],
    ['eli', 'roleAssignments', null],
    ['ruth', 'roleAssignments', null],
    ['jane', 'roleEligibilityScheduleInstances', null],
  ])('%s in %s', async (key, list, role) => {
    const query = new URLSearchParams({
      $filter: `principalId eq '${idOfPerson(key)}'`,
      $expand: 'roleDefinition($select=id,displayName)',
    });
    const { body } = await t.call('GET', `/roleManagement/directory/${list}?${query}`);
    expect(body.value.map((row) => row.roleDefinitionId)).toEqual(role === null ? [] : [role]);
    if (role !== null) {
      expect(body.value[0]?.roleDefinition).toEqual({
        id: role,
        displayName: t.tenant.state.roleDefinitions.get(role),
      });
    }
  });

  test('isPrivileged of a role definition is beta only', async () => {
    const query = new URLSearchParams({ $expand: 'roleDefinition($select=id,isPrivileged)' });
    const answer = await t.call('GET', `/roleManagement/directory/roleAssignments?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain("'isPrivileged'");
  });
});

test('what is not served is refused aloud', async () => {
  const answer = await t.call('GET', '/users/jane.doe@northwind.example/calendar');
  expect([answer.status, answer.body.error.code]).toEqual([501, 'notServedByThePlayground']);
  expect(answer.body.error.message).toContain('GET /users/jane.doe@northwind.example/calendar');
  expect(t.warnings.at(-1)).toContain('/calendar is not served');
  expect(t.journal.graph.at(-1)).toMatchObject({
    path: '/v1.0/users/jane.doe@northwind.example/calendar',
    status: 501,
    unknown: true,
  });
  expect((await t.call('GET', `${t.origin}/beta/users`)).status).toBe(404);
  expect((await t.call('PATCH', `/users/${idOfPerson('jane')}`, { body: {} })).status).toBe(501);
});

test('every answer has a request id and the date of the playground', async () => {
  t.clock.advance(48 * 3600_000);
  const answer = await t.call('GET', '/users?$top=1');
  t.clock.advance(-48 * 3600_000);
  expect(answer.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(Date.parse(String(answer.headers.date)) - Date.now()).toBeGreaterThan(47 * 3600_000);
});
