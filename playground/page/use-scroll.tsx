import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Nearer to the end than this, the reader is at the end. */
const NEAR = 90;
/** So long after a click the card that was clicked stays in sight, whatever arrives below it. */
const HOLD_MS = 5_000;

/**
 * Keeps the newest message in sight while the reader is at the end, and otherwise says that there is one below. A card
 * that is higher than the window is shown from its top.
 */
export function useScroll(newest: string | undefined, conversation: string | undefined, mine: boolean) {
  const scroller = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const heldUntil = useRef(0);
  const shown = useRef({ newest, conversation });
  const [below, setBelow] = useState(false);

  function show(id: string) {
    const list = scroller.current;
    const message = list?.querySelector<HTMLElement>(`[data-message="${id}"]`);
    if (!list || !message) return;
    const top = message.offsetTop - list.offsetTop;
    const high = message.offsetHeight > list.clientHeight - NEAR / 3;
    const end = top + message.offsetHeight - list.clientHeight;
    if (high || top < list.scrollTop) list.scrollTo({ top: top - 8 });
    else if (end > list.scrollTop) list.scrollTo({ top: end + 12 });
  }

  function toEnd() {
    heldUntil.current = 0;
    atEnd.current = true;
    setBelow(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { newest, conversation };
    if (newest === undefined) return;
    const opened = before.conversation !== conversation || before.newest === undefined || before.newest === newest;
    // The card is drawn in an effect of its own; its height is known a frame later.
    const frame = requestAnimationFrame(() => {
      if (opened || mine) toEnd();
      if (opened || mine || (atEnd.current && performance.now() > heldUntil.current)) show(newest);
      else setBelow(true);
    });
    return () => cancelAnimationFrame(frame);
  }, [newest, conversation]);

  return {
    scroller,
    below,
    toEnd,
    /** After a click: its card in sight, and kept there for a while. */
    bring(id: string) {
      heldUntil.current = performance.now() + HOLD_MS;
      requestAnimationFrame(() => show(id));
    },
    onScroll() {
      const list = scroller.current;
      if (!list) return;
      atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
      if (atEnd.current) setBelow(false);
    },
  };
}
