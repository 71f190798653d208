import type { Seen } from '../../playground/contract';
import type { Nature } from './people';
import type { Plan } from './run';

const ORDINARY: Nature = { patient: true, twice: false, atOnce: false };

/** The story without any kill: it tells at which moments the others are killed. */
export const UNHARMED: Plan = { name: 'unharmed', instances: 1, nature: ORDINARY };

const PHASES = ['arrives', 'done', 'answered'] as const;
const WORDS = { arrives: 'before it takes effect', done: 'done, not answered', answered: 'answered' } as const;

/** What changes nothing: before its effect and after it are one and the same moment. */
const isRead = (request: string) => /^GET |\/oauth2\/|\$batch$|checkMemberGroups$/.test(request);

/** Every outbound request of the recorded story, before it takes effect, between effect and answer, and after it. */
export function requestPlans({ requests }: Seen): Plan[] {
  const counts = new Map<string, number>();
  return requests.flatMap((request) => {
    const nth = (counts.get(request) ?? 0) + 1;
    counts.set(request, nth);
    const phases = PHASES.filter((phase) => phase !== 'done' || !isRead(request));
    return phases.map((phase) => ({
      name: `${request} no. ${nth}, ${WORDS[phase]}`,
      instances: 1,
      nature: ORDINARY,
      at: { request, nth, phase },
    }));
  });
}

/**
 * Both sides of every commit that writes the ledger: the transaction is seen to begin in the write-ahead log, and its
 * head is printed. `others` are the commits in between - leases, outbox, conversations -, of which one in `every` is
 * taken unless all are asked for.
 */
export function commitPlans({ commits }: Seen, every: number): Plan[] {
  const plan = (heads: number, nth: number, phase: 'begun' | 'done' | 'head', words: string): Plan => ({
    name: `commit ${nth} after head ${heads}, ${words}`,
    instances: 1,
    nature: ORDINARY,
    at: { commit: { heads, nth }, phase },
  });
  let other = 0;
  return commits.flatMap((count, heads) => {
    const hasHead = heads < commits.length - 1;
    const between = Array.from({ length: Math.max(hasHead ? count - 1 : count, 0) }, (_, index) => index + 1);
    return [
      ...between.filter(() => other++ % every === 0).map((nth) => plan(heads, nth, 'done', 'done')),
      ...(hasHead
        ? [plan(heads, Math.max(count, 1), 'begun', 'begun'), plan(heads, count, 'head', 'head printed')]
        : []),
    ];
  });
}

/** Numbers from a seed (mulberry32): the same seed makes the same plans, though no clock runs twice the same way. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One to four kills at any time, of any instance, and people of any nature. */
export function randomPlan(name: string, instances: number, seed: number): Plan {
  const next = numbers(seed);
  const upTo = (limit: number) => Math.floor(next() * limit);
  const kills = Array.from({ length: 1 + upTo(4) }, () => ({
    afterMs: upTo(1_600),
    downMs: upTo(700),
    instance: upTo(instances),
  }));
  const nature = { patient: next() < 0.5, twice: next() < 0.4, atOnce: next() < 0.5 };
  return { name: `${name} seed ${seed}`, instances, nature, kills };
}
