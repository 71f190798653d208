import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { dispatch, type Handler, type Reply, type Request, type Route } from '../http';
import type { Done, Gate } from './gate';
import { readable } from './graph/graph';
import type { Parts } from './graph/route';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/**
 * What the HTTPS server of the tenant answers: token service and Graph on one port, since the product derives the
 * scope of its tokens from the address of Graph. Delays are added after the work, so that an answer can come too late.
 */
export function createGraphListener(
  { state, clock, luck }: Parts,
  gate: Gate,
  tokenService: readonly Route[],
  graph: (request: Request) => Done,
): RequestListener {
  /** On top of what one call was told to wait. */
  function delay(call: string): number {
    const { graphDelayMs, graphJitterMs } = state.behaviour;
    return graphDelayMs + (graphJitterMs > 0 ? Math.round(luck.draw('slow', call) * graphJitterMs) : 0);
  }

  function through(carryOut: (request: Request) => Done): Handler {
    return async (request) => {
      const { method, raw } = request;
      const path = readable(request.url.pathname);
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      const done = gate.pass({ method, path, token }, () => carryOut(request));
      const wait = delay(`${method} ${path}`) + (done.waitMs ?? 0);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const reply = { ...done.reply, headers: { date: new Date(clock.now()).toUTCString(), ...done.reply.headers } };
      if (!done.fate) return reply;
      if (done.fate === 'closed') raw.socket.destroy();
      if (done.fate === 'half-open' || done.fate === 'cut') begin(raw.socket, reply, done.fate === 'cut');
      return null;
    };
  }

  const routes: Route[] = [
    ...tokenService.map((route) => ({
      ...route,
      handler: through((request) => ({ reply: route.handler(request) as Done['reply'] })),
    })),
    ...METHODS.map((method) => ({ method, pattern: /^\//, handler: through(graph) })),
  ];

  return (raw, res) => {
    dispatch(routes, raw, res)
      .then((answered) => {
        if (answered) return;
        res.writeHead(405);
        res.end();
      })
      // A connection that broke while its body was read, or a mistake of ours: the other side sees no answer.
      .catch(() => raw.socket.destroy());
  };
}

/** The head of an answer and the first half of its body, written past the server, which would insist on all of it. */
function begin(socket: Socket, { status, headers, body }: Reply, cut: boolean): void {
  const whole = body === undefined ? '{"value":[]}' : JSON.stringify(body);
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/json',
    'content-length': String(whole.length),
  });
  const head = [`HTTP/1.1 ${status === 204 ? 200 : status} OK`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  const half = whole.slice(0, Math.floor(whole.length / 2));
  socket.write(`${head.join('\r\n')}\r\n\r\n${half}`, () => {
    if (cut) socket.destroy();
  });
}
