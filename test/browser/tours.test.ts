import type { Page } from 'playwright-core';
import { picture } from './browser';
import { onStage } from './stage';

jest.setTimeout(150_000);

const NAMES = [
  'First look',
  'What goes wrong without Onboard',
  'The lost phone',
  'Kill the product, and watch the tenant',
  'The wrong person gets the pass',
];

async function start(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Tours', exact: true }).click();
  // There is a story for every tour that is offered.
  expect(await page.getByRole('dialog').locator('li').count()).toBe(NAMES.length);
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page.getByRole('region', { name: `Tour: ${name}` }).waitFor();
}

test.each(NAMES)('plays to its end by itself: %s', (name) =>
  onStage(
    `tour, ${name}`,
    'everyone',
    async ({ window: { page } }) => {
      await start(page, name);
      const tour = page.getByRole('region', { name: `Tour: ${name}` });
      const end = tour.getByRole('button', { name: 'Played' });
      const problem = tour.locator('.problem');
      await end.or(problem).waitFor({ timeout: 110_000 });
      expect(await problem.allTextContents()).toEqual([]);
      await picture(page, `tour, ${name}, at its end`);
      await tour.getByRole('button', { name: 'Close' }).click();
      await tour.waitFor({ state: 'detached' });
    },
    // One of them on a busy machine: whatever is pressed has to be done before the next thing is.
    { path: '/?pace=fast', slowMs: name.startsWith('Kill') ? 250 : 0 },
  ),
);

test('is stepped through by hand and with the keyboard, and stopped in the middle', () =>
  onStage(
    'tour, by hand',
    'everyone',
    async ({ window: { page } }) => {
      await start(page, 'First look');
      const tour = page.getByRole('region', { name: 'Tour: First look' });
      // Whoever wants no motion goes on step by step.
      await tour.getByText('step 1 of 14').waitFor();
      await tour.getByRole('button', { name: 'Play' }).waitFor();
      await expect(page.evaluate('document.activeElement?.textContent')).resolves.toBe('Play');
      await page.keyboard.press('ArrowRight');
      await tour.getByText('step 2 of 14').waitFor();
      await page.locator('[data-page="dead-end"]').waitFor();
      await page.keyboard.press('ArrowLeft');
      await tour.getByText('step 1 of 14 · already done').waitFor();
      await page.keyboard.press('ArrowRight');
      await tour.getByText(/step 2 of 14$/).waitFor();
      await page.keyboard.press('Escape');
      await tour.waitFor({ state: 'detached' });
      // The page stays as the tour left it, for whoever goes on by hand.
      await page.locator('[data-page="dead-end"]').waitFor();
    },
    { still: true },
  ));
