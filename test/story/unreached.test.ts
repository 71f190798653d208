import { CATALOG_ID } from '../../playground/tenant/graph/teams-apps';
import {
  type Client,
  startPlayground,
  stopPlaygrounds,
  textOf,
  togglesOf,
  verdict,
  waitFor,
} from '../harness/playground';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

/** Jane has not got the app, as a new person has not before she first opened Teams. */
async function untilThePass(client: Client): Promise<void> {
  const [priya, mo, jane] = ['priya', 'mo', 'jane'].map((key) => client.person(key));
  if (!priya || !mo || !jane) throw new Error('nobody');
  await jane.app('uninstall');
  await priya.say('@onboard jane.doe@northwind.example');
  const card = await mo.waitForButton('approve-and-show');
  await mo.click('approve-and-show', Object.fromEntries(togglesOf(card.card).map(({ id, on }) => [id, on])));
  await waitFor('a pass is shown', async () => {
    if ((await client.passes()).length > 0) return true;
    if (await mo.messageWith('show-pass')) await mo.click('show-pass');
    return false;
  });
}

test('somebody without the app gets it through Graph, and then her guide', async () => {
  const { client } = await startPlayground('everyone', { TEAMS_APP_ID: CATALOG_ID });
  await untilThePass(client);
  await client.person('jane').waitForButton('guide');
  const { graph, teams } = await client.records();
  const asked = graph.filter(({ method, path }) => method === 'POST' && /teamwork\/installedApps/.test(path));
  expect(asked.map(({ status }) => status)).toEqual([201]);
  expect(teams.filter((record) => record.kind === 'refused').map(({ code }) => code)).toEqual([
    expect.stringMatching(/ForbiddenOperationException|BotNotInConversationRoster/),
  ]);
  const told = await client.person('priya').messages();
  expect(told.map(textOf).join('\n')).not.toMatch(/do not reach/);
  await client.person('mo').click('stop');
  await waitFor('she is out', async () => (await client.records()).standing.members.length === 0);
});

test('where nothing can install it, helpdesk and the approver hear of it, and the guide comes when she has it', async () => {
  const { client } = await startPlayground('everyone');
  await untilThePass(client);
  const atHelpdesk = await client.person('priya').see(/ONB-1: my messages do not reach Jane Doe/);
  expect(textOf(atHelpdesk)).toMatch(/hands over the code and reads out the steps/);
  await client.person('mo').see(/ONB-1: my messages do not reach Jane Doe/);
  const jane = client.person('jane');
  await jane.app('install');
  // At once, not after the ten minutes that the last try would wait.
  await jane.waitForButton('guide');
  const said = (await client.person('priya').messages()).filter((message) => /do not reach/.test(textOf(message)));
  expect(said).toHaveLength(1);

  await client.person('mo').click('stop');
  await waitFor('everything is over', async () => {
    const { standing, tenant } = await client.records();
    return (
      standing.members.length + standing.passes.length === 0 && tenant.some(({ kind }) => kind === 'sessions-revoked')
    );
  });
  expect(await verdict(client)).toEqual([]);
});
