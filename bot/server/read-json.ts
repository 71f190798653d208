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

/** An activity with a card in it is nested about twenty deep. */
const MAX_DEPTH = 100;

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
  const text = Buffer.concat(chunks).toString('utf8');
  if (isTooDeep(text)) throw new BodyRefused(400, 'too-deep');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BodyRefused(400, 'not-json');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new BodyRefused(400, 'not-an-object');
  return body as Record<string, unknown>;
}

/**
 * Looked at before anything is built of it: what is nested a hundred thousand deep can be parsed, and then ends whoever
 * walks through it. Brackets within strings do not count.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
