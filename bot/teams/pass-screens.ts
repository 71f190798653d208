/** A message that must not be edited while a click on it is being answered with a pass. */
export interface PassScreens {
  /**
   * From now until released, no edit of this onboarding's approval message starts. Waits, briefly, for one that is on
   * its way, so that it cannot arrive after the pass and cover it.
   */
  hold(onboarding: string): Promise<() => void>;
  isHeld(onboarding: string): boolean;
  /** Runs an edit of the approval message, which `hold` waits for. */
  editing<T>(onboarding: string, edit: () => Promise<T>): Promise<T>;
}

/** Longer than an edit takes; the click has its own time limit. */
const WAIT_FOR_EDIT = 500;

/**
 * In memory: with several instances, the state `opening` that every instance reads covers all but the approval's own
 * edit, which can then cover the pass for a moment; pressing again shows a new one.
 */
export function createPassScreens(): PassScreens {
  const held = new Map<string, number>();
  const edits = new Map<string, Promise<unknown>>();

  return {
    async hold(onboarding) {
      held.set(onboarding, (held.get(onboarding) ?? 0) + 1);
      const edit = edits.get(onboarding);
      if (edit !== undefined) {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise((resolve) => {
          timer = setTimeout(resolve, WAIT_FOR_EDIT);
        });
        await Promise.race([edit, late]);
        clearTimeout(timer);
      }
      let released = false;
      return () => {
        if (released) return;
        released = true;
        const left = (held.get(onboarding) ?? 1) - 1;
        if (left > 0) held.set(onboarding, left);
        else held.delete(onboarding);
      };
    },
    isHeld: (onboarding) => held.has(onboarding),
    async editing(onboarding, edit) {
      const running = edit();
      const settled = running.catch(() => undefined);
      edits.set(onboarding, settled);
      try {
        return await running;
      } finally {
        if (edits.get(onboarding) === settled) edits.delete(onboarding);
      }
    },
  };
}
