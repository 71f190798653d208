import { TenantError } from '../bot/workflow/tenant';
import { type Call, fields, parse } from './call';
import type { GraphClient } from './client';
import type { Outcome } from './gather';

/** The most that Graph takes in one batch ("Combine multiple HTTP requests using JSON batching"). */
export const MOST_PARTS = 20;

/**
 * Many reads in few requests, also in lanes whose reads go alone otherwise. Answers come in the order of `calls`, each a
 * body or the error of that part alone: parts are refused and throttled one by one inside a batch that succeeds. Never
 * throws TenantError.
 */
export async function readBatch(
  client: GraphClient,
  calls: readonly Call[],
): Promise<readonly (unknown | TenantError)[]> {
  return Promise.all(
    calls.map(async (call) => {
      try {
        return (await client.send({ ...call, together: true })).body;
      } catch (error) {
        if (error instanceof TenantError) return error;
        throw error;
      }
    }),
  );
}

/** One request for these reads. Only for reads: what a write's part did would be in a shared body. */
export function batchOf(calls: readonly Call[]): Call {
  const [first] = calls;
  return {
    operation: 'batch',
    method: 'POST',
    path: '/$batch',
    repeat: 'read',
    permission: first?.permission ?? '',
    cost: { service: 'directory', units: 0 },
    // Relative and without the version: Graph answers a part with a version in its URL with 400.
    body: {
      requests: calls.map(({ method, path, headers, body }, index) => ({
        id: String(index),
        method,
        url: path,
        ...(headers || body
          ? { headers: { ...headers, ...(body ? { 'Content-Type': 'application/json' } : {}) } }
          : {}),
        ...(body ? { body } : {}),
      })),
    },
  };
}

/**
 * What part `index` was answered, as if it had gone alone. A batch that was refused as a whole is the answer of each
 * part only where it says nothing about what was asked for: a 404 of the batch's own address is nobody's "not found".
 */
export function partOf(outcome: Outcome, index: number): Outcome {
  if ('silence' in outcome) return outcome;
  const { status, headers } = outcome;
  const told = status === 401 || status === 429 || status >= 500;
  if (status < 200 || status >= 300) return told ? outcome : { ...outcome, text: '' };
  const { clientRequestId } = outcome;
  const { responses } = fields(parse(outcome.text));
  const part = (Array.isArray(responses) ? responses : []).map(fields).find(({ id }) => id === String(index));
  // An answer without words, which no read takes for one.
  if (!part || typeof part.status !== 'number') return { ...outcome, text: '' };
  const named = Object.entries(fields(part.headers)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const own = new Headers(named);
  const date = headers.get('date');
  if (date && !own.has('date')) own.set('date', date);
  const text = part.body === undefined ? '' : JSON.stringify(part.body);
  return { status: part.status, headers: own, text, ...(clientRequestId ? { clientRequestId } : {}) };
}
