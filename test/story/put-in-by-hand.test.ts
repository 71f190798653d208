import { startPlayground, stopPlaygrounds, togglesOf, waitFor } from '../harness/playground';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

/** Mo is put into the group by an administrator and taken out again while Onboard does not run; then he is asked. */
test.each(['on', 'off'])('whoever was in the group while nobody looked: with AUDIT=%s', async (audit) => {
  const { client, url } = await startPlayground('everyone', { AUDIT: audit });
  const [priya, mo] = [client.person('priya'), client.person('mo')];
  await priya.say('@onboard jane.doe@northwind.example', 'channel');
  const { card } = await mo.waitForButton('approve-and-show');
  const ticks = Object.fromEntries(togglesOf(card).map(({ id, on }) => [id, on]));

  await client.product('stop');
  for (const what of ['add-member', 'remove-member'])
    await fetch(`${url}/control/admin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ do: what, key: 'mo' }),
    });
  const before = (await client.records()).graph.length;
  await client.product('start');
  await waitFor(
    'two sweeps, and the log where it is asked',
    async () => {
      const calls = (await client.records()).graph.slice(before).map(({ path }) => decodeURIComponent(path));
      const sweeps = calls.filter((path) => /\/members(\/microsoft\.graph\.user)?(\?|$)/.test(path)).length;
      return sweeps >= 2 && (audit === 'off' || calls.some((path) => path.includes('directoryAudits')));
    },
    60_000,
  );
  const { words } = await mo.click('approve-and-show', ticks);

  // What it is worth to read the log: without it nobody knows.
  if (audit === 'on') expect(words).toMatch(/You are in a set-up window yourself, or were until recently/);
  else expect(words).not.toMatch(/You are in a set-up window yourself/);
  expect(await client.passes()).toHaveLength(audit === 'on' ? 0 : 1);
});
