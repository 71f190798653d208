import { BASE, failureOf, fake, graphError, JANE, MO, notFound } from './fake-graph';

const jane = {
  id: JANE.toUpperCase(),
  displayName: 'Jane Doe',
  userPrincipalName: 'jane@x.test',
  jobTitle: 'Teller',
  department: null,
  accountEnabled: true,
  userType: 'Member',
  identities: [{ signInType: 'userPrincipalName', issuer: 'x.test', issuerAssignedId: 'jane@x.test' }],
  unheardOf: { of: 'property' },
};

describe('finding people', () => {
  it('asks by prefix over every name that people type, without advanced queries', async () => {
    const { tenant, seen } = fake(() => ({ body: { value: [jane] } }));
    expect(await tenant.findPeople(' jane ')).toEqual([
      {
        id: JANE,
        displayName: 'Jane Doe',
        userPrincipalName: 'jane@x.test',
        jobTitle: 'Teller',
        enabled: true,
        kind: 'member',
      },
    ]);
    expect(seen).toHaveLength(1);
    const query = seen[0]?.url.searchParams;
    for (const property of ['displayName', 'givenName', 'surname', 'userPrincipalName', 'mail', 'mailNickname']) {
      expect(query?.get('$filter')).toContain(`startswith(${property},'jane')`);
    }
    expect(query?.get('$top')).toBe('10');
    expect(query?.has('$search')).toBe(false);
    expect(seen[0]?.headers.get('consistencylevel')).toBeNull();
  });

  it.each([
    "O'Brien & Söhne #1*",
    "a'' or 1 eq 1",
    '100% (really)!',
    'x?y=z&$top=999',
    'https://evil.test/v1.0/x',
    '+1 2',
  ])('keeps %s one literal', async (name) => {
    const { tenant, seen } = fake(() => ({ body: { value: [] } }));
    await tenant.findPeople(name);
    const request = seen[0];
    expect(request?.url.origin).toBe(BASE);
    expect(request?.url.pathname).toBe('/v1.0/users');
    expect([...(request?.url.searchParams.keys() ?? [])].sort()).toEqual(['$filter', '$select', '$top']);
    expect(request?.url.searchParams.get('$filter')).toContain(`startswith(surname,'${name.replaceAll("'", "''")}')`);
    expect(request?.url.hash).toBe('');
  });

  it('puts the exact address first, each person once, at most ten', async () => {
    const many = Array.from({ length: 10 }, (_, index) => ({
      ...jane,
      id: `${index}${JANE.slice(1)}`,
      displayName: `Jane ${9 - index}`,
      userPrincipalName: `jane${index}@x.test`,
    }));
    const exact = { ...jane, id: MO, displayName: 'Zed' };
    const { tenant } = fake(({ url }) => ({
      body: { value: url.searchParams.get('$filter')?.includes(' eq ') ? [exact] : [...many, exact] },
    }));
    const found = await tenant.findPeople('jane@x.test');
    expect(found).toHaveLength(10);
    expect(found[0]?.id).toBe(MO);
    expect(new Set(found.map(({ id }) => id)).size).toBe(10);
    expect(found.slice(1, 3).map(({ displayName }) => displayName)).toEqual(['Jane 0', 'Jane 1']);
  });

  it('reads an object id as one', async () => {
    const { tenant, seen } = fake(() => ({ body: jane }));
    expect(await tenant.findPeople(JANE)).toHaveLength(1);
    expect(seen[0]?.url.pathname).toBe(`/v1.0/users/${JANE}`);
    expect(await fake(() => notFound).tenant.findPeople(JANE)).toEqual([]);
  });

  it('asks nothing for no text and for a text that no name can be', async () => {
    const { tenant, seen } = fake(() => ({ body: { value: [] } }));
    expect(await tenant.findPeople('  ')).toEqual([]);
    expect(await tenant.findPeople('x'.repeat(5_000))).toEqual([]);
    expect(seen).toHaveLength(0);
  });
});

describe('reading a person', () => {
  it('is null for nobody, and for what is no object id', async () => {
    const { tenant, seen } = fake(() => notFound);
    expect(await tenant.person(JANE)).toBeNull();
    expect(await tenant.person('jane@x.test')).toBeNull();
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['Guest', {}, 'guest'],
    ['guest', {}, 'guest'],
    ['Member', {}, 'member'],
    [null, {}, 'member'],
    [undefined, {}, 'member'],
    [null, { identities: [{ signInType: 'federated' }] }, 'guest'],
    [null, { userPrincipalName: 'jane_o.test#EXT#@x.test' }, 'guest'],
    ['Member', { identities: [{ signInType: 'federated' }] }, 'guest'],
    [null, { creationType: 'Invitation' }, 'guest'],
    ['unknownFutureValue', {}, 'guest'],
  ])('tells guests from members (%s, %j)', async (userType, more, kind) => {
    const { tenant } = fake(() => ({ body: { ...jane, userType, ...more } }));
    expect((await tenant.person(JANE))?.kind).toBe(kind);
  });

  it('believes only a clear yes that an account is enabled', async () => {
    for (const accountEnabled of [false, null, undefined, 'true']) {
      const { tenant } = fake(() => ({ body: { ...jane, accountEnabled } }));
      expect((await tenant.person(JANE))?.enabled).toBe(false);
    }
  });
});

describe('the manager', () => {
  const upn = { '@odata.type': '#microsoft.graph.user', id: MO };

  it('is read as a person of the directory', async () => {
    const { tenant } = fake(({ path }) => ({ body: path.includes('/manager') ? upn : { ...jane, id: MO } }));
    expect(await tenant.manager(JANE)).toMatchObject({ kind: 'person', person: { id: MO, enabled: true } });
  });

  it('is none, or the person herself is unknown: the same 404 told apart by a read', async () => {
    const without = fake(({ path }) => (path.includes('/manager') ? notFound : { body: jane }));
    expect(await without.tenant.manager(JANE)).toEqual({ kind: 'none' });
    const unknown = fake(() => notFound);
    expect(await failureOf(unknown.tenant.manager(JANE))).toMatchObject({ kind: 'not-found', code: 'GRAPH_NOT_FOUND' });
  });

  it('may be a contact', async () => {
    const { tenant } = fake(() => ({ body: { ...upn, '@odata.type': '#microsoft.graph.orgContact' } }));
    expect(await tenant.manager(JANE)).toEqual({ kind: 'not-a-person' });
  });
});

describe('a group of the directory', () => {
  it('is asked transitively', async () => {
    const { tenant, seen } = fake(() => ({ body: { value: [MO] } }));
    expect(await tenant.isInGroup(JANE, MO)).toBe(true);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: `/v1.0/users/${JANE}/checkMemberGroups`,
      body: { groupIds: [MO] },
    });
    expect(await fake(() => ({ body: { value: [] } })).tenant.isInGroup(JANE, MO)).toBe(false);
  });

  it('is asked again although the read is a POST', async () => {
    const { tenant } = fake((_, count) => (count === 1 ? graphError(500, 'x') : { body: { value: [MO] } }));
    expect(await tenant.isInGroup(JANE, MO)).toBe(true);
  });
});
