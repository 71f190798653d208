import type { Fault } from '../contract';
import type { Reply } from '../http';
import type { Journal } from '../journal';
import type { TenantState } from './state';

/** What carrying out a request came to. */
export interface Done {
  readonly reply: Reply;
  /** The tenant was changed, whatever becomes of the answer. */
  readonly wrote?: boolean;
  /** `closed`: the connection ends without an answer. `silent`: it stays open without one. */
  readonly fate?: 'closed' | 'silent';
}

/** Every request of the product passes here: faults that were asked for happen to it, and it is written down. */
export interface Gate {
  pass(
    request: { readonly method: string; readonly path: string; readonly batch?: boolean },
    carryOut: () => Done,
  ): Done;
}

const NO_REPLY: Reply = { status: 0 };

export function createGate(state: TenantState, journal: Journal): Gate {
  /** The next fault that matches, used up by one. */
  function takeFault(method: string, path: string): Fault | undefined {
    const { faults } = state.behaviour;
    const taken = faults.find(
      (one) => one.times > 0 && one.method.toUpperCase() === method && new RegExp(one.path).test(path),
    );
    if (taken) {
      const left = faults.map((one) => (one === taken ? { ...one, times: one.times - 1 } : one));
      state.behaviour = { ...state.behaviour, faults: left.filter((one) => one.times > 0) };
    }
    return taken;
  }

  return {
    pass({ method, path, batch = false }, carryOut) {
      const fault = takeFault(method, path);
      const done = meet(fault, carryOut);
      journal.addGraph({
        method,
        path,
        status: done.reply.status,
        batch,
        write: done.wrote ?? false,
        answerLost: fault?.do === 'lost',
      });
      return done;
    },
  };
}

function meet(fault: Fault | undefined, carryOut: () => Done): Done {
  switch (fault?.do) {
    case undefined:
      return carryOut();
    case 'lost':
      return { ...carryOut(), fate: 'closed' };
    case 'refuse':
      return { reply: NO_REPLY, fate: 'closed' };
    case 'hang':
      return { reply: NO_REPLY, fate: 'silent' };
    case 'status':
      return { reply: faultReply(fault) };
  }
}

/** As a gateway in front of the service answers: nothing was carried out. */
function faultReply(fault: Fault): Reply {
  const status = fault.status ?? 503;
  const code = status === 429 ? 'TooManyRequests' : status === 503 ? 'serviceNotAvailable' : 'UnknownError';
  return {
    status,
    headers: fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
    body: { error: { code, message: '', innerError: {} } },
  };
}
