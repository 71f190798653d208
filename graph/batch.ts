import { TenantError } from '../bot/workflow/tenant';
import { type Call, fields } from './call';
import type { GraphClient } from './client';
import { envelope, refused, tenantError } from './errors';
import { parseRetryAfter } from './retry';

/** The most that Graph takes in one batch. */
const MOST_PARTS = 20;

/**
 * Many reads in few requests. Answers come in the order of `calls`, each a body or the error of that part alone: parts
 * are throttled one by one inside a batch that succeeds. Only for reads: what a write's part did would be in a shared
 * body. Never throws; a batch that fails is the error of every part in it.
 */
export async function readBatch(
  client: GraphClient,
  calls: readonly Call[],
): Promise<readonly (unknown | TenantError)[]> {
  const chunks = Array.from({ length: Math.ceil(calls.length / MOST_PARTS) }, (_, index) =>
    calls.slice(index * MOST_PARTS, (index + 1) * MOST_PARTS),
  );
  return (await Promise.all(chunks.map((chunk) => readChunk(client, chunk)))).flat();
}

async function readChunk(client: GraphClient, calls: readonly Call[]): Promise<readonly (unknown | TenantError)[]> {
  const first = calls[0];
  if (!first) return [];
  try {
    const { body } = await client.send({
      operation: `batch:${first.operation}`,
      method: 'POST',
      path: '/$batch',
      repeat: 'read',
      permission: first.permission,
      // Relative and without the version: Graph answers a part with a version in its URL with 400.
      body: {
        requests: calls.map(({ method, path, headers }, index) => ({
          id: String(index),
          method,
          url: path,
          ...(headers ? { headers } : {}),
        })),
      },
    });
    const { responses } = fields(body);
    const answers = new Map((Array.isArray(responses) ? responses : []).map((part) => [fields(part).id, fields(part)]));
    return calls.map((call, index) => toResult(call, answers.get(String(index))));
  } catch (error) {
    if (error instanceof TenantError) return calls.map(() => error);
    throw error;
  }
}

function toResult(call: Call, part: Readonly<Record<string, unknown>> | undefined): unknown | TenantError {
  if (!part || typeof part.status !== 'number') {
    return tenantError('unavailable', 'GRAPH_UNEXPECTED_ANSWER', call.operation);
  }
  if (part.status >= 200 && part.status < 300) return part.body;
  const header = Object.entries(fields(part.headers)).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const retryAfter = parseRetryAfter(header === undefined ? null : String(header), Date.now());
  return refused(call, {
    status: part.status,
    ...envelope(part.body),
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  });
}
