import { type MonitorParts, startMonitor, watchOver } from '../../bot/alerts/monitor';
import type { Change } from '../../bot/onboarding/decision';
import { hasOpenWindow, type Onboarding } from '../../bot/onboarding/onboarding';
import { exitOverdue, overdueBy } from '../../bot/onboarding/overdue';
import { toGlance, toRow } from '../../bot/store/onboarding-rows';
import { next, requested, T0 } from '../onboarding/people';
import { FakeClock } from '../workflow/fake-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const open = (more: Partial<Onboarding> = {}): Onboarding => ({
  ...requested(),
  state: 'open',
  approvedBy: { id: 'id-mo', displayName: 'Mo', userPrincipalName: 'mo@northwind.example' } as never,
  openedAt: T0,
  deadline: T0 + HOUR,
  ...more,
});

function stage(active: Onboarding[]) {
  const clock = new FakeClock(T0);
  const lines: Record<string, unknown>[] = [];
  const standings: Parameters<MonitorParts['standing']>[0][] = [];
  const commits: Change[] = [];
  let nextDue: number | null = null;
  let late = false;
  const line = (value: object) => void lines.push(value as Record<string, unknown>);
  const parts: MonitorParts = {
    store: {
      overview: async () => {
        const inGroup = active.filter(hasOpenWindow);
        const outBy = inGroup.map((one) =>
          Math.min(one.deadline ?? 0, one.exit?.startedAt ?? Number.POSITIVE_INFINITY),
        );
        return { open: inGroup.length, firstOutBy: outBy.length > 0 ? Math.min(...outBy) : null, oldestOpenedAt: null };
      },
      windows: async () =>
        active
          .map((one) => toGlance({ ...toRow(one), due_at: null } as Parameters<typeof toGlance>[0]))
          .filter(({ state, openedAt }) => state !== 'closed' && openedAt > 0),
      load: async (id) => active.find((one) => one.id === id) ?? null,
      async commit(previous, change) {
        const at = active.indexOf(previous);
        if (at < 0) return null;
        commits.push(change);
        active[at] = { ...change.next, version: previous.version + 1 };
        return active[at] ?? null;
      },
    },
    outbox: { nextDue: async () => nextDue },
    progress: () => ({ worker: { ageSeconds: 1, late: false }, sweep: { ageSeconds: 7, late } }),
    clock,
    log: { debug: line, info: line, warn: line, error: line },
    standing: (standing) => void standings.push(standing),
  };
  return {
    clock,
    lines,
    standings,
    commits,
    parts,
    owe: (at: number | null) => {
      nextDue = at;
    },
    stall: () => {
      late = true;
    },
  };
}

test('an exit that is not read back two minutes after the deadline is an alert, with one card to each who can act', async () => {
  const on = stage([open()]);
  await on.clock.jump(HOUR + 2 * MINUTE - 1);
  await watchOver(on.parts);
  expect(on.lines).toEqual([]);
  await on.clock.jump(1);
  await watchOver(on.parts);
  expect(on.lines).toEqual([expect.objectContaining({ event: 'exit-overdue', onboarding: 'ONB-1', minutes: 2 })]);
  const alerts = on.commits.flatMap(({ tell }) => tell).filter((one) => 'once' in one);
  expect(alerts).toEqual([
    { once: 'alert', to: { conversation: 'conversation-1' }, key: 'exit-overdue' },
    { once: 'alert', to: { person: 'id-mo' }, key: 'exit-overdue' },
  ]);
  expect(on.commits[0]?.ledger.map(({ event }) => event)).toEqual(['exit-overdue']);

  await on.clock.jump(5 * MINUTE);
  await watchOver(on.parts);
  expect(on.lines).toHaveLength(2);
  expect(on.commits).toHaveLength(1);
});

test('an exit that began before the deadline is late from its own beginning', () => {
  const exit = { outcome: 'completed', startedAt: T0 + MINUTE, startedBy: 'onboard', settleAt: T0 } as const;
  expect(overdueBy(open({ state: 'closing', exit }), T0 + 10 * MINUTE)).toBe(9 * MINUTE);
  expect(overdueBy(open(), T0)).toBe(-HOUR);
});

test('who has left, or never was in, is not overdue', () => {
  const left = { outcome: 'lapsed', startedAt: T0, startedBy: 'onboard', settleAt: T0, leftAt: T0 + 1 } as const;
  expect(exitOverdue(open({ state: 'closing', exit: left }), T0 + 9 * HOUR).ok).toBe(false);
  expect(exitOverdue(requested(), T0 + 9 * HOUR).ok).toBe(false);
  const told = next(exitOverdue(open(), T0 + 2 * HOUR));
  expect(exitOverdue(told, T0 + 3 * HOUR).ok).toBe(false);
  expect(told).toMatchObject({ state: 'open', deadline: T0 + HOUR, findings: ['exit-overdue'] });
});

test('the standing: how many, how late, how long messages wait', async () => {
  const on = stage([open(), open({ id: 'onb-2', deadline: T0 + 30 * MINUTE }), requested()]);
  on.owe(T0 + 40 * MINUTE - 5_000);
  await on.clock.jump(40 * MINUTE);
  await watchOver(on.parts);
  expect(on.standings).toEqual([
    { openWindows: 2, overdueSeconds: 600, outboxLagSeconds: 5, sweepAgeSeconds: 7, workerAgeSeconds: 1 },
  ]);
});

test('a sweep that does not succeed is an alert; a store that does not answer does not end the monitor', async () => {
  const on = stage([]);
  on.stall();
  const broken = { ...on.parts.store, active: async () => Promise.reject(new Error('gone')) };
  const monitor = startMonitor({ ...on.parts, store: broken });
  await on.clock.advance(90_000, 10_000);
  await monitor.stop();
  expect(on.lines.filter(({ event }) => event === 'sweep-late').length).toBeGreaterThan(1);
});
