import type { Records } from '../../playground/contract';
import { CASTS, type Listener, POINTS, type Point, tell } from '../../playground/story/tale';
import { type Client, type Scenario, startPlayground, stopPlaygrounds, verdict } from '../harness/playground';
import { check } from '../promises/checker';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

const silent: Listener = { step() {}, did() {}, page() {}, answer() {}, proved() {} };

async function play(scenario: Scenario, kills: readonly Point[] = []): Promise<Client> {
  const { client } = await startPlayground(scenario);
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
    expect(await verdict(client)).toEqual([]);
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
