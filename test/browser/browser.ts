import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** Git does not keep what is in here. */
export const ARTIFACTS = join(process.cwd(), 'artifacts', 'browser');

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about so far. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly still?: boolean;
  /** Milliseconds that each request of the page to the playground waits: a busy machine. */
  readonly slowMs?: number;
}

/** A Chromium that has never been started before, with one page. CHROMIUM names another binary. */
export async function openWindow(options: WindowOptions = {}): Promise<Window> {
  const { width = 1600, height = 1000, dark = false, still = false, slowMs = 0 } = options;
  const profile = mkdtempSync(join(tmpdir(), 'onboard-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ARGS,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: still ? 'reduce' : 'no-preference',
    timezoneId: 'Europe/London',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(30_000);
  const page = context.pages()[0] ?? (await context.newPage());
  if (slowMs > 0) {
    await page.route(/\/(control|people|teams)\b/, async (route) => {
      if (!route.request().url().includes('events')) await new Promise((resolve) => setTimeout(resolve, slowMs));
      await route.continue().catch(() => undefined);
    });
  }
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Keeps what the page looks like now, for somebody to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
}
