import type { Hands } from './hands';

type View = 'Teams' | 'Computer' | 'Phone';

const normal = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
const isWord = (text: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? text === wanted : wanted.test(text);
const all = <T extends Element>(root: ParentNode | null, selector: string): T[] =>
  root ? [...root.querySelectorAll<T>(selector)] : [];

/** The column of a person, or null while somebody else sits there. */
export const columnOf = (key: string): Element | null => document.querySelector(`[data-person="${key}"]`);
export const panel = (): Element | null => document.querySelector('aside.panel');
/** The card of the window, which says who is exempt. */
export const windowCard = (): Element | null => document.querySelector('aside.panel .window');
/** The newest message of a person that says this. */
export const messageOf = (key: string, words: RegExp): Element | null =>
  all(columnOf(key), '.message').findLast((one) => words.test(normal(one.textContent))) ?? null;
/** What a device of a person shows. */
export const pageOf = (key: string): Element | null => columnOf(key)?.querySelector('[data-page]') ?? null;

const tabOf = (root: ParentNode | null, name: string | RegExp) =>
  all<HTMLElement>(root, '[role="tab"]').find((one) =>
    isWord(normal(one.textContent).replace(' (something new)', ''), name),
  );

/** The places of the page, and how to get there whatever the window's size. */
export function createPlaces(hands: Hands) {
  const stage = () => document.querySelector('main.stage');
  const isNarrow = () => stage()?.classList.contains('narrow') ?? false;

  async function column(key: string): Promise<Element> {
    const cover = document.querySelector<HTMLElement>('.drawer [aria-label="Close the tenant panel"]');
    if (cover) await hands.press(cover);
    if (!columnOf(key) && isNarrow()) {
      for (const tab of all<HTMLElement>(stage(), ':scope > .tabs [role="tab"]')) {
        tab.click();
        await hands.rest(0);
        if (columnOf(key)) break;
      }
    }
    return hands.find(`the column of ${key}`, () => columnOf(key));
  }

  async function view(key: string, name: View): Promise<Element> {
    const place = await column(key);
    const tab = await hands.find(`${key}'s ${name}`, () => tabOf(place, name));
    if (tab.getAttribute('aria-selected') !== 'true') await hands.press(tab);
    return place;
  }

  const idle = (key: string) =>
    hands.until(`${key} to be ready`, () => columnOf(key)?.querySelector('[aria-busy="true"]') === null);

  function device(key: string, name: 'Computer' | 'Phone') {
    const enabled = (selector: string) => () => {
      const found = columnOf(key)?.querySelector<HTMLButtonElement>(selector);
      return found && !found.disabled ? found : null;
    };
    async function press(id: string): Promise<void> {
      await view(key, name);
      await idle(key);
      await hands.press(await hands.find(`"${id}" on ${key}'s ${name}`, enabled(`.device [data-press="${id}"]`)));
      await idle(key);
    }
    return {
      press,
      /** Goes to the home screen and opens an app or a page. */
      async open(what: string): Promise<void> {
        await view(key, name);
        await idle(key);
        if (pageOf(key)?.getAttribute('data-page') !== 'home') await press('close');
        await press(what);
      },
      /** Types what this person knows. */
      async fill(field: string): Promise<void> {
        await view(key, name);
        await idle(key);
        const chip = await hands.find(`${field} on ${key}'s ${name}`, () =>
          columnOf(key)?.querySelector(`[data-field="${field}"] .chip`),
        );
        await hands.press(chip);
        await hands.until(
          `${field} to be typed`,
          () => columnOf(key)?.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.value !== '',
        );
      },
      /** Types what somebody else told. */
      async type(field: string, text: string): Promise<void> {
        await view(key, name);
        const input = await hands.find(`${field} on ${key}'s ${name}`, () =>
          columnOf(key)?.querySelector(`[data-field="${field}"] input`),
        );
        await hands.type(input as HTMLInputElement, text);
      },
      /** Waits until the device shows one of these pages. */
      async shows(...pages: readonly string[]): Promise<void> {
        await view(key, name);
        await hands.until(`${key}'s ${name} to show ${pages.join(' or ')}`, () =>
          pages.includes(pageOf(key)?.getAttribute('data-page') ?? ''),
        );
      },
      page: () => pageOf(key)?.getAttribute('data-page') ?? '',
    };
  }

  return {
    hands,
    person: (key: string) => ({
      computer: device(key, 'Computer'),
      phone: device(key, 'Phone'),
      teams: () => view(key, 'Teams'),
      async say(text: string): Promise<void> {
        const place = await view(key, 'Teams');
        const input = await hands.find('a place to write', () => place.querySelector('.compose input'));
        await hands.type(input as HTMLInputElement, text);
        await hands.press(
          await hands.find('Send', () => place.querySelector('.compose button[type="submit"]:not(:disabled)')),
        );
      },
      /** Waits for words in this person's chat. */
      async reads(words: RegExp): Promise<void> {
        await view(key, 'Teams');
        await hands.point(await hands.find(`${key} to read ${words.source}`, () => messageOf(key, words)));
      },
      /** Presses a button of the newest card that has it; ticks every box there, and chooses what names `pick`. */
      async card(button: string | RegExp, pick?: string): Promise<void> {
        await view(key, 'Teams');
        await idle(key);
        const newest = () =>
          all<HTMLElement>(columnOf(key), '.card:not(.busy) button.ac-pushButton').findLast((one) =>
            isWord(normal(one.textContent), button),
          );
        const found = await hands.find(`"${button}" on a card of ${key}`, newest);
        const card = found.closest('.card');
        for (const box of all<HTMLInputElement>(card, 'input[type="checkbox"]'))
          if (!box.checked) await hands.press(box);
        if (pick !== undefined) {
          const option = all<HTMLInputElement>(card, 'input[type="radio"]').find((one) =>
            normal(one.parentElement?.textContent).includes(pick),
          );
          if (option) await hands.press(option);
        }
        await hands.press(await hands.find(`"${button}" on a card of ${key}`, newest));
        await idle(key);
      },
    }),
    /** Brings the tenant's panel to the front, and one part of it. */
    async tenant(tab: 'Tenant' | 'Sign-ins' | 'Ledger' | 'Controls'): Promise<Element> {
      if (!panel()) {
        const opener = isNarrow()
          ? tabOf(stage(), 'Tenant')
          : document.querySelector<HTMLElement>('[title="Shows or hides the tenant"]');
        if (opener) await hands.press(opener);
      }
      const place = await hands.find("the tenant's panel", panel);
      const part = await hands.find(tab, () => tabOf(place, tab));
      if (part.getAttribute('aria-selected') !== 'true') await hands.press(part);
      return place;
    },
    /** Presses a button in a part of the tenant's panel that is in front. */
    async control(label: string | RegExp): Promise<void> {
      const button = await hands.find(String(label), () =>
        all<HTMLButtonElement>(panel(), '.panel-body button').find(
          (one) => !one.disabled && isWord(normal(one.textContent), label),
        ),
      );
      await hands.press(button);
      await hands.until(`"${label}" to be done`, () => !(button as HTMLButtonElement).disabled || !button.isConnected);
    },
    /** Presses a button of the page's head. */
    async head(label: string): Promise<void> {
      const button = await hands.find(`"${label}"`, () =>
        all<HTMLButtonElement>(document, 'header.top .product button').find(
          (one) => !one.disabled && normal(one.textContent) === label,
        ),
      );
      await hands.press(button);
    },
    /** Waits for words in the card of the window. */
    async windowSays(words: RegExp): Promise<void> {
      await this.tenant('Tenant');
      await hands.until(`the tenant to say ${words.source}`, () => words.test(normal(windowCard()?.textContent)));
    },
  };
}

export type Places = ReturnType<typeof createPlaces>;
