/** How many of a person's latest toasts are kept; the journal has them all, in the answers that they came from. */
const KEPT = 50;

export interface Toast {
  readonly at: number;
  readonly text: string;
}

/** The short words that a client shows to one person and forgets. */
export function createToasts(now: () => number) {
  const shown = new Map<string, Toast[]>();
  return {
    add(personId: string, text: string): void {
      const own = shown.get(personId) ?? [];
      own.push({ at: now(), text });
      shown.set(personId, own.slice(-KEPT));
    },
    of: (personId: string): readonly Toast[] => shown.get(personId) ?? [],
  };
}

export type Toasts = ReturnType<typeof createToasts>;
