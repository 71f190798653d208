/**
 * Puts together what arrives while the last write is under way: many small writes become one that waits for the disk
 * once. One batch at a time, in the order in which the items came; each caller gets the outcome of its own batch.
 *
 * @param write gets at most `most` items.
 */
export function inBatches<T>(most: number, write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  const waiting: { readonly item: T; readonly done: () => void; readonly failed: (error: unknown) => void }[] = [];
  let running = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        await write(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    running = false;
  }

  return (item) =>
    new Promise<void>((done, failed) => {
      waiting.push({ item, done, failed });
      if (running) return;
      running = true;
      setImmediate(() => void run());
    });
}
