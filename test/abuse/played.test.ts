import type { Records } from '../../playground/contract';
import type { Spawned } from '../../playground/story/spawn';
import {
  type Client,
  ledgerOf,
  productFiles,
  startPlayground,
  stopPlaygrounds,
  textOf,
  togglesOf,
  verdict,
  waitFor,
} from '../harness/playground';
import { hunt, type Place } from '../hunt/hunt';

/**
 * Abuse of the real product over real HTTP, in the local tenant and the local Teams, judged by the checker of the
 * promises, which believes only what the other side wrote down.
 */
jest.setTimeout(120_000);

let spawned: Spawned;
let client: Client;
beforeAll(async () => {
  spawned = await startPlayground('everyone', { METRICS_TOKEN: 'only-for-this-test' });
  client = spawned.client;
});
afterAll(stopPlaygrounds);

const ticks = (card: unknown) => Object.fromEntries(togglesOf(card).map(({ id, on }) => [id, on]));
const tenantOf = ({ standing, tenant }: Records) => JSON.stringify({ standing, tenant });

test('a pass is nowhere but on the approver’s screen', async () => {
  const [priya, mo] = [client.person('priya'), client.person('mo')];
  await priya.say('@onboard jane.doe@northwind.example', 'channel');
  const card = await mo.waitForButton('approve-and-show');
  await mo.click('approve-and-show', ticks(card.card));
  await waitFor('a pass is shown', async () => {
    if ((await client.passes()).length > 0) return true;
    if (await mo.messageWith('show-pass')) await mo.click('show-pass');
    return false;
  });
  // Errors on its way, too: a second one whose answer is lost, and a product that dies over it.
  await client.behave({ faults: [{ method: 'POST', path: 'temporaryAccessPassMethods', times: 1, do: 'lost' }] });
  await mo.clickOn({ messageId: card.id, verb: 'show-pass', unseen: true });
  const codes = (await client.passes()).map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(0);

  const info = await client.info();
  const metrics = await fetch(`${info.productUrl}/metrics`, {
    headers: { authorization: 'Bearer only-for-this-test' },
  });
  expect(metrics.status).toBe(200);
  const { teams, graph, tenant } = await client.records();
  const places: Place[] = [
    ...productFiles(spawned).map(({ name, content }) => ({ name, content })),
    { name: 'metrics', content: await metrics.text() },
    { name: 'ledger', content: ledgerOf(spawned).lines.join('\n') },
    {
      name: 'stored messages',
      content: JSON.stringify(teams.filter(({ kind }) => kind === 'sent' || kind === 'edited')),
    },
    { name: 'requests', content: JSON.stringify([graph, tenant]) },
  ];
  for (const { key } of await client.people()) {
    if (key === 'mo') continue;
    places.push({ name: `screen of ${key}`, content: JSON.stringify(await client.person(key).screen()) });
  }
  expect(places.length).toBeGreaterThan(10);
  expect(hunt(places, codes)).toEqual([]);
  // The search is not blind: on the one screen where it belongs it is found.
  const own = JSON.stringify(await mo.screen()).replaceAll(' ', '');
  expect(hunt([{ name: 'screen of mo', content: own }], codes).length).toBeGreaterThan(0);
});

test('who stands by while it is open gets nothing, changes nothing, and breaks no promise', async () => {
  const before = await client.records();
  const cards = before.teams.flatMap((each) => (each.kind === 'sent' ? [each.messageId] : []));
  for (const key of ['mallory', 'kim', 'helen', 'gus']) {
    const person = client.person(key);
    for (const messageId of new Set(cards)) {
      for (const verb of ['approve-and-show', 'show-pass', 'second-approve', 'handed-over', 'done']) {
        const inputs = { knowsPerson: 'true', spokeToday: 'true' };
        const answer = await person.clickOn({ messageId, verb, unseen: true, inputs });
        const codes = (await client.passes()).map(({ code }) => code);
        const text = JSON.stringify(answer.body ?? '').replaceAll(' ', '');
        expect([key, verb, codes.some((code) => text.includes(code))]).toEqual([key, verb, false]);
      }
    }
  }
  expect(tenantOf(await client.records())).toBe(tenantOf(before));
  const jane = client.person('jane');
  expect((await jane.messages()).map(textOf).join(' ')).not.toMatch(/mallory/i);

  await client.person('priya').say('stop ONB-1', 'channel');
  await waitFor('everything is over', async () => {
    const { standing } = await client.records();
    return standing.members.length + standing.passes.length === 0;
  });
  await waitFor('the sessions are revoked', async () =>
    (await client.records()).tenant.some(({ kind }) => kind === 'sessions-revoked'),
  );
  expect(await verdict(client, { ledger: ledgerOf(spawned) })).toEqual([]);
});
