import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ALERT_CODES, type AlertCode } from './codes';

/** What is counted and measured. Labels are codes and operations, never a person, an onboarding or a path. */
export interface Metrics {
  alert(code: AlertCode): void;
  alertLost(): void;
  /** `status` 0: no answer came. */
  graphRequest(operation: string, status: number, ms: number): void;
  /** A call that waited for the tenant's budget, or was not to be made now. */
  graphBudget(lane: string, what: 'waited' | 'not-now'): void;
  refusal(code: string): void;
  /** An activity that was turned away before anything was done. */
  turnedAway(why: string): void;
  /** An answer in the four hundreds, whatever it was to. */
  httpRefusal(status: number): void;
  /** A message on its way out: `sent`, `edited`, or the code of its failure. */
  delivery(what: string): void;
  mint(ms: number): void;
  showPass(ms: number): void;
  standing(standing: Standing): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

export interface Standing {
  readonly openWindows: number;
  /** How long the oldest exit is past its deadline, seconds; 0 when none is. */
  readonly overdueSeconds: number;
  /** How long the oldest message has been waiting for delivery, seconds. */
  readonly outboxLagSeconds: number;
  readonly sweepAgeSeconds: number;
  readonly workerAgeSeconds: number;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry, prefix: 'onboard_' });
  const gauge = (name: string, help: string) => new Gauge({ name: `onboard_${name}`, help, registers });

  const gauges: Readonly<Record<keyof Standing, Gauge>> = {
    openWindows: gauge('open_windows', 'People whose window is open'),
    overdueSeconds: gauge('overdue_exit_seconds', 'How long the oldest exit is past its deadline'),
    outboxLagSeconds: gauge('outbox_lag_seconds', 'How long the oldest message waits for its delivery'),
    sweepAgeSeconds: gauge('sweep_age_seconds', 'Since the group was last compared with the windows'),
    workerAgeSeconds: gauge('worker_age_seconds', 'Since the worker last asked what is due'),
  };
  const alerts = new Counter({ name: 'onboard_alerts_total', help: 'Alerts', labelNames: ['code'], registers });
  for (const code of ALERT_CODES) alerts.inc({ code }, 0);
  const lost = new Counter({
    name: 'onboard_alerts_undelivered_total',
    help: 'Alerts that the webhook did not take',
    registers,
  });
  const graph = new Counter({
    name: 'onboard_graph_requests_total',
    help: 'Requests to Microsoft Graph; status 0 is no answer',
    labelNames: ['operation', 'status'],
    registers,
  });
  const budget = new Counter({
    name: 'onboard_graph_budget_total',
    help: 'Calls to Microsoft Graph that the budget made wait, or did not let through now; by lane',
    labelNames: ['lane', 'what'],
    registers,
  });
  const histogram = (name: string, help: string) =>
    new Histogram({ name: `onboard_${name}`, help, registers, buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 30] });
  const graphTime = histogram('graph_request_seconds', 'Time until Microsoft Graph answered');
  const refusals = new Counter({
    name: 'onboard_refusals_total',
    help: 'What people were refused',
    labelNames: ['code'],
    registers,
  });
  const counter = (name: string, help: string, label: string) =>
    new Counter({ name: `onboard_${name}`, help, labelNames: [label], registers });
  const away = counter('activities_refused_total', 'Activities that were turned away before anything was done', 'why');
  const http = counter('http_refusals_total', 'Requests that were answered with a status from 400 to 499', 'status');
  const deliveries = counter('deliveries_total', 'Messages to Teams: sent, edited, or why not', 'what');
  const mints = histogram('mint_seconds', 'Time to make a pass');
  const shows = histogram('show_pass_seconds', 'From the click to the answer with the pass');

  return {
    alert: (code) => alerts.inc({ code }),
    alertLost: () => lost.inc(),
    graphRequest(operation, status, ms) {
      graph.inc({ operation, status: String(status) });
      graphTime.observe(ms / 1_000);
    },
    graphBudget: (lane, what) => budget.inc({ lane, what }),
    refusal: (code) => refusals.inc({ code }),
    turnedAway: (why) => away.inc({ why }),
    httpRefusal: (status) => http.inc({ status: String(status) }),
    delivery: (what) => deliveries.inc({ what }),
    mint: (ms) => mints.observe(ms / 1_000),
    showPass: (ms) => shows.observe(ms / 1_000),
    standing(standing) {
      for (const [name, one] of Object.entries(gauges)) one.set(standing[name as keyof Standing]);
    },
    text: () => registry.metrics(),
  };
}
