import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { spawnPlayground } from '../../playground/story/spawn';
import { openWindow } from './browser';
import { askForJane, computerToWait, lastPages, phoneToPasskey, showPass } from './parts';
import { player } from './play';
import { smallerPng } from './smaller-png';

/** What git keeps is small. */
const LARGEST = 250 * 1024;
const IMAGES = join(process.cwd(), 'docs', 'images');
const QUIET_MS = 1_600;

/** Makes the pictures of the README: `npm run pictures`. */
async function main(): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  const bundle = join(process.env.ONBOARD_DIST ?? join(process.cwd(), 'dist'), 'playground.cjs');
  const playground = await spawnPlayground({ bundle, scenario: 'everyone', set: { POLL_SECONDS: '1' } });
  const window = await openWindow({ width: 1440, height: 900 });
  const { page } = window;
  const frames: { readonly text: string; readonly png: Buffer }[] = [];
  const frame = async (text: string, of: Locator) => {
    // What has just changed glows for a moment.
    await page.waitForTimeout(QUIET_MS);
    frames.push({ text, png: await of.screenshot() });
  };
  const keep = (name: string, png: Buffer) => {
    writeFileSync(join(IMAGES, name), smallerPng(png));
    const { size } = statSync(join(IMAGES, name));
    process.stdout.write(`${name}: ${Math.round(size / 1024)} KB\n`);
    if (size > LARGEST) throw new Error(`${name} is larger than ${LARGEST / 1024} KB.`);
  };
  try {
    await page.goto(playground.url);
    const [priya, mo, jane] = ['priya', 'mo', 'jane'].map((key) => player(page, key)) as [
      ReturnType<typeof player>,
      ReturnType<typeof player>,
      ReturnType<typeof player>,
    ];
    const panel = page.getByRole('complementary', { name: 'Tenant' });
    await askForJane(priya);
    await mo.column.getByRole('button', { name: 'Approve and show pass' }).waitFor();
    await frame('Helpdesk asks', priya.column);
    await frame('The manager decides', mo.column);
    await mo.card('Approve and show pass');
    await showPass(mo);
    await frame('Only he is shown the pass', mo.column);
    keep('playground.png', await page.screenshot());
    await mo.card('I have handed it over');
    await jane.card(/computer/i);
    await computerToWait(jane);
    await phoneToPasskey(jane);
    await frame('A passkey on the phone', jane.column);
    await lastPages(jane);
    await panel.getByText('Nobody is exempt').waitFor();
    await jane.reads(/your passkey works/i);
    await frame('She is told that it works', jane.column);
    await frame('The exemption has ended', panel);

    const cells = frames.map(
      ({ text, png }, index) =>
        `<figure><img src="data:image/png;base64,${png.toString('base64')}" alt=""><figcaption><b>${index + 1}</b> ${text}</figcaption></figure>`,
    );
    const strip = await window.context.newPage();
    await strip.setViewportSize({ width: 1480, height: 600 });
    await strip.setContent(`<style>
      body { margin: 0; background: #eef0f4; font: 14px "Segoe UI", "Liberation Sans", sans-serif; color: #1b1f2a; }
      main { display: grid; grid-template-columns: repeat(6, 1fr); gap: 12px; width: max-content; padding: 14px; background: #eef0f4; }
      figure { margin: 0; } img { display: block; width: 216px; height: 440px; object-fit: cover; object-position: top; border-radius: 8px; }
      figcaption { padding-top: 8px; } b { color: #3b4cc0; margin-right: 4px; }
    </style><main>${cells.join('')}</main>`);
    keep('story.png', await strip.locator('main').screenshot());
  } finally {
    await window.close();
    await playground.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
