import type { Reply } from '../../http';
import { badRequest } from './errors';

/** One request inside a batch, checked. */
export interface BatchPart {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

const MAX_PARTS = 20;

/** The parts of a batch. Throws GraphRefusal for the whole when it is malformed. */
export function readBatch(body: unknown): BatchPart[] {
  const requests = (body as { requests?: unknown } | undefined)?.requests;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > MAX_PARTS) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of '${MAX_PARTS}'.`);
  }
  const seen = new Set<string>();
  return requests.map((raw: Record<string, unknown>) => {
    const { id, method, url } = raw;
    if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string') {
      throw badRequest('Invalid batch payload format.');
    }
    if (seen.has(id)) throw badRequest(`Request Id: '${id}' must be unique within the batch.`);
    seen.add(id);
    const headers = Object.fromEntries(
      Object.entries((raw.headers ?? {}) as Record<string, string>).map(([name, value]) => [name.toLowerCase(), value]),
    );
    if (raw.body !== undefined && !headers['content-type']) {
      throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
    }
    const dependsOn = (raw.dependsOn ?? []) as string[];
    const missing = dependsOn.find((one) => !seen.has(one));
    if (missing !== undefined) throw badRequest(`Request Id: '${missing}' in dependsOn does not precede '${id}'.`);
    return { id, method: method.toUpperCase(), url, headers, body: raw.body, dependsOn };
  });
}

/** Answers come in an order that has nothing to do with the order of the requests: here, backwards. */
export function batchReply(answers: readonly { readonly id: string; readonly reply: Reply }[]): Reply {
  return {
    status: 200,
    body: {
      responses: answers.toReversed().map(({ id, reply }) => ({
        id,
        status: reply.status,
        headers: { 'Content-Type': 'application/json', ...reply.headers },
        ...(reply.body === undefined ? {} : { body: reply.body }),
      })),
    },
  };
}
