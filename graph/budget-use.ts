interface Taken {
  readonly at: number;
  readonly amount: number;
}

/** What was used of one allowance in the last `within` ms. A stretch that slides, so that no edge lets twice as much by. */
export function createUse(within: number) {
  let taken: Taken[] = [];
  let sum = 0;

  function forget(now: number): void {
    let gone = 0;
    // A clock that was set back makes entries of the future: they are forgotten with the rest, not kept for ever.
    while (gone < taken.length && outOf(taken[gone], now)) sum -= taken[gone++]?.amount ?? 0;
    if (gone > 0) taken = taken.slice(gone);
  }

  const outOf = (one: Taken | undefined, now: number) => one === undefined || now - one.at >= within || one.at > now;

  return {
    take(amount: number, now: number): void {
      forget(now);
      taken.push({ at: now, amount });
      sum += amount;
    },
    /**
     * How long until `amount` more, after the `ahead` of those who go first, stays within `ceiling`, ms. What is larger
     * than the ceiling waits for an empty stretch.
     */
    waitFor(ahead: number, amount: number, ceiling: number, now: number): number {
      forget(now);
      let over = sum + ahead + amount - Math.max(ceiling, amount);
      if (over <= 0) return 0;
      for (const { at, amount: freed } of taken) {
        over -= freed;
        if (over <= 0) return at + within - now;
      }
      return within;
    },
    used: (now: number) => {
      forget(now);
      return sum;
    },
  };
}

export type Use = ReturnType<typeof createUse>;
