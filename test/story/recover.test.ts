import type { KillAt } from '../../playground/contract';
import { phoneToSave, savePasskey } from '../../playground/story/journey';
import { type Client, choicesOf, startPlayground, stopPlaygrounds, verdict, waitFor } from '../harness/playground';

jest.setTimeout(120_000);
afterEach(stopPlaygrounds);

const DELETE = 'DELETE /v1.0/users/{id}/authentication/fido2Methods/{id}';

async function byHand(url: string, what: string): Promise<void> {
  await fetch(`${url}/control/admin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ do: what, key: 'pat' }),
  });
}

/** Pat's phone is gone; helpdesk asks for a recovery and chooses what has to go. */
async function ask({ client, url }: { client: Client; url: string }, loss: 'lost' | 'stolen'): Promise<string> {
  await byHand(url, 'new-phone');
  const priya = client.person('priya');
  await priya.say('recover pat');
  const form = await priya.waitForButton('recover');
  const old = choicesOf(form.card).find(({ input }) => input === 'old');
  expect((await priya.click('recover', { loss, old: old?.value ?? '' })).words).toMatch(/was opened for Pat/);
  return (await client.people()).find(({ key }) => key === 'pat')?.id ?? '';
}

const kinds = async (client: Client, subject: string) =>
  (await client.records()).tenant
    .filter((one) => 'userId' in one && one.userId === subject && one.actor.startsWith('app:'))
    .map(({ kind }) => kind);

async function showPass(client: Client): Promise<string> {
  const mo = client.person('mo');
  await waitFor(
    'a pass is there',
    async () => {
      if ((await client.passes()).length > 0) return true;
      // After a kill his card may still be the one that asked; pressing the same button again is fine.
      const again = (await mo.messageWith('show-pass')) ? 'show-pass' : 'approve-and-show';
      const ticks: Record<string, string> = again === 'show-pass' ? {} : { knowsPerson: 'true', spokeToday: 'true' };
      await mo.click(again, ticks).catch(() => undefined);
      return (await client.passes()).length > 0;
    },
    40_000,
  );
  return (await client.passes()).at(-1)?.code ?? '';
}

async function finish(client: Client, code: string): Promise<void> {
  const pat = client.person('pat');
  const upn = (await client.people()).find(({ key }) => key === 'pat')?.userPrincipalName ?? '';
  await phoneToSave(pat, upn, code);
  await savePasskey(pat);
  await pat.see('Your passkey was added');
  await pat.click('done');
  await client.person('priya').see(/working passkey/i, 60_000);
}

const kills: readonly (readonly [string, KillAt])[] = (['arrives', 'done', 'answered'] as const).map((phase) => [
  phase,
  { request: DELETE, nth: 1, phase },
]);

test.each(kills)('killed when the deletion %s: the old one goes once, then she is let in', async (_, at) => {
  const spawned = await startPlayground('everyone');
  const { client } = spawned;
  const subject = await ask(spawned, 'lost');
  await client.killAt(at);
  const mo = client.person('mo');
  await mo.click('approve-and-show', { knowsPerson: 'true', spokeToday: 'true' }).catch(() => undefined);
  await waitFor('it was killed', async () => (await client.seen()).met);
  // The moment was met; the process may take another one to be gone.
  await waitFor('it starts', () =>
    client.product('start').then(
      () => true,
      () => false,
    ),
  );
  const code = await showPass(client);
  expect(await kinds(client, subject)).toEqual(['method-removed', 'member-added', 'pass-created']);
  await finish(client, code);
  const { product, now } = await client.records();
  const killed = product.find(({ did }) => did === 'killed')?.at ?? now;
  expect(await verdict(client, { outages: [{ from: killed, to: killed + 30_000 }] })).toEqual([]);
});

test('where it may not delete: stolen ends sessions at once, and nothing opens before somebody removed it', async () => {
  const spawned = await startPlayground('everyone', { RECOVER_DELETE: 'off' });
  const { client, url } = spawned;
  const subject = await ask(spawned, 'stolen');
  await waitFor('sessions are revoked', async () => (await kinds(client, subject)).includes('sessions-revoked'));
  const mo = client.person('mo');
  const refused = await mo.click('approve-and-show', { knowsPerson: 'true', spokeToday: 'true' });
  expect(refused.words).toMatch(/is still there/);
  await client.person('priya').see(/Authentication methods/);
  await byHand(url, 'remove-methods');
  await client.advance(61_000);
  await mo.see('The old passkey is gone');
  expect(await kinds(client, subject)).toEqual(['sessions-revoked']);
  await finish(client, await showPass(client));
  expect(await verdict(client)).toEqual([]);
});
