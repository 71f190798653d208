import { randomUUID } from 'node:crypto';
import type { Request } from '../../http';
import type { Done, Gate } from '../gate';
import { origin } from '../token-endpoint';
import { GRAPH_AUDIENCES, type Tokens } from '../tokens';
import { type Asked, answer, createRoutes } from './answer';
import { type BatchPart, batchReply, readBatch } from './batch';
import { createBudget } from './budget';
import { badRequest, envelope, GraphRefusal, NotServed, unauthorized, unknownSegment } from './errors';
import type { Parts } from './route';

const VERSION = '/v1.0';

type Caller = Pick<Asked, 'actor' | 'permissions'>;

/** Microsoft Graph v1.0 as far as it is served: token, permission, route, batch. Faults and the journal are the gate's. */
export function createGraph(parts: Parts, tokens: Tokens, gate: Gate): (request: Request) => Done {
  const { clock, warn } = parts;
  const routes = createRoutes(parts);
  const budget = createBudget(parts);

  /** Who calls, with which permissions. Audiences are Graph's own names and the address it was reached at. */
  function authenticate(request: Request): Caller {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw unauthorized('Access token is empty.');
    let claims: ReturnType<Tokens['verify']>;
    try {
      claims = tokens.verify(token);
    } catch (error) {
      throw unauthorized(
        (error as Error).name === 'TokenExpiredError'
          ? 'Lifetime validation failed, the token is expired.'
          : 'Access token validation failure. Invalid signature.',
      );
    }
    if (![...GRAPH_AUDIENCES, origin(request)].includes(String(claims.aud))) {
      throw unauthorized('Access token validation failure. Invalid audience.');
    }
    return { actor: `app:${claims.appid}`, permissions: new Set((claims.roles ?? []) as string[]) };
  }

  /** Turns a refusal into its answer; every answer carries a request id. */
  function answering(carryOut: () => Done): Done {
    const requestId = randomUUID();
    const headers = { 'request-id': requestId };
    try {
      const done = carryOut();
      return { ...done, reply: { ...done.reply, headers: { ...headers, ...done.reply.headers } } };
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      const body = envelope(error, requestId, clock.now());
      return {
        reply: { status: error.status, headers: { ...headers, ...error.headers }, body },
        unknown: error instanceof NotServed,
      };
    }
  }

  function charged(asked: Asked): Done {
    const headers = budget.charge(asked.method, asked.path, asked.query);
    const done = answer(routes, asked, warn);
    return { ...done, reply: { ...done.reply, headers: { ...headers, ...done.reply.headers } } };
  }

  function batch(request: Request, caller: Caller, base: string): Done {
    const answers: { id: string; reply: Done['reply'] }[] = [];
    let waitMs = 0;
    for (const part of readBatch(request.body)) {
      const failed = part.dependsOn.some((id) => answers.some((done) => done.id === id && done.reply.status >= 400));
      const done = failed ? answering(dependencyFailed) : carryOutPart(part, caller, base);
      // Nothing of a batch arrives when the connection is gone, whatever was carried out until then.
      if (done.fate) return done;
      answers.push({ id: part.id, reply: done.reply });
      // The whole answer waits for its slowest part.
      waitMs = Math.max(waitMs, done.waitMs ?? 0);
    }
    return { reply: batchReply(answers), waitMs };
  }

  function carryOutPart(part: BatchPart, caller: Caller, base: string): Done {
    const url = new URL(part.url.startsWith('/') ? part.url : `/${part.url}`, 'https://part.invalid');
    return gate.pass({ method: part.method, path: readable(`${VERSION}${url.pathname}`), batch: true }, () =>
      answering(() => {
        // The version belongs to the batch's own address.
        const segment = /^\/?(v1\.0|beta|https?:)(\/|$)/i.exec(part.url)?.[1];
        if (segment !== undefined) throw badRequest(`Resource not found for the segment '${segment}'.`);
        const asked: Asked = {
          method: part.method,
          path: url.pathname,
          query: url.searchParams,
          header: (name) => part.headers[name],
          body: part.body,
          base,
          ...caller,
        };
        return charged(asked);
      }),
    );
  }

  return (request) =>
    answering(() => {
      const caller = authenticate(request);
      const { pathname } = request.url;
      if (!pathname.startsWith(`${VERSION}/`)) {
        warn(`${request.method} ${pathname} is not below ${VERSION}`);
        throw unknownSegment(pathname.split('/')[1] ?? '');
      }
      const path = pathname.slice(VERSION.length);
      const base = `${origin(request)}${VERSION}`;
      if (path === '/$batch' && request.method === 'POST') return batch(request, caller, base);
      const asked: Asked = {
        method: request.method,
        path,
        query: request.url.searchParams,
        header: (name) => [request.headers[name]].flat()[0],
        body: request.body,
        base,
        ...caller,
      };
      return charged(asked);
    });
}

function dependencyFailed(): never {
  throw new GraphRefusal(424, 'FailedDependency', 'A request that this one depends on failed.');
}

/** The path for the journal: decoded where it can be. */
export function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
