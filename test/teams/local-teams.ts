import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import pino from 'pino';
import { createServer as createRestify, plugins } from 'restify';
import { systemClock } from '../../bot/clock';
import { createTeams, type Teams, type TeamsDeps } from '../../bot/teams/teams';
import { appId, type FakeOutbox, fakeOnboardings, fakeOutbox, ids, tenantId } from './fakes';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly authorization: string;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Milliseconds before it is given. */
  readonly after?: number;
}

/** Stands for a value that is nested so deeply that JavaScript itself could not write it. */
export const DEEP = '@@deep@@';
const tower = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;

const issuer = 'https://issuer.local';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Both sides of the bot's HTTP on loopback: signs what Teams would sign, and is the connector that the bot sends to. */
export class LocalTeams {
  readonly calls: Call[] = [];
  readonly outbox: FakeOutbox = fakeOutbox();
  readonly logged: Record<string, unknown>[] = [];
  onboardings = fakeOnboardings();
  /** What the connector answers; falls back to success. */
  reply: (call: Call) => Reply | undefined = () => undefined;
  teams!: Teams;
  serviceUrl = '';
  #servers: (Server | ReturnType<typeof createRestify>)[] = [];
  #botUrl = '';

  async start(over: Partial<TeamsDeps> = {}): Promise<this> {
    const connector = createServer((request, response) => void this.#connector(request, response));
    this.serviceUrl = `${await listen(connector)}/`;
    this.#servers.push(connector);
    const sink = { write: (line: string) => void this.logged.push(JSON.parse(line)) };
    this.teams = createTeams({
      settings: {
        appId,
        tenantId,
        openIdMetadataUrl: `${this.serviceUrl}openid`,
        tokenIssuer: issuer,
        allowedServiceUrls: (url) => url === this.serviceUrl,
      },
      onboardings: this.onboardings,
      outbox: this.outbox,
      rules: { windowLength: 3_600_000, maxPasses: 3 },
      clock: systemClock,
      log: pino({ level: 'debug' }, sink),
      tokenFor: async (scope) => `token-for ${scope}`,
      ...over,
    });
    const bot = createRestify({ log: pino({ level: 'silent' }) as never });
    bot.use(plugins.bodyParser({ mapParams: false }));
    bot.post('/api/messages', async (request, response) => this.teams.process(request, response));
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    this.#servers.push(bot);
    this.#botUrl = `http://127.0.0.1:${(bot.server as Server | undefined)?.address() ? ((bot.server as Server).address() as AddressInfo).port : 0}`;
    return this;
  }

  async stop(): Promise<void> {
    await this.teams.stop();
    for (const server of this.#servers) {
      const http = 'server' in server ? (server.server as Server) : (server as Server);
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    }
  }

  token(over: Record<string, unknown> = {}, key = keys.privateKey): string {
    return jwt.sign({ serviceurl: this.serviceUrl, ...over }, key, {
      algorithm: 'RS256',
      keyid: 'k1',
      ...('iss' in over ? {} : { issuer }),
      ...('aud' in over ? {} : { audience: appId }),
      ...('exp' in over ? {} : { expiresIn: 600 }),
    });
  }

  activity(over: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      type: 'message',
      id: `m-${Math.random().toString(36).slice(2)}`,
      channelId: 'msteams',
      serviceUrl: this.serviceUrl,
      from: { id: '29:priya', name: 'Priya', aadObjectId: ids.priya },
      recipient: { id: `28:${appId}`, name: 'Onboard' },
      conversation: { id: 'a:priya', tenantId, conversationType: 'personal' },
      channelData: { tenant: { id: tenantId } },
      text: 'help',
      ...over,
    };
  }

  invoke(verb: string, data: unknown, by = ids.mo, over: Record<string, unknown> = {}): Record<string, unknown> {
    return this.activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      from: { id: `29:${by}`, aadObjectId: by },
      conversation: { id: `a:${by}`, tenantId, conversationType: 'personal' },
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      ...over,
    });
  }

  async post(activity: unknown, token: string | null = this.token()): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.#botUrl}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: (typeof activity === 'string' ? activity : JSON.stringify(activity)).replace(`"${DEEP}"`, tower),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async #connector(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (path === '/openid') return send(200, { issuer, jwks_uri: `${this.serviceUrl}keys` });
    if (path === '/keys') {
      const jwk = keys.publicKey.export({ format: 'jwk' });
      return send(200, { keys: [{ ...jwk, kid: 'k1', use: 'sig', endorsements: ['msteams'] }] });
    }
    const text = Buffer.concat(chunks).toString();
    const call: Call = {
      method: request.method ?? '',
      path,
      body: text === '' ? {} : JSON.parse(text),
      authorization: request.headers.authorization ?? '',
    };
    this.calls.push(call);
    const reply = this.reply(call);
    if (reply) {
      if (reply.after) await new Promise((resolve) => setTimeout(resolve, reply.after));
      return send(reply.status, reply.body ?? { error: { code: 'Test', message: 'test' } }, reply.headers);
    }
    send(201, { id: path === '/v3/conversations' ? `a:new-${this.calls.length}` : `act-${this.calls.length}` });
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
