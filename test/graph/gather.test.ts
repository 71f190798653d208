import type { TenantError } from '../../bot/workflow/tenant';
import { createGather, type Try } from '../../graph/gather';
import { failureOf, fake, GROUP, graphError, JANE, MO, notFound, type Said, type Seen } from './fake-graph';

interface Asked {
  readonly id: string;
  readonly method: string;
  readonly url: string;
}
const asked = ({ body }: Seen) => (body as { requests?: Asked[] } | undefined)?.requests ?? [];
const user = (id: string) => ({ id, displayName: 'x', userPrincipalName: 'x', accountEnabled: true });
const idIn = (url: string) => url.split(/[/?]/)[2] ?? '';

/** Answers every part by itself. */
const whole =
  (answer: (url: string) => { status?: number; headers?: object; body?: unknown }) =>
  (seen: Seen): Said =>
    seen.path.endsWith('/$batch')
      ? { body: { responses: asked(seen).map(({ id, url }) => ({ id, status: 200, headers: {}, ...answer(url) })) } }
      : ({ body: user(idIn(seen.path.slice('/v1.0'.length))), ...answer(seen.path.slice('/v1.0'.length)) } as Said);

const script = (answer: Parameters<typeof whole>[0]) => fake(whole(answer), {}, { batches: 'whole' });

describe('reads of one moment', () => {
  it('go in one request', async () => {
    const { tenant, seen } = script((url) => ({ body: url.includes('memberOf') ? { id: GROUP } : user(idIn(url)) }));
    const [jane, mo, member] = await Promise.all([tenant.person(JANE), tenant.person(MO), tenant.isMember(JANE)]);
    expect([jane?.id, mo?.id, member]).toEqual([JANE, MO, true]);
    expect(seen.map(({ path }) => path)).toEqual(['/v1.0/$batch']);
  });

  it('that are the same are asked once', async () => {
    const { tenant, seen } = script((url) => ({ body: user(idIn(url)) }));
    await Promise.all([tenant.person(JANE), tenant.person(JANE), tenant.person(MO)]);
    expect(asked(seen[0] as Seen)).toHaveLength(2);
  });

  it('that are the same are counted once', async () => {
    // 35 units, of which clicks have 31.
    const { tenant, seen } = fake(
      whole((url) => ({ body: user(idIn(url)) })),
      { budgetPercent: 1 },
      { batches: 'whole' },
    );
    await Promise.all(Array.from({ length: 100 }, () => tenant.person(JANE)));
    expect(seen).toHaveLength(1);
    const others = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(8, '0')}${JANE.slice(8)}`);
    const found = await Promise.allSettled(others.map((id) => tenant.person(id)));
    expect(found.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
  });

  it('go alone when there is one, with its own address', async () => {
    const { tenant, seen } = script(() => ({}));
    await tenant.person(JANE);
    expect(seen.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([`GET /v1.0/users/${JANE}`]);
  });

  it('of an exit go alone: its parts do not wait for each other', async () => {
    const { tenant, seen } = fake(
      ({ path }) => ({ body: user(idIn(path.slice(5))) }),
      {},
      { lane: 'exit', batches: 'whole' },
    );
    await Promise.all([tenant.person(JANE), tenant.person(MO)]);
    expect(seen.map(({ path }) => path)).not.toContain('/v1.0/$batch');
  });

  it('fail one by one, and unknown stays unknown for each', async () => {
    const { tenant } = script((url) => {
      if (url.includes('memberOf')) return { status: 503, body: {} };
      return idIn(url) === JANE
        ? { body: user(JANE) }
        : { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } };
    });
    const [jane, mo, member] = await Promise.allSettled([
      tenant.person(JANE),
      tenant.person(MO),
      tenant.isMember(JANE),
    ]);
    expect(jane).toMatchObject({ value: { id: JANE } });
    expect(mo).toMatchObject({ value: null });
    expect((member as PromiseRejectedResult).reason).toMatchObject({ kind: 'unavailable', code: 'GRAPH_UNAVAILABLE' });
  });

  it.each<[string, Said, string]>([
    ['a 404 of Graph', notFound, 'GRAPH_UNEXPECTED_ANSWER'],
    ['a 404 of a proxy', { status: 404, body: '<html>' }, 'GRAPH_UNEXPECTED_ANSWER'],
    ['a page that says 200', { status: 200, body: '<html>' }, 'GRAPH_UNEXPECTED_ANSWER'],
    ['an answer without the parts', { body: { responses: [] } }, 'GRAPH_UNEXPECTED_ANSWER'],
    ['a 503', graphError(503, 'serviceNotAvailable'), 'GRAPH_UNAVAILABLE'],
    ['a pause', graphError(429, 'TooManyRequests', 'w', { 'retry-after': '90' }), 'GRAPH_THROTTLED'],
  ])('are no "not found" when the batch itself fails: %s', async (_, said, code) => {
    const { tenant } = fake(() => said, {}, { batches: 'whole' });
    const failures: TenantError[] = await Promise.all(
      [tenant.person(JANE), tenant.person(MO), tenant.isMember(JANE)].map(failureOf),
    );
    for (const error of failures) expect(error.code).toBe(code);
  });

  it('whose token is refused get a fresh one, together', async () => {
    let first = true;
    const { tenant, seen, tokens } = fake(
      (request) => {
        if (first) {
          first = false;
          return { status: 401 };
        }
        return whole((url) => ({ body: user(idIn(url)) }))(request);
      },
      {},
      { batches: 'whole' },
    );
    await Promise.all([tenant.person(JANE), tenant.person(MO)]);
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(tokens.filter(({ not }) => not === 'token-1').length).toBeGreaterThan(0);
  });
});

describe('a gathering', () => {
  const one = (path: string, lane: Try['lane'] = 'click', signal = new AbortController().signal): Try => ({
    call: {
      operation: 'test',
      method: 'GET',
      path,
      repeat: 'read',
      permission: 'p',
      cost: { service: 'directory', units: 1 },
    },
    token: 't',
    lane,
    again: false,
    signal,
  });
  const answer = { status: 200, headers: new Headers(), text: '{}' };

  it('lets a defect of ours through: it is no Graph that is silent', async () => {
    const gather = createGather({ take: async () => undefined }, async () => {
      throw new RangeError('ours');
    });
    const ended = await Promise.allSettled([gather(one('/a')), gather(one('/a')), gather(one('/b'))]);
    for (const each of ended) expect(each).toMatchObject({ status: 'rejected', reason: { message: 'ours' } });
  });

  it('takes the budget for each thing once, in the lane of the first who asks', async () => {
    const taken: string[] = [];
    const gather = createGather(
      { take: async ({ path }, lane) => void taken.push(`${lane} ${path}`) },
      async () => answer,
    );
    await Promise.all([gather(one('/a', 'later')), gather(one('/a', 'click')), gather(one('/b', 'watch'))]);
    expect(taken).toEqual(['click /a', 'watch /b']);
  });

  it('keeps nobody waiting for what the budget holds back, and gives up when nobody waits for it any more', async () => {
    let held: AbortSignal | undefined;
    const take = (call: { path: string }, _lane: unknown, _again: boolean, signal: AbortSignal) => {
      if (call.path !== '/held') return Promise.resolve();
      held = signal;
      return new Promise<void>(() => undefined);
    };
    const gather = createGather({ take }, async () => answer);
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [gather(one('/held', 'click', first.signal)), gather(one('/held', 'click', second.signal))];
    expect(await gather(one('/free'))).toMatchObject({ status: 200 });
    first.abort();
    expect(held?.aborted).toBe(false);
    second.abort();
    expect(held?.aborted).toBe(true);
    for (const each of await Promise.all(waiting)) expect(each).toMatchObject({ silence: { timedOut: true } });
  });
});

test('a read whose connection hangs is tried once more on another, inside its ten seconds', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  try {
    const { tenant, seen } = fake((_, count) => (count === 1 ? undefined : { body: user(JANE) }));
    const found = tenant.person(JANE);
    for (let n = 0; n < 50; n++) {
      jest.advanceTimersByTime(100);
      await new Promise(setImmediate);
    }
    expect((await found)?.id).toBe(JANE);
    expect(seen).toHaveLength(2);
  } finally {
    jest.useRealTimers();
  }
});
