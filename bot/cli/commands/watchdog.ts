import { createTenant } from '../../../graph/index';
import { tapLog } from '../../alerts/tap';
import { systemClock } from '../../clock';
import { createLog } from '../../log';
import { createOutlet, readWebhook } from '../../main/outlet';
import { rehearsalClock } from '../../rehearsal-clock';
import { readWatchdogConfig } from '../../watchdog/config';
import { askHealth } from '../../watchdog/health';
import { createMemory } from '../../watchdog/memory';
import { watchForEver, watchOnce } from '../../watchdog/run';
import { createWatchdog } from '../../watchdog/watchdog';
import { EXIT } from '../exit-codes';

/** That the product is gone must get through; a scheduler's run has no other moment for it, ms. */
const LAST_WORDS = 15_000;

/**
 * Watches the product from another host, and empties the group when it has been silent for too long. Resolves with the
 * exit code; without `once`, when a signal has ended it.
 */
export async function watchdog(env: NodeJS.ProcessEnv, once: boolean): Promise<number> {
  const config = readWatchdogConfig(env);
  const webhook = readWebhook(config.alertWebhook);
  const bare = createLog(config.logLevel);
  const clock = config.rehearsalClockFile ? rehearsalClock(config.rehearsalClockFile) : systemClock;
  const { log, attach } = tapLog(bare, () => clock.now());
  const outlet = createOutlet(webhook, undefined, bare);
  attach(outlet.raise);
  const dog = createWatchdog({
    health: () => askHealth(config.healthUrls),
    group: createTenant(config, log, { clock }),
    memory: createMemory(config.stateFile),
    clock,
    log,
    alert: (code, detail) => log.error({ event: code, ...detail }),
    limit: config.silence,
    mostMembers: config.mostMembers,
  });
  if (once) {
    const standing = await watchOnce(dog, clock);
    await outlet.stop(LAST_WORDS);
    if (standing === 'empty') return EXIT.acted;
    if (standing === 'unfinished') return EXIT.unfinished;
    // A run that forgets would never get to the end of its count.
    return dog.remembers() ? EXIT.done : EXIT.failed;
  }

  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  log.info({ event: 'watchdog-watching', silenceMinutes: config.silence / 60_000, pollSeconds: config.poll / 1_000 });
  await watchForEver(dog, clock, { poll: config.poll }, ending.signal);
  await outlet.stop(LAST_WORDS);
  log.info({ event: 'stopped' });
  return EXIT.done;
}
