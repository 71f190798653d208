import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { controlRoutes } from './control';
import { adminRoutes } from './control-admin';
import { dispatch, type Route, send } from './http';
import type { Journal } from './journal';
import { createKillSwitch, type KillSwitch } from './kill';
import { claimDataDir } from './launcher-data';
import { exported, readExports } from './launcher-exports';
import { CannotStart, type LauncherOptions } from './launcher-options';
import { createOtherSide, type OtherSide } from './other-side';
import { pageRoutes } from './page-server';
import { eventRoutes } from './page-server-events';
import { ledgerRoutes } from './page-server-ledger';
import { panelRoutes } from './page-server-panel';
import { createProduct } from './product';
import { productEnv } from './product-env';
import { createProducts, type Products } from './products';
import { createCertificates, createGraphServer, productSettings } from './tenant';
import { watchdogRoutes } from './watchdog';

export interface Playground {
  /** The one URL to open. */
  readonly url: string;
  /** Starts the product; rejects with what it said when it cannot. */
  startProduct(): Promise<void>;
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Also keeps pages of other sites from talking to it through a name that they point here. */
const HOSTS = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/**
 * The other side in one process - tenant, Teams and control - and the product as its child.
 *
 * @param say told what the person at the terminal should know
 * @throws CannotStart with one sentence
 */
export async function startPlayground(options: LauncherOptions, say: (line: string) => void): Promise<Playground> {
  const dataDir = resolve(options.dataDir);
  const productPorts = [await freePort(options.productPort, '--product-port')];
  while (productPorts.length < options.instances) productPorts.push(await freePort(0, '--product-port'));
  const productUrl = `http://${LOOPBACK}:${productPorts[0]}`;
  let product: Products | undefined;
  const killSwitch = createKillSwitch(() => void product?.kill());
  let port = 0;
  const publicOrigin = () => `http://localhost:${port}`;
  const teamsUrl = () => `http://${LOOPBACK}:${port}/teams`;
  const loaded = options.tenant === undefined ? undefined : readExports(options.tenant, say);
  const begin = () =>
    createOtherSide({
      launcher: options,
      loaded,
      publicOrigin,
      teamsUrl,
      botEndpoint: () => `${product?.next() ?? productUrl}/api/messages`,
      warn: say,
    });
  let side = exported(begin);

  const certificates = await createCertificates();
  const graph = createGraphServer(
    killSwitch.guard((request, response) => side.graphListener(request, response)),
    certificates,
  );
  const web = createServer();
  const servers: readonly { close(): unknown; closeAllConnections(): void }[] = [graph, web];
  try {
    const graphPort = await listen(graph, 0, '');
    port = await listen(web, options.port, '--port');
    claimDataDir(dataDir, options.keep);
    const caFile = join(dataDir, 'playground-ca.pem');
    const clockFile = join(dataDir, 'clock-offset');
    const graphUrl = `https://localhost:${graphPort}`;
    const bundle = join(__dirname, 'onboard.cjs');
    const envAt = (at: number) => ({
      ...productEnv(productSettings(side.tenant.state), {
        graphUrl,
        authorityUrl: graphUrl,
        caFile,
        teamsUrl: teamsUrl(),
        dataDir,
        clockFile,
        port: at,
      }),
      ...options.set,
    });
    const env = envAt(productPorts[0] ?? 0);
    const running = createProducts(
      productPorts.map((at, index) => {
        const logFile = join(dataDir, index === 0 ? 'product.log' : `product-${index + 1}.log`);
        const url = `http://${LOOPBACK}:${at}`;
        const onDeath = (how: string) =>
          say(
            `Onboard ended by itself (${how}); its log: ${logFile}. Tenant and Teams go on. To start it again: the button on the page, or POST ${publicOrigin()}/control/product {"do":"start"}`,
          );
        const { heard: onOutput } = killSwitch;
        const journal: Pick<Journal, 'addProduct'> = { addProduct: (entry) => side.journal.addProduct(entry) };
        return { url, product: createProduct({ bundle, env: envAt(at), logFile, url, journal, onDeath, onOutput }) };
      }),
    );
    product = running;
    function writeFiles(): void {
      writeFileSync(caFile, certificates.caPem);
      writeFileSync(clockFile, '0');
      // For the command line beside it: onboard --config FILE list, with NODE_EXTRA_CA_CERTS in the environment.
      const forCommands = Object.entries(env).map((pair) => `${pair.join('=')}\n`);
      writeFileSync(join(dataDir, 'product.env'), forCommands.join(''), { mode: 0o600 });
      chmodSync(join(dataDir, 'product.env'), 0o600);
      killSwitch.watch(dataDir);
    }
    const routesOf = ({ tenant, teams, journal, clock, stopped }: OtherSide): readonly Route[] => [
      ...pageRoutes(join(__dirname, 'page')),
      ...eventRoutes(journal, stopped),
      ...panelRoutes(tenant.state, journal, clock),
      ...ledgerRoutes({ bundle, env }),
      ...adminRoutes(tenant),
      ...watchdogRoutes({ bundle, env, dataDir, productUrl }),
      ...controlRoutes({
        tenant,
        teams,
        journal,
        clock,
        product: running,
        killSwitch,
        productUrl,
        env,
        clockMoved: () => writeFileSync(clockFile, String(clock.offset())),
        reset,
      }),
      ...teams.routes,
      ...tenant.people,
    ];
    writeFiles();
    let routes = routesOf(side);

    async function beginAnew(): Promise<void> {
      await running.kill();
      side.stop();
      killSwitch.stop();
      killSwitch.arm(null);
      claimDataDir(dataDir, false);
      side = begin();
      routes = routesOf(side);
      writeFiles();
      await running.start();
      side.teams.start();
    }
    let resetting: Promise<void> | null = null;
    /** One at a time: who asks during one gets that one. */
    function reset(): Promise<void> {
      resetting ??= beginAnew().finally(() => {
        resetting = null;
      });
      return resetting;
    }
    serve(web, () => routes, killSwitch, say);
    return {
      url: publicOrigin(),
      async startProduct() {
        await running.start();
        side.teams.start();
      },
      async stop() {
        side.stop();
        killSwitch.stop();
        await running.stop();
        closeAll(servers);
      },
    };
  } catch (error) {
    closeAll(servers);
    throw error;
  }
}

function closeAll(servers: readonly { close(): unknown; closeAllConnections(): void }[]): void {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
}

/** What the product asks of Teams; everything else is asked by people and scripts. */
const isOfProduct = (path: string) => /^\/teams\/(v3|openid)/.test(path);

function serve(web: Server, routes: () => readonly Route[], killSwitch: KillSwitch, say: (line: string) => void): void {
  const listener: RequestListener = (request, response) => {
    const foreign = request.headers.origin && !HOSTS.test(request.headers.origin.replace(/^https?:\/\//, ''));
    if (!HOSTS.test(request.headers.host ?? '') || foreign) {
      send(response, { status: 403, body: { error: { code: 'loopbackOnly', message: 'This machine only.' } } });
      return;
    }
    dispatch(routes(), request, response)
      .then((found) => {
        if (!found) send(response, { status: 404, body: { error: { code: 'notFound', message: 'No such route.' } } });
      })
      .catch((error: unknown) => {
        say(
          `The playground failed on ${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`,
        );
        if (!response.headersSent)
          send(response, { status: 500, body: { error: { code: 'broken', message: String(error) } } });
      });
  };
  web.on('request', killSwitch.guard(listener, isOfProduct));
}

function listen(
  server: Pick<Server, 'listen' | 'once' | 'address' | 'removeListener'>,
  port: number,
  option: string,
): Promise<number> {
  return new Promise((done, fail) => {
    const refused = (error: NodeJS.ErrnoException) => fail(portProblem(error, port, option));
    server.once('error', refused);
    server.listen(port, LOOPBACK, () => {
      server.removeListener('error', refused);
      done((server.address() as AddressInfo).port);
    });
  });
}

function portProblem(error: NodeJS.ErrnoException, port: number, option: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new CannotStart(
      `Port ${port} is in use. Choose another with ${option} ${port + 1}, or any free one with ${option} 0.`,
    );
  }
  if (error.code === 'EACCES')
    return new CannotStart(`Port ${port} needs more rights. Choose one above 1023 with ${option}.`);
  return error;
}

/** The product is told its port beforehand, because Teams must know it before the product has said anything. */
async function freePort(port: number, option: string): Promise<number> {
  const probe = createServer();
  const free = await listen(probe, port, option);
  await new Promise((done) => probe.close(done));
  return free;
}
