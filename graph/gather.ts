import { batchOf, MOST_PARTS, partOf } from './batch';
import type { Call } from './call';
import { deadline } from './deadline';
import type { Silence } from './errors';
import type { Received } from './exchange';

/** What became of a request: an answer, whatever it says, or none. */
export type Outcome = (Received | { readonly silence: Silence }) & { readonly clientRequestId?: string };

/** Sends one request as it is. Throws only for a defect. */
export type Post = (call: Call, token: string, signal: AbortSignal) => Promise<Outcome>;

interface Waiting {
  readonly call: Call;
  readonly token: string;
  readonly signal: AbortSignal;
  readonly settle: (outcome: Outcome) => void;
}

/** Of the request that carries them; each of them has a time limit of its own besides. */
const BATCH_TIMEOUT = 10_000;

/**
 * Reads that are asked for at the same moment go in one `$batch`, and two that ask for the same thing are asked once. To
 * whoever asks, each is answered as if it had gone alone: with a status, words and silence of its own.
 */
export function createGather(post: Post): Post {
  let waiting: Waiting[] = [];

  function flush(): void {
    const all = waiting;
    waiting = [];
    const groups = new Map<string, Map<string, Waiting[]>>();
    for (const each of all) {
      const same = groups.get(each.token) ?? new Map<string, Waiting[]>();
      groups.set(each.token, same);
      const { method, path, headers, body } = each.call;
      const key = JSON.stringify([method, path, headers, body]);
      same.set(key, [...(same.get(key) ?? []), each]);
    }
    for (const [token, same] of groups) {
      const asked = [...same.values()];
      for (let from = 0; from < asked.length; from += MOST_PARTS)
        void carry(asked.slice(from, from + MOST_PARTS), token);
    }
  }

  async function carry(asked: readonly (readonly Waiting[])[], token: string): Promise<void> {
    const firsts = asked.flatMap(([first]) => first ?? []);
    const { signal, clear } = deadline(BATCH_TIMEOUT);
    let answers: readonly Outcome[];
    try {
      const [only] = firsts;
      if (only && firsts.length === 1) answers = [await post(only.call, token, signal)];
      else {
        const outcome = await post(batchOf(firsts.map(({ call }) => call)), token, signal);
        answers = firsts.map((_, index) => partOf(outcome, index));
      }
    } catch {
      answers = firsts.map(() => ({ silence: { sent: true, timedOut: false } }));
    } finally {
      clear();
    }
    for (const [index, answer] of answers.entries()) for (const each of asked[index] ?? []) each.settle(answer);
  }

  return (call, token, signal) =>
    new Promise((resolve) => {
      const abort = () => resolve({ silence: { sent: true, timedOut: true } });
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      // After everything else that this turn of the event loop still asks for.
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({
        call,
        token,
        signal,
        settle(outcome) {
          signal.removeEventListener('abort', abort);
          resolve(outcome);
        },
      });
    });
}
