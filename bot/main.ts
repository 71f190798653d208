import { tapLog } from './alerts/tap';
import type { Clock } from './clock';
import type { Config } from './config';
import { serviceUrlAllowed } from './config/service-urls';
import type { Guide } from './guide/guide';
import type { Logger } from './log';
import { endRestored } from './main/end-restored';
import { setLanguages } from './main/languages';
import type { Observation } from './main/observe';
import { openPlace } from './main/open-place';
import { readWebhook } from './main/outlet';
import { createProgress } from './main/progress';
import { startRetention } from './main/retention';
import { acceptedRoutes } from './onboarding/routes';
import { createServer, type MessageHandler } from './server';
import type { OpenStore } from './store/open-store';

export interface StartOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
}

/** An instance at work. */
export interface Running {
  /** The port that was bound; differs from the configured one when that was 0. */
  readonly port: number;
  /** Resolves when the conversation is loaded and the first sweep was made; rejects when either never can be. */
  readonly ready: Promise<void>;
  /** Finishes what is under way or leaves it to the next start, then closes everything. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Puts the product together. Listening comes first and the heavy parts after it, so that a restart is felt for half a
 * second; activities that arrive meanwhile wait. Exits need neither Teams nor its SDK, so the worker starts before the
 * conversation is loaded.
 *
 * @throws ConfigError, InstanceLockedError, StoreError, or the socket's error; nothing is left open then.
 */
export async function startOnboard({ config, clock, log: bare }: StartOptions): Promise<Running> {
  const tap = tapLog(bare, () => clock.now());
  const { log } = tap;
  const webhook = readWebhook(config.alertWebhook);
  setLanguages(config);
  const open = await openPlace(config, clock, log);
  let give: (handler: MessageHandler) => void = () => undefined;
  const messages = new Promise<MessageHandler>((resolve) => {
    give = resolve;
  });
  let giveGuide: (guide: Guide) => void = () => undefined;
  const guide = new Promise<Guide>((resolve) => {
    giveGuide = resolve;
  });
  const waiting = new Set(['conversation', 'sweep']);
  const progress = createProgress(config.sweepEvery);
  let observation: Observation | undefined;
  const server = createServer({
    messages,
    guide,
    waitingFor: () => [...waiting],
    progress: progress.read,
    metrics: {
      ...(config.metricsToken ? { token: config.metricsToken } : {}),
      text: async () => observation?.metrics.text(),
    },
    onRefusal: (status) => observation?.metrics.httpRefusal(status),
    log,
  });

  const closers: (() => Promise<void>)[] = [() => open.close(), () => server.close()];
  let port: number;
  try {
    port = await server.listen(config.host, config.port);
  } catch (error) {
    await open.close();
    throw error;
  }
  log.info({ event: 'listening', host: config.host, port });

  const watch = async () => {
    const { observe } = await import('./main/observe');
    observation = observe({ webhook, tap, open, progress, clock, adminIds: config.policy.adminIds });
    return observation;
  };
  const loaded = load({ config, clock, log }, open, watch, give, waiting, closers).then(async (parts) => {
    const { openGuide } = await import('./main/guide-page');
    giveGuide(openGuide(config, open, clock));
    return parts;
  });
  const ready = loaded.then(({ recovered }) => recovered);
  // Whoever does not wait for it is told in the log; without this line the process would end over it.
  ready.catch((error: unknown) => log.error({ event: 'start-failed', error }));

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await loaded.catch(() => undefined);
    for (const close of closers.reverse()) await close().catch((error) => log.error({ event: 'stop-failed', error }));
    log.info({ event: 'stopped' });
  };
  return {
    port,
    ready,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Loads what takes long, in the order in which it matters: the tenant and the way out first, then the conversation. */
async function load(
  { config, clock, log }: StartOptions,
  open: OpenStore,
  watch: () => Promise<Observation>,
  give: (handler: MessageHandler) => void,
  waiting: Set<string>,
  closers: (() => Promise<void>)[],
): Promise<{ readonly recovered: Promise<void> }> {
  let wake: () => void = () => undefined;
  const [{ createTenantWorkflow }, observation] = await Promise.all([import('./main/tenant-workflow'), watch()]);
  closers.unshift(() => observation.stop());
  const { workflow, credential, installApp, preferredLanguage } = createTenantWorkflow(
    config,
    open,
    clock,
    log,
    () => wake(),
    observation.watching,
  );
  await endRestored(open, config.policy, clock, log);
  closers.splice(2, 0, () => workflow.stop());
  workflow.start();
  const stopMonitor = observation.monitor();
  closers.splice(2, 0, stopMonitor);
  const retention = startRetention(open, config.retention, clock, log);
  closers.splice(2, 0, () => retention.stop());

  const { guidePlace } = await import('./main/guide-page');
  const guide = guidePlace(config, open, clock);
  const { createTeams } = await import('./teams/teams');
  const teams = createTeams({
    settings: {
      appId: config.clientId,
      tenantId: config.tenantId,
      channel: config.channel,
      ...(config.localTeams ?? {}),
      allowedServiceUrls: serviceUrlAllowed(config.localTeams?.serviceUrls),
    },
    tokenFor: (scope) => credential.tokenFor(scope),
    onboardings: observation.onboardings(workflow.onboardings),
    outbox: open.outbox,
    rules: { ...config.policy, routes: acceptedRoutes(config.policy.accepted) },
    ...(guide ? { guide } : {}),
    ...(config.ticketPattern ? { ticket: new RegExp(`^(?:${config.ticketPattern})$`, 'iu') } : {}),
    floodLimits: config.floodLimits,
    counts: observation.metrics,
    preferredLanguage,
    ...(installApp ? { installApp } : {}),
    clock,
    log,
  });
  wake = () => teams.wake();
  closers.splice(-1, 0, () => teams.stop());
  teams.start();
  give((request, response) => teams.process(request, response));
  waiting.delete('conversation');

  return {
    recovered: workflow.recovered.then(() => {
      waiting.delete('sweep');
      log.info({ event: 'ready', memoryMb: Math.round(process.memoryUsage().rss / 1_048_576) });
    }),
  };
}
