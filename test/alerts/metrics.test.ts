import { createMetrics } from '../../bot/alerts/metrics';
import { observeOnboardings, observeTenant } from '../../bot/alerts/observe';
import type { Onboardings } from '../../bot/workflow/onboardings';
import type { Tenant } from '../../bot/workflow/tenant';
import { read } from '../project/sources';

const value = (text: string, name: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  );

test('what happened can be read', async () => {
  const metrics = createMetrics();
  metrics.standing({
    openWindows: 3,
    overdueSeconds: 61,
    outboxLagSeconds: 2,
    sweepAgeSeconds: 9,
    workerAgeSeconds: 1,
  });
  metrics.alert('exit-overdue');
  metrics.graphRequest('group.add', 204, 40);
  metrics.graphRequest('group.add', 0, 10_000);
  metrics.refusal('guest');
  metrics.mint(300);
  const text = await metrics.text();
  expect(value(text, 'onboard_open_windows')).toBe(3);
  expect(value(text, 'onboard_overdue_exit_seconds')).toBe(61);
  expect(value(text, 'onboard_alerts_total{code="exit-overdue"}')).toBe(1);
  expect(value(text, 'onboard_alerts_total{code="sweep-late"}')).toBe(0);
  expect(value(text, 'onboard_graph_requests_total{operation="group.add",status="0"}')).toBe(1);
  expect(value(text, 'onboard_refusals_total{code="guest"}')).toBe(1);
  expect(value(text, 'onboard_mint_seconds_count')).toBe(1);
  expect(value(text, 'onboard_mint_seconds_sum')).toBeCloseTo(0.3);
});

test('every metric of ours is in the document, and the document promises no other', async () => {
  const text = await createMetrics().text();
  const ours = [...text.matchAll(/^# TYPE (onboard_\w+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !/^onboard_(process|nodejs)_/.test(name));
  const documented = [...read('docs/running.md').matchAll(/`(onboard_[a-z_]+)`/g)].map(([, name = '']) => name);
  expect([...new Set(documented)].sort()).toEqual([...ours].sort());
});

test('refusals are counted, the pass is timed, and too many requests are an alert', async () => {
  const counted: string[] = [];
  const events: object[] = [];
  const metrics = {
    refusal: (code: string) => void counted.push(code),
    mint: () => void counted.push('mint'),
    showPass: () => void counted.push('show'),
  };
  const log = { debug() {}, info() {}, warn: (line: object) => void events.push(line), error() {} };
  const refused =
    (code: string, more = {}) =>
    async () => ({ kind: 'refused', refusal: { code, ...more } });
  const onboardings = observeOnboardings(
    {
      request: refused('requester-cap', { max: 20 }),
      approve: refused('already-decided'),
      showPass: async () => ({ kind: 'pass' }),
      view: async () => null,
    } as unknown as Onboardings,
    metrics,
    log,
  );
  await onboardings.request({ requester: 'priya', who: { text: 'jane' }, askedIn: 'c' });
  await onboardings.approve({} as never, {} as never);
  await onboardings.showPass({} as never);
  expect(await onboardings.view('x')).toBeNull();
  expect(counted).toEqual(['requester-cap', 'already-decided', 'show']);
  expect(events).toEqual([{ event: 'many-requests', requester: 'priya', why: 'cap', max: 20 }]);

  const tenant = observeTenant(
    { createPass: async () => Promise.reject(new Error('no')), isMember: async () => true } as unknown as Tenant,
    metrics,
  );
  await expect(tenant.createPass('x', 60, AbortSignal.timeout(1_000))).rejects.toThrow('no');
  expect(await tenant.isMember('x')).toBe(true);
  expect(counted.at(-1)).toBe('mint');
});
