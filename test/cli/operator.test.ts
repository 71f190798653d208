import { type Client, startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';
import { onboard } from './onboard';
import { openWindow } from './open-window';

jest.setTimeout(90_000);
afterEach(stopPlaygrounds);

const members = async (client: Client) => (await client.records()).standing.members;

test('beside a running instance the operator sees, pauses, and stops; the instance does the work', async () => {
  const { client, dataDir } = await startPlayground('everyone');
  await openWindow(client);

  const list = await onboard(dataDir, 'list');
  expect(list).toMatchObject({ code: 0, stderr: '' });
  expect(list.stdout).toMatch(/^ONB-1 +(opening|open) +jane\S+ .* (yes|perhaps) /m);
  const show = await onboard(dataDir, 'show', 'onb-1');
  expect(show.stdout).toMatch(/^Approved by +Mo /m);
  expect(show.stdout).toContain('approved');
  // Neither what presses buttons nor what signs in is shown.
  const { nonce, ...rest } = JSON.parse((await onboard(dataDir, 'show', 'ONB-1', '--json')).stdout);
  expect(nonce).toBeUndefined();
  for (const { code } of await client.passes())
    expect(JSON.stringify(rest) + show.stdout + list.stdout).not.toContain(code);

  expect(await onboard(dataDir, 'stop', 'ONB-1')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^ONB-1 is stopped\.\nONB-1 is out of the onboarding group, read back at \S+ \S+Z\.\n$/,
    ),
  });
  expect(await members(client)).toEqual([]);
  expect(await onboard(dataDir, 'stop', 'ONB-1')).toMatchObject({ code: 0, stdout: '' });
  expect(await onboard(dataDir, 'sweep')).toMatchObject({
    code: 0,
    stdout: 'In the onboarding group: 0. Taken out: 0.\n',
  });
  expect(await onboard(dataDir, 'ledger', 'verify')).toMatchObject({ code: 0 });
  await waitFor('everybody was told', async () => (await client.person('priya').found(/stopped/i)) ?? undefined);
  expect(await verdict(client)).toEqual([]);
});

test('where no instance runs, stop --all does the work itself', async () => {
  const { client, dataDir } = await startPlayground('everyone');
  await openWindow(client);
  await client.product('kill');
  expect(await members(client)).toHaveLength(1);

  const stop = await onboard(dataDir, 'stop', '--all');
  expect(stop).toMatchObject({ code: 0, stdout: expect.stringContaining('ONB-1 is out of the onboarding group') });
  expect(await members(client)).toEqual([]);
  expect(await onboard(dataDir, 'ledger', 'verify')).toMatchObject({ code: 0 });
});

test('with a tenant that does not answer, stop says that it is not over', async () => {
  const { client, dataDir } = await startPlayground('everyone');
  await openWindow(client);
  await client.product('kill');
  await client.behave({ faults: [{ method: 'DELETE', path: '/members/', do: 'status', status: 503, times: 1_000 }] });
  expect(await onboard(dataDir, 'stop', '--all', '--wait', '2')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('Not yet read back: ONB-1'),
  });
  expect(await members(client)).toHaveLength(1);
});
