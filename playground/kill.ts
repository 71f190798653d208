import { closeSync, existsSync, openSync, readSync, watch } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { KillAt, Seen } from './contract';

/** How long a commit that has begun is watched for its end, ms. It is a write and an fsync. */
const COMMIT_LIMIT = 50;

/**
 * Kills the product at a moment that is known only from outside: when a request of it arrives, when that request has
 * taken effect and is not answered, when it is answered, and around a commit of its embedded database. It also keeps
 * what it saw, so that one run of a story tells the moments of the next.
 */
export interface KillSwitch {
  /** Forgets what was seen and waits for that moment, or for none. It kills once. */
  arm(at: KillAt | null): void;
  seen(): Seen;
  /** Stands in front of a server that the product calls. */
  guard(listener: RequestListener, isProduct?: (path: string) => boolean): RequestListener;
  /** Reads the product's output for heads of its ledger: each is printed after a commit. */
  heard(chunk: Buffer): void;
  /** Watches the embedded database in this directory. */
  watch(dataDir: string): void;
  stop(): void;
}

/** @param kill SIGKILL at once, before it returns. */
export function createKillSwitch(kill: () => void): KillSwitch {
  let armed: KillAt | null = null;
  let met = false;
  let requests: string[] = [];
  let commits: number[] = [0];
  let changes = -1;
  let rest = '';
  let watcher: { close(): void } | undefined;

  function fire(): void {
    armed = null;
    met = true;
    kill();
  }

  /** Transactions since the last head of the ledger. */
  const sinceHead = () => commits.at(-1) ?? 0;
  const isNext = (phase: KillAt['phase']) =>
    armed !== null &&
    'commit' in armed &&
    armed.phase === phase &&
    armed.commit.heads === commits.length - 1 &&
    armed.commit.nth === sinceHead() + 1;

  function written(dataDir: string): void {
    let now = changeCounter(dataDir);
    if (now === changes && isNext('begun')) {
      fire();
      return;
    }
    if (now === changes && isNext('done')) {
      const until = performance.now() + COMMIT_LIMIT;
      while (now === changes && performance.now() < until) now = changeCounter(dataDir);
    }
    if (now === changes) return;
    // A new process starts counting anew.
    for (let left = now > changes && changes >= 0 ? now - changes : 1; left > 0; left--) {
      if (isNext('done') || isNext('begun')) fire();
      commits[commits.length - 1] = sinceHead() + 1;
    }
    changes = now;
  }

  return {
    arm(at) {
      armed = at;
      met = false;
      requests = [];
      commits = [0];
      changes = -1;
    },
    seen: () => ({ met, requests, commits }),
    guard:
      (listener, isProduct = () => true) =>
      (request, response) => {
        const path = request.url ?? '/';
        if (!isProduct(path)) return void listener(request, response);
        const name = `${request.method} ${shapeOf(path)}`;
        requests.push(name);
        const here =
          armed !== null &&
          'request' in armed &&
          armed.request === name &&
          requests.filter((each) => each === name).length === armed.nth
            ? armed.phase
            : null;
        if (here === 'arrives') {
          fire();
          request.socket.destroy();
          return;
        }
        if (here === 'answered') response.once('finish', fire);
        if (here === 'done') {
          const lose = () => {
            if (!met) fire();
            request.socket.destroy();
            return response;
          };
          Object.assign(response, { writeHead: lose, end: lose });
        }
        listener(request, response);
      },
    heard(chunk) {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.includes('"event":"ledger-head"')) continue;
        const last = armed !== null && 'commit' in armed && armed.phase === 'head' && armed.commit.heads;
        commits.push(0);
        if (last === commits.length - 2) fire();
      }
    },
    watch(dataDir) {
      watcher = watch(dataDir, (_event, file) => {
        if (file === 'onboard.db-wal') written(dataDir);
      });
    },
    stop() {
      watcher?.close();
    },
  };
}

/**
 * The counter of committed transactions in the index of SQLite's write-ahead log (sqlite.org, WAL-mode File Format:
 * `iChange`, bytes 8 to 11 of the index's header, in the machine's order). Reading it takes no lock.
 */
function changeCounter(dataDir: string): number {
  const path = join(dataDir, 'onboard.db-shm');
  if (!existsSync(path)) return 0;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(12);
    return readSync(file, header, 0, 12, 0) === 12 ? header.readUInt32LE(8) : 0;
  } finally {
    closeSync(file);
  }
}

/** A request's path with everything that differs from run to run left out. */
function shapeOf(url: string): string {
  return decodeURIComponent(url.replace(/\?.*$/, ''))
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{id}')
    .replace(/(Methods)\/[^/]+/, '$1/{id}')
    .replace(/\/users\/[^/]+/, '/users/{id}')
    .replace(/\/conversations\/[^/]+/, '/conversations/{c}')
    .replace(/\/activities\/[^/]+/, '/activities/{id}');
}
