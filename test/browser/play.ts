import type { Locator, Page } from 'playwright-core';

/** One person's column on the page. */
export const columnOf = (page: Page, key: string): Locator => page.locator(`[data-person="${key}"]`);

/** Somebody at the page who plays one person with the mouse. */
export function player(page: Page, key: string, password?: string) {
  const column = columnOf(page, key);
  const view = async (name: 'Teams' | 'Computer' | 'Phone') => {
    const tab = column.getByRole('tab', { name });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  };
  const device = (name: 'Computer' | 'Phone') => ({
    async press(label: string | RegExp) {
      await view(name);
      await column
        .locator('.device')
        .getByRole('button', { name: label, exact: typeof label === 'string' })
        .click();
    },
    /** Presses the chip that types what this person knows. */
    async fill(label: RegExp) {
      await view(name);
      await column.getByRole('button', { name: label }).click();
    },
    async shows(words: string | RegExp) {
      await view(name);
      await column.locator('.device').getByText(words).first().waitFor();
    },
  });
  const computer = device('Computer');
  const phone = device('Phone');

  return {
    column,
    computer,
    phone,
    password,
    async say(text: string) {
      await view('Teams');
      await column.getByRole('combobox', { name: /^Message/ }).fill(text);
      await column.getByRole('button', { name: 'Send' }).click();
    },
    /** Presses a button on the newest card that has it, with every box on that card ticked. */
    async card(button: string | RegExp, pick?: RegExp) {
      await view('Teams');
      const found = column.locator('.card:not(.busy)').getByRole('button', { name: button }).last();
      await found.waitFor();
      const card = column
        .locator('.card')
        .filter({ has: page.getByRole('button', { name: button }) })
        .last();
      for (const box of await card.getByRole('checkbox').all()) await box.check();
      if (pick) await card.getByRole('radio', { name: pick }).check();
      await found.click();
    },
    async reads(words: string | RegExp) {
      await view('Teams');
      await column.locator('.log').getByText(words).last().waitFor();
    },
    /** To where a credential is asked for. */
    async openAddress(tile: string) {
      await view('Computer');
      const home = column.locator('.browser .bar').getByRole('button');
      if (await home.isEnabled()) await home.click();
      await computer.press(tile);
      await computer.fill(/^Type .*@/);
      await computer.press('Next');
    },
    async computerWithPass() {
      await this.openAddress('Security info');
      await computer.fill(/^Type the pass/);
      await computer.press('Sign in');
      await computer.shows(/More information|Action required|Let's keep/i);
      await computer.press('Next');
    },
  };
}

export type Player = ReturnType<typeof player>;
