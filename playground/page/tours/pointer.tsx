import { useEffect, useRef } from 'preact/hooks';

export interface Spot {
  readonly element: Element | null;
  /** Counts presses, so that each one shows. */
  readonly presses: number;
}

const AROUND = 4;
const SCROLLS = '.log, .panel-body, .viewport';

/** The tour's pointer, and a frame around what it points at; both follow the page as it moves. */
export function Pointer({ spot }: { readonly spot: Spot }) {
  const arrow = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let request = 0;
    let last = '';
    function follow() {
      request = requestAnimationFrame(follow);
      const box = spot.element?.isConnected ? spot.element.getBoundingClientRect() : null;
      // What runs out of its list is framed as far as it can be seen.
      const list = spot.element?.parentElement?.closest(SCROLLS)?.getBoundingClientRect();
      const top = box ? Math.max(2, (list?.top ?? 0) - AROUND, box.top - AROUND) : 0;
      const bottom = box ? Math.min(innerHeight - 2, (list?.bottom ?? innerHeight) + AROUND, box.bottom + AROUND) : 0;
      const shown = box !== null && box.width > 0 && box.height > 0 && bottom - top > 2 * AROUND;
      const now = shown ? [box.left, top, box.width, bottom].map(Math.round).join() : '';
      if (now === last) return;
      last = now;
      for (const one of [arrow.current, frame.current]) if (one) one.hidden = !shown;
      if (!shown || !arrow.current || !frame.current) return;
      frame.current.style.transform = `translate(${box.left - AROUND}px, ${top}px)`;
      frame.current.style.width = `${box.width + 2 * AROUND}px`;
      frame.current.style.height = `${Math.max(0, bottom - top)}px`;
      const x = box.left + Math.min(box.width * 0.6, 160);
      const y = top + Math.min((bottom - top) * 0.6, 60);
      arrow.current.style.transform = `translate(${x}px, ${y}px)`;
    }
    follow();
    return () => cancelAnimationFrame(request);
  }, [spot.element]);

  useEffect(() => {
    if (spot.presses > 0)
      arrow.current?.firstElementChild?.animate([{ transform: 'scale(0.75)' }, { transform: 'scale(1)' }], 250);
  }, [spot.presses]);

  return (
    <div class="tour-layer" aria-hidden="true">
      <div class="tour-frame" ref={frame} hidden />
      <div class="tour-pointer" ref={arrow} hidden>
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M4 2v17l4.6-4.2 3 6.7 3-1.4-3-6.5H18z" />
        </svg>
      </div>
    </div>
  );
}
