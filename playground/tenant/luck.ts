import { createHash } from 'node:crypto';
import type { TenantState } from './state';

/**
 * Chance that repeats itself: what is drawn depends on the seed, on what is drawn for, on the call, and on how often it
 * was drawn for that call before - and on nothing that happens between, so that calls that overtake each other draw the
 * same in every run.
 */
export interface Luck {
  /** A number from 0 up to, but not including, 1. */
  draw(what: string, call: string): number;
  /** True in about this share of all draws. */
  hits(share: number, what: string, call: string): boolean;
  /** Everything as before the first draw. */
  reset(): void;
}

export function createLuck(state: TenantState): Luck {
  const drawn = new Map<string, number>();

  function draw(what: string, call: string): number {
    const key = `${what} ${call}`;
    const nth = (drawn.get(key) ?? 0) + 1;
    drawn.set(key, nth);
    const digest = createHash('sha256').update(`${state.behaviour.seed} ${nth} ${key}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  return {
    draw,
    // A share of nothing draws nothing: what is switched off costs no luck.
    hits: (share, what, call) => share > 0 && draw(what, call) < share,
    reset: () => drawn.clear(),
  };
}
