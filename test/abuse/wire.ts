import { connect } from 'node:net';
import pino from 'pino';
import { createMetrics } from '../../bot/alerts/metrics';
import { createServer, type Server } from '../../bot/server';
import { LocalTeams } from '../teams/local-teams';

/** The product's whole HTTP side on a socket of its own; everything is counted that is counted in an installation. */
export class Wire {
  readonly teams = new LocalTeams();
  readonly metrics = createMetrics();
  #server!: Server;
  port = 0;

  async start(over: Parameters<LocalTeams['start']>[0] = {}): Promise<this> {
    await this.teams.start({ counts: this.metrics, ...over });
    this.#server = createServer({
      messages: Promise.resolve((request, response) => this.teams.teams.process(request, response)),
      waitingFor: () => [],
      onRefusal: this.metrics.httpRefusal,
      log: pino({ level: 'silent' }),
    });
    this.port = await this.#server.listen('127.0.0.1', 0);
    return this;
  }

  async stop(): Promise<void> {
    await this.#server.close();
    await this.teams.stop();
  }

  /** One request; `null` sends no token at all. */
  async post(body: unknown, token: string | null = this.teams.token()) {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  }

  /** Bytes as they are; resolves with the first line of the answer, or `closed`. */
  raw(text: string, patience = 30_000): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(text));
      const timer = setTimeout(() => socket.destroy(), patience);
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.on('error', () => undefined);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve('closed');
      });
    });
  }

  /** The value of a counter with this label, 0 where it never counted. */
  async counted(name: string, label: string): Promise<number> {
    const line = (await this.metrics.text()).split('\n').find((each) => each.startsWith(`onboard_${name}{${label}}`));
    return line === undefined ? 0 : Number(line.split(' ').at(-1));
  }

  /** Everything that an activity can lead to. What is refused leaves it as it was. */
  traces(): unknown {
    const { outbox, onboardings, calls } = this.teams;
    return {
      stored: [outbox.answers.length, outbox.conversations.size, outbox.rows.length],
      asked: Object.values(onboardings).map((method) => (method as jest.Mock).mock.calls.length),
      sent: calls.length,
    };
  }
}
