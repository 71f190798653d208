import type { Lane } from '../bot/workflow/tenant';
import { batchOf, MOST_PARTS, partOf } from './batch';
import type { Budget } from './budget';
import { LANES } from './budget-limits';
import type { Call } from './call';
import { deadline, READ_TIMEOUT } from './deadline';
import type { Silence } from './errors';
import type { Received } from './exchange';

/** What became of a request: an answer, whatever it says, or none. */
export type Outcome = (Received | { readonly silence: Silence }) & { readonly clientRequestId?: string };

/** Sends one request as it is. Throws only for a defect. */
export type Post = (call: Call, token: string, signal: AbortSignal) => Promise<Outcome>;

/** One try of a call, which waits for the budget first. */
export interface Try {
  readonly call: Call;
  readonly token: string;
  readonly lane: Lane;
  /** Its pause was slept already. */
  readonly again: boolean;
  readonly signal: AbortSignal;
}

/** Throws TenantError where the budget does not let it through, and whatever a defect throws. */
export type Send = (one: Try) => Promise<Outcome>;

interface Waiting extends Try {
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/** One thing that is asked for, with everybody who asks for it. */
type Part = readonly [Waiting, ...Waiting[]];

/**
 * Reads that are asked for at the same moment go in one `$batch`, and two that ask for the same thing are counted and asked
 * once, in the lane of the first of them. What the budget holds back keeps nobody else waiting. To whoever asks, each is
 * answered as if it had gone alone: with a status, words and silence of its own.
 */
export function createGather(budget: Pick<Budget, 'take'>, post: Post): Send {
  const admitted = perTurn<Part>((parts) => {
    for (const same of groupBy(parts, ([{ token }]) => token))
      for (let from = 0; from < same.length; from += MOST_PARTS) void carry(same.slice(from, from + MOST_PARTS));
  });
  const asked = perTurn<Waiting>((all) => {
    const wanted = all.filter(({ signal }) => !signal.aborted);
    for (const part of groupBy(wanted, sameness)) void admit(part);
  });

  async function admit(part: Part): Promise<void> {
    const [{ call }] = part;
    const lane = LANES.find((each) => part.some((one) => one.lane === each)) ?? part[0].lane;
    const again = part.every((one) => one.again);
    try {
      await budget.take(call, lane, again, allOf(part.map(({ signal }) => signal)));
      admitted(part);
    } catch (error) {
      for (const { fail } of part) fail(error);
    }
  }

  async function carry(parts: readonly Part[]): Promise<void> {
    const firsts = parts.map(([first]) => first);
    const { signal, clear } = deadline(READ_TIMEOUT);
    try {
      const [only] = firsts;
      if (!only) return;
      const outcome = await post(
        firsts.length === 1 ? only.call : batchOf(firsts.map(({ call }) => call)),
        only.token,
        signal,
      );
      for (const [index, part] of parts.entries()) {
        const answer = firsts.length === 1 ? outcome : partOf(outcome, index);
        for (const { settle } of part) settle(answer);
      }
    } catch (error) {
      // `post` throws for a defect only, which must not pass for a Graph that is silent.
      for (const { fail } of parts.flat()) fail(error);
    } finally {
      clear();
    }
  }

  return (one) =>
    new Promise((resolve, reject) => {
      const { signal } = one;
      const abort = () => resolve({ silence: { sent: true, timedOut: true } });
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      const end = () => signal.removeEventListener('abort', abort);
      asked({
        ...one,
        settle(outcome) {
          end();
          resolve(outcome);
        },
        fail(error) {
          end();
          reject(error);
        },
      });
    });
}

/** Hands over what one turn of the event loop brought, after everything else that this turn still asks for. */
function perTurn<T>(hand: (all: readonly T[]) => void): (one: T) => void {
  let all: T[] = [];
  return (one) => {
    if (all.length === 0)
      setImmediate(() => {
        const these = all;
        all = [];
        hand(these);
      });
    all.push(one);
  };
}

function sameness({ token, call: { method, path, headers, body } }: Try): string {
  return JSON.stringify([token, method, path, headers, body]);
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
}

/** Aborts when the last of them has: as long as one still waits, it is worth waiting for. */
function allOf(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  let left = signals.length;
  for (const signal of signals)
    signal.addEventListener('abort', () => --left === 0 && controller.abort(), { once: true });
  return controller.signal;
}
