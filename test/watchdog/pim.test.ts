import { CASTS, type Listener, tell } from '../../playground/story/tale';
import { startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';
import { openWindow } from './open-window';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

const silent: Listener = { step() {}, did() {}, page() {}, answer() {}, proved() {} };

test('the product is killed and never restarted, and there is no watchdog: Entra ends the membership by itself', async () => {
  const spawned = await startPlayground('everyone', { MEMBERSHIP_MODE: 'pim' });
  const { client } = spawned;
  await openWindow(spawned);
  const opened = (await client.records()).tenant.find(({ kind }) => kind === 'member-added')?.at ?? 0;
  await client.product('kill');

  await client.advance(63 * 60_000);
  expect((await client.records()).standing.members).toHaveLength(1);
  await client.advance(2.5 * 60_000);
  await waitFor('the group is empty', async () => (await client.records()).standing.members.length === 0);
  const { tenant } = await client.records();
  const ended = tenant.findLast(({ kind }) => kind === 'member-removed');
  expect(ended?.actor).toBe('tenant');
  expect((ended?.at ?? 0) - opened).toBeLessThan(66 * 60_000);
});

test('the whole story in this mode: leaving is the plain removal, long before the end', async () => {
  const { client } = await startPlayground('everyone', { MEMBERSHIP_MODE: 'pim' });
  await tell({ client, cast: CASTS.everyone, listener: silent, kills: new Set(['opening']) });
  expect(await verdict(client)).toEqual([]);
  const { graph, tenant, standing } = await client.records();
  expect(graph.filter(({ path, method }) => method === 'POST' && /members\/\$ref$/.test(path))).toEqual([]);
  expect(graph.some(({ path }) => path.endsWith('/assignmentScheduleRequests'))).toBe(true);
  expect(tenant.find(({ kind }) => kind === 'member-removed')?.actor).toMatch(/^app:/);
  expect(standing.members).toEqual([]);
});
