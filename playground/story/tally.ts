import type { GraphRecord } from '../contract';

/** Graph calls by kind: the method and the path with its ids left out. */
export function tally(
  calls: readonly GraphRecord[],
): { readonly kind: string; readonly calls: number; readonly writes: number }[] {
  const kinds = new Map<string, { calls: number; writes: number }>();
  for (const call of calls) {
    const kind = `${call.method} ${shape(call.path)}${call.batch ? ' (in a batch)' : ''}`;
    const sum = kinds.get(kind) ?? { calls: 0, writes: 0 };
    kinds.set(kind, { calls: sum.calls + 1, writes: sum.writes + (call.write ? 1 : 0) });
  }
  return [...kinds].map(([kind, sum]) => ({ kind, ...sum })).sort((a, b) => b.writes - a.writes || b.calls - a.calls);
}

function shape(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .replace(/^\/(v1\.0|beta)/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{id}')
    .replace(/(Methods)\/[^/]+/, '$1/{id}')
    .replace(/\/users\/[^/]+/, '/users/{id}');
}
