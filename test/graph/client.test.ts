import { createTenant } from '../../graph';
import { DATE, failureOf, fake, graphError, JANE, networkError, type Said } from './fake-graph';

const person: Said = { body: { id: JANE, displayName: 'Jane', userPrincipalName: 'jane@x', accountEnabled: true } };

describe('a request', () => {
  it('carries the token for the configured cloud, and an id of its own', async () => {
    const { tenant, seen, tokens } = fake(() => person);
    await tenant.person(JANE);
    await tenant.person(JANE);
    expect(tokens[0]).toEqual({ scope: 'https://graph.test:8443/.default' });
    expect(seen[0]?.url.origin).toBe('https://graph.test:8443');
    expect(seen[0]?.path.startsWith(`/v1.0/users/${JANE}?`)).toBe(true);
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer token-1');
    const ids = seen.map(({ headers }) => headers.get('client-request-id'));
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('goes to the public cloud where nothing is configured', async () => {
    const { tenant, seen, tokens } = fake(() => person, { graphBaseUrl: undefined });
    await tenant.person(JANE);
    expect(seen[0]?.url.origin).toBe('https://graph.microsoft.com');
    expect(tokens[0]?.scope).toBe('https://graph.microsoft.com/.default');
  });

  it.each(['http://graph.test', 'https://graph.test/v1.0', 'https://u:p@graph.test'])('is never made to %s', (url) => {
    const settings = {
      tenantId: JANE,
      clientId: JANE,
      credential: { kind: 'secret', secret: 's' },
      onboardingGroupId: JANE,
      graphBaseUrl: url,
    } as const;
    const log = { debug: () => undefined, warn: () => undefined };
    expect(() => createTenant(settings, log)).toThrow(RangeError);
  });
});

describe('a token that is refused', () => {
  it('is replaced once, for a write too', async () => {
    const { tenant, seen, tokens } = fake((_, count) => (count === 1 ? { status: 401 } : { status: 204 }));
    expect((await tenant.removeMember(JANE)).result).toBe('removed');
    expect(tokens[1]).toMatchObject({ not: 'token-1' });
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('is not replaced forever', async () => {
    const { tenant, seen } = fake(() => ({ status: 401 }));
    expect(await failureOf(tenant.person(JANE))).toMatchObject({ kind: 'denied', code: 'GRAPH_TOKEN_REFUSED' });
    expect(seen).toHaveLength(2);
  });
});

describe('a throttled call', () => {
  const pause = (seconds: string, status = 429) =>
    graphError(status, 'TooManyRequests', 'w', { 'retry-after': seconds });

  it('waits out a short pause, for reads and writes', async () => {
    const read = fake((_, count) => (count === 1 ? pause('1') : person));
    await read.tenant.person(JANE);
    expect(read.slept).toEqual([1_000]);
    const write = fake((_, count) => (count === 1 ? pause('2', 503) : { status: 204 }));
    expect((await write.tenant.removeMember(JANE)).result).toBe('removed');
    expect(write.slept).toEqual([2_000]);
  });

  it('throws a long pause instead of sleeping it', async () => {
    for (const call of ['person', 'removeMember'] as const) {
      const { tenant, seen, slept } = fake(() => pause('120'));
      const error = await failureOf(tenant[call](JANE));
      expect(error).toMatchObject({ kind: 'throttled', code: 'GRAPH_THROTTLED', detail: { retryAfter: 120_000 } });
      expect([seen.length, slept.length]).toEqual([1, 0]);
    }
  });

  it('reads a date as well as seconds, by the clock of the answer', async () => {
    const { tenant } = fake(() => pause('Mon, 23 Nov 2026 09:03:20 GMT'));
    const error = await failureOf(tenant.person(JANE));
    expect(DATE).toContain('09:00:00');
    expect(error.detail.retryAfter).toBe(200_000);
  });

  it('backs off by itself where no pause is named, and gives up', async () => {
    const { tenant, seen, slept } = fake(() => graphError(429, 'TooManyRequests'));
    expect((await failureOf(tenant.person(JANE))).kind).toBe('throttled');
    expect(seen).toHaveLength(3);
    expect(slept).toHaveLength(2);
    for (const ms of slept) expect(ms).toBeGreaterThanOrEqual(500);
  });

  it('is asked again after a collision in the directory', async () => {
    const { tenant, seen } = fake((_, count) =>
      count === 1 ? graphError(409, 'Directory_ConcurrencyViolation') : { status: 204 },
    );
    expect(await tenant.addMember(JANE, 0)).toBe('added');
    expect(seen).toHaveLength(2);
  });
});

describe('an answer that is lost', () => {
  const losses: [string, () => Said][] = [
    ['500', () => graphError(500, 'UnknownError')],
    ['502 in HTML', () => ({ status: 502, body: '<html>Jane Doe is not here</html>' })],
    ['503 without a pause', () => ({ status: 503 })],
    ['504', () => graphError(504, 'UnknownError')],
    [
      'a reset',
      () => {
        throw networkError('ECONNRESET');
      },
    ],
  ];

  it.each(losses)('of a write (%s) is unknown and is not repeated', async (_, lose) => {
    for (const write of ['addMember', 'removeMember', 'revokeSessions'] as const) {
      const { tenant, seen } = fake(lose);
      expect(await failureOf(tenant[write](JANE, 0))).toMatchObject({ kind: 'unknown', code: 'GRAPH_LOST_ANSWER' });
      expect(seen).toHaveLength(1);
    }
  });

  it.each(losses)('of a read (%s) is asked for again, then unavailable', async (_, lose) => {
    const { tenant, seen } = fake(lose);
    expect((await failureOf(tenant.person(JANE))).kind).toBe('unavailable');
    expect(seen).toHaveLength(3);
    const second = fake((_seen, count) => (count === 1 ? lose() : person));
    expect((await second.tenant.person(JANE))?.id).toBe(JANE);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'])(
    'is none where no connection was made (%s): nothing happened',
    async (code) => {
      const { tenant } = fake(() => {
        throw networkError(code);
      });
      expect(await failureOf(tenant.addMember(JANE, 0))).toMatchObject({
        kind: 'unavailable',
        code: 'GRAPH_UNREACHABLE',
      });
    },
  );

  it('is unknown for a write and unavailable for a read when time runs out', async () => {
    jest.useFakeTimers();
    try {
      const { tenant } = fake(() => undefined);
      const both = Promise.all([failureOf(tenant.removeMember(JANE)), failureOf(tenant.person(JANE))]);
      await jest.advanceTimersByTimeAsync(10_000);
      expect((await both).map(({ kind, code }) => `${kind} ${code}`)).toEqual([
        'unknown GRAPH_LOST_ANSWER',
        'unavailable GRAPH_TIMEOUT',
      ]);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('an answer that is not Graph’s', () => {
  it('is no proof of absence: a 404 in HTML', async () => {
    const { tenant } = fake(() => ({ status: 404, body: '<html>no such page</html>' }));
    for (const work of [
      () => tenant.person(JANE),
      () => tenant.isMember(JANE),
      () => tenant.removeMember(JANE),
      () => tenant.deletePass(JANE, 'p'),
    ]) {
      expect(await failureOf(work())).toMatchObject({ kind: 'rejected', code: 'GRAPH_UNEXPECTED_ANSWER' });
    }
  });

  it('is no empty list: a 200 in HTML', async () => {
    const { tenant } = fake(() => ({ status: 200, body: '<html>log in</html>' }));
    for (const work of [
      () => tenant.members(),
      () => tenant.person(JANE),
      () => tenant.manager(JANE),
      () => tenant.passes(JANE),
      () => tenant.methods(JANE),
      () => tenant.findPeople('jane'),
      () => tenant.isMember(JANE),
      () => tenant.isInGroup(JANE, JANE),
      () => tenant.passPolicy(),
      () => tenant.sessionsValidFrom(JANE),
      () => tenant.privilege(JANE),
    ]) {
      expect(await failureOf(work())).toMatchObject({ kind: 'unavailable', code: 'GRAPH_UNEXPECTED_ANSWER' });
    }
    expect((await tenant.passkeys([JANE])).get(JANE)).toMatchObject({ code: 'GRAPH_UNEXPECTED_ANSWER' });
  });

  it('is not followed elsewhere', async () => {
    const { tenant, seen } = fake(() => ({ status: 302, headers: { location: 'https://evil.test/' } }));
    expect((await failureOf(tenant.person(JANE))).code).toBe('GRAPH_UNEXPECTED_ANSWER');
    expect(seen).toHaveLength(1);
  });
});

describe('a denied call', () => {
  it('names the permission it needs, and Graph’s code and request id', async () => {
    const { tenant } = fake(() => graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges for Jane'));
    const error = await failureOf(tenant.revokeSessions(JANE));
    expect(error).toMatchObject({
      kind: 'denied',
      code: 'GRAPH_DENIED',
      detail: { status: 403, graphCode: 'Authorization_RequestDenied', requestId: 'req-1' },
    });
    expect(error.hint).toContain('User.RevokeSessions.All');
  });
});
