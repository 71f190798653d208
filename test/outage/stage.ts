import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person, Reaction } from '../../playground/story/client';
import { phoneToSave, savePasskey, signInWithPass } from '../../playground/story/journey';
import { linesOf, togglesOf } from '../../playground/story/read-card';
import { type Spawned, spawnPlayground } from '../../playground/story/spawn';
import { check } from '../promises/checker';

const DIST = process.env.ONBOARD_DIST ?? join(process.cwd(), 'dist');
/** By the second where the product waits by the minute, and room for many people with one manager. */
const SET = {
  POLL_SECONDS: '2',
  POLL_SLOW_SECONDS: '2',
  SWEEP_SECONDS: '5',
  SETTLE_SECONDS: '5',
  MAX_OPEN_PER_APPROVER: '1000',
  MAX_REQUESTS_PER_REQUESTER_PER_DAY: '1000',
  LOG_LEVEL: 'info',
};
const GLANCE = 100;

/** What a person reads when it is over, however it ended. */
export const ENDED = /set-up window has closed|set-up was stopped|set-up was frozen|your passkey works/i;

/** What one outage showed: a row of the table. Times by the clock of the tenant, which the test moves. */
export interface Finding {
  readonly outage: string;
  readonly done: string;
  readonly said: string;
  readonly after: string;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** Something that must hold and does not. */
export class Broken extends Error {}

export function must(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

export interface Ran {
  readonly code: number;
  readonly out: string;
}

export type Stage = Awaited<ReturnType<typeof createStage>>;

/** A playground with a crowd, and what every outage needs of it. */
export async function createStage(crowd: number, set: Readonly<Record<string, string>> = {}) {
  const spawned: Spawned = await spawnPlayground({
    bundle: join(DIST, 'playground.cjs'),
    scenario: 'everyone',
    crowd,
    set: { ...SET, ...set },
  });
  const { client } = spawned;
  const cards = new Map((await client.people()).map((card) => [card.key, card]));
  const [priya, mo] = [client.person('priya'), client.person('mo')];
  const env = await client.env();
  const children = new Set<ChildProcess>();

  const keys = Array.from({ length: crowd }, (_, index) => `person-${String(index + 1).padStart(3, '0')}`);
  const card = (key: string) => {
    const found = cards.get(key);
    must(found, `there is nobody called ${key}`);
    return found;
  };
  const now = async () => (await client.info()).now;
  const members = async () => (await client.records()).standing.members;
  const isIn = async (key: string) => (await members()).includes(card(key).id);

  /** Looks until it is so, moving the clock by `stepMs` between two looks; how long it took by that clock, ms. */
  async function until(what: string, is: () => Promise<unknown>, stepMs = 0, limitMs = 60_000): Promise<number> {
    const began = performance.now();
    const from = await now();
    while (!(await is())) {
      if (performance.now() - began > limitMs) throw new Broken(`not within ${limitMs / 1_000} s: ${what}`);
      if (stepMs > 0) await client.advance(stepMs);
      await pause(GLANCE);
    }
    return (await now()) - from;
  }

  /** The newest card of mo that is about this person and has such a button. */
  async function cardAbout(key: string, button: string) {
    const name = card(key).displayName;
    return (await mo.messages()).findLast(
      (message) =>
        linesOf(message.card).some((line) => line.includes(name)) &&
        JSON.stringify(message.card).includes(`"verb":"${button}"`),
    );
  }

  async function press(key: string, button: string): Promise<Reaction | undefined> {
    const message = await cardAbout(key, button);
    if (!message) return undefined;
    const inputs = Object.fromEntries(togglesOf(message.card).map(({ id, on }) => [id, on]));
    return mo.clickOn({ messageId: message.id, verb: button, inputs }).catch(() => undefined);
  }

  async function request(key: string): Promise<void> {
    const { status } = await priya.say(`@onboard ${card(key).userPrincipalName}`);
    must(status === 200 || status === 202, `the request for ${key} is taken, and not answered ${status}`);
  }

  async function passOf(key: string): Promise<string | undefined> {
    const code = (await client.passes()).findLast(({ userId }) => userId === card(key).id)?.code;
    const screens = (await mo.messages()).map((message) => linesOf(message.card).join('').replace(/\s/g, ''));
    return code && screens.some((text) => text.includes(code)) ? code : undefined;
  }

  /** Approves and is shown the pass: the window is open. Cards come as fast as Teams lets one chat have them. */
  async function open(key: string): Promise<string> {
    await until(`mo is asked about ${key}`, () => cardAbout(key, 'approve-and-show'), 400);
    await press(key, 'approve-and-show');
    let pass = await passOf(key);
    for (let tries = 0; !pass && tries < 40; tries++) {
      await pause(200);
      await press(key, 'show-pass');
      pass = await passOf(key);
    }
    must(pass, `mo is shown the pass of ${key}`);
    must(await isIn(key), `${key} is in the group`);
    return pass;
  }

  /** Registers a passkey with the pass, on devices that know nothing of Onboard. */
  async function register(key: string, pass: string): Promise<void> {
    const person = client.person(key);
    const name = card(key).userPrincipalName;
    await signInWithPass(person, 'security-info', name, pass);
    await person.computer.press('next');
    await person.computer.press('next');
    await phoneToSave(person, name, pass);
    const saved = await savePasskey(person);
    must(saved.page === 'account-added', `${key} has a passkey, and not ${saved.page}`);
  }

  /** The words of the newest message to this person. */
  async function lastWords(person: Person, about?: string): Promise<string> {
    const all = (await person.messages()).map((message) =>
      linesOf(message.card)
        .concat(message.text ?? '')
        .filter(Boolean),
    );
    const lines = all.findLast((each) => !about || each.some((line) => line.includes(about))) ?? [];
    return lines[0] ?? 'nothing';
  }

  const told = async (key: string, words: RegExp) => (await client.person(key).found(words)) !== undefined;

  /** `onboard ...` beside the instance, as an operator runs it. */
  function onboard(...args: string[]): Promise<Ran> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(DIST, 'onboard.cjs'), '--no-config', ...args],
        { env: { PATH: process.env.PATH, ...env }, cwd: spawned.dataDir, maxBuffer: 1 << 26 },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) || 1 : 0, out: stdout + stderr }),
      );
    });
  }

  /** `onboard watchdog`, as it would run on another host. */
  function watchdog(more: Readonly<Record<string, string>>): { output(): string; stop(): Promise<void> } {
    const child = spawn(process.execPath, [join(DIST, 'onboard.cjs'), '--no-config', 'watchdog'], {
      env: { PATH: process.env.PATH, ...env, ...more },
      cwd: spawned.dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return {
      output: () => output,
      async stop() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      },
    };
  }

  const log = () =>
    readFileSync(join(spawned.dataDir, 'product.log'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as { readonly event?: string; readonly code?: string }];
        } catch {
          return [];
        }
      });

  return {
    client,
    env,
    keys,
    priya,
    mo,
    card,
    now,
    members,
    isIn,
    until,
    press,
    request,
    open,
    register,
    lastWords,
    told,
    onboard,
    watchdog,
    log,
    dataDir: spawned.dataDir,
    /** It is the same process all the time: nothing of the outage made it end. */
    async mustNotHaveDied() {
      const { product } = await client.records();
      must(!product.some(({ did }) => did === 'died'), 'the product did not end by itself');
    },
    /**
     * The promise checker on everything so far. What was late because of the outage is forgiven as long as it lasted; how
     * often the checker found what is `forgiven` by name is the answer.
     */
    async mustKeepPromises(
      outages: readonly { readonly from: number; readonly to: number }[],
      pollSlackMs: number,
      forgiven: readonly string[] = [],
    ): Promise<number> {
      const records = await client.records();
      const found = check(records, {
        windowMinutes: 60,
        pollSlackMs,
        settleMs: 5_000,
        passCodes: await client.passes(),
        now: records.now,
        outages,
      });
      const kept = found.filter(({ what }) => !forgiven.includes(what));
      const said = kept.map(({ promise, what }) => `${promise} ${what}`).join('; ');
      must(kept.length === 0, `the promises hold, but: ${said}`);
      return found.length - kept.length;
    },
    async verifyLedger() {
      const { code, out } = await onboard('ledger', 'verify');
      must(code === 0, `the ledger verifies: ${out.trim()}`);
    },
    async stop() {
      for (const child of children) child.kill('SIGKILL');
      await spawned.stop();
    },
  };
}
