import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Health } from '../../bot/watchdog/health';
import { createMemory } from '../../bot/watchdog/memory';
import { watchForEver, watchOnce } from '../../bot/watchdog/run';
import { createWatchdog } from '../../bot/watchdog/watchdog';
import { TenantError, type TenantErrorKind } from '../../bot/workflow/tenant';
import { FakeClock, settle } from '../workflow/fake-clock';

const MINUTE = 60_000;
const directory = mkdtempSync(join(tmpdir(), 'onboard-watchdog-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let files = 0;

/** A group with people in it, a product that may be silent, and a watchdog that can be restarted. */
function stage() {
  const clock = new FakeClock(1_800_000_000_000);
  const file = join(directory, `state-${++files}.json`);
  const members = new Set(['jane', 'ada', 'sam']);
  const revoked: string[] = [];
  const alerts: { code: string; detail: Record<string, unknown> }[] = [];
  const broken: { members?: TenantErrorKind; remove?: TenantErrorKind; revoke?: TenantErrorKind } = {};
  const events: string[] = [];
  let reads = 0;
  const fail = (operation: keyof typeof broken) => {
    const kind = broken[operation];
    if (kind) throw new TenantError(kind, `TEST_${kind.toUpperCase()}`, operation, 'a hint');
  };
  const product = { health: 'well' as Health };
  const line = (value: object) => void events.push((value as { event: string }).event);
  const make = () =>
    createWatchdog({
      health: async () => product.health,
      group: {
        async members() {
          reads++;
          fail('members');
          return [...members];
        },
        async removeMember(id) {
          fail('remove');
          members.delete(id);
          return { result: 'removed', tenantTime: clock.now() };
        },
        async revokeSessions(id) {
          fail('revoke');
          revoked.push(id);
        },
      },
      memory: createMemory(file),
      clock,
      log: { debug: line, info: line, warn: line, error: line },
      alert: (code, detail) => void alerts.push({ code, detail: { ...detail } }),
      limit: 10 * MINUTE,
      mostMembers: 50,
    });

  const ends: AbortController[] = [];
  const start = () => {
    const end = new AbortController();
    ends.push(end);
    const over = watchForEver(make(), clock, { poll: 30_000 }, end.signal);
    return async () => {
      end.abort();
      await over;
    };
  };
  const codes = () => alerts.map(({ code }) => code);
  return {
    clock,
    file,
    members,
    revoked,
    alerts,
    codes,
    events,
    broken,
    product,
    make,
    start,
    reads: () => reads,
    endAll: () => ends.map((each) => each.abort()),
  };
}

let on: ReturnType<typeof stage>;
beforeEach(() => {
  on = stage();
});
afterEach(async () => {
  on.endAll();
  await settle();
});

test('the product falls silent for good: within the bound everybody is out, their sessions are revoked, and it says so', async () => {
  on.start();
  await on.clock.advance(20 * MINUTE);
  expect(on.members.size).toBe(3);

  on.product.health = 'silent';
  await on.clock.advance(9.5 * MINUTE);
  expect([...on.members]).toEqual(['jane', 'ada', 'sam']);
  await on.clock.advance(1.5 * MINUTE);
  expect([...on.members]).toEqual([]);
  expect([...on.revoked].sort()).toEqual(['ada', 'jane', 'sam']);
  expect(on.alerts).toEqual([
    {
      code: 'watchdog-acted',
      detail: {
        removed: expect.arrayContaining(['ada', 'jane', 'sam']),
        left: [],
        sessionsRevoked: 3,
        sessionsOwed: 0,
        sessionsDenied: 0,
      },
    },
  ]);
});

test('it stays at it: whoever comes in later is taken out, until the product is heard again', async () => {
  on.product.health = 'silent';
  on.start();
  await on.clock.advance(11 * MINUTE);
  on.members.add('late');
  await on.clock.advance(MINUTE);
  expect([...on.members]).toEqual([]);
  expect(on.codes()).toEqual(['watchdog-acted', 'watchdog-acted']);

  on.product.health = 'well';
  await on.clock.advance(MINUTE);
  on.members.add('window of the living product');
  await on.clock.advance(30 * MINUTE);
  expect(on.members.size).toBe(1);
  expect(on.events).toContain('watchdog-heard');
});

test('a missed look now and then does nothing', async () => {
  on.start();
  for (let hour = 0; hour < 4; hour++) {
    on.product.health = 'silent';
    await on.clock.advance(9 * MINUTE, 30_000);
    on.product.health = 'well';
    await on.clock.advance(MINUTE, 30_000);
  }
  expect(on.members.size).toBe(3);
  expect(on.alerts).toEqual([]);
});

test('a restart does not forget since when it is silent', async () => {
  on.product.health = 'silent';
  const stop = on.start();
  await on.clock.advance(7 * MINUTE);
  await stop();
  await on.clock.advance(MINUTE);
  on.start();
  await on.clock.advance(2.5 * MINUTE);
  expect([...on.members]).toEqual([]);
});

test('a state file that is gone or spoilt costs one limit, and nothing else', async () => {
  on.product.health = 'silent';
  const stop = on.start();
  await on.clock.advance(9 * MINUTE);
  await stop();
  writeFileSync(on.file, '{"watch":{"lookedAt":1e99,"silentFor":"long"}');
  on.start();
  await on.clock.advance(9 * MINUTE);
  expect(on.members.size).toBe(3);
  await on.clock.advance(1.5 * MINUTE);
  expect(on.members.size).toBe(0);
});

test('a state that cannot be saved is told, and the running watchdog still acts', async () => {
  writeFileSync(join(directory, 'a-file'), '');
  const dog = createWatchdog({
    health: async () => 'silent',
    group: {
      members: async () => [...on.members],
      async removeMember(id) {
        on.members.delete(id);
        return { result: 'removed', tenantTime: 0 };
      },
      revokeSessions: async () => undefined,
    },
    memory: createMemory(join(directory, 'a-file', 'state.json')),
    clock: on.clock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    alert: (code, detail) => void on.alerts.push({ code, detail: { ...detail } }),
    limit: 10 * MINUTE,
    mostMembers: 50,
  });
  for (const _ of Array.from({ length: 3 })) {
    const round = dog.round();
    await on.clock.advance(5 * MINUTE);
    await round;
  }
  expect(on.members.size).toBe(0);
  expect(dog.remembers()).toBe(false);
  expect(on.codes()).toContain('watchdog-state-not-saved');
});

describe('an instance that answers but cannot reach its Graph', () => {
  test('is silence where the watchdog can reach Graph', async () => {
    on.product.health = 'blind';
    on.start();
    await on.clock.advance(11 * MINUTE);
    expect(on.members.size).toBe(0);
  });

  test('is none where Graph is gone for both, however long; nobody is taken out when it comes back', async () => {
    on.product.health = 'blind';
    on.broken.members = 'unavailable';
    on.start();
    await on.clock.advance(60 * MINUTE, 5_000);
    on.broken.members = undefined;
    await on.clock.advance(2 * MINUTE);
    on.product.health = 'well';
    await on.clock.advance(20 * MINUTE, 5_000);
    expect(on.members.size).toBe(3);
    expect(on.events).toContain('watchdog-tenant-unreachable');
  });
});

describe('when something does not work', () => {
  test('a dead product and a dead Graph: it goes on, and acts as soon as Graph answers', async () => {
    on.product.health = 'silent';
    on.broken.members = 'unavailable';
    on.start();
    await on.clock.advance(60 * MINUTE, 5_000);
    expect(on.codes()).toContain('watchdog-cannot-act');
    on.broken.members = undefined;
    await on.clock.advance(10_000);
    await on.clock.advance(10_000);
    expect(on.members.size).toBe(0);
    expect(on.codes().at(-1)).toBe('watchdog-acted');
  });

  test('a missing right to take people out is told with its hint, and tried again', async () => {
    on.product.health = 'silent';
    on.broken.remove = 'denied';
    on.start();
    await on.clock.advance(11 * MINUTE);
    expect(on.alerts.find(({ code }) => code === 'watchdog-unfinished')?.detail).toMatchObject({
      removed: [],
      left: ['jane', 'ada', 'sam'],
      code: 'TEST_DENIED',
      hint: 'a hint',
    });
    on.broken.remove = undefined;
    await on.clock.advance(MINUTE);
    expect(on.members.size).toBe(0);
  });

  test('without the right to revoke it takes them out all the same, and says whose sessions live on', async () => {
    on.product.health = 'silent';
    on.broken.revoke = 'denied';
    on.start();
    await on.clock.advance(11 * MINUTE);
    expect(on.members.size).toBe(0);
    expect(on.alerts.at(-1)).toMatchObject({
      code: 'watchdog-acted',
      detail: { sessionsRevoked: 0, sessionsDenied: 3 },
    });
  });

  test('sessions that could not be revoked are owed, over a restart and after the product is back', async () => {
    on.product.health = 'silent';
    on.broken.revoke = 'unavailable';
    const stop = on.start();
    await on.clock.advance(11 * MINUTE);
    expect(on.members.size).toBe(0);
    await stop();
    expect(JSON.parse(readFileSync(on.file, 'utf8')).owed).toHaveLength(3);
    on.product.health = 'well';
    on.broken.revoke = undefined;
    on.start();
    await on.clock.advance(MINUTE);
    expect(on.revoked).toHaveLength(3);
    expect(JSON.parse(readFileSync(on.file, 'utf8')).owed).toEqual([]);
  });

  test('a group that is too large is another one: it is left alone', async () => {
    for (let n = 0; n < 60; n++) on.members.add(`employee ${n}`);
    on.product.health = 'silent';
    on.start();
    await on.clock.advance(20 * MINUTE);
    expect(on.members.size).toBe(63);
    expect(new Set(on.codes())).toEqual(new Set(['watchdog-group-looks-wrong']));
  });

  test('a credential that ran out is told while there is still time', async () => {
    on.broken.members = 'denied';
    on.start();
    await on.clock.advance(61 * MINUTE, 10_000);
    expect(on.codes()).toEqual(['watchdog-cannot-read', 'watchdog-cannot-read']);
  });
});

describe('run by a scheduler', () => {
  const run = async () => {
    const over = watchOnce(on.make(), on.clock);
    await on.clock.advance(10_000);
    return over;
  };

  test('it counts from run to run, and acts', async () => {
    expect(await run()).toBe('well');
    expect(existsSync(on.file)).toBe(false);
    on.product.health = 'silent';
    const standings: string[] = [];
    for (let n = 0; n < 12; n++) {
      standings.push(await run());
      await on.clock.advance(50_000);
    }
    expect(standings).toEqual([...Array.from({ length: 10 }, () => 'counting'), 'empty', 'empty']);
    expect(on.members.size).toBe(0);
  });

  test('every five minutes is often enough, every hour is not', async () => {
    on.product.health = 'silent';
    for (let n = 0; n < 20; n++) {
      await run();
      await on.clock.jump(60 * MINUTE);
    }
    expect(on.members.size).toBe(3);
    for (let n = 0; n < 3; n++) {
      await run();
      await on.clock.jump(5 * MINUTE);
    }
    expect(on.members.size).toBe(0);
  });

  test('nobody else may read whose sessions are owed', async () => {
    on.product.health = 'silent';
    await run();
    expect(statSync(on.file).mode & 0o077).toBe(0);
  });
});
