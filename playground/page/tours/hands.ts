/** The tour cannot go on: the page is not as it should be. The message is for the one who watches. */
export class Lost extends Error {}

/** Somebody stopped the tour. */
export class Stopped extends Error {}

const LOOK_AGAIN_MS = 50;
const LIMIT_MS = 40_000;
const GLIDE_MS = 550;
const KEY_MS = 35;

export interface HandsOptions {
  /** No time for the eyes: for tests and for making pictures. */
  readonly fast: boolean;
  /** The pointer jumps. */
  readonly still: boolean;
  readonly stopped: AbortSignal;
  /** Resolves when the tour may go on. */
  readonly mayGoOn: () => Promise<void>;
  /** Shows where things happen. */
  readonly showAt: (element: Element | null, pressed: boolean) => void;
}

/** A visible pointer that presses and types, as a person with a mouse would. Everything may throw Stopped. */
export interface Hands {
  /** Looks until there is one. Throws Lost with `what` after the limit. */
  find(what: string, look: () => Element | null | undefined, limitMs?: number): Promise<HTMLElement>;
  until(what: string, holds: () => boolean, limitMs?: number): Promise<void>;
  point(element: Element): Promise<void>;
  press(element: HTMLElement): Promise<void>;
  type(element: HTMLInputElement, text: string): Promise<void>;
  choose(element: HTMLSelectElement, value: string): Promise<void>;
  rest(ms: number): Promise<void>;
}

export function createHands(options: HandsOptions): Hands {
  const { fast, still, stopped, mayGoOn, showAt } = options;

  let focused: HTMLElement | null = null;

  const sleep = (ms: number) =>
    new Promise<void>((resolve, reject) => {
      if (stopped.aborted) reject(new Stopped());
      const onStop = () => {
        clearTimeout(timer);
        reject(new Stopped());
      };
      const timer = setTimeout(() => {
        stopped.removeEventListener('abort', onStop);
        resolve();
      }, ms);
      stopped.addEventListener('abort', onStop, { once: true });
    });

  async function find(what: string, look: () => Element | null | undefined, limitMs = LIMIT_MS): Promise<HTMLElement> {
    const until = performance.now() + limitMs;
    for (;;) {
      if (stopped.aborted) throw new Stopped();
      const found = look();
      if (found instanceof HTMLElement) return found;
      if (performance.now() > until) throw new Lost(`Waited in vain for ${what}.`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  async function until(what: string, holds: () => boolean, limitMs?: number): Promise<void> {
    await find(what, () => (holds() ? document.body : null), limitMs);
  }

  /** The page moves the focus to where somebody types next; the one who watches keeps it on the tour's buttons. */
  function keepFocus(): void {
    const now = document.activeElement;
    if (now instanceof HTMLElement && now.closest('.tour')) focused = now;
    else if (now?.closest('.compose') && focused?.isConnected) focused.focus({ preventScroll: true });
  }

  async function point(element: Element): Promise<void> {
    await mayGoOn();
    keepFocus();
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    showAt(element, false);
    if (!fast) await sleep(still ? 200 : GLIDE_MS);
    await mayGoOn();
  }

  function set(element: HTMLInputElement | HTMLSelectElement, value: string, event: string): void {
    const of = element instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(of.prototype, 'value')?.set?.call(element, value);
    element.dispatchEvent(new Event(event, { bubbles: true }));
  }

  return {
    find,
    until,
    point,
    rest: (ms) => sleep(fast ? 0 : ms),
    async press(element) {
      await point(element);
      showAt(element, true);
      element.click();
      // What the press begins is seen only after the page has drawn it.
      await sleep(fast ? 60 : 180);
      keepFocus();
    },
    async type(element, text) {
      await point(element);
      if (!fast)
        for (let end = 1; end < text.length; end++) {
          await mayGoOn();
          set(element, text.slice(0, end), 'input');
          await sleep(KEY_MS);
        }
      set(element, text, 'input');
      element.dispatchEvent(new FocusEvent('blur'));
      await sleep(30);
    },
    async choose(element, value) {
      await point(element);
      set(element, value, 'change');
      await sleep(60);
    },
  };
}
