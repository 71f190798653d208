import { fetch as undiciFetch } from 'undici';
import { createTenant } from '../../graph';
import { GROUPS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Harness, startTenant } from './tenant-harness';

const jane = idOfPerson('jane');
const sam = idOfPerson('sam');
const mo = idOfPerson('mo');
let t: Harness;
let since: number;

beforeEach(async () => {
  t = await startTenant();
  t.tenant.state.botApp.roles.push('AuditLog.Read.All', 'UserAuthMethod-Passkey.ReadWrite.All');
  since = t.clock.now() - 1_000;
});
afterEach(() => t.close());

function register(by: string, of = jane): void {
  const fido2 = {
    aaGuid: 'a',
    model: '',
    passkeyType: 'deviceBound' as const,
    attestationLevel: 'attested' as const,
    credentialId: 'c',
    publicKey: new Uint8Array(),
    counter: 0,
    transports: [],
  };
  t.tenant.changes.addMethod(by, {
    id: 'key',
    userId: of,
    kind: 'fido2',
    displayName: 'Key',
    createdAt: t.clock.now(),
    fido2,
  });
}

/** The product's own reader against this tenant, over HTTPS. */
function reader() {
  const settings = {
    tenantId: t.tenant.state.tenantId,
    clientId: t.tenant.state.botApp.appId,
    credential: { kind: 'secret', secret: 'x' } as const,
    graphBaseUrl: t.origin,
    onboardingGroupId: GROUPS.onboarding,
  };
  const quiet = { debug: () => undefined, warn: () => undefined };
  return createTenant(settings, quiet, {
    fetch: ((url: string, init: object) => undiciFetch(url, { ...init, dispatcher: t.dispatcher })) as typeof fetch,
    credential: { tokenFor: async () => t.tenant.tokens.issue('https://graph.microsoft.com') },
  });
}

it('has two entries for one registration, the one of them with a name and no id', async () => {
  register(`user:${jane}`);
  const answer = await t.call(
    'GET',
    `/auditLogs/directoryAudits?$filter=activityDateTime ge ${new Date(since).toISOString()}`,
  );
  expect(answer.body.value.map((row) => row.activityDisplayName).sort()).toEqual([
    'Add Passkey (device-bound)',
    'User registered security info',
  ]);
  const events = await reader().auditEvents('passkey-added', since);
  expect(events.map(({ target }) => target.id).sort()).toEqual([jane, undefined]);
  expect(events.map(({ by }) => by)).toEqual([
    expect.objectContaining({ kind: 'person', id: jane }),
    expect.objectContaining({ kind: 'person', id: jane }),
  ]);
});

it('names somebody else, a name alone, or nobody', async () => {
  register(`user:${sam}`);
  const by = async () => (await reader().auditEvents('passkey-added', since)).map((event) => event.by);
  expect(await by()).toContainEqual(expect.objectContaining({ kind: 'person', id: sam }));
  t.behave({ auditNames: 'name' });
  expect(await by()).toContainEqual({ kind: 'person', userPrincipalName: expect.stringContaining('@') });
  t.behave({ auditNames: 'nobody' });
  expect(await by()).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
});

it('does not take a Temporary Access Pass for a passkey, nor Onboard for somebody else', async () => {
  const app = `app:${t.tenant.state.botApp.appId}`;
  await t.call('POST', `/users/${jane}/authentication/temporaryAccessPassMethods`, { body: {} });
  expect(await reader().auditEvents('passkey-added', since)).toEqual([]);
  register(app);
  expect((await reader().auditEvents('passkey-added', since)).map((event) => event.by)).toEqual([
    { kind: 'onboard' },
    { kind: 'onboard' },
  ]);
});

it('says whom anybody added to the onboarding group, by whom, and nothing of other groups', async () => {
  await reader().addMember(jane, t.clock.now() + 3_600_000);
  t.tenant.changes.addMember('admin', GROUPS.onboarding, sam);
  t.tenant.changes.addMember('admin', GROUPS.helpdesk, mo);
  expect(await reader().auditEvents('member-added', since)).toEqual([
    expect.objectContaining({
      groupId: GROUPS.onboarding,
      target: expect.objectContaining({ id: sam }),
      by: expect.objectContaining({ kind: 'person' }),
    }),
    expect.objectContaining({
      groupId: GROUPS.onboarding,
      target: expect.objectContaining({ id: jane }),
      by: { kind: 'onboard' },
    }),
  ]);
});

it('is late, and takes five questions in ten seconds', async () => {
  t.behave({ auditLagMs: 120_000 });
  register(`user:${sam}`);
  expect(await reader().auditEvents('passkey-added', since)).toEqual([]);
  t.clock.advance(121_000);
  expect(await reader().auditEvents('passkey-added', since)).toHaveLength(2);
  for (let n = 0; n < 4; n++) await reader().auditEvents('passkey-added', since);
  await expect(reader().auditEvents('passkey-added', since)).rejects.toMatchObject({ kind: 'throttled' });
});

it('lets a passkey be deleted, twice without an error', async () => {
  register(`user:${sam}`);
  await reader().removePasskey(jane, 'key');
  await reader().removePasskey(jane, 'key');
  expect(t.journal.tenant.map(({ kind }) => kind)).toEqual(['method-added', 'method-removed']);
});

it('says what kind of group it is', async () => {
  const plain = { dynamic: false, synchronized: false, roleAssignable: false, nested: false };
  expect(await reader().groupShape()).toEqual(plain);
  const group = t.tenant.state.groups.get(GROUPS.onboarding);
  if (!group) throw new Error('no group');
  group.isAssignableToRole = true;
  group.groupTypes = ['DynamicMembership'];
  group.onPremisesSyncEnabled = true;
  t.tenant.changes.addMember('admin', GROUPS.helpdesk, GROUPS.onboarding);
  expect(await reader().groupShape()).toEqual({
    dynamic: true,
    synchronized: true,
    roleAssignable: true,
    nested: true,
  });
});
