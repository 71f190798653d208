import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Journal } from './journal';

export interface ProductOptions {
  /** Absolute path of the product's bundle. */
  readonly bundle: string;
  /** Everything that the product is told; nothing else of this process's environment reaches it but PATH and the like. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes, appended. */
  readonly logFile: string;
  /** Where it listens: http://127.0.0.1:PORT */
  readonly url: string;
  readonly journal: Pick<Journal, 'addProduct'>;
  /** Told when the product ends without being asked to. */
  readonly onDeath: (how: string) => void;
  /** Told what the product prints. */
  readonly onOutput?: (chunk: Buffer) => void;
}

export interface Product {
  /** Starts it unless it runs, and resolves when it is ready. Rejects, with the end of its output, when it gives up. */
  start(): Promise<void>;
  /** SIGKILL, sent before this returns: no time to say anything. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end; kills it when it has not after 10 s. */
  stop(): Promise<void>;
  ready(): Promise<boolean>;
  /** It was ready when it was last started, and has not ended since. */
  isUp(): boolean;
  pid(): number | null;
}

const READY_LIMIT = 30_000;
const STOP_LIMIT = 10_000;
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_V8_COVERAGE'];

/** The product as a child process that can be killed and started again, like a host on which it runs. */
export function createProduct(options: ProductOptions): Product {
  const { journal } = options;
  let child: ChildProcess | null = null;
  let asked = false;
  let up = false;
  let tail = '';

  function keep(chunk: Buffer): void {
    tail = (tail + chunk.toString('utf8')).slice(-4_000);
  }

  async function ready(): Promise<boolean> {
    try {
      const answer = await fetch(`${options.url}/readyz`, { signal: AbortSignal.timeout(1_000) });
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  function launch(): ChildProcess {
    const log = createWriteStream(options.logFile, { flags: 'a' });
    const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
    const started = spawn(process.execPath, [options.bundle, 'start', '--no-config'], {
      env: { ...Object.fromEntries(inherited), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pid = started.pid ?? 0;
    tail = '';
    asked = false;
    up = false;
    journal.addProduct({ did: 'started', pid });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', keep);
      if (options.onOutput) stream?.on('data', options.onOutput);
      stream?.pipe(log, { end: false });
    }
    started.once('close', (code, signal) => {
      log.end();
      if (child === started) child = null;
      if (child === null) up = false;
      if (asked) return;
      journal.addProduct({ did: 'died', pid });
      options.onDeath(signal ?? `exit code ${code}`);
    });
    // A bundle that cannot be started at all; `close` follows.
    started.once('error', (error) => keep(Buffer.from(error.message)));
    return started;
  }

  async function end(signal: NodeJS.Signals, did: 'killed' | 'stopped'): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null) return;
    asked = true;
    up = false;
    const gone = once(running, 'close');
    running.kill(signal);
    const force = setTimeout(() => running.kill('SIGKILL'), STOP_LIMIT);
    await gone;
    clearTimeout(force);
    journal.addProduct({ did, pid: running.pid ?? 0 });
  }

  return {
    ready,
    isUp: () => up,
    pid: () => child?.pid ?? null,
    kill: () => end('SIGKILL', 'killed'),
    stop: () => end('SIGTERM', 'stopped'),
    async start() {
      child ??= launch();
      const mine = child;
      const until = Date.now() + READY_LIMIT;
      while (Date.now() < until) {
        if (await ready()) {
          up = child === mine;
          journal.addProduct({ did: 'ready', pid: mine.pid ?? 0 });
          return;
        }
        if (child !== mine) throw new Error(`The product ended while it was starting.\n${tail.trim()}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`The product was not ready after ${READY_LIMIT / 1_000} s.\n${tail.trim()}`);
    },
  };
}
