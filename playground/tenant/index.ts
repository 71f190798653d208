import type { RequestListener } from 'node:http';
import type { PlaygroundClock } from '../clock';
import type { Behaviour, PassCode } from '../contract';
import type { Route } from '../http';
import type { Journal } from '../journal';
import { type Changes, createChanges } from './changes';
import { createDevices } from './devices';
import type { LoadedTenant } from './export/load';
import { createGate } from './gate';
import { createGraph } from './graph/graph';
import type { Parts } from './graph/route';
import { keepAssignments } from './group-assignments';
import { createGraphListener } from './listener';
import { createLuck } from './luck';
import { createState, type Scenario } from './scenario';
import { applySetUp } from './set-up';
import { type Standing, standingOf, watchExpiry } from './standing';
import type { TenantState } from './state';
import { createTeamsApps, type TeamsApps } from './teams-apps';
import { tokenRoutes } from './token-endpoint';
import { createTokens, type Tokens } from './tokens';

export { type Certificates, createCertificates, createGraphServer } from './certificates';
export { BadExport } from './export/folder';
export { type LoadedTenant, loadTenant } from './export/load';
export { type ProductSettings, productSettings } from './scenario';

/** How often the tenant looks at its own clock, ms. */
const OWN_PACE = 200;

/** The other side of the product: an Entra tenant with its people's devices. */
export interface TenantSide {
  readonly state: TenantState;
  readonly changes: Changes;
  /** For the Teams side, which is called with tokens of the same service. */
  readonly tokens: Tokens;
  /** Graph and the token service, for the HTTPS server. */
  readonly graphListener: RequestListener;
  /** People's computers and phones, for the HTTP server whose origin is the relying party of passkeys. */
  readonly people: readonly Route[];
  records(): Standing;
  setBehaviour(behaviour: Partial<Behaviour>): void;
  /** Every code that was ever minted. */
  passes(): readonly PassCode[];
  /** This person's phone is another one, on which nothing was set up. */
  newPhone(userId: string): void;
  /** Graph asks there who has the app, and has it installed there. */
  connectTeams(apps: TeamsApps): void;
  /** It does nothing by itself any more. */
  stop(): void;
}

export interface TenantOptions {
  readonly scenario: Scenario;
  /** How many more people there are than the scenario names. */
  readonly crowd?: number;
  /** A folder of exports that replaces what the scenario has of policies. */
  readonly loaded?: LoadedTenant | undefined;
  readonly clock: PlaygroundClock;
  readonly journal: Journal;
  /** `http://localhost:PORT` of the people's routes, asked for when it is known. */
  readonly publicOrigin: () => string;
  /** Told what a product should never have asked for. */
  readonly warn?: (text: string) => void;
}

export function createTenant(options: TenantOptions): TenantSide {
  const { scenario, crowd, loaded, journal, publicOrigin, warn = () => {} } = options;
  const state = createState(scenario, crowd, loaded);
  const clock = skewedClock(options.clock, state);
  const usual = structuredClone(state.authenticationMethodsPolicy);
  const luck = createLuck(state);
  const changes = createChanges(state, clock, journal, luck);
  const minted: PassCode[] = [];
  let teamsApps = createTeamsApps();
  const parts: Parts = { state, changes, clock, journal, luck, minted, warn, teamsApps: () => teamsApps };
  const gate = createGate(state, journal, luck);
  const tokens = createTokens(state);
  const graph = createGraph(parts, tokens, gate);
  const noticePasses = watchExpiry(state, clock, journal);
  const carryOutAssignments = keepAssignments(state, changes, clock);
  /** What the tenant does by itself when its time has come. */
  const passTime = () => {
    noticePasses();
    carryOutAssignments();
  };
  // Also while nobody asks for anything. Never what keeps the process alive.
  const pace = setInterval(passTime, OWN_PACE).unref();
  const graphListener = createGraphListener(parts, gate, tokenRoutes(state, tokens), (request) => {
    passTime();
    return graph(request);
  });
  const devices = createDevices({ state, changes, clock, journal, publicOrigin });

  return {
    state,
    changes,
    tokens,
    graphListener,
    people: devices.routes.map((route) => ({
      ...route,
      handler(request) {
        passTime();
        return route.handler(request);
      },
    })),
    records() {
      passTime();
      return standingOf(state, clock.now());
    },
    setBehaviour(behaviour) {
      const before = state.behaviour;
      state.behaviour = { ...before, ...behaviour };
      if (behaviour.seed !== undefined) luck.reset();
      applySetUp(state, changes, before, usual);
    },
    passes: () => [...minted],
    newPhone: devices.newPhone,
    connectTeams(apps) {
      teamsApps = apps;
    },
    stop: () => clearInterval(pace),
  };
}

/** The tenant's own clock, which may differ from everybody else's. */
function skewedClock(clock: PlaygroundClock, state: TenantState): PlaygroundClock {
  return { ...clock, now: () => clock.now() + state.behaviour.clockSkewMs };
}
