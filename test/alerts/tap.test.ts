import type { Alert } from '../../bot/alerts/alert';
import { tapLog } from '../../bot/alerts/tap';
import { createLog } from '../../bot/log';

function stage(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const bare = createLog(level, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const tap = tapLog(bare, () => 5);
  const alerts: Alert[] = [];
  return { lines, tap, alerts, sink: (alert: Alert) => void alerts.push(alert) };
}

test('writing the line raises the alert, whoever writes it', () => {
  const { lines, tap, alerts, sink } = stage();
  tap.attach(sink);
  tap.log.error({ event: 'sweep-removes', onboarding: 'ONB-3' });
  tap.log.warn({ event: 'many-requests', max: 20 });
  tap.log.error({ event: 'no-such-code' });
  tap.log.info('words');
  expect(lines.map(({ event }) => event)).toEqual(['sweep-removes', 'many-requests', 'no-such-code', undefined]);
  expect(alerts).toEqual([
    { code: 'sweep-removes', at: 5, detail: { onboarding: 'ONB-3' } },
    { code: 'many-requests', at: 5, detail: { max: 20 } },
  ]);
});

test('what was raised before anybody listened is handed over', () => {
  const { tap, alerts, sink } = stage();
  tap.log.error({ event: 'store-restored', why: 'backup' });
  expect(alerts).toEqual([]);
  tap.attach(sink);
  expect(alerts.map(({ code }) => code)).toEqual(['store-restored']);
});

test('a silent log still alerts, and redaction still works', () => {
  const silent = stage('silent');
  silent.tap.attach(silent.sink);
  silent.tap.log.error({ event: 'sweep-late' });
  expect([silent.lines.length, silent.alerts.length]).toEqual([0, 1]);
  const loud = stage();
  loud.tap.log.error({ event: 'step-broken', secret: 'x' });
  expect(loud.lines[0]?.secret).toBe('[redacted]');
});
