import { useMemo, useRef, useState } from 'preact/hooks';
import { createPlayer, type PlayerState } from './player';
import type { Spot } from './pointer';
import type { Tour } from './tour';

/** `?pace=fast` leaves no time to read: for tests, and for making pictures. */
const fast = new URLSearchParams(location.search).get('pace') === 'fast';

/** The tour that is played, if any. `prepare` puts the playground back to its start. */
export function useTour(prepare: (tour: Tour) => Promise<void>) {
  const [state, setState] = useState<PlayerState | null>(null);
  const [spot, setSpot] = useState<Spot>({ element: null, presses: 0 });
  const now = useRef(prepare);
  now.current = prepare;
  const player = useMemo(
    () =>
      createPlayer({
        fast,
        still: matchMedia('(prefers-reduced-motion: reduce)').matches,
        prepare: (tour) => now.current(tour),
        onState: setState,
        showAt: (element, pressed) => setSpot((before) => ({ element, presses: before.presses + (pressed ? 1 : 0) })),
      }),
    [],
  );
  return { state, spot, player };
}
