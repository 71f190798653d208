import { createHash } from 'node:crypto';
import { guidePage } from '../../cards/strings/en/guide-page';
import { languages } from '../../cards/strings/languages';
import { openRig, PUBLIC, type Rig } from './rig';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const page = async (path = '/g', headers: Record<string, string> = {}) => (await rig.get(path, headers)).text();

describe('the headers', () => {
  test.each(['/g', '/g/', '/g/show', '/robots.txt'])(
    'of %s keep everything foreign out, and search engines too',
    async (path) => {
      const { status, headers } = await rig.get(path);
      expect(status).toBe(200);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-robots-tag')).toMatch(/\bnoindex\b/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('set-cookie')).toBeNull();
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    },
  );

  test('allow the one style sheet and the one script that are in the page, by their hashes', async () => {
    const policy = (await rig.get('/g')).headers.get('content-security-policy') ?? '';
    const html = await page();
    for (const tag of ['style', 'script'] as const) {
      const [, text, ...others] = html.split(new RegExp(`<${tag}>|</${tag}>`));
      expect(others).toHaveLength(1);
      const hash = createHash('sha256')
        .update(text ?? '')
        .digest('base64');
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
    expect(html).not.toMatch(/ style=| on\w+=/);
  });

  test('let a page that is known be kept: 304 for the same one, in the same language only', async () => {
    const first = await rig.get('/g', { 'accept-language': 'de' });
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('vary')).toMatch(/accept-language/i);
    const again = await rig.get('/g', { 'accept-language': 'de', 'if-none-match': `"x", W/${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await rig.get('/g', { 'accept-language': 'fr', 'if-none-match': etag })).status).toBe(200);
  });

  test('HEAD says what GET does, without the page', async () => {
    const [head, get] = [await rig.get('/g', {}, 'HEAD'), await rig.get('/g')];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['etag', 'content-length', 'content-type', 'content-language'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  test('robots.txt sends everybody away', async () => {
    expect(await page('/robots.txt')).toBe('User-agent: *\nDisallow: /\n');
  });
});

describe('the page', () => {
  test('is there without a script: no link leads to one, and every way and every trouble is in it', async () => {
    const html = (await page()).replace(/<script>.*<\/script>/s, '');
    for (const route of ['iphone', 'android', 'computer', 'key']) expect(html).toContain(`id="${route}"`);
    expect(html.match(/<summary>/g)?.length).toBeGreaterThan(24);
    expect(html).not.toMatch(/<(script|form|input|iframe|img|link rel="(?!icon))/);
  });

  test('loads nothing: one request, under 60 KB in every language, everything included', async () => {
    for (const language of languages()) {
      const html = await page(`/g?lang=${language}`);
      expect(html).not.toMatch(/\b(src|srcset|data)="/);
      expect([language, Buffer.byteLength(html) < 60_000]).toEqual([language, true]);
    }
  });

  test('shows only the ways that the tenant accepts', async () => {
    const other = await openRig({ routes: ['key', 'windows'] });
    const html = await (await other.get('/g')).text();
    await other.close();
    expect([...html.matchAll(/<section class="route" id="(\w+)"/g)].map(([, id]) => id)).toEqual(['key', 'windows']);
    expect(html).not.toMatch(/href="#(iphone|android|computer|synced)"/);
    expect(html).not.toContain('Face ID');
  });

  test('has a drawing with its words beside every step, and draws nothing that is not defined', async () => {
    const html = await page();
    const steps =
      html
        .match(/<ol class="steps".*?<\/ol>/gs)
        ?.join('')
        .match(/<li>.*?<\/li>/gs) ?? [];
    expect(steps.length).toBeGreaterThan(30);
    for (const step of steps)
      expect(step).toMatch(/<svg class="draw" role="img" aria-label="[^"]{5,}".*<p>.{10,}<\/p>/);
    for (const [, id] of html.matchAll(/<use href="#([\w-]+)"/g)) expect(html).toContain(`<symbol id="${id}"`);
    expect(html).not.toMatch(/NaN|undefined/);
  });

  test('is made of words only: no placeholder is left, no mark of emphasis', async () => {
    for (const language of languages()) {
      const text = (await page(`/g?lang=${language}`))
        .replace(/<(style|script)>.*?<\/\1>/gs, '')
        .replace(/<[^>]*>/g, ' ');
      expect([language, text.match(/\{\w*|\w\}|\*|\b(page|stuck|guide)\.\w+/g)]).toEqual([language, null]);
    }
  });

  test('never has a place to type in, and says that it does not ask for the code', async () => {
    const html = await page();
    expect(html).toContain('This page never asks for your code');
    expect(html).not.toMatch(/<(input|textarea|form|button|select)|contenteditable/);
  });

  test('has lines to fill in on paper, and none for the code', async () => {
    const paper = /<section class="paper".*?<\/section>/s.exec(await page())?.[0] ?? '';
    expect([...paper.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, words]) => words)).toEqual([
      'Who tells you the code',
      'Day and time',
      'Number of the helpdesk',
      'Your work account',
    ]);
    expect(paper).toContain('Do not write it on this sheet');
  });
});

describe('the language', () => {
  test.each([
    ['/g', 'de-AT,de;q=0.9,en;q=0.5', 'de', 'ltr'],
    ['/g', 'xx, ar;q=0.2', 'ar', 'rtl'],
    ['/g', 'en;q=0.1, fr;q=0.9, *;q=0.5', 'fr', 'ltr'],
    ['/g', 'es;q=0, pl', 'en', 'ltr'],
    ['/g?lang=es', 'de', 'es', 'ltr'],
    ['/g?lang=tlh', 'de', 'de', 'ltr'],
    ['/g?lang=%3Cscript%3E', '', 'en', 'ltr'],
    ['/g', ';;;,,q=1;,-', 'en', 'ltr'],
  ])('of %s for "%s" is %s', async (path, accepted, language, direction) => {
    const answer = await rig.get(path, { 'accept-language': accepted });
    expect(answer.headers.get('content-language')).toBe(language);
    const html = await answer.text();
    expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(html).not.toContain('tlh');
  });

  test('can be switched on the page, each in its own words', async () => {
    const html = await page();
    for (const language of languages())
      expect(html).toMatch(new RegExp(`<a href="\\?lang=${language}" lang="${language}"`));
    expect(html).toContain('>Deutsch</a>');
    expect(html).toMatch(/lang="en" hreflang="en" aria-current="true"/);
  });
});

describe('the page to show', () => {
  test('has the square and the address to type, of the configured place and not of what the browser said', async () => {
    const html = await page('/g/show', { host: 'evil.example' });
    expect(html).toContain(PUBLIC.replace('https://', ''));
    expect(html).toMatch(/<svg class="qr" role="img"/);
    expect(html).not.toContain('evil');
  });

  test('is not there without a public address; the guide is, without a square on paper', async () => {
    const local = await openRig({ url: undefined });
    expect((await local.get('/g/show')).status).toBe(404);
    const html = await (await local.get('/g')).text();
    await local.close();
    expect(html).toContain('class="paper"');
    expect(html).not.toContain('class="qr"');
  });
});

test('the words are plain: short sentences, and few long words', () => {
  const sentences = Object.values(guidePage).flatMap((text) => text.replace(/\*/g, '').split(/(?<=[.?!:])\s+/));
  const words = (sentence: string) => sentence.split(/\s+/).filter((word) => /[a-z]/i.test(word));
  for (const sentence of sentences) expect([sentence, words(sentence).length <= 22]).toEqual([sentence, true]);
  const all = sentences.flatMap(words);
  expect(all.length / sentences.length).toBeLessThan(10);
  const syllables = (word: string) =>
    word
      .toLowerCase()
      .replace(/e$/, '')
      .match(/[aeiouy]+/g)?.length ?? 1;
  const perWord = all.reduce((sum, word) => sum + syllables(word), 0) / all.length;
  // Flesch-Kincaid: years of school that somebody needs. Twelve-year-olds have had six or seven.
  expect(0.39 * (all.length / sentences.length) + 11.8 * perWord - 15.59).toBeLessThan(6);
});
