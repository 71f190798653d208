import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Names under which a secret would arrive if somebody logged a body, a header or an SDK's object by mistake. */
const SECRETS = [
  'temporaryAccessPass',
  'pass',
  'password',
  'secret',
  'clientSecret',
  'token',
  'accessToken',
  'access_token',
  'client_secret',
  'client_assertion',
  'authorization',
  'Authorization',
  'cookie',
];

/**
 * JSON lines on standard output, written before the call returns so that a kill loses none. Every line has a stable
 * `event` code. Secrets are kept out by type (`Pass` prints `[redacted]`); redaction by name is a second belt and
 * reaches three levels, because pino has no deep wildcard.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination({ dest: 1, sync: true })) {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      serializers: { err: describeError, error: describeError },
    },
    destination,
  );
}

/** The same stream at level `info`, whatever the level of the log: for what must be there, like the ledger's head. */
export function witnessOf(log: Logger): Logger {
  return log.child({}, { level: 'info' });
}

/** Only what an operator needs of an error: SDK errors carry requests, headers and bodies as properties of their own. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  const { code } = error as { code?: unknown };
  return { name, message, ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}), stack };
}
