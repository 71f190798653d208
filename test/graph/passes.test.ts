import { inspect } from 'node:util';
import { failureOf, fake, graphError, JANE, networkError, notFound } from './fake-graph';

const CODE = 'nc+&G=xwDKCz';
const created = {
  id: 'pass-1',
  temporaryAccessPass: CODE,
  startDateTime: '2026-11-23T09:00:00.1234567Z',
  createdDateTime: '2026-11-23T08:59:59Z',
  lifetimeInMinutes: 60,
  isUsableOnce: false,
  isUsable: true,
  methodUsabilityReason: 'EnabledByPolicy',
};
const record = {
  id: 'pass-1',
  startsAt: Date.parse('2026-11-23T09:00:00.123Z'),
  lifetimeMinutes: 60,
  usableOnce: false,
  usable: true,
};
const PATH = `/v1.0/users/${JANE}/authentication/temporaryAccessPassMethods`;
const never = new AbortController().signal;

describe('creating a pass', () => {
  it('asks for a multi-use one and carries the code in the type that does not print', async () => {
    const { tenant, seen, logged } = fake(() => ({ status: 201, body: created }));
    const made = await tenant.createPass(JANE, 60, never);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: PATH,
      body: { lifetimeInMinutes: 60, isUsableOnce: false },
    });
    expect(made.pass.reveal()).toBe(CODE);
    expect(made.record).toEqual(record);
    for (const shown of [JSON.stringify(made), inspect(made, { depth: 9, showHidden: true }), logged.join()]) {
      expect(shown).not.toContain(CODE);
    }
  });

  it.each([
    [429, 'throttled'],
    [500, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
  ])('is never asked twice (%d)', async (status, kind) => {
    const { tenant, seen, slept } = fake(() => graphError(status, 'x'));
    expect((await failureOf(tenant.createPass(JANE, 60, never))).kind).toBe(kind);
    expect([seen.length, slept.length]).toEqual([1, 0]);
  });

  it('is unknown after a reset, and when the caller had no more time', async () => {
    const reset = fake(() => {
      throw networkError('UND_ERR_SOCKET');
    });
    expect((await failureOf(reset.tenant.createPass(JANE, 60, never))).kind).toBe('unknown');
    const caller = new AbortController();
    const late = fake(() => {
      caller.abort();
      return undefined;
    });
    expect(await failureOf(late.tenant.createPass(JANE, 60, caller.signal))).toMatchObject({
      kind: 'unknown',
      code: 'GRAPH_LOST_ANSWER',
    });
  });

  it('is unknown when the code did not arrive', async () => {
    for (const body of [
      { ...created, temporaryAccessPass: null },
      '<html>',
      undefined,
      { temporaryAccessPass: CODE },
    ]) {
      const { tenant } = fake(() => ({ status: 201, body }));
      expect(await failureOf(tenant.createPass(JANE, 60, never))).toMatchObject({
        kind: 'unknown',
        code: 'GRAPH_TAP_NO_CODE',
      });
    }
  });

  it.each([
    [
      'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
      'GRAPH_TAP_SCOPE',
    ],
    ['Invalid LifetimeInMinutes specified. The valid range between 60 and 480.', 'GRAPH_TAP_LIFETIME'],
    ['Temporary Access Pass cannot be added to an external guest user.', 'GRAPH_TAP_GUEST'],
    ['Something about Jane Doe', 'GRAPH_REJECTED'],
  ])('says why it was refused: %s', async (words, code) => {
    const { tenant } = fake(() => graphError(400, 'badRequest', words));
    const error = await failureOf(tenant.createPass(JANE, 60, never));
    expect(error).toMatchObject({ kind: 'rejected', code, detail: { graphCode: 'badRequest' } });
  });

  it('names the permission behind the lower-case accessDenied', async () => {
    const { tenant } = fake(() => graphError(403, 'accessDenied', 'Request Authorization failed'));
    const error = await failureOf(tenant.createPass(JANE, 60, never));
    expect(error.kind).toBe('denied');
    expect(error.hint).toContain('UserAuthMethod-TAP.ReadWrite.All');
  });
});

describe('reading and deleting passes', () => {
  it('lists what is there, without a code, and says whether it still opens anything', async () => {
    const expired = { ...created, temporaryAccessPass: null, isUsable: false, methodUsabilityReason: 'Expired' };
    const { tenant, seen } = fake(() => ({ body: { value: [expired] } }));
    expect(await tenant.passes(JANE)).toEqual([{ ...record, usable: false }]);
    expect(seen[0]?.path).toBe(PATH);
    expect(await fake(() => ({ body: { value: [] } })).tenant.passes(JANE)).toEqual([]);
  });

  it('deletes, and is content when it is gone', async () => {
    const { tenant, seen } = fake(() => ({ status: 204 }));
    await tenant.deletePass(JANE, 'pass+1#');
    expect(seen[0]).toMatchObject({ method: 'DELETE', path: `${PATH}/pass%2B1%23` });
    await fake(() => notFound).tenant.deletePass(JANE, 'p');
    await fake(() => graphError(404, 'resourceNotFound')).tenant.deletePass(JANE, 'p');
    expect((await failureOf(fake(() => graphError(403, 'x')).tenant.deletePass(JANE, 'p'))).kind).toBe('denied');
  });
});

describe('the pass policy', () => {
  it('is this tenant’s, not the absolute range', async () => {
    const body = {
      id: 'TemporaryAccessPass',
      state: 'enabled',
      isUsableOnce: true,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
    };
    const { tenant } = fake(() => ({ body }));
    expect(await tenant.passPolicy()).toEqual({
      enabled: true,
      forcesOneTime: true,
      minimumMinutes: 60,
      maximumMinutes: 480,
    });
    const off = fake(() => ({ body: { ...body, state: 'disabled', isUsableOnce: false } }));
    expect(await off.tenant.passPolicy()).toMatchObject({ enabled: false, forcesOneTime: false });
  });
});

describe('sessions', () => {
  it('are revoked without a body, and any 2xx will do', async () => {
    for (const said of [{ status: 200, body: { value: true } }, { status: 204 }, { status: 202, body: '' }]) {
      const { tenant, seen } = fake(() => said);
      await tenant.revokeSessions(JANE);
      expect(seen[0]).toMatchObject({ method: 'POST', path: `/v1.0/users/${JANE}/revokeSignInSessions` });
      expect(seen[0]?.body).toBeUndefined();
    }
  });

  it('are read by select, 0 when never set', async () => {
    const at = fake(() => ({ body: { id: JANE, signInSessionsValidFromDateTime: '2026-11-23T09:00:01Z' } }));
    expect(await at.tenant.sessionsValidFrom(JANE)).toBe(Date.parse('2026-11-23T09:00:01Z'));
    expect(at.seen[0]?.url.searchParams.get('$select')).toContain('signInSessionsValidFromDateTime');
    const unset = fake(() => ({ body: { id: JANE, signInSessionsValidFromDateTime: null } }));
    expect(await unset.tenant.sessionsValidFrom(JANE)).toBe(0);
  });
});
