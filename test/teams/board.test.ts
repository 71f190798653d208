import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import { type OpenStore, openStore } from '../../bot/store/open-store';
import { LEDGER_KEY, World } from '../store/engines';
import { change, onboarding } from '../store/samples';
import { fakeOnboardings } from './fakes';
import { type Call, LocalTeams } from './local-teams';

const CHANNEL = '19:helpdesk@thread.tacv2;messageid=1';
const DIR = mkdtempSync(join(tmpdir(), 'onboard-board-'));
const world = new World();
const teams = new LocalTeams();
let open: OpenStore;
/** What arrived at the connector, and when. */
const arrived: { readonly at: number; readonly call: Call }[] = [];

beforeAll(async () => {
  open = await openStore({ dataDir: DIR }, { ...world, ledgerKey: LEDGER_KEY });
  const onboardings = fakeOnboardings({
    view: (id) => open.store.load(id),
    askedIn: (conversation, since) => open.store.askedIn(conversation, since),
  });
  const clock = { now: () => world.time, sleep: async () => undefined };
  await teams.start({ outbox: open.outbox, onboardings, clock });
  teams.reply = (call) => {
    arrived.push({ at: world.time, call });
    return undefined;
  };
  await open.outbox.saveConversation({
    id: CHANNEL,
    serviceUrl: teams.serviceUrl,
    kind: 'channel',
    personId: null,
    locale: null,
  });
});
afterAll(async () => {
  await teams.stop();
  await open.close();
  rmSync(DIR, { recursive: true });
});

async function ask(number: number): Promise<Onboarding> {
  const next = onboarding({ subject: `subject-${number}`, approver: `boss-${number}`, askedIn: CHANNEL });
  const answer = await open.store.create(
    change(
      { ...next, requestedAt: world.time, expiresAt: world.time + 86_400_000 },
      [],
      [{ live: 'request', to: { conversation: CHANNEL } }],
    ),
  );
  if (!('created' in answer)) throw new Error('taken');
  return answer.created;
}

async function moves(before: Onboarding, part: Partial<Onboarding>): Promise<Onboarding> {
  const next = change({ ...before, ...part }, [], [{ live: 'request', to: { conversation: CHANNEL } }]);
  const after = await open.store.commit(before, next);
  if (!after) throw new Error('raced');
  return after;
}

/** Delivers what is owed for so long, in steps of a tenth of a second. */
async function pass(ms: number): Promise<void> {
  for (const until = world.time + ms; world.time < until; world.time += 100) {
    const claimedUntil = world.time + 30_000;
    const rows = await open.outbox.claim(world.time, claimedUntil, 'test', 16);
    await Promise.all(rows.map((row) => teams.teams.deliver(row, claimedUntil)));
  }
}

const posts = () => arrived.filter(({ call }) => call.method === 'POST');
const textOf = (call: Call) => JSON.stringify(call.body);
const isBoard = (call: Call) => textOf(call).includes('What is going on here');

/** The most that arrived within any `span` milliseconds. */
function most(span: number): number {
  return Math.max(...arrived.map(({ at }) => arrived.filter((one) => one.at >= at && one.at < at + span).length));
}

test('sixty at once in one channel are on one card, edited seldom, within what Teams allows', async () => {
  const all: Onboarding[] = [];
  for (let number = 0; number < 60; number++) all.push(await ask(number));
  await pass(60_000);
  const cards = posts().filter(({ call }) => !isBoard(call));
  // All of them were open before the first card went out.
  expect(cards).toHaveLength(0);
  expect(posts()).toHaveLength(1);
  expect(textOf(posts()[0]?.call as Call)).toContain('Open: **60**');

  arrived.length = 0;
  const opened: Onboarding[] = [];
  for (const one of all) {
    opened.push(await moves(one, { state: 'open', deadline: world.time + 3_600_000, openedAt: world.time }));
    await pass(200);
  }
  await pass(20_000);
  const edits = arrived.length;
  expect(posts()).toHaveLength(0);
  // Twelve seconds of changes, and what is left after them: one edit in three seconds.
  expect(edits).toBeGreaterThan(1);
  expect(edits).toBeLessThanOrEqual(6);
  expect(textOf(arrived.at(-1)?.call as Call).match(/Set-up window is open/g)).toHaveLength(30);

  for (const one of opened) await moves(one, { state: 'closed', outcome: 'completed', closedAt: world.time });
  await pass(10_000);
  const last = textOf(arrived.at(-1)?.call as Call);
  expect(last).toContain('Open: **0**');
  expect(last).toContain('completed 60');
  expect(last.length).toBeLessThan(25_000);
  expect([most(1_000) <= 7, most(2_000) <= 8, most(30_000) <= 60]).toEqual([true, true, true]);
});

test('one after the other: each has its card until there are twenty, which keep theirs', async () => {
  world.time += 48 * 3_600_000;
  arrived.length = 0;
  const all: Onboarding[] = [];
  for (let number = 100; number < 125; number++) {
    all.push(await ask(number));
    await pass(2_000);
  }
  await pass(10_000);
  expect(posts().filter(({ call }) => !isBoard(call))).toHaveLength(19);
  const boards = arrived.filter(({ call }) => isBoard(call));
  // The card of many is the one that was there before.
  expect(boards.every(({ call }) => call.method === 'PUT')).toBe(true);
  expect(boards.length).toBeLessThanOrEqual(6);
  expect(textOf(boards.at(-1)?.call as Call)).not.toContain('completed');

  arrived.length = 0;
  await moves(all[0] as Onboarding, { state: 'closed', outcome: 'declined', closedAt: world.time });
  await moves(all[24] as Onboarding, { state: 'closed', outcome: 'declined', closedAt: world.time });
  await pass(10_000);
  expect(arrived.map(({ call }) => [call.method, isBoard(call)]).sort()).toEqual([
    ['PUT', false],
    ['PUT', true],
  ]);
});
