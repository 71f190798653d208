import fc from 'fast-check';
import { TenantError } from '../../bot/workflow/tenant';
import { mustBeAllowed } from '../../graph/allowed';
import type { Call } from '../../graph/call';
import { createClients } from '../../graph/client';
import { memberReference } from '../../graph/groups';
import { literal, path } from '../../graph/url';
import { failureOf, fake, GROUP, JANE } from './fake-graph';

const ask =
  (method: Call['method'], at: string, repeat: Call['repeat'] = 'write', body?: unknown) =>
  () =>
    mustBeAllowed({ operation: 'test', method, path: at, repeat, body });

const guid = fc.uuid();
/** What can be written as UTF-8 at all. */
const isWellFormed = (text: string) => Buffer.from(text).toString() === text;

describe('what leaves', () => {
  it.each([
    ['DELETE', `/groups/${GROUP}/members/${JANE}/$ref`],
    ['DELETE', `/users/${JANE}/authentication/temporaryAccessPassMethods/${GROUP}`],
    ['DELETE', `/users/${JANE}/authentication/fido2Methods/-2_GRUg2-HYz6_1YG4YRAQ2`],
    ['POST', `/groups/${GROUP}/members/$ref`],
    ['POST', `/users/${JANE}/authentication/temporaryAccessPassMethods`],
    ['POST', `/users/${JANE}/revokeSignInSessions`],
    ['POST', '/identityGovernance/privilegedAccess/group/assignmentScheduleRequests'],
  ] as const)('is %s %s', (method, at) => {
    expect(ask(method, at)).not.toThrow();
  });

  it.each([
    ['DELETE', `/groups/${GROUP}/members/${JANE}`],
    ['DELETE', `/groups/${GROUP}/members/${JANE}/`],
    ['DELETE', `/groups/${GROUP}/members/${JANE}?/$ref`],
    ['DELETE', `/groups/${GROUP}/members/${JANE}#/$ref`],
    ['DELETE', `/groups/${GROUP}/members/../../../users/${JANE}/$ref/..`],
    ['DELETE', `/groups/${GROUP}/members/%2e%2e/$ref`],
    ['DELETE', `/groups/${GROUP}/members//$ref`],
    ['DELETE', `/groups/${GROUP}/members/${JANE}%2F..%2F..%2F..%2Fusers%2F${JANE}/$ref`],
    ['DELETE', `/groups/${GROUP}/owners/${JANE}/$ref`],
    ['DELETE', `/groups/${GROUP}`],
    ['DELETE', `/users/${JANE}`],
    ['DELETE', `/directoryObjects/${JANE}`],
    ['DELETE', `/users/${JANE}/authentication/fido2Methods/a%2Fb`],
    ['POST', `/users/${JANE}/authentication/fido2Methods`],
    ['POST', '/users'],
    ['POST', '/groups'],
    ['POST', '/directoryObjects/getByIds'],
    ['POST', '/identity/conditionalAccess/policies'],
  ] as const)('is never %s %s', (method, at) => {
    expect(ask(method, at)).toThrow(TenantError);
    expect(ask(method, at, 'read')).toThrow(TenantError);
  });

  it('holds no write in a batch, however it is written', () => {
    const batch = (method: string, url: string) =>
      ask('POST', '/$batch', 'read', {
        requests: [
          { id: '0', method: 'GET', url: '/users' },
          { id: '1', method, url },
        ],
      });
    expect(batch('GET', `/users/${JANE}`)).not.toThrow();
    expect(batch('POST', `/users/${JANE}/checkMemberGroups`)).not.toThrow();
    for (const [method, url] of [
      ['DELETE', `/groups/${GROUP}/members/${JANE}/$ref`],
      ['delete', `/users/${JANE}`],
      ['PATCH', `/users/${JANE}`],
      ['POST', `/users/${JANE}/revokeSignInSessions`],
      ['GET', '/$batch'],
      ['GET', '../beta/users'],
    ] as const)
      expect(batch(method, url)).toThrow(TenantError);
  });

  it('is decided before the wire: a call that is not allowed reaches nobody', async () => {
    let sent = 0;
    const client = createClients({
      base: { origin: 'https://graph.test', host: 'graph.test', scope: 'x' },
      credential: { tokenFor: async () => 'token' },
      log: { debug: () => undefined, warn: () => undefined },
      fetch: async () => {
        sent++;
        return new Response(null, { status: 204 });
      },
    })('exit');
    const remove = (at: string) =>
      client.send({
        operation: 'group.remove',
        method: 'DELETE',
        path: at,
        repeat: 'write',
        permission: 'p',
        cost: { service: 'directory', units: 1 },
      });
    expect(await failureOf(remove(`/groups/${GROUP}/members/${JANE}`))).toMatchObject({
      kind: 'rejected',
      code: 'GRAPH_NOT_ALLOWED',
    });
    expect(sent).toBe(0);
    await remove(memberReference(GROUP, JANE));
    expect(sent).toBe(1);
  });

  it('is one address for every removal, whatever the ids', () => {
    fc.assert(
      fc.property(guid, guid, (group, person) => {
        expect(ask('DELETE', memberReference(group, person))).not.toThrow();
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (group, person) => {
        let at: string;
        try {
          at = memberReference(group, person);
        } catch {
          return;
        }
        const { pathname } = new URL(`https://graph.test/v1.0${at}`);
        expect(pathname.endsWith('/$ref')).toBe(true);
        expect(pathname.startsWith('/v1.0/groups/')).toBe(true);
        expect(pathname.split('/')).toHaveLength(7);
      }),
    );
  });
});

describe('what is put into an address', () => {
  it('stays one segment, and is the same when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        if (id === '.' || id === '..' || !isWellFormed(id)) return;
        const url = new URL(`https://graph.test/v1.0${path('users', id)}?$select=id`);
        expect(url.pathname.split('/')).toHaveLength(4);
        expect(decodeURIComponent(url.pathname.split('/')[3] ?? '')).toBe(id);
        expect(url.search).toBe('?$select=id');
      }),
    );
  });

  it.each(['', '.', '..'])('is no segment that would move the address: %j', (id) => {
    expect(() => path('users', id)).toThrow(RangeError);
  });

  it('stays one literal of a filter, and is the same when Graph reads it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        if (!isWellFormed(name)) return;
        const url = new URL(`https://graph.test/v1.0/users?$filter=displayName%20eq%20${literal(name)}&$top=10`);
        expect(url.searchParams.get('$top')).toBe('10');
        // A blank would be a plus to whoever reads forms; it never is one here.
        const filter = url.searchParams.get('$filter') ?? '';
        const inside = /^displayName eq '([\s\S]*)'$/.exec(filter)?.[1] ?? '';
        expect(inside.replaceAll("''", '')).not.toContain("'");
        expect(inside.replaceAll("''", "'")).toBe(name);
      }),
    );
  });

  it('is an id where people are meant: a name that looks like an address asks for nobody', async () => {
    const { tenant, seen } = fake(() => ({ body: { id: JANE } }));
    for (const odd of ['', '..', 'me', `${JANE}/manager`, "x' or 1 eq 1"]) expect(await tenant.person(odd)).toBeNull();
    expect(seen).toHaveLength(0);
  });
});
