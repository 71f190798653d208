import { createGuide, type GuideOptions } from '../../bot/guide/guide';
import { createLog } from '../../bot/log';
import type { NextStep } from '../../bot/onboarding/next-step';
import { createServer, type Server } from '../../bot/server';

export const PUBLIC = 'https://onboard.example.com/g';

/** The product's server with the guide, and nothing behind it but what `next` says. */
export interface Rig {
  readonly base: string;
  /** What was written to the log, at every level. */
  readonly lines: string[];
  readonly asked: string[];
  answers: (token: string) => Promise<NextStep>;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  ask(body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function openRig(more: Partial<GuideOptions> = {}): Promise<Rig> {
  const lines: string[] = [];
  const asked: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const guide = createGuide({
    routes: ['iphone', 'android', 'computer', 'key'],
    url: PUBLIC,
    next: (token) => {
      asked.push(token);
      return rig.answers(token);
    },
    ...more,
  });
  const server: Server = createServer({
    messages: new Promise(() => undefined),
    guide: Promise.resolve(guide),
    waitingFor: () => [],
    log,
  });
  const base = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}`;
  const rig: Rig = {
    base,
    lines,
    asked,
    answers: async () => 'start',
    get: (path, headers = {}, method = 'GET') => fetch(base + path, { method, headers, redirect: 'manual' }),
    ask: (body, headers = {}) =>
      fetch(`${base}/g/next`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: () => server.close(),
  };
  return rig;
}
