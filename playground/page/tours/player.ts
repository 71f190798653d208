import { createHands, Lost, Stopped } from './hands';
import { createPlaces } from './places';
import type { Tour } from './tour';

/** Reading takes this long for a word, and never less than the least. */
const WORD_MS = 260;
const LEAST_MS = 2_500;

export interface PlayerState {
  readonly tour: Tour;
  /** Index of the step whose words are shown; -1 while the playground begins anew. */
  readonly shown: number;
  /** Index of the newest step that was begun. */
  readonly begun: number;
  readonly playing: boolean;
  /** Something is being done at this moment. */
  readonly acting: boolean;
  readonly over: boolean;
  readonly problem: string | null;
}

export interface PlayerOptions {
  /** Puts the playground back to its start, with these people on the seats. */
  readonly prepare: (tour: Tour) => Promise<void>;
  readonly onState: (state: PlayerState | null) => void;
  readonly showAt: (element: Element | null, pressed: boolean) => void;
}

export interface Player {
  start(tour: Tour): void;
  play(): void;
  pause(): void;
  /** Does the next step, or shows the words of the next one that was done. */
  next(): void;
  /** Shows the words of the step before. What was done stays done. */
  back(): void;
  /** At any point; the playground stays as it is. */
  stop(): void;
}

/** @param options.fast no time to read; @param options.still the pointer jumps, and nothing goes on by itself at first */
export function createPlayer(options: PlayerOptions & { readonly fast: boolean; readonly still: boolean }): Player {
  const { prepare, onState, showAt, fast, still } = options;
  let state: PlayerState | null = null;
  let wanted = -1;
  let stopping = new AbortController();
  let waiting: (() => void)[] = [];

  function set(change: Partial<PlayerState>): void {
    if (!state) return;
    state = { ...state, ...change };
    onState(state);
    wake();
  }

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  }

  /** Waits until it holds; `limitMs` is the longest. Throws Stopped. */
  async function until(holds: () => boolean, stopped: AbortSignal, limitMs = Number.POSITIVE_INFINITY): Promise<void> {
    const end = performance.now() + limitMs;
    while (!stopped.aborted && !holds() && performance.now() < end) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (limitMs !== Number.POSITIVE_INFINITY) setTimeout(resolve, Math.max(0, end - performance.now()));
      });
    }
    if (stopped.aborted) throw new Stopped();
  }

  function lookAt(index: number): void {
    const target = state?.tour.steps[index]?.look?.() ?? null;
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    showAt(target, false);
  }

  async function run(tour: Tour, stopped: AbortSignal): Promise<void> {
    const hands = createHands({
      fast,
      still,
      stopped,
      showAt,
      mayGoOn: () => until(() => Boolean(state?.playing) || wanted >= (state?.begun ?? 0), stopped),
    });
    const places = createPlaces(hands);
    await prepare(tour);
    for (let index = 0; index < tour.steps.length; index++) {
      const step = tour.steps[index];
      if (!step) break;
      await until(() => Boolean(state?.playing) || wanted >= index, stopped);
      set({ begun: index, shown: index, acting: true, problem: null });
      const began = performance.now();
      try {
        showAt(null, false);
        // A moment for the words, before things move.
        await hands.rest(step.act ? 1_400 : 0);
        await step.act?.(places);
      } catch (error) {
        if (error instanceof Stopped) throw error;
        const why = error instanceof Lost ? error.message : 'Something unexpected happened.';
        wanted = index - 1;
        set({ acting: false, playing: false, problem: why });
        // Whoever presses on tries the step again.
        index -= 1;
        continue;
      }
      if (state?.shown === index) lookAt(index);
      set({ acting: false, over: index === tour.steps.length - 1 });
      if (state?.over) break;
      const reading = Math.max(LEAST_MS, step.text.split(' ').length * WORD_MS) - (performance.now() - began);
      const here = index;
      if (state?.playing && !fast) await until(() => wanted > here || !state?.playing, stopped, Math.max(900, reading));
    }
    set({ playing: false });
  }

  return {
    start(tour) {
      stopping.abort();
      stopping = new AbortController();
      const { signal } = stopping;
      wanted = -1;
      state = {
        tour,
        shown: -1,
        begun: -1,
        playing: !still || fast,
        acting: true,
        over: false,
        problem: null,
      };
      onState(state);
      run(tour, signal).catch((error: unknown) => {
        if (error instanceof Stopped || signal.aborted) return;
        set({
          acting: false,
          playing: false,
          over: true,
          problem: error instanceof Error ? error.message : String(error),
        });
      });
      if (!state.playing) wanted = 0;
    },
    play: () => set({ playing: true }),
    pause: () => set({ playing: false }),
    next() {
      if (!state) return;
      if (state.shown < state.begun) {
        const shown = state.shown + 1;
        set({ shown });
        if (!state.acting || shown < state.begun) lookAt(shown);
        return;
      }
      // During a step: lets it go on, and if it does so already, the next one follows at once.
      if (state.acting) wanted = wanted >= state.begun ? state.begun + 1 : state.begun;
      else wanted = state.problem === null ? state.begun + 1 : state.begun;
      wake();
    },
    back() {
      if (!state || state.shown <= 0) return;
      set({ playing: false, shown: state.shown - 1 });
      lookAt(state.shown);
    },
    stop() {
      stopping.abort();
      wake();
      state = null;
      showAt(null, false);
      onState(null);
    },
  };
}
