import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { inLanguage } from '../../cards/strings/language';
import { languageFor } from '../../cards/strings/languages';
import type { NextStep } from '../onboarding/next-step';
import { BodyRefused, readJson } from '../server/read-json';
import { callerOf } from './caller';
import { guardHeaders } from './headers';
import { wishesOf } from './language';
import { createLimiter, type Limit, type Limiter } from './limiter';
import { type PageParts, renderPage, renderShow } from './page';

export interface GuideOptions extends PageParts {
  /** What comes next for whoever holds a token. Never says why, and takes as long for one that is nobody's. */
  readonly next: (token: string) => Promise<NextStep>;
  /** For tests. */
  readonly limits?: { readonly pages: Limit; readonly next: Limit };
}

export type GuidePath = 'page' | 'show' | 'next' | 'robots';

/** Answers one request for a page or for what comes next. Never rejects. */
export type Guide = (path: GuidePath, request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Page {
  readonly body: Buffer;
  readonly etag: string;
  readonly language: string;
}

/** A company's people share one address, so it is a flood that is stopped here, and not a first day with fifty of them. */
const LIMITS = { pages: { each: 20, all: 300, burst: 100 }, next: { each: 10, all: 100, burst: 60 } };
const MAX_BODY = 512;
/** Every answer about a token takes at least so long, ms: what the store took for it does not show. */
const EVEN = 60;
/** All answers are of one length, so that whoever only sees encrypted bytes learns nothing either. */
const LENGTH = 24;
const ROBOTS = 'User-agent: *\nDisallow: /\n';

/**
 * The public guide: pages that are the same for everybody, made once for each language, and one question that says what
 * comes next. It knows nobody, keeps nothing, and logs nothing of what it is asked.
 */
export function createGuide(options: GuideOptions): Guide {
  const limits = options.limits ?? LIMITS;
  const forPages = createLimiter(limits.pages);
  const forNext = createLimiter(limits.next);
  const pages = new Map<string, Page>();

  function made(name: 'page' | 'show', language: string): Page | undefined {
    const { url } = options;
    if (name === 'show' && url === undefined) return undefined;
    const key = `${name} ${language}`;
    const found = pages.get(key);
    if (found) return found;
    const html = inLanguage(language, () => (name === 'show' && url ? renderShow(url) : renderPage(options)));
    const body = Buffer.from(html);
    const page = { body, language, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
    pages.set(key, page);
    return page;
  }

  function sendPage(name: 'page' | 'show', request: IncomingMessage, response: ServerResponse): void {
    const page = made(name, languageFor(wishesOf(request)));
    if (!page) {
      plain(response, 404, 'Not found');
      return;
    }
    const headers = {
      etag: page.etag,
      'content-language': page.language,
      vary: 'accept-language',
      'cache-control': 'public, max-age=300',
    };
    const known = sameAs(request.headers['if-none-match'], page.etag);
    if (known) send(response, 304, headers);
    else send(response, 200, { ...headers, 'content-type': 'text/html; charset=utf-8' }, page.body, request.method);
  }

  async function sendNext(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let token: unknown;
    try {
      ({ token } = await readJson(request, MAX_BODY));
    } catch (error) {
      return plain(response, error instanceof BodyRefused ? error.status : 400, 'Not understood', {
        connection: 'close',
      });
    }
    const even = sleep(EVEN);
    const step = await options.next(typeof token === 'string' ? token : '').catch(() => undefined);
    await even;
    // The store does not answer, for anybody. Whoever watches the product is told elsewhere.
    if (step === undefined) return plain(response, 503, 'Not now', { 'retry-after': '30' });
    const body = Buffer.from(JSON.stringify({ next: step }).padEnd(LENGTH));
    send(response, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' }, body);
  }

  const over = (limiter: Limiter, request: IncomingMessage) => !limiter.admit(callerOf(request));

  return async (path, request, response) => {
    if (over(path === 'next' ? forNext : forPages, request)) {
      // A body that is not read would be taken for the next request.
      const connection = path === 'next' ? 'close' : 'keep-alive';
      return plain(response, 429, 'Too many requests', { 'retry-after': '10', connection });
    }
    if (path === 'next') return sendNext(request, response);
    if (path === 'robots')
      return plain(response, 200, ROBOTS, { 'cache-control': 'public, max-age=86400' }, request.method);
    sendPage(path, request, response);
  };
}

function plain(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = { 'cache-control': 'no-store' },
  method?: string,
): void {
  send(response, status, { 'content-type': 'text/plain; charset=utf-8', ...headers }, Buffer.from(text), method);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body?: Buffer,
  method?: string,
): void {
  response.writeHead(status, {
    ...guardHeaders,
    ...headers,
    ...(body ? { 'content-length': String(body.length) } : {}),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function sameAs(header: string | undefined, etag: string): boolean {
  const known = header?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}
