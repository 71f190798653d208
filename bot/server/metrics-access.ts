import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface MetricsAccess {
  /** Whoever shows it may read; without one only this machine may. */
  readonly token?: string;
  /** Undefined while they are not loaded yet. */
  readonly text: () => Promise<string | undefined>;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * With a token: whoever shows it. Without one: this machine, and nobody through a proxy on it, whose requests come from
 * this machine too.
 */
export function mayReadMetrics(request: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) {
    const shown = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return shown !== undefined && timingSafeEqual(digest(shown), digest(token));
  }
  const from = request.socket.remoteAddress ?? '';
  return LOOPBACK.test(from) && FORWARDED.every((name) => request.headers[name] === undefined);
}

/** Of one length whatever was shown. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
