import { PassThrough } from 'node:stream';
import type { TeamsRecord } from './contract';
import type { Route } from './http';
import type { Journal } from './journal';

/** Some proxies and browsers give a silent connection up; a comment line keeps it. */
const HEARTBEAT_MS = 20_000;

interface Told {
  readonly seq: number;
  readonly event: 'tenant' | 'sign-in' | 'teams' | 'product';
  readonly data: object;
}

/** That something happened in Teams and where; never what was said, shown or typed. */
export function withoutBodies(record: TeamsRecord): object {
  const { seq, at, kind } = record;
  switch (record.kind) {
    case 'said':
      return { seq, at, kind, by: record.by, conversation: record.conversation };
    case 'clicked': {
      const { by, conversation, messageId, verb, trigger, status } = record;
      return { seq, at, kind, by, conversation, messageId, verb, trigger, status };
    }
    case 'sent':
    case 'edited':
    case 'deleted':
      return { seq, at, kind, conversation: record.conversation, messageId: record.messageId };
    case 'refused':
      return { seq, at, kind, operation: record.operation, status: record.status };
  }
}

/** Entries later than `seq`, oldest first. */
function since(journal: Journal, seq: number): Told[] {
  const later = <T extends { readonly seq: number }>(list: readonly T[]): T[] => {
    let from = list.length;
    while (from > 0 && (list[from - 1]?.seq ?? 0) > seq) from -= 1;
    return list.slice(from);
  };
  return [
    ...later(journal.tenant).map((data): Told => ({ seq: data.seq, event: 'tenant', data })),
    ...later(journal.signIns).map((data): Told => ({ seq: data.seq, event: 'sign-in', data })),
    ...later(journal.product).map((data): Told => ({ seq: data.seq, event: 'product', data })),
    ...later(journal.teams).map((data): Told => ({ seq: data.seq, event: 'teams', data: withoutBodies(data) })),
  ].sort((a, b) => a.seq - b.seq);
}

/**
 * `GET /control/events`: the journal as it grows, as server-sent events named tenant, sign-in, teams and product. Starts
 * with the next entry, ends when the journal does; `Last-Event-ID` (what a browser sends when it comes back) or `?after=` starts behind that one.
 */
export function eventRoutes(journal: Journal, stopped?: AbortSignal): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/control\/events$/,
      handler: ({ headers, url }) => {
        const stream = new PassThrough();
        const asked = Number(headers['last-event-id'] ?? url.searchParams.get('after') ?? Number.NaN);
        // A number from before a restart of the playground is larger than any that there is.
        let told = Number.isInteger(asked) && asked <= journal.last() ? asked : journal.last();
        let due = false;

        function tell(): void {
          due = false;
          for (const { seq, event, data } of since(journal, told)) {
            told = seq;
            stream.write(`id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
          }
        }
        // Not at once: what is written down first becomes visible in the same turn of the loop.
        const unwatch = journal.watch(() => {
          if (due) return;
          due = true;
          setImmediate(tell);
        });
        const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT_MS);
        heartbeat.unref();
        // Whoever listens is to come back at once, for the journal that follows.
        const end = () => void stream.end('retry: 50\n\n');
        stopped?.addEventListener('abort', end);
        stream.once('close', () => {
          stopped?.removeEventListener('abort', end);
          unwatch();
          clearInterval(heartbeat);
        });
        stream.write('retry: 1000\n\n');
        tell();
        return {
          status: 200,
          headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
          body: stream,
        };
      },
    },
  ];
}
