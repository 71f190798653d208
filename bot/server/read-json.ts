import type { IncomingMessage } from 'node:http';

/** A body that is not read. `status` is the answer; nothing of the body is repeated in it. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';

  constructor(
    readonly status: 400 | 413 | 415,
    readonly code: string,
  ) {
    super(code);
  }
}

/**
 * Reads a JSON object of at most `maxBytes`. In place of restify's body parser, which has no limit on what a compressed
 * body unpacks to and lets a broken one end the process. Compressed bodies are refused: Teams sends none.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<Record<string, unknown>> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new BodyRefused(415, 'json-only');
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new BodyRefused(415, 'no-compression');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new BodyRefused(413, 'too-large');

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyRefused(413, 'too-large');
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BodyRefused(400, 'not-json');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new BodyRefused(400, 'not-an-object');
  return body as Record<string, unknown>;
}
