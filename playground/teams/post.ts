import { request } from 'node:http';
import type { Activity } from './activity';

export interface Posted {
  /** 0 when nobody answered within the deadline, or nobody listened. */
  readonly status: number;
  /** Parsed JSON where it is JSON, else the text; undefined when empty. */
  readonly body: unknown;
  readonly elapsedMs: number;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Posts one activity to the bot. Every request has a connection of its own: the product is killed and started again
 * while this process lives, and a kept connection to the dead one would look like a refusal by the new one.
 */
export function post(url: string, activity: Activity, token: string | undefined, deadlineMs: number): Promise<Posted> {
  const started = performance.now();
  const payload = Buffer.from(JSON.stringify(activity));
  const conversation = activity.conversation;
  return new Promise((resolve) => {
    const end = (status: number, body: unknown) => {
      clearTimeout(timer);
      resolve({ status, body, elapsedMs: Math.round(performance.now() - started) });
    };
    const req = request(url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': payload.length,
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
        ...(conversation?.id ? { 'x-ms-conversation-id': encodeURIComponent(conversation.id) } : {}),
        ...(conversation?.tenantId ? { 'x-ms-tenant-id': conversation.tenantId } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    const timer = setTimeout(() => {
      end(0, undefined);
      req.destroy();
    }, deadlineMs);
    req.on('error', () => end(0, undefined));
    req.on('response', (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', () => end(0, undefined));
      res.on('end', () => end(res.statusCode ?? 0, parse(Buffer.concat(chunks).toString('utf8'))));
    });
    req.end(payload);
  });
}
