import { type Client, togglesOf, waitFor } from '../harness/playground';

/** Up to an open window for the one Jane whose name is unmistakable by her address. */
export async function openWindow(client: Client): Promise<void> {
  const jane = (await client.people()).find(({ key }) => key === 'jane');
  await client.person('priya').say(`@onboard ${jane?.userPrincipalName}`);
  const approver = client.person('mo');
  const { card } = await approver.waitForButton('approve');
  await approver.click('approve-and-show', Object.fromEntries(togglesOf(card).map(({ id, on }) => [id, on])));
  await waitFor('she is in the group', async () => (await client.records()).standing.members.length === 1 || undefined);
}
