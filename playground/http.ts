import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';

/** One request as the playground's handlers see it. */
export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Named groups of the route's pattern, URI-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Parsed JSON, a form as an object, or undefined. */
  readonly body: unknown;
  readonly raw: IncomingMessage;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is, a stream as it comes; undefined sends nothing. */
  readonly body?: unknown;
}

/** A handler answers, or says with `null` that the socket was dealt with (an answer lost on purpose). */
export type Handler = (request: Request) => Promise<Reply | null> | Reply | null;

export interface Route {
  readonly method: string;
  /** Matched against the whole, still encoded path; named groups become params. */
  readonly pattern: RegExp;
  readonly handler: Handler;
}

const MAX_BODY = 1_048_576;

async function readBody(raw: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) throw Object.assign(new Error('body too large'), { status: 413 });
    chunks.push(chunk as Buffer);
  }
  if (size === 0) return undefined;
  const text = Buffer.concat(chunks).toString('utf8');
  if ((raw.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return JSON.parse(text);
}

/** Sends a reply; JSON unless the body is a string or a stream. */
export function send(res: ServerResponse, reply: Reply): void {
  if (reply.body instanceof Readable) {
    res.writeHead(reply.status, { ...reply.headers });
    // A client that goes away ends the stream; that is how it is meant to end.
    pipeline(reply.body, res, () => {});
    return;
  }
  const isText = typeof reply.body === 'string';
  const payload = reply.body === undefined ? undefined : isText ? (reply.body as string) : JSON.stringify(reply.body);
  res.writeHead(reply.status, {
    date: new Date().toUTCString(),
    ...(payload === undefined
      ? {}
      : { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' }),
    ...reply.headers,
  });
  res.end(payload);
}

/** Finds the route, reads the body, answers. Returns false when no route matches, so that handlers can be chained. */
export async function dispatch(routes: readonly Route[], raw: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const url = new URL(raw.url ?? '/', 'http://playground.invalid');
  for (const route of routes) {
    if (route.method !== raw.method) continue;
    const match = route.pattern.exec(url.pathname);
    if (!match) continue;
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value ?? '')]),
    );
    let body: unknown;
    try {
      body = await readBody(raw);
    } catch (error) {
      send(res, {
        status: (error as { status?: number }).status ?? 400,
        body: { error: { code: 'badRequest', message: String(error) } },
      });
      return true;
    }
    const reply = await route.handler({ method: route.method, url, headers: raw.headers, params, body, raw });
    if (reply) send(res, reply);
    return true;
  }
  return false;
}
