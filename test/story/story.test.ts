import type { Records } from '../../playground/contract';
import type { Spawned } from '../../playground/story/spawn';
import { CASTS, type Listener, POINTS, type Point, tell } from '../../playground/story/tale';
import { type Client, ledgerOf, type Scenario, startPlayground, stopPlaygrounds, verdict } from '../harness/playground';
import { check } from '../promises/checker';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

const silent: Listener = { step() {}, did() {}, page() {}, answer() {}, proved() {} };

let spawned: Spawned;

async function play(scenario: Scenario, kills: readonly Point[] = []): Promise<Client> {
  spawned = await startPlayground(scenario);
  const { client } = spawned;
  await tell({ client, cast: CASTS[scenario], listener: silent, kills: new Set(kills) });
  return client;
}

/** What was done to the tenant, by whom, in order. */
function changes({ tenant }: Records): string[] {
  return tenant.map(({ kind, actor }) => `${actor.split(':')[0]} ${kind}`);
}

test('in the tenant where everybody needs a passkey', async () => {
  const client = await play('everyone');
  const records = await client.records();
  expect(await verdict(client)).toEqual([]);
  expect(changes(records)).toEqual([
    'app member-added',
    'app pass-created',
    'user method-added',
    'user method-added',
    'app member-removed',
    ...expectedEnd(records),
  ]);
  expect(records.standing).toMatchObject({ members: [], passes: [] });

  // The judge is not blind: the same records, with one thing taken out or put in, are not clean.
  const codes = await client.passes();
  const tampered = (change: (copy: Records) => Records) =>
    check(change(structuredClone(records)), {
      windowMinutes: 60,
      pollSlackMs: 30_000,
      passCodes: codes,
      now: records.now + 600_000,
    }).map(({ promise }) => promise);
  const without = (verb: RegExp) => (copy: Records) => ({
    ...copy,
    teams: copy.teams.filter((each) => each.kind !== 'clicked' || !verb.test(each.verb)),
  });
  const untouched = (kind: string) => (copy: Records) => ({
    ...copy,
    tenant: copy.tenant.filter((each) => each.kind !== kind),
  });
  expect(tampered((copy) => copy)).toEqual([]);
  expect(tampered(without(/approve/))).toContain(2);
  expect(tampered(untouched('member-removed'))).toEqual(expect.arrayContaining([1, 4]));
  expect(tampered(untouched('pass-deleted'))).toEqual(expect.arrayContaining([4, 6]));
  expect(tampered(untouched('sessions-revoked'))).toEqual(expect.arrayContaining([4, 6]));
  expect(tampered(untouched('method-added'))).toContain(4);
  expect(
    tampered((copy) => ({
      ...copy,
      people: copy.people.map((each) => (each.key === 'mo' ? { ...each, enabled: false } : each)),
    })),
  ).toContain(2);
});

test('in the tenant where administrators need one: two approvers and the guard policy', async () => {
  const client = await play('admins');
  expect(await verdict(client)).toEqual([]);
  expect(await verdict(client, { privilegedAllowed: false })).not.toEqual([]);
  const records = await client.records();
  const withoutSecond = {
    ...records,
    teams: records.teams.filter((each) => each.kind !== 'clicked' || each.by !== 'kim'),
  };
  const found = check(withoutSecond, {
    windowMinutes: 60,
    pollSlackMs: 30_000,
    privilegedAllowed: true,
    passCodes: await client.passes(),
    now: records.now,
  });
  expect(found.map(({ promise }) => promise)).toContain(2);
});

describe('killed and started again', () => {
  test.each(['everyone', 'admins'] as const)('at every point, in the tenant %s', async (scenario) => {
    const client = await play(scenario, POINTS);
    const ledger = ledgerOf(spawned);
    expect(await verdict(client, { ledger })).toEqual([]);
    expect(ledger.heads.length).toBeGreaterThan(POINTS.length);
    const short = { ...ledger, lines: ledger.lines.slice(0, -1) };
    expect((await verdict(client, { ledger: short })).map(({ promise }) => promise)).toEqual([10]);
    const records = await client.records();
    expect(records.product.filter(({ did }) => did === 'killed')).toHaveLength(POINTS.length);
    expect(records.standing).toMatchObject({ members: [], passes: [] });
  });

  test.each(['opening', 'removed', 'closing'] as const)('only at the point %s', async (point) => {
    const client = await play('everyone', [point]);
    expect(await verdict(client)).toEqual([]);
    expect((await client.records()).standing).toMatchObject({ members: [], passes: [] });
  });
});

/** Pass and sessions are ended side by side, in either order; sessions perhaps again, when the first came too early. */
function expectedEnd({ tenant }: Records): string[] {
  const end = tenant.slice(tenant.findIndex(({ kind }) => kind === 'member-removed') + 1);
  expect(end.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['pass-deleted', 'sessions-revoked']));
  return end.map(({ kind }) => `app ${kind}`);
}
