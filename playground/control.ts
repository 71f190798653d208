import type { PlaygroundClock } from './clock';
import type { Behaviour, Info, KillAt, Records } from './contract';
import type { Reply, Route } from './http';
import type { Journal } from './journal';
import type { KillSwitch } from './kill';
import { whyNoBehaviour } from './kind-behaviour';
import type { Products } from './products';
import type { Teams } from './teams';
import type { TenantSide } from './tenant';

export interface ControlParts {
  readonly tenant: TenantSide;
  readonly teams: Teams;
  readonly journal: Journal;
  readonly clock: PlaygroundClock;
  readonly product: Products;
  readonly killSwitch: KillSwitch;
  readonly productUrl: string;
  /** The product's configuration, for commands that run beside it. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells the product's clock how far this one was moved. */
  readonly clockMoved: () => void;
  /** Tenant, Teams and the product as at the start. */
  readonly reset: () => Promise<void>;
}

const bad = (message: string): Reply => ({ status: 400, body: { error: { code: 'badRequest', message } } });
const done: Reply = { status: 200, body: { ok: true } };

/** The routes under /control: how scripts look behind the scenes and pull the strings. See contract.ts. */
export function controlRoutes(parts: ControlParts): Route[] {
  const { tenant, teams, journal, clock, product, productUrl } = parts;
  const { state } = tenant;
  const peopleAtStart = tenant.records().people;

  async function info(): Promise<Info> {
    return {
      tenantId: state.tenantId,
      scenario: state.scenario,
      groupId: state.onboardingGroupId,
      productUrl,
      productReady: await product.ready(),
      now: clock.now(),
    };
  }

  function records(): Records {
    const { people: _now, ...standing } = tenant.records();
    const { tenant: changes, graph, signIns, teams: chat, product: lives } = journal;
    return {
      now: clock.now(),
      ...standing,
      people: peopleAtStart,
      product: lives,
      tenant: changes,
      graph,
      signIns,
      teams: chat,
    };
  }

  async function reset(): Promise<Reply> {
    try {
      await parts.reset();
      return done;
    } catch (error) {
      return { status: 500, body: { error: { code: 'productDidNotStart', message: String(error) } } };
    }
  }

  async function carryOut(what: unknown, instance: unknown): Promise<Reply> {
    if (instance !== undefined && !(Number.isInteger(instance) && Number(instance) in [...Array(product.count)])) {
      return bad(`instance is a number below ${product.count}.`);
    }
    const whom = instance === undefined ? product : product.one(Number(instance));
    if (what === 'kill') await whom.kill();
    else if (what === 'stop') await whom.stop();
    else if (what === 'start') {
      try {
        await whom.start();
      } catch (error) {
        return { status: 500, body: { error: { code: 'productDidNotStart', message: String(error) } } };
      }
      teams.start();
    } else return bad('do is kill, start or stop.');
    return { status: 200, body: { ready: await whom.ready(), pid: whom.pid() } };
  }

  return [
    { method: 'GET', pattern: /^\/control\/info$/, handler: async () => ({ status: 200, body: await info() }) },
    { method: 'GET', pattern: /^\/control\/records$/, handler: () => ({ status: 200, body: records() }) },
    { method: 'GET', pattern: /^\/control\/passes$/, handler: () => ({ status: 200, body: tenant.passes() }) },
    {
      method: 'POST',
      pattern: /^\/control\/behaviour$/,
      handler: ({ body }) => {
        if (typeof body !== 'object' || body === null) return bad('send an object.');
        const why = whyNoBehaviour(body);
        if (why !== null) return bad(why);
        tenant.setBehaviour(body as Partial<Behaviour>);
        return { status: 200, body: state.behaviour };
      },
    },
    {
      method: 'POST',
      pattern: /^\/control\/clock$/,
      handler: ({ body }) => {
        const ms = (body as { advanceMs?: unknown } | undefined)?.advanceMs;
        if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0)
          return bad('advanceMs is a number of ms, 0 or more.');
        clock.advance(ms);
        parts.clockMoved();
        return done;
      },
    },
    {
      method: 'POST',
      pattern: /^\/control\/product$/,
      handler: ({ body }) => {
        const { do: what, instance } = (body ?? {}) as { do?: unknown; instance?: unknown };
        return carryOut(what, instance);
      },
    },
    {
      method: 'POST',
      pattern: /^\/control\/kill-at$/,
      handler: ({ body }) => {
        parts.killSwitch.arm((body as { at?: KillAt | null } | undefined)?.at ?? null);
        return done;
      },
    },
    { method: 'GET', pattern: /^\/control\/env$/, handler: () => ({ status: 200, body: parts.env }) },
    { method: 'POST', pattern: /^\/control\/reset$/, handler: reset },
    { method: 'GET', pattern: /^\/control\/seen$/, handler: () => ({ status: 200, body: parts.killSwitch.seen() }) },
  ];
}
