import { GraphRefusal } from './errors';
import type { Parts } from './route';

const UNITS_SPAN = 10_000;
const WRITES_SPAN = 150_000;
const WRITES = 3_000;
/** From this share of a limit on, answers say how much of it is used up. */
const WARNS_FROM = 0.8;

/** Units in 10 s for one application in a tenant with so many people ("Microsoft Graph service-specific throttling limits"). */
function documentedUnits(people: number): number {
  if (people < 50) return 3_500;
  return people <= 500 ? 5_000 : 8_000;
}

/** Directory objects have this budget; methods, policies, reports and Teams below the same paths have others. */
const IDENTITY =
  /^\/(users|groups|directoryObjects|servicePrincipals|domains|subscribedSkus|directory|organization)\b/i;
const OTHERS = /^\/users\/[^/]+\/(authentication|teamwork|presence)\b/i;

/** The table of the same page, most particular first; what is not in it costs 1. */
const COSTS: readonly (readonly [RegExp, number])[] = [
  [/^\/groups\/[^/]+\/transitiveMembers/i, 5],
  [/\/checkMember(Groups|Objects)$/i, 4],
  [/^\/groups\/[^/]+\/members(\/microsoft\.graph\.\w+)?$/i, 3],
  [/\/getByIds$/i, 3],
  [/^\/subscribedSkus/i, 3],
  [/\/(transitiveMemberOf|memberOf)\b/i, 2],
  [/\/getMember(Groups|Objects)$/i, 2],
  [/^\/users(\/[^/]+)?$/i, 2],
];

/** Resource units of one call: less with `$select` and a small `$top`, more with `$expand`, never below 1. */
export function costOf(method: string, path: string, query: URLSearchParams): number {
  const base = (method === 'DELETE' ? undefined : COSTS.find(([pattern]) => pattern.test(path))?.[1]) ?? 1;
  const top = query.get('$top');
  const less = (query.has('$select') ? 1 : 0) + (top !== null && Number(top) < 20 ? 1 : 0);
  return Math.max(1, base - less + (query.has('$expand') ? 1 : 0));
}

/** What one application may ask of the directory. */
export interface Budget {
  /**
   * Charges one call, whether or not it is let through: asking again too early counts against whoever does.
   *
   * @returns headers for its answer. @throws GraphRefusal 429
   */
  charge(method: string, path: string, query: URLSearchParams): Record<string, string>;
}

interface Spent {
  readonly at: number;
  readonly amount: number;
}

export function createBudget({ state, clock }: Pick<Parts, 'state' | 'clock'>): Budget {
  let units: Spent[] = [];
  let writes: Spent[] = [];
  const sum = (list: readonly Spent[]) => list.reduce((total, { amount }) => total + amount, 0);

  /** Seconds until the oldest of a full span has left it. */
  function refuse(list: readonly Spent[], span: number, why: string, headers: Record<string, string>): GraphRefusal {
    const wait = Math.max(1, Math.ceil(((list[0]?.at ?? 0) + span - clock.now()) / 1_000));
    return new GraphRefusal(429, 'TooManyRequests', 'Too many requests.', undefined, {
      ...headers,
      'retry-after': String(wait),
      'x-ms-throttle-information': why,
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${state.botApp.appId}/${state.tenantId}`,
    });
  }

  return {
    charge(method, path, query) {
      if (!IDENTITY.test(path) || OTHERS.test(path)) return {};
      const now = clock.now();
      const { identityUnits, identityWrites } = state.behaviour;
      const limit = identityUnits || documentedUnits(state.users.size);
      const writeLimit = identityWrites || WRITES;
      const amount = costOf(method, path, query);
      units = [...units.filter(({ at }) => at > now - UNITS_SPAN), { at: now, amount }];
      writes = writes.filter(({ at }) => at > now - WRITES_SPAN);
      const isWrite = method !== 'GET' && !/\/(checkMember|getMember|getByIds)/i.test(path);
      if (isWrite) writes.push({ at: now, amount: 1 });
      const used = Math.max(sum(units) / limit, sum(writes) / writeLimit);
      const headers = {
        'x-ms-resource-unit': String(amount),
        ...(used >= WARNS_FROM ? { 'x-ms-throttle-limit-percentage': Math.min(used, 1.8).toFixed(2) } : {}),
      };
      if (sum(units) > limit) throw refuse(units, UNITS_SPAN, 'ResourceUnitLimitExceeded', headers);
      if (isWrite && sum(writes) > writeLimit) throw refuse(writes, WRITES_SPAN, 'WriteLimitExceeded', headers);
      return headers;
    },
  };
}

/** So many calls in so long, for everything that shares it. */
export function createLimit({ clock }: Pick<Parts, 'clock'>, most: number, span: number): () => number | null {
  let calls: number[] = [];
  return () => {
    const now = clock.now();
    calls = calls.filter((at) => at > now - span);
    if (calls.length >= most) return Math.ceil(((calls[0] ?? now) + span - now) / 1_000);
    calls.push(now);
    return null;
  };
}
