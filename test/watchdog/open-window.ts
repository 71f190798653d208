import type { Spawned } from '../../playground/story/spawn';
import { choicesOf, togglesOf, waitFor } from '../harness/playground';

/** Priya asks for Jane, Mo approves and is shown the pass: Jane is in the group. */
export async function openWindow({ client }: Spawned): Promise<void> {
  const priya = client.person('priya');
  const mo = client.person('mo');
  await priya.say('@onboard jane');
  const question = await priya.waitForButton('choose');
  const jane = (await client.people()).find(({ key }) => key === 'jane');
  const choice = choicesOf(question.card).find(({ value, title }) =>
    [value, title].some((text) => text.includes(jane?.id ?? '-') || text.includes(jane?.userPrincipalName ?? '-')),
  );
  await priya.click('choose', { [choice?.input ?? '']: choice?.value ?? '' });
  const ask = await mo.waitForButton('approve-and-show');
  await mo.click('approve-and-show', Object.fromEntries(togglesOf(ask.card).map(({ id, on }) => [id, on])));
  await waitFor('jane is in the group', async () => (await client.records()).standing.members.length === 1);
}
