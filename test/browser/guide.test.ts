import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { ROUTES } from '../../bot/onboarding/routes';
import { openRig, type Rig } from '../guide/rig';
import { openWindow, picture, type WindowOptions } from './browser';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz_';
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let rig: Rig;
beforeAll(async () => {
  rig = await openRig({ routes: ROUTES });
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.asked.length = 0;
  rig.answers = async () => 'start';
});

/** The page in a browser of its own; it must have had nothing to complain about, the policy for foreign parts included. */
async function onPage(path: string, look: (page: Page) => Promise<void>, options: WindowOptions = {}): Promise<void> {
  const window = await openWindow({ width: 360, height: 740, ...options });
  try {
    await window.page.goto(rig.base + path);
    await look(window.page);
    expect(window.complaints).toEqual([]);
  } finally {
    await window.close();
  }
}

const sideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
const openAll = (page: Page) =>
  page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");

describe('axe, at WCAG 2.2 AA and its best practice', () => {
  test.each([
    ['the guide', '/g?lang=en#all', false],
    ['the guide in the dark', '/g?lang=en#all', true],
    ['one way, in German', '/g?lang=de#iphone', false],
    ['the guide from right to left', '/g?lang=ar#all', false],
    ['the guide from right to left in the dark', '/g?lang=ar#key', true],
    ['the square to show', '/g/show?lang=en', false],
    ['the square to show in the dark, from right to left', '/g/show?lang=ar', true],
  ])('finds nothing on %s', async (_, path, dark) => {
    await onPage(
      path,
      async (page) => {
        await openAll(page);
        await page.evaluate(axe.source);
        const found = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(WCAG)} })`);
        const { violations, passes } = found as axe.AxeResults;
        expect(passes.length).toBeGreaterThan(20);
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
      },
      { dark },
    );
  });
});

describe('with the keyboard alone', () => {
  const focused = (page: Page) => page.evaluate("document.activeElement?.textContent?.trim() ?? ''");

  test('past the languages to the ways, along one of them, and to what helps', async () => {
    await onPage('/g', async (page) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Go to the steps');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toMatch(/^iPhone/);
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      expect(await page.getByRole('heading', { name: 'iPhone' }).isVisible()).toBe(false);
      await page.keyboard.press('Enter');
      expect(await page.getByRole('heading', { name: 'iPhone' }).isVisible()).toBe(true);
      expect(await page.getByRole('heading', { name: 'Android phone' }).isVisible()).toBe(false);
      // Nothing in the steps is to be pressed: the next stop is the first trouble.
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Signing in, or typing the code');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toMatch(/asked for a password/);
      await page.keyboard.press('Space');
      expect(await page.getByText('Wait 2 minutes').isVisible()).toBe(true);
    });
  });

  test('every stop is seen, and in the order of the page', async () => {
    await onPage('/g', async (page) => {
      const tops: number[] = [];
      for (;;) {
        await page.keyboard.press('Tab');
        const top = await page.evaluate<number | null>(`(() => {
          const one = document.activeElement;
          if (!one || one === document.body) return null;
          const { top, width, height } = one.getBoundingClientRect();
          return width * height > 500 ? top + scrollY : -1;
        })()`);
        if (top === null || tops.length > 60) break;
        tops.push(top);
      }
      expect(tops.length).toBeGreaterThan(15);
      expect(tops.slice(1)).toEqual([...tops.slice(1)].sort((one, other) => one - other));
      expect(tops[1]).toBeGreaterThanOrEqual(0);
    });
  });
});

describe('made larger', () => {
  test.each(['en', 'de', 'fr', 'es', 'ar'])(
    'nothing is cut off or has to be pushed sideways (%s)',
    async (language) => {
      await onPage(`/g?lang=${language}#all`, async (page) => {
        await openAll(page);
        expect(await sideways(page)).toBe(0);
        // 1280 points at 400 %, which is harder than 200 % on any phone; then letters of twice the size on a small phone.
        await page.setViewportSize({ width: 320, height: 256 });
        expect(await sideways(page)).toBe(0);
        await page.setViewportSize({ width: 360, height: 740 });
        await page.evaluate("document.documentElement.style.fontSize = '200%'");
        expect(await sideways(page)).toBe(0);
      });
    },
  );

  test('nor by whoever sets lines, words and letters apart', async () => {
    await onPage('/g#all', async (page) => {
      const wide = 'line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important';
      await page.evaluate(`for (const one of document.querySelectorAll('body *')) one.style.cssText += '${wide}'`);
      expect(await sideways(page)).toBe(0);
    });
  });
});

test('without a script: the way is chosen, the steps are there, and a trouble opens', async () => {
  await onPage('/robots.txt', async (page) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.goto(`${rig.base}/g#${TOKEN}`);
    expect(await page.getByText('What comes next for you').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Security key' }).click();
    expect(await page.getByText('Touch the key when it blinks.').isVisible()).toBe(true);
    await page.getByText('Signing in, or typing the code').click();
    await page.getByText('My code is wrong or has expired.').click();
    expect(await page.getByText('Still refused? Ask for a new code.').isVisible()).toBe(true);
    expect(rig.asked).toEqual([]);
  });
});

describe('a personal link', () => {
  test('says what comes next, and its token is in no address and no bookmark', async () => {
    rig.answers = async (token) => (token === TOKEN ? 'passkey' : 'start');
    await onPage('/robots.txt', async (page) => {
      const seen: string[] = [];
      page.on('request', (request) => seen.push(`${request.url()} ${JSON.stringify(request.headers())}`));
      await page.goto(`${rig.base}/g#${TOKEN}`);
      const next = page.getByRole('region', { name: 'What comes next for you' });
      await next.getByText('the passkey is still missing').waitFor();
      expect(page.url()).toBe(`${rig.base}/g`);
      // The place and the link outlive the choice of a way and of a language.
      await page.getByRole('link', { name: /^iPhone/ }).click();
      await page.getByRole('link', { name: 'Deutsch' }).click();
      await page.waitForURL(`${rig.base}/g?lang=de#iphone`);
      await page.locator('[data-next=passkey]').waitFor();
      expect(rig.asked).toEqual([TOKEN, TOKEN]);
      expect(seen.length).toBeGreaterThanOrEqual(4);
      expect(seen.join('\n')).not.toContain(TOKEN);
      expect(seen.join('\n')).not.toMatch(/"referer":"[^"]|"cookie"/);
    });
  });

  test('follows what happens while the page is open', async () => {
    await onPage('/robots.txt', async (page) => {
      await page.clock.install();
      await page.goto(`${rig.base}/g#${TOKEN}`);
      await page.getByText('Choose what you have, and follow the steps').waitFor();
      rig.answers = async () => 'finish';
      await page.clock.runFor(31_000);
      await page.getByText('Your passkey is there').waitFor();
      expect(await page.getByText('Choose what you have, and follow the steps').isVisible()).toBe(false);
    });
  });

  test('is not there on a page that was opened without one, and nothing is asked', async () => {
    await onPage('/g#iphone', async (page) => {
      await page.waitForTimeout(200);
      expect(await page.getByText('What comes next for you').isVisible()).toBe(false);
      expect(rig.asked).toEqual([]);
    });
  });
});

test('on paper: what a company usually has on two sheets, with lines to fill in; one way alone on one', async () => {
  const usual = await openRig();
  const window = await openWindow();
  try {
    const pages = async (path: string, format: string) => {
      await window.page.goto(usual.base + path);
      const pdf = await window.page.pdf({ format });
      return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
    };
    for (const format of ['A4', 'Letter']) {
      for (const language of ['en', 'de', 'ar'])
        expect([format, language, await pages(`/g?lang=${language}`, format)]).toEqual([format, language, 2]);
      expect([format, await pages('/g?lang=en#iphone', format)]).toEqual([format, 1]);
    }
    await window.page.emulateMedia({ media: 'print' });
    await window.page.goto(`${usual.base}/g`);
    for (const hidden of ['.langs', '.choose', '.stuck', '.skip'])
      expect([hidden, await window.page.locator(hidden).isVisible()]).toEqual([hidden, false]);
    expect(await window.page.getByText('Number of the helpdesk').isVisible()).toBe(true);
    await picture(window.page, 'guide, on paper');
  } finally {
    await window.close();
    await usual.close();
  }
});
