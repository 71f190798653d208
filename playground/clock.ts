/** The other side's clock: real time plus what a script has moved it by. */
export interface PlaygroundClock {
  now(): number;
  advance(ms: number): void;
  /** By how much it has been moved, ms. */
  offset(): number;
}

export function createClock(): PlaygroundClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
    offset: () => offset,
  };
}
