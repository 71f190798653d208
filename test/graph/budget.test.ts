import fc from 'fast-check';
import type { Lane, TenantError } from '../../bot/workflow/tenant';
import { createBudget } from '../../graph/budget';
import { type Cost, LANES, limitsOf } from '../../graph/budget-limits';
import type { Call } from '../../graph/call';
import { failureOf, fake, graphError, JANE, MO } from './fake-graph';

const call = (units = 1, service: Cost['service'] = 'directory', repeat: Call['repeat'] = 'read'): Call => ({
  operation: 'test',
  method: repeat === 'read' ? 'GET' : 'DELETE',
  path: '/x',
  repeat,
  permission: 'p',
  cost: { service, units },
});

/** A clock that goes on only when somebody sleeps or the test says so. */
function stage(percent?: number) {
  let now = 1_000_000;
  const told: string[] = [];
  const sleeping: { until: number; wake: () => void }[] = [];
  const clock = {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => sleeping.push({ until: now + ms, wake })),
  };
  const budget = createBudget(clock, percent, (lane, what) => told.push(`${lane} ${what}`));
  const never = new AbortController().signal;
  return {
    budget,
    told,
    now: () => now,
    take: (lane: Lane, one: Call = call()) => budget.take(one, lane, false, never),
    async advance(ms: number) {
      now += ms;
      for (const each of sleeping.splice(0)) {
        if (each.until <= now) each.wake();
        else sleeping.push(each);
      }
      await new Promise(setImmediate);
    },
  };
}

async function notNow(work: Promise<void>): Promise<TenantError> {
  const error = await failureOf(work);
  expect(error).toMatchObject({ kind: 'throttled', code: 'GRAPH_NOT_NOW' });
  return error;
}

test('a quarter of what Microsoft documents is the limit, also where that is less than one; exits have all of it', () => {
  expect(limitsOf(25)).toEqual({
    units: { most: 875, whole: 3_500, least: 1, within: 10_000 },
    writes: { most: 750, whole: 3_000, least: 1, within: 150_000 },
    conditionalAccess: { most: 3, whole: 3, least: 1, within: 12_000 },
    auditLog: { most: 2, whole: 5, least: 2, within: 10_000 },
  });
});

test('no ten seconds ever have more than the share when it is not an exit, nor more than the whole, whatever is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          after: fc.integer({ min: 0, max: 4_000 }),
          units: fc.integer({ min: 1, max: 400 }),
          lane: fc.constantFrom(...LANES),
        }),
        { minLength: 5, maxLength: 60 },
      ),
      async (asked) => {
        const { take, advance, now } = stage();
        const made: { at: number; units: number; lane: Lane }[] = [];
        for (const { after, units, lane } of asked) {
          await advance(after);
          void take(lane, call(units)).then(
            () => made.push({ at: now(), units, lane }),
            () => undefined,
          );
          await new Promise(setImmediate);
        }
        for (const [index, { at, lane }] of made.entries()) {
          const before = made.slice(0, index + 1).filter((one) => at - one.at < 10_000);
          const used = before.reduce((sum, one) => sum + one.units, 0);
          expect(used).toBeLessThanOrEqual(lane === 'exit' ? 3_500 : 875);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('exits get through when nothing else does, and each lane leaves some to those before it', async () => {
  const { take } = stage();
  await take('later', call(437));
  expect((await notNow(take('later'))).detail.retryAfter).toBe(10_000);
  await take('watch', call(612 - 437));
  await notNow(take('watch'));
  await take('click', call(787 - 612));
  await notNow(take('click'));
  await take('exit', call(3_500 - 787));
  await notNow(take('exit'));
});

test('twenty windows that end behind a burst of clicks wait for none of them', async () => {
  const { take, told } = stage();
  for (let n = 0; n < 787; n++) await take('click');
  for (let n = 0; n < 320; n++) await take('exit', call(1, 'directory', n % 5 === 0 ? 'write' : 'read'));
  expect(told).toEqual([]);
});

test('the audit log is read every ten seconds, and a read of several pages to its end', async () => {
  const { take, advance, told } = stage();
  const page = call(0, 'auditLog');
  for (let n = 0; n < 30; n++) {
    await take('watch', page);
    await advance(10_000);
  }
  expect(told).toEqual([]);
  let read = 0;
  const pages = (async () => {
    for (; read < 5; read++) await take('watch', page);
  })();
  for (let n = 0; n < 30; n++) await advance(1_000);
  await pages;
  expect(read).toBe(5);
});

test('whoever waits is let through in the order of the lanes, not of coming', async () => {
  const { take, advance } = stage();
  await take('exit', call(875));
  await advance(9_500);
  const later = failureOf(take('later', call(100)));
  const click = take('click', call(400));
  await advance(600);
  await click;
  // What is left for its lane went to the one before it.
  expect(await later).toMatchObject({ code: 'GRAPH_NOT_NOW' });
});

test('a short wait is waited, a long one is the answer, with when to come again', async () => {
  const { take, advance, told } = stage();
  await take('exit', call(875));
  await advance(7_600);
  expect((await notNow(take('watch'))).detail.retryAfter).toBe(2_400);
  const click = take('click');
  await advance(2_400);
  await click;
  expect(told).toEqual(['watch not-now', 'click waited']);
});

test('writes, Conditional Access and the audit log are counted for themselves', async () => {
  const { take, advance, told } = stage();
  for (let n = 0; n < 2; n++) await take('click', call(0, 'conditionalAccess'));
  await notNow(take('click', call(0, 'conditionalAccess')));
  for (let n = 0; n < 2; n++) await take('watch', call(0, 'auditLog'));
  const third = take('watch', call(0, 'auditLog'));
  expect(told.at(-1)).toBe('watch waited');
  await advance(10_000);
  await third;
  for (let n = 0; n < 675; n++) await take('click', call(0, 'methods', 'write'));
  await notNow(take('click', call(0, 'methods', 'write')));
  await take('exit', call(0, 'methods', 'write'));
});

test('a pause that Graph asks for holds everybody of that service but the exits', async () => {
  const { budget, take, advance } = stage();
  budget.heard('directory', 429, undefined, 30_000);
  for (const lane of ['click', 'watch', 'later'] as const)
    expect((await notNow(take(lane))).detail.retryAfter).toBe(30_000);
  await take('exit');
  await take('click', call(1, 'methods'));
  await advance(30_000);
  await take('later');
});

test('a 503 with a wait is about what was asked for, and holds nobody else', async () => {
  const { budget, take, told } = stage();
  budget.heard('directory', 503, undefined, 120_000);
  await take('click');
  await take('later');
  expect(told).toEqual([]);
});

test('near a limit those who can wait do; at it, only exits go on', async () => {
  const { budget, take, advance } = stage();
  budget.heard('directory', 200, 0.85, undefined);
  await notNow(take('watch'));
  await take('click');
  await advance(10_000);
  await take('watch');
  budget.heard('directory', 200, 1.2, undefined);
  await notNow(take('click'));
  await take('exit');
});

test('a call that is larger than the share goes alone, and not never', async () => {
  const { take, advance } = stage(5);
  await take('later', call(1));
  await notNow(take('later', call(200)));
  await advance(10_000);
  await take('later', call(200));
});

describe('over the wire', () => {
  it('a pause is heard by the next call, which is not sent; an exit is', async () => {
    const { tenant, seen } = fake(({ method }) =>
      method === 'GET' ? graphError(429, 'TooManyRequests', 'w', { 'retry-after': '60' }) : { status: 204 },
    );
    expect(await failureOf(tenant.person(JANE))).toMatchObject({ code: 'GRAPH_THROTTLED' });
    expect(await failureOf(tenant.person(MO))).toMatchObject({ code: 'GRAPH_NOT_NOW', kind: 'throttled' });
    expect(seen).toHaveLength(1);
    expect(await tenant.inLane?.('exit').removeMember(JANE)).toMatchObject({ result: 'removed' });
  });

  it('the throttle header of a good answer slows those who can wait', async () => {
    const { tenant } = fake(() => ({
      body: { id: JANE, userPrincipalName: 'j', '@odata.type': '#microsoft.graph.user' },
      headers: { 'x-ms-throttle-limit-percentage': '0.9' },
    }));
    await tenant.person(JANE);
    expect(await failureOf(tenant.inLane?.('later').person(JANE) ?? Promise.resolve())).toMatchObject({
      code: 'GRAPH_NOT_NOW',
    });
    await tenant.person(JANE);
  });

  it('the share is a setting', async () => {
    const few = fake(() => ({ body: { value: [] } }), { budgetPercent: 5 });
    const lots = Array.from({ length: 400 }, (_, index) => `${String(index).padStart(8, '0')}${JANE.slice(8)}`);
    const found = [...(await few.tenant.passkeys(lots)).values()];
    expect(found.filter((one) => !Array.isArray(one)).length).toBeGreaterThan(200);
  });
});
