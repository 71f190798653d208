import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WatchdogRound } from './contract';
import type { Route } from './http';

const LIMIT_MS = 20_000;

/** What an administrator gives the watchdog on its own host; nothing of the product's store is among it. */
const SAME = [
  'TENANT_ID',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'ONBOARDING_GROUP_ID',
  'AUTHORITY_HOST',
  'GRAPH_BASE_URL',
  'NODE_EXTRA_CA_CERTS',
  'REHEARSAL_CLOCK_FILE',
];

export interface WatchdogOptions {
  /** Absolute path of the product's bundle. */
  readonly bundle: string;
  /** The product's configuration. */
  readonly env: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly productUrl: string;
}

/** `POST /control/watchdog`: one round of `onboard watchdog --once`, as a scheduler on another host runs it. */
export function watchdogRoutes({ bundle, env, dataDir, productUrl }: WatchdogOptions): Route[] {
  const mine: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...Object.fromEntries(SAME.map((key) => [key, env[key]])),
    WATCHDOG_HEALTH_URL: `${productUrl}/healthz`,
    WATCHDOG_STATE_FILE: join(dataDir, 'watchdog.json'),
  };
  let last: Promise<unknown> = Promise.resolve();

  const round = (): Promise<WatchdogRound> =>
    new Promise((resolve) =>
      execFile(
        process.execPath,
        [bundle, '--no-config', 'watchdog', '--once'],
        { cwd: tmpdir(), env: mine, timeout: LIMIT_MS },
        (error) => resolve({ code: error ? (typeof error.code === 'number' ? error.code : 1) : 0 }),
      ),
    );

  return [
    {
      method: 'POST',
      pattern: /^\/control\/watchdog$/,
      handler: async () => {
        const mineNow = last.then(round);
        last = mineNow;
        return { status: 200, body: await mineNow };
      },
    },
  ];
}
