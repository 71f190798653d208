import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { createClock, type PlaygroundClock } from '../../playground/clock';
import type { Behaviour } from '../../playground/contract';
import { createJournal, type Journal } from '../../playground/journal';
import {
  type Certificates,
  createCertificates,
  createGraphServer,
  createTenant,
  type TenantSide,
} from '../../playground/tenant';
import type { Scenario } from '../../playground/tenant/scenario';

type Row = Readonly<Record<string, unknown>>;

/** Whatever came, named as Graph names it; a test that reads what is not there fails by itself. */
export interface Body extends Row {
  readonly value: Row[];
  readonly error: { readonly code: string; readonly message: string; readonly innerError: Row };
  readonly responses: { readonly id: string; readonly status: number; readonly headers: Row; readonly body: Body }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Body;
}

export interface Harness {
  readonly tenant: TenantSide;
  readonly journal: Journal;
  readonly clock: PlaygroundClock;
  readonly origin: string;
  readonly certificates: Certificates;
  readonly warnings: string[];
  /** Trusts the certificate authority, for whoever brings a client of their own. */
  readonly dispatcher: Agent;
  /** A call below /v1.0 with a token of the product, over HTTPS; an absolute address is taken as it is. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  behave(behaviour: Partial<Behaviour>): void;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Instead of a JSON body. */
  readonly form?: URLSearchParams;
  readonly headers?: Record<string, string>;
  /** `null` sends none. */
  readonly token?: string | null;
}

export const EVENTUAL = { ConsistencyLevel: 'eventual' };

let made: Promise<Certificates> | undefined;

/** A tenant behind its HTTPS server, and a client that trusts its certificate authority. */
export async function startTenant(scenario: Scenario = 'everyone'): Promise<Harness> {
  const clock = createClock();
  const journal = createJournal(clock);
  const warnings: string[] = [];
  const tenant = createTenant({
    scenario,
    clock,
    journal,
    publicOrigin: () => 'http://localhost:1',
    warn: (text) => warnings.push(text),
  });
  made ??= createCertificates();
  const certificates = await made;
  const server: Server = createGraphServer(tenant.graphListener, certificates);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const dispatcher = new Agent({ connect: { ca: certificates.caPem } });

  return {
    tenant,
    journal,
    clock,
    origin,
    certificates,
    warnings,
    dispatcher,
    async call(
      method,
      path,
      { body, form, headers = {}, token = tenant.tokens.issue('https://graph.microsoft.com') } = {},
    ) {
      const response = await request(path.startsWith('https:') ? path : `${origin}/v1.0${path}`, {
        dispatcher,
        method: method as 'GET',
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
          ...headers,
        },
        body: form?.toString() ?? (body === undefined ? null : JSON.stringify(body)),
      });
      const text = await response.body.text();
      return { status: response.statusCode, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
    },
    behave: (behaviour) => tenant.setBehaviour(behaviour),
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), dispatcher.destroy()]);
    },
  };
}
