import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply, Route } from './http';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
};

/** Everything comes from here, nothing is inline, and nobody may frame it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = 'The page is not built. Run: npm run build';

/**
 * Serves the built page.
 *
 * @param dir where the bundler put index.html and what it asks for; read at every request, so that a new build shows
 */
export function pageRoutes(dir: string): Route[] {
  function file(name: string): Reply {
    let text: string;
    try {
      text = readFileSync(join(dir, name), 'utf8');
    } catch {
      return name === 'index.html'
        ? { status: 503, body: NOT_BUILT }
        : { status: 404, body: { error: { code: 'notFound', message: `There is no ${name}.` } } };
    }
    return {
      status: 200,
      headers: {
        'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain; charset=utf-8',
        'content-security-policy': POLICY,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
      body: text,
    };
  }

  return [
    { method: 'GET', pattern: /^\/$/, handler: () => file('index.html') },
    { method: 'GET', pattern: /^\/gallery$/, handler: () => file('gallery.html') },
    {
      method: 'GET',
      pattern: /^\/(?<name>[a-z][a-z-]*\.(?:html|js|css|svg|json))$/,
      handler: ({ params }) => file(params.name ?? ''),
    },
  ];
}
