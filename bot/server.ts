import type { Server as NodeServer } from 'node:http';
import pino from 'pino';
import { createServer as createRestify, plugins, type Request, type Response } from 'restify';
import type { Guide, GuidePath } from './guide/guide';
import type { Logger } from './log';
import { type MetricsAccess, mayReadMetrics } from './server/metrics-access';
import { BodyRefused, readJson } from './server/read-json';
import { createRefusals } from './server/refusals';

/** Answers an activity; `request.body` is the parsed JSON object. Authenticates the sender itself. */
export type MessageHandler = (request: Request, response: Response) => Promise<void>;

export interface ServerOptions {
  /** The conversation. Requests wait for it while it loads. */
  readonly messages: Promise<MessageHandler>;
  /** The public pages; requests wait for them while they load. Left out: there are none. */
  readonly guide?: Promise<Guide>;
  /** What the instance still waits for; empty when it is ready. */
  readonly waitingFor: () => readonly string[];
  /** Whether the loops that end exemptions go round; ages in seconds, nothing about anybody. */
  readonly progress?: () => object;
  readonly metrics?: MetricsAccess;
  /** Told of every answer from 400 to 499. */
  readonly onRefusal?: (status: number) => void;
  readonly log: Logger;
}

export interface Server {
  /** Resolves with the port. Rejects with the error of the socket (`EADDRINUSE`, `EACCES`, ...). */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new requests, lets those under way finish for a moment, then closes their sockets. */
  close(): Promise<void>;
}

const MAX_BODY = 256 * 1024;
/** Teams sends all activities of a tenant from a few addresses, at most 50 a second; this only stops floods. */
const PER_ADDRESS = { rate: 100, burst: 200 };
/** Until the conversation is loaded after a start. */
const LOADING_LIMIT = 15_000;
const CLOSING_GRACE = 3_000;
const GUIDE_PAGES: readonly (readonly [at: string, path: GuidePath])[] = [
  ['/g', 'page'],
  ['/g/', 'page'],
  ['/g/show', 'show'],
  ['/robots.txt', 'robots'],
];

/** The product's HTTP side: activities in, the public guide, and two probes. TLS is the proxy's in front of it. */
export function createServer(options: ServerOptions): Server {
  const refusals = createRefusals(options.log, options.onRefusal);
  // restify would log with a logger of its own; what matters is counted in `refusals`.
  const silent = pino({ level: 'silent' }) as unknown as NonNullable<Parameters<typeof createRestify>[0]>['log'];
  const server = createRestify({ name: 'onboard', ...(silent ? { log: silent } : {}) });
  const http = server.server as NodeServer;
  http.headersTimeout = 10_000;
  http.requestTimeout = 20_000;

  server.on('after', (_request, response: Response) => refusals.count(response.statusCode));
  // A thrown error is ours: one line in the log, and nothing about it in the answer.
  server.on('restifyError', (_request: Request, _response: Response, error: Error, done: () => void) => {
    if ((error as { statusCode?: number }).statusCode === undefined) {
      options.log.error({ event: 'request-broken', error });
      Object.assign(error, { toJSON: () => ({ code: 'Internal' }), toString: () => 'Internal' });
    }
    done();
  });

  server.get('/healthz', async (_request: Request, response: Response) => {
    response.send(200, { status: 'up', ...options.progress?.() });
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const waitingFor = options.waitingFor();
    response.send(waitingFor.length === 0 ? 200 : 503, { ready: waitingFor.length === 0, waitingFor });
  });
  server.get('/metrics', async (request: Request, response: Response) => {
    const text = mayReadMetrics(request, options.metrics?.token) ? await options.metrics?.text() : undefined;
    if (text === undefined)
      return void response.send(404, { code: 'ResourceNotFound', message: '/metrics does not exist' });
    response.sendRaw(200, text, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  server.post(
    '/api/messages',
    plugins.throttle({ ...PER_ADDRESS, ip: true }),
    async (request: Request, response: Response) => {
      try {
        request.body = await readJson(request, MAX_BODY);
      } catch (error) {
        if (!(error instanceof BodyRefused)) throw error;
        response.header('connection', 'close');
        response.send(error.status, { code: error.code });
        return;
      }
      const handler = await within(options.messages, LOADING_LIMIT);
      if (handler) return handler(request, response);
      response.header('retry-after', '5');
      response.send(503, { code: 'starting' });
    },
  );

  const { guide } = options;
  if (guide !== undefined) {
    const ask = (path: GuidePath) => async (request: Request, response: Response) => {
      const answer = await within(guide, LOADING_LIMIT);
      if (answer) return answer(path, request, response);
      response.header('retry-after', '5');
      response.send(503, { code: 'starting' });
    };
    for (const [at, path] of GUIDE_PAGES) {
      server.get(at, ask(path));
      server.head(at, ask(path));
    }
    server.post('/g/next', ask('next'));
  }

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.removeListener('error', reject);
          server.on('error', (error) => options.log.error({ event: 'server-error', error }));
          const address = http.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        refusals.close();
        const force = setTimeout(() => http.closeAllConnections(), CLOSING_GRACE);
        http.close(() => {
          clearTimeout(force);
          resolve();
        });
        http.closeIdleConnections();
      }),
  };
}

/** `undefined` when the promise took longer. Its rejection counts as not there: whoever made it reports it. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
