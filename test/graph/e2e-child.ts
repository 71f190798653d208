import { createInterface } from 'node:readline';
import { createCredential, createTenant, type GraphSettings } from '../../graph';

/**
 * The Graph adapter alone in a process of its own, with the real identity library, the real SDK and Node's own fetch,
 * which takes its extra authority from NODE_EXTRA_CA_CERTS at start. One line of JSON in, one line out.
 */

interface Ask {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

const settings = JSON.parse(process.env.E2E_SETTINGS ?? '{}') as GraphSettings;
const logged: string[] = [];
const log = (fields: object, message: string) => void logged.push(JSON.stringify(fields) + message);
let credential = createCredential(settings);
let tenant = createTenant(settings, { debug: log, warn: log }, { credential });

const extra: Record<string, (...args: never[]) => unknown> = {
  log: () => logged,
  /** Forgets tokens, as a restart does. */
  restart: () => {
    credential = createCredential(settings);
    tenant = createTenant(settings, { debug: log, warn: log }, { credential });
  },
  token: (scope: string) => credential.tokenFor(scope),
  createPass: (id: string, minutes: number) => tenant.createPass(id, minutes, AbortSignal.timeout(5_000)),
};

function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Error) return { ...value, name: value.name, message: value.message };
  return value;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, args } = JSON.parse(line) as Ask;
  const call = (extra[method] ?? Reflect.get(tenant, method)) as (...args: readonly unknown[]) => unknown;
  Promise.resolve()
    .then(() => call(...args))
    .then(
      (value) => ({ id, value }),
      (error: unknown) => ({ id, error }),
    )
    .then((answer) => process.stdout.write(`${JSON.stringify(answer, plain)}\n`))
    .catch(() => process.exit(1));
});
