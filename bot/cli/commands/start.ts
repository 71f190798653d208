import { systemClock } from '../../clock';
import { readConfig } from '../../config';
import { isOpenToAll } from '../../config/secret-file';
import { createLog } from '../../log';
import { type Running, startOnboard } from '../../main';
import { rehearsalClock } from '../../rehearsal-clock';
import { CliError, EXIT } from '../exit-codes';

/** After a signal; a supervisor usually waits 10 to 30 s before it kills. */
const STOP_LIMIT = 15_000;

/** Runs an instance until a signal ends it. Resolves with the exit code. */
export async function start(env: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(env);
  const { credential } = config;
  if (credential.kind === 'certificate' && isOpenToAll(credential.path))
    throw new CliError(
      `${credential.path} holds the private key, and everybody on this machine can read it: chmod 600 it.`,
      EXIT.usage,
    );
  const log = createLog(config.logLevel);
  log.info({ event: 'starting', node: process.version, pid: process.pid });
  if (Number(process.versions.node.split('.')[0]) < 22)
    log.warn({ event: 'node-too-old', hint: 'Node 20 gets no security fixes any more; run Node 24' });
  if (config.policy.protectedIds.length === 0)
    log.warn({ event: 'nobody-protected', hint: 'list the break-glass accounts in PROTECTED_IDS' });

  const clock = config.rehearsalClockFile ? rehearsalClock(config.rehearsalClockFile) : systemClock;
  const ended = signalled();
  // A fault that nobody caught leaves an unknown state behind. The next start recovers from the store; going on would not.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      log.fatal({ event: 'fault', error });
      process.exit(EXIT.failed);
    });
  }

  let running: Running;
  try {
    running = await startOnboard({ config, clock, log });
  } catch (error) {
    throw explain(error, config.host, config.port);
  }
  const failed = running.ready.then(
    () => new Promise<never>(() => undefined),
    () => 'start-failed' as const,
  );
  const why = await Promise.race([ended, failed]);
  log.info({ event: 'stopping', why });
  const late = setTimeout(() => {
    log.error({ event: 'stop-timed-out', hint: 'what was cut off is taken up after the next start' });
    process.exit(EXIT.failed);
  }, STOP_LIMIT);
  late.unref();
  await running.stop();
  return why === 'start-failed' ? EXIT.failed : EXIT.done;
}

/** The first signal asks to stop; a second one does not wait. */
function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(EXIT.failed);
        asked = true;
        resolve(signal);
      });
    }
  });
}

function explain(error: unknown, host: string, port: number): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new CliError(`Port ${port} on ${host} is in use: stop what listens there, or set PORT to another one.`);
    case 'EACCES':
      return new CliError(`Port ${port} on ${host} may not be used by this account: set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CliError(`HOST ${host} is no address of this machine.`);
    default:
      return error;
  }
}
