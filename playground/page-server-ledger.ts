import { execFile } from 'node:child_process';
import type { Route } from './http';
import type { LedgerView } from './page-server-types';

/** An export is a process of its own; no more often than this, however many pages ask. */
const THROTTLE_MS = 2_000;
const LIMIT_MS = 10_000;
/** The newest lines are shown. */
const SHOWN = 60;

export interface LedgerOptions {
  /** Absolute path of the product's bundle. */
  readonly bundle: string;
  /** The product's configuration. */
  readonly env: Readonly<Record<string, string>>;
}

/** Reads the lines that `onboard ledger export` prints; what is no JSON is left out. Newest first. */
export function readExport(text: string): unknown[] {
  return text
    .split('\n')
    .flatMap((line) => {
      try {
        return line.trim() === '' ? [] : [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    })
    .slice(-SHOWN)
    .reverse();
}

/** `GET /control/ledger`: the ledger as the product's own command exports it. Works while the product is dead, too. */
export function ledgerRoutes({ bundle, env }: LedgerOptions): Route[] {
  let running: Promise<LedgerView> | null = null;
  let last: { readonly at: number; readonly view: LedgerView } | null = null;

  function exported(): Promise<LedgerView> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [bundle, 'ledger', 'export'],
        {
          env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
          timeout: LIMIT_MS,
          maxBuffer: 16 * 1_048_576,
        },
        (error, stdout, stderr) =>
          resolve(
            error
              ? { lines: [], problem: stderr.trim().split('\n').at(-1) || error.message }
              : { lines: readExport(stdout), problem: null },
          ),
      );
    });
  }

  async function view(): Promise<LedgerView> {
    if (last && performance.now() - last.at < THROTTLE_MS) return last.view;
    running ??= exported().finally(() => {
      running = null;
    });
    const found = await running;
    last = { at: performance.now(), view: found };
    return found;
  }

  return [
    {
      method: 'GET',
      pattern: /^\/control\/ledger$/,
      handler: async () => ({ status: 200, body: await view() }),
    },
  ];
}
