import type { Client } from '../../playground/story/client';
import { onboard } from '../cli/onboard';
import { startPlayground, stopPlaygrounds } from '../harness/playground';

jest.setTimeout(240_000);
afterAll(stopPlaygrounds);

interface Said {
  readonly code: number;
  readonly ready: boolean;
  readonly policies: readonly { readonly name: string; readonly verdict: string }[];
  readonly checks: readonly { readonly id: string; readonly verdict: string; readonly reason: string }[];
}

let client: Client;
let dataDir: string;

async function doctor(...args: readonly string[]): Promise<Said> {
  const { code, stdout } = await onboard(dataDir, 'doctor', '--json', ...args);
  return { code, ...JSON.parse(stdout) };
}

const verdictOf = ({ checks }: Said, id: string) => checks.filter((one) => one.id === id).map(({ verdict }) => verdict);

beforeAll(async () => {
  ({ client, dataDir } = await startPlayground('admins'));
});

test('the tenant of the playground, as it is: nothing blocks', async () => {
  const said = await doctor();
  expect(said).toMatchObject({ ready: true, code: 0 });
  expect(said.policies.map(({ verdict }) => verdict)).toEqual(said.policies.map(() => 'ok'));
  expect(verdictOf(said, 'exits')).toEqual(['manual']);
});

// Each is a tenant in which people would be stopped, and what the doctor has to say of it.
test.each<[Parameters<Client['behave']>[0], string, string]>([
  [{ passPolicy: 'one-time' }, 'pass-policy', 'fail'],
  [{ passkeyPolicy: 'not-authenticator' }, 'passkey-policy', 'fail'],
  [{ onboardingGroup: 'nested' }, 'group-nested', 'fail'],
])('%j: %s says %s', async (behaviour, check, verdict) => {
  await client.behave(behaviour);
  const said = await doctor();
  await client.behave({ passPolicy: 'usual', passkeyPolicy: 'usual', onboardingGroup: 'assigned' });
  expect(verdictOf(said, check)).toContain(verdict);
  expect(said.ready).toBe(false);
});

test('without the permission to read policies it could not tell, and says which permission that is', async () => {
  await client.behave({ withoutRoles: ['Policy.Read.All'] });
  const said = await doctor();
  await client.behave({ withoutRoles: [] });
  expect(said).toMatchObject({ ready: false, code: 2, policies: [] });
  const unread = said.checks.find(({ id }) => id === 'read-policies');
  expect(unread?.reason).toContain('Policy.Read.All');
  expect(verdictOf(said, 'onboarding-policy')).toEqual([]);
});

test('a permission that is needed and missing is named', async () => {
  await client.behave({ withoutRoles: ['User.RevokeSessions.All'] });
  const said = await doctor();
  await client.behave({ withoutRoles: [] });
  expect(said.checks.find(({ id }) => id === 'permissions')).toMatchObject({
    verdict: 'fail',
    reason: expect.stringContaining('User.RevokeSessions.All'),
  });
});
