import { memberReference } from '../../graph/groups';
import { DATE, failureOf, fake, GROUP, graphError, JANE, MO, notFound, type Seen } from './fake-graph';

const already = graphError(
  400,
  'Request_BadRequest',
  "One or more added object references already exist for the following modified properties: 'members'.",
);
const isMemberRead = ({ path }: Seen) => path.startsWith(`/v1.0/users/${JANE}/memberOf/`);

describe('the address of a removal', () => {
  it('ends in /$ref, whatever the ids', () => {
    expect(memberReference(GROUP, JANE)).toBe(`/groups/${GROUP}/members/${JANE}/$ref`);
    for (const odd of ['#', '?x', 'a/b', '../users', '$ref', "o'b"]) {
      expect(memberReference(odd, odd)).toMatch(/^\/groups\/[^/?#]*\/members\/[^/?#]*\/\$ref$/);
    }
  });

  it('is what goes over the wire', async () => {
    const { tenant, seen } = fake(() => ({ status: 204 }));
    expect(await tenant.removeMember(JANE)).toEqual({ result: 'removed', tenantTime: Date.parse(DATE) });
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE /v1.0/groups/${GROUP}/members/${JANE}/$ref`,
    ]);
  });
});

describe('removing somebody who is not there', () => {
  it('says so only after the group was read', async () => {
    const { tenant, seen } = fake(({ method }) => (method === 'DELETE' ? notFound : { body: { id: GROUP } }));
    expect(await tenant.removeMember(JANE)).toEqual({ result: 'not-member', tenantTime: Date.parse(DATE) });
    expect(seen.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
  });

  it('is an error when the group does not exist: the person may still be exempt', async () => {
    const { tenant } = fake(() => notFound);
    expect(await failureOf(tenant.removeMember(JANE))).toMatchObject({ kind: 'not-found', code: 'GRAPH_WRONG_GROUP' });
  });

  it('is an error when the group cannot be read', async () => {
    const { tenant } = fake(({ method }) => (method === 'DELETE' ? notFound : graphError(403, 'x')));
    expect((await failureOf(tenant.removeMember(JANE))).kind).toBe('denied');
  });
});

describe('adding', () => {
  it('sends a reference on the configured cloud', async () => {
    const { tenant, seen } = fake(() => ({ status: 204 }));
    expect(await tenant.addMember(JANE, 0)).toBe('added');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: `/v1.0/groups/${GROUP}/members/$ref`,
      body: { '@odata.id': `https://graph.test:8443/v1.0/directoryObjects/${JANE}` },
    });
    expect(seen[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('is "already" only when a read shows the membership', async () => {
    const { tenant, seen } = fake((request) => (isMemberRead(request) ? { body: { id: GROUP } } : already));
    expect(await tenant.addMember(JANE, 0)).toBe('already-member');
    expect(seen).toHaveLength(2);
  });

  it('looks more than once, since reads lag behind', async () => {
    const { tenant } = fake((request, count) =>
      isMemberRead(request) ? (count < 4 ? notFound : { body: { id: GROUP } }) : already,
    );
    expect(await tenant.addMember(JANE, 0)).toBe('already-member');
  });

  it('is unknown when Graph says "already" and reads never show it', async () => {
    const { tenant, seen } = fake((request) => (isMemberRead(request) ? notFound : already));
    expect(await failureOf(tenant.addMember(JANE, 0))).toMatchObject({ kind: 'unknown', code: 'GRAPH_ADD_UNCLEAR' });
    expect(seen).toHaveLength(4);
  });

  it('is rejected on any other 400', async () => {
    const { tenant } = fake((request) =>
      isMemberRead(request) ? notFound : graphError(400, 'Request_BadRequest', 'Unsupported resource type.'),
    );
    expect(await failureOf(tenant.addMember(JANE, 0))).toMatchObject({ kind: 'rejected', code: 'GRAPH_REJECTED' });
  });

  it('hints at the kind of group where Graph speaks of privileges', async () => {
    const { tenant } = fake(() => graphError(403, 'Authorization_RequestDenied'));
    const { hint } = await failureOf(tenant.addMember(JANE, 0));
    expect(hint).toContain('GroupMember.ReadWrite.All');
    expect(hint).toContain('dynamic');
  });
});

describe('reading membership', () => {
  it('is direct and by path', async () => {
    const { tenant, seen } = fake(() => ({ body: { id: GROUP } }));
    expect(await tenant.isMember(JANE)).toBe(true);
    expect(seen[0]?.url.pathname).toBe(`/v1.0/users/${JANE}/memberOf/${GROUP}`);
    expect(await fake(() => notFound).tenant.isMember(JANE)).toBe(false);
  });

  it('lists every page, also after an empty one', async () => {
    const next = 'https://graph.test:8443/v1.0/groups/x/members?$select=id&$skiptoken=RFN%2Bq%3D%3D&opaque';
    const pages = [
      { value: [{ id: JANE.toUpperCase() }], '@odata.nextLink': next },
      { value: [], '@odata.nextLink': next },
      { value: [{ id: MO, '@odata.type': '#microsoft.graph.group' }] },
    ];
    const { tenant, seen } = fake((_, count) => ({ body: pages[count - 1] }));
    expect(await tenant.members()).toEqual([JANE, MO]);
    expect(seen[0]?.path).toBe(`/v1.0/groups/${GROUP}/members?$select=id&$top=999`);
    expect(seen[1]?.url.searchParams.get('$skiptoken')).toBe('RFN+q==');
    expect(seen[2]?.url.searchParams.has('opaque')).toBe(true);
  });

  it.each([
    'https://evil.test/v1.0/groups',
    'https://graph.test/v1.0/groups',
    'http://graph.test:8443/v1.0/groups',
    'https://graph.test:8443/beta/groups',
    'https://graph.test:8443@evil.test/v1.0/groups',
    '/v1.0/groups',
  ])('does not follow a page to %s', async (link) => {
    const { tenant, seen } = fake(() => ({ body: { value: [], '@odata.nextLink': link } }));
    expect((await failureOf(tenant.members())).code).toBe('GRAPH_FOREIGN_LINK');
    expect(seen).toHaveLength(1);
  });
});
