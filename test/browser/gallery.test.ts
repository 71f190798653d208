import { picture } from './browser';
import { onStage } from './stage';

jest.setTimeout(120_000);

test('the gallery shows every card in both themes and widths', () =>
  onStage(
    'gallery',
    'everyone',
    async ({ window: { page } }) => {
      const links = page.getByRole('navigation', { name: 'Cards' }).getByRole('link');
      await links.first().waitFor();
      const count = await links.count();
      expect(count).toBeGreaterThan(15);
      for (let index = 0; index < count; index++) {
        const link = links.nth(index);
        const cards = Number(await link.locator('small').textContent());
        await link.click();
        await page.locator(`nav a[aria-current="page"]:nth-child(${index + 1})`).waitFor();
        const drawn = page.locator('.sample .ac-adaptiveCard');
        expect(await drawn.count()).toBe(cards * 4);
        for (const one of await drawn.all()) expect((await one.boundingBox())?.height).toBeGreaterThan(20);
        const name = (await link.textContent())?.replace(/\d+$/, '') ?? '';
        if (/Approval|Hand over/.test(name)) await picture(page, `gallery, ${name}`);
      }
      // Nothing is wider than the client that it is drawn for.
      const wide = await page
        .locator('.sample')
        .evaluateAll((all) =>
          all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent?.slice(0, 80)),
        );
      expect(wide).toEqual([]);
    },
    { path: '/gallery', width: 1500, height: 1000 },
  ));
