import type { Behaviour, Fault } from '../contract';
import type { Reply } from '../http';
import type { Journal } from '../journal';
import type { Luck } from './luck';
import type { TenantState } from './state';

/** What carrying out a request came to. */
export interface Done {
  readonly reply: Reply;
  /** The tenant was changed, whatever becomes of the answer. */
  readonly wrote?: boolean;
  /** Nobody knows this call here. */
  readonly unknown?: boolean;
  readonly fate?: Fate;
  /** The answer is kept back for so long, ms. */
  readonly waitMs?: number;
}

/**
 * What becomes of an answer. `closed`: the connection ends without one. `silent`: it stays open without one.
 * `half-open`: it begins and never ends. `cut`: it begins and breaks off.
 */
export type Fate = 'closed' | 'silent' | 'half-open' | 'cut';

export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly batch?: boolean;
  /** The access token that came with it. */
  readonly token?: string | undefined;
}

/** Every request of the product passes here: what was asked to go wrong happens to it, and it is written down. */
export interface Gate {
  pass(request: Passing, carryOut: () => Done): Done;
}

const NO_REPLY: Reply = { status: 0 };
const GATEWAY_STATUSES = [500, 502, 503, 504];

type Misfortune = Pick<Fault, 'do' | 'status' | 'code' | 'message' | 'retryAfter' | 'ms'>;

export function createGate(state: TenantState, journal: Journal, luck: Luck): Gate {
  const deadTokens = new Set<string>();

  /** The next fault that matches, used up by one. */
  function takeFault(method: string, path: string): Fault | undefined {
    const { faults } = state.behaviour;
    const taken = faults.find(
      (one) => one.times > 0 && one.method.toUpperCase() === method && new RegExp(one.path).test(path),
    );
    if (!taken) return undefined;
    const waits = (taken.skip ?? 0) > 0;
    const left = faults.map((one) => {
      if (one !== taken) return one;
      return waits ? { ...one, skip: (one.skip ?? 0) - 1 } : { ...one, times: one.times - 1 };
    });
    state.behaviour = { ...state.behaviour, faults: left.filter((one) => one.times > 0) };
    return waits ? undefined : taken;
  }

  /** What befalls a call by chance, before it is known whether it writes. */
  function misfortune({ method, path }: Passing, behaviour: Behaviour): Misfortune | undefined {
    if (!path.startsWith('/v1.0/')) return undefined;
    const call = `${method} ${path}`;
    const { errorShare, throttleShare, stallShare } = behaviour;
    if (luck.hits(throttleShare, 'throttled', call)) {
      const saysHowLong = luck.draw('says how long', call) < 0.5;
      return { do: 'status', status: 429, ...(saysHowLong ? { retryAfter: 1 } : {}) };
    }
    if (luck.hits(errorShare, 'error', call)) {
      return { do: 'status', status: GATEWAY_STATUSES[Math.floor(luck.draw('which error', call) * 4)] ?? 500 };
    }
    return luck.hits(stallShare, 'stalled', call) ? { do: 'half-open' } : undefined;
  }

  /** A write that was carried out and whose answer is lost by chance. */
  function losing(done: Done, { method, path }: Passing): Misfortune | undefined {
    const call = `${method} ${path}`;
    if (!done.wrote || !luck.hits(state.behaviour.lostShare, 'lost', call)) return undefined;
    return { do: luck.draw('how lost', call) < 0.5 ? 'lost' : 'gateway' };
  }

  return {
    pass(request, carryOut) {
      const { method, path, batch = false, token } = request;
      let lost = false;
      function happen(): Done {
        // Whoever calls with a dead token gets no further, and uses up nothing that waits for a good one.
        if (token !== undefined && deadTokens.has(token)) return { reply: expiredReply() };
        const fault = takeFault(method, path) ?? misfortune(request, state.behaviour);
        if (fault?.do === 'expire' && token !== undefined) deadTokens.add(token);
        if (fault && !CARRIED_OUT.includes(fault.do)) return { reply: NO_REPLY, ...spoil(fault) };
        const done = carryOut();
        const ill = fault ?? losing(done, request);
        if (!ill) return done;
        lost = ill.do !== 'slow';
        return { ...done, ...spoil(ill) };
      }
      const done = withoutRetryAfter(happen(), state.behaviour);
      journal.addGraph({
        method,
        path,
        status: done.reply.status,
        batch,
        write: done.wrote ?? false,
        answerLost: lost,
        ...(done.unknown ? { unknown: true as const } : {}),
      });
      return done;
    },
  };
}

const CARRIED_OUT: readonly Fault['do'][] = ['lost', 'gateway', 'half-open', 'cut', 'slow'];

/** What a misfortune makes of an answer. */
function spoil(fault: Misfortune): Partial<Done> {
  switch (fault.do) {
    case 'lost':
    case 'refuse':
      return { fate: 'closed' };
    case 'hang':
      return { fate: 'silent' };
    case 'half-open':
    case 'cut':
      return { fate: fault.do };
    case 'slow':
      return { waitMs: fault.ms ?? 0 };
    case 'gateway':
      return { reply: faultReply({ status: 504 }) };
    case 'status':
      return { reply: faultReply(fault) };
    case 'expire':
      return { reply: expiredReply() };
  }
}

/** The code that comes with a status where nobody asks for another. */
const CODES: Readonly<Record<number, string>> = {
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  409: 'Directory_ConcurrencyViolation',
  429: 'TooManyRequests',
  503: 'serviceNotAvailable',
};

/** As a gateway in front of the service answers, whatever was carried out behind it. */
function faultReply({ status = 503, code, message = '', retryAfter }: Omit<Misfortune, 'do'>): Reply {
  return {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    body: { error: { code: code ?? CODES[status] ?? 'UnknownError', message, innerError: {} } },
  };
}

function expiredReply(): Reply {
  const message = 'Lifetime validation failed, the token is expired.';
  return {
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    body: { error: { code: 'InvalidAuthenticationToken', message, innerError: {} } },
  };
}

function withoutRetryAfter(done: Done, behaviour: Behaviour): Done {
  if (!behaviour.withoutRetryAfter || done.reply.headers?.['retry-after'] === undefined) return done;
  const { 'retry-after': _left, ...headers } = done.reply.headers;
  return { ...done, reply: { ...done.reply, headers } };
}
