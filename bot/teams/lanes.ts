/** Runs what belongs to one lane one after the other, and different lanes at the same time. */
export interface Lanes {
  run(lane: string, work: () => Promise<void>): Promise<void>;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run(lane, work) {
      const before = tails.get(lane) ?? Promise.resolve();
      const mine = before.then(work);
      const tail = mine.catch(() => undefined);
      tails.set(lane, tail);
      const tidy = tail.then(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      return tidy.then(() => mine);
    },
  };
}
