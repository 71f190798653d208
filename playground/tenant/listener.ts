import type { RequestListener } from 'node:http';
import { dispatch, type Handler, type Request, type Route } from '../http';
import type { Done, Gate } from './gate';
import { readable } from './graph/graph';
import type { Parts } from './graph/route';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/**
 * What the HTTPS server of the tenant answers: token service and Graph on one port, since the product derives the
 * scope of its tokens from the address of Graph. Delays are added after the work, so that an answer can come too late.
 */
export function createGraphListener(
  { state, clock }: Parts,
  gate: Gate,
  tokenService: readonly Route[],
  graph: (request: Request) => Done,
): RequestListener {
  function through(carryOut: (request: Request) => Done): Handler {
    return async (request) => {
      const { method, raw } = request;
      const done = gate.pass({ method, path: readable(request.url.pathname) }, () => carryOut(request));
      const delay = state.behaviour.graphDelayMs;
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      if (done.fate === 'closed') raw.socket.destroy();
      if (done.fate) return null;
      return { ...done.reply, headers: { date: new Date(clock.now()).toUTCString(), ...done.reply.headers } };
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
