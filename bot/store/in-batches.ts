/**
 * Puts together what arrives in one turn of the event loop: many small writes become one that waits for the disk once.
 * Each caller gets the outcome of the batch that its item was in.
 *
 * @param write gets at most `most` items, in the order in which they came.
 */
export function inBatches<T>(most: number, write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: { readonly item: T; readonly done: () => void; readonly failed: (error: unknown) => void }[] = [];

  function flush(): void {
    const batch = waiting.slice(0, most);
    waiting = waiting.slice(most);
    if (waiting.length > 0) setImmediate(flush);
    write(batch.map(({ item }) => item)).then(
      () => {
        for (const { done } of batch) done();
      },
      (error: unknown) => {
        for (const { failed } of batch) failed(error);
      },
    );
  }

  return (item) =>
    new Promise<void>((done, failed) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, done, failed });
    });
}
