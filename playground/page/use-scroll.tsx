import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Nearer to the end than this share of the window, the reader is at the end. */
const NEAR = 0.4;
/** So long after a click the card that was clicked stays in sight, whatever arrives below it. */
const HOLD_MS = 5_000;
/** After this a new card has been drawn. */
const DRAWN_MS = 60;

/**
 * Keeps the newest message in sight while the reader is at the end, and otherwise says that there is one below. A card
 * that is higher than the window is shown from its top.
 */
export function useScroll(newest: string | undefined, conversation: string | undefined, mine: boolean) {
  const scroller = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const held = useRef({ id: '', until: 0 });
  const shown = useRef({ newest, conversation });
  const [below, setBelow] = useState(false);

  function show(id: string) {
    const list = scroller.current;
    const message = list?.querySelector<HTMLElement>(`[data-message="${id}"]`);
    if (!list || !message) return;
    const top = message.offsetTop - list.offsetTop;
    const high = message.offsetHeight > list.clientHeight - 24;
    const end = top + message.offsetHeight - list.clientHeight + 12;
    const clicked = performance.now() < held.current.until ? topOf(held.current.id) : null;
    const wanted = high || top < list.scrollTop ? top - 8 : Math.max(end, list.scrollTop);
    list.scrollTo({ top: clicked === null ? wanted : Math.min(wanted, clicked - 8) });
    setBelow(end > list.scrollTop + list.clientHeight / 2);
  }

  function topOf(id: string): number | null {
    const message = scroller.current?.querySelector<HTMLElement>(`[data-message="${id}"]`);
    return message && scroller.current ? message.offsetTop - scroller.current.offsetTop : null;
  }

  function toEnd() {
    held.current = { id: '', until: 0 };
    atEnd.current = true;
    setBelow(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { newest, conversation };
    if (newest === undefined) return;
    const opened = before.conversation !== conversation || before.newest === undefined || before.newest === newest;
    const follow = opened || mine || atEnd.current;
    // The card is drawn in an effect of its own, after the first paint; its height is known then.
    const timer = setTimeout(() => {
      if (opened || mine) toEnd();
      if (follow) show(newest);
      else setBelow(true);
    }, DRAWN_MS);
    return () => clearTimeout(timer);
  }, [newest, conversation]);

  return {
    scroller,
    below,
    toEnd,
    /** After a click: its card in sight, and kept there for a while. */
    bring(id: string) {
      held.current = { id, until: performance.now() + HOLD_MS };
      setTimeout(() => show(id), DRAWN_MS);
    },
    onScroll() {
      const list = scroller.current;
      if (!list) return;
      atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < list.clientHeight * NEAR;
      if (atEnd.current) setBelow(false);
    },
  };
}
