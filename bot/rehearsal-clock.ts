import { readFileSync, statSync } from 'node:fs';
import { type Clock, systemClock } from './clock';

/** How soon a move of the clock is noticed, ms of real time. */
const NOTICE = 100;

/**
 * The clock of a rehearsal: real time plus the milliseconds that stand in a file, so that whoever rehearses against a
 * local tenant can see what a deadline does without waiting for it. The configuration accepts the file only where every
 * other side is this machine. Tokens do not use this clock.
 */
export function rehearsalClock(file: string): Clock {
  let offset = 0;
  let read = 0;
  let looked = 0;

  const refresh = () => {
    if (Date.now() - looked < NOTICE) return;
    looked = Date.now();
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed === read) return;
    const moved = Number(readFileSync(file, 'utf8'));
    // A file that is being written is read again at the next look.
    if (!Number.isFinite(moved)) return;
    read = changed;
    offset = moved;
  };
  const now = () => {
    refresh();
    return Date.now() + offset;
  };

  return {
    now,
    async sleep(ms, signal) {
      const end = now() + ms;
      for (let left = ms; left > 0 && !signal?.aborted; left = end - now()) {
        await systemClock.sleep(Math.min(left, NOTICE), signal);
      }
    },
  };
}
