import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROUTES } from '../../bot/onboarding/routes';
import { languages } from '../../cards/strings/languages';
import { openRig } from '../guide/rig';
import { ARTIFACTS, openWindow, picture } from './browser';
import { smallerPng } from './smaller-png';

/** What Chromium's own tools call "Slow 3G", with a processor four times as slow: an old phone in a cellar. */
const SLOW = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWER = 4;
const TIMES = 5;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** First contentful paint of a first visit, ms. The connection's latency counts once: it was open before. */
async function firstPaint(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
  return page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
}

async function slowly(base: string): Promise<void> {
  const paints: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const window = await openWindow({ width: 360, height: 740 });
    const devtools = await window.context.newCDPSession(window.page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    paints.push(await firstPaint(window.page, `${base}/g`));
    await window.close();
  }
  const [middle = 0] = paints.sort((one, other) => one - other).slice(Math.floor(TIMES / 2));
  say(
    `first paint at ${SLOW.latency} ms latency, ${SLOW.downloadThroughput / 1_000} KB/s, processor 1/${SLOWER}: ${Math.round(middle)} ms (middle of ${TIMES}: ${paints.map(Math.round).join(', ')})`,
  );
}

const SCREENS = [
  { path: '/g?lang=en#iphone', dark: false, at: '#iphone' },
  { path: '/g?lang=de#key', dark: true, at: '#key' },
  { path: '/g?lang=ar#computer', dark: false, at: '#computer' },
  { path: '/g?lang=fr#stuck', dark: true, at: '#stuck' },
] as const;

/** Four phones side by side, for the documentation. */
async function pictureOfPhones(base: string): Promise<void> {
  const shots: string[] = [];
  for (const { path, dark, at } of SCREENS) {
    const { page, close } = await openWindow({ width: 360, height: 700, dark, still: true });
    await page.goto(base + path);
    if (at === '#stuck') for (const one of [0, 1]) await page.locator('summary:visible').nth(one).click();
    await page.evaluate(`document.querySelector('${at}').scrollIntoView()`);
    shots.push((await page.screenshot()).toString('base64'));
    await close();
  }
  const { page, close } = await openWindow({ width: 1_560, height: 740 });
  await page.setContent(
    `<style>body{margin:0}main{display:flex;gap:24px;padding:20px;width:max-content;background:#dfe4ec}img{display:block;border:6px solid #2a303b;border-radius:28px}</style><main>${shots.map((shot) => `<img src="data:image/png;base64,${shot}" alt="">`).join('')}</main>`,
  );
  const png = smallerPng(await page.locator('main').screenshot());
  await close();
  writeFileSync(join(process.cwd(), 'docs', 'images', 'guide.png'), png);
  say(`docs/images/guide.png: ${Math.round(png.length / 1_024)} KB`);
}

/** Weight, first paint, axe and paper of the guide, and pictures of it: `node test/harness/run.mjs test/browser/guide-figures.ts`. */
async function main(): Promise<void> {
  const rig = await openRig({ routes: ROUTES });
  const usual = await openRig();
  const axe = readFileSync(join(process.cwd(), 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
  try {
    for (const language of languages()) {
      const bytes = (await (await rig.get(`/g?lang=${language}`)).arrayBuffer()).byteLength;
      const few = (await (await usual.get(`/g?lang=${language}`)).arrayBuffer()).byteLength;
      say(
        `weight (${language}): ${(bytes / 1_000).toFixed(1)} KB with every way, ${(few / 1_000).toFixed(1)} KB with the usual four; 1 request`,
      );
    }
    await slowly(usual.base);
    for (const dark of [false, true]) {
      const window = await openWindow({ width: 360, height: 740, dark });
      const { page } = window;
      for (const language of languages()) {
        await page.goto(`${rig.base}/g?lang=${language}#all`);
        await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
        await page.evaluate(axe);
        const found = await page.evaluate<{ passes: number; violations: string[] }>(
          `axe.run(document, { runOnly: ${JSON.stringify(WCAG)} }).then((all) => ({ passes: all.passes.length, violations: all.violations.map((one) => one.id) }))`,
        );
        const shade = dark ? 'dark' : 'light';
        say(
          `axe (${language}, ${shade}): ${found.passes} rules pass, ${found.violations.length} do not ${found.violations.join(' ')}`,
        );
        for (const [name, place] of [
          ['top', ''],
          ['iphone', '#iphone'],
          ['stuck', '#stuck'],
        ] as const) {
          await page.goto('about:blank');
          await page.goto(`${rig.base}/g?lang=${language}${place}`);
          await picture(page, `guide, ${language}, ${shade}, ${name}`);
        }
      }
      await window.close();
    }
    const window = await openWindow();
    for (const format of ['A4', 'Letter']) {
      for (const place of ['', '#iphone']) {
        await window.page.goto('about:blank');
        await window.page.goto(`${usual.base}/g${place}`);
        const path = join(ARTIFACTS, `guide, ${format}${place.replace('#', ', ')}.pdf`);
        const pdf = await window.page.pdf({ format, path });
        say(
          `paper, ${format}, ${place || 'everything'}: ${pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length} sheets`,
        );
      }
    }
    await window.close();
    await pictureOfPhones(rig.base);
  } finally {
    await rig.close();
    await usual.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
