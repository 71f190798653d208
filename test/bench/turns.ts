import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { botMri, mriOf, personalChatId } from '../../playground/teams/ids';
import { createSigning, ISSUER } from '../../playground/teams/signing';
import type { EchoSettings } from './echo';
import { type Figure, figure, spread } from './figures';
import { createRig, freePort, type Rig, serve } from './rig';
import { pause } from './watch';

/** Each from an address of its own: the product takes no more than 100 requests a second from one. */
const CALLERS = 16;
const PEOPLE = 200;
const ROUND_WARM_UP = 1_000;

/** Chat lines a second, the product and a bare bot on the same SDK in turns, each with one core's worth of callers. */
export async function turns(rounds: number, roundMs: number): Promise<Figure[]> {
  let answers = 0;
  const sink = await serve((asked, response) => {
    asked.resume().once('end', () => {
      answers++;
      response.writeHead(201, { 'content-type': 'application/json' }).end(`{"id":"${answers}"}`);
    });
  });
  const serviceUrl = `http://127.0.0.1:${sink.port}/`;
  const rig = await createRig({ crowd: PEOPLE, set: { BOT_SERVICE_URLS: serviceUrl } });
  const signing = createSigning(rig.state.botApp.appId);
  const port = await freePort();
  const settings: EchoSettings = {
    appId: rig.state.botApp.appId,
    openIdUrl: `${rig.teamsUrl()}/openid`,
    issuer: ISSUER,
    port,
  };
  const bare = spawn(process.execPath, [process.argv[1] ?? ''], {
    env: { PATH: process.env.PATH, BENCH_ECHO: JSON.stringify(settings) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await Promise.all([once(bare.stdout, 'data'), rig.start()]);
    await pause(1_000);
    const token = (await signing.bearer(serviceUrl)) ?? '';
    const lines = rig.crowd.map((user) => line(rig, user, serviceUrl));
    const echo = `http://127.0.0.1:${port}`;
    const drive = (url: string, ms: number) => driveFor(url, lines, token, ms);
    const rates: { readonly product: number[]; readonly echo: number[]; readonly ratio: number[] } = {
      product: [],
      echo: [],
      ratio: [],
    };
    const times: number[] = [];
    for (const url of [echo, rig.productUrl]) await drive(url, ROUND_WARM_UP);
    for (let round = 0; round < rounds; round++) {
      const other = await drive(echo, roundMs);
      const own = await drive(rig.productUrl, roundMs);
      rates.echo.push(other.perSecond);
      rates.product.push(own.perSecond);
      rates.ratio.push(own.perSecond / other.perSecond);
      times.push(...own.ms);
    }
    return [
      figure('turns', 'chat lines a second, bare echo bot (answers within the turn)', '/s', spread(rates.echo)),
      figure(
        'turns',
        'chat lines a second, Onboard (answer durable in the store, sent after)',
        '/s',
        spread(rates.product),
      ),
      figure('turns', 'Onboard to echo bot, round by round', '', spread(rates.ratio)),
      figure('turns', `Onboard: one line, ${CALLERS} at a time`, 'ms', spread(times)),
      figure('turns', 'Onboard: memory after it', 'MB', rig.memory()),
    ];
  } finally {
    bare.stdin.end();
    bare.kill('SIGTERM');
    await rig.stop();
    sink.close();
  }
}

/** `help`, which asks nothing of the tenant. */
function line({ state }: Rig, user: { readonly id: string; readonly displayName: string }, serviceUrl: string) {
  const { appId } = state.botApp;
  let number = 0;
  return () =>
    JSON.stringify({
      type: 'message',
      id: `f:${user.id}-${process.hrtime.bigint()}-${++number}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl,
      from: { id: mriOf(appId, user.id), name: user.displayName, aadObjectId: user.id },
      conversation: {
        conversationType: 'personal',
        tenantId: state.tenantId,
        id: personalChatId(appId, user.id),
      },
      recipient: { id: botMri(appId), name: 'Onboard' },
      channelData: { tenant: { id: state.tenantId } },
      locale: 'en-US',
      textFormat: 'plain',
      text: 'help',
    });
}

async function driveFor(url: string, lines: readonly (() => string)[], token: string, ms: number) {
  const target = new URL('/api/messages', url);
  const times: number[] = [];
  const began = performance.now();
  const end = began + ms;
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.0.0.${caller + 2}` });
      for (let turn = caller; performance.now() < end; turn += CALLERS) {
        const from = performance.now();
        const status = await send(target, agent, token, lines[turn % lines.length]?.() ?? '');
        if (status !== 200 && status !== 202) throw new Error(`${url} answered ${status}`);
        times.push(performance.now() - from);
      }
      agent.destroy();
    }),
  );
  return { perSecond: times.length / ((performance.now() - began) / 1_000), ms: times };
}

function send(target: URL, agent: Agent, token: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(target, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });
}
