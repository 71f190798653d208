const STEP_MS = 50;

/** Asks again until the answer is something, at most `limitMs`. Throws with `what` and, if given, what is there instead. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  limitMs = 15_000,
  instead?: () => Promise<string>,
): Promise<T> {
  const until = performance.now() + limitMs;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (performance.now() > until) break;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  const there = instead ? ` There is: ${await instead()}` : '';
  throw new Error(`Waited ${limitMs / 1_000} s in vain for: ${what}.${there}`);
}
