import { generateKeyPairSync } from 'node:crypto';
import { createTeams } from '../../bot/teams/teams';
import { appId, ids, tenantId } from './fakes';
import { LocalTeams } from './local-teams';

/** Everything that must be turned away before it is stored, answered in words, or acted on. */
const teams = new LocalTeams();
const otherTenant = '99999999-9999-4999-8999-999999999999';

// The SDK prints what it refuses; that is not what is tested here.
beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await teams.start();
});
afterAll(() => teams.stop());

test('what follows is refused for its own reason: the same message, untouched, is let in', async () => {
  expect(await teams.post(teams.activity())).toEqual({ status: 200, body: undefined });
  expect(teams.outbox.answers).toHaveLength(1);
  expect([...teams.outbox.conversations.values()]).toEqual([
    { id: 'a:priya', serviceUrl: teams.serviceUrl, kind: 'personal', personId: ids.priya, locale: null },
  ]);
});

describe('who sent it', () => {
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const none = `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${Buffer.from(
    JSON.stringify({ iss: 'https://issuer.local', aud: appId }),
  ).toString('base64url')}.`;

  test.each<[string, () => string | null]>([
    ['no token', () => null],
    ['an empty token', () => ''],
    ['not a token', () => 'x.y.z'],
    ['unsigned', () => none],
    ['for another app', () => teams.token({ aud: otherTenant })],
    ['from another issuer', () => teams.token({ iss: 'https://api.botframework.com' })],
    ['expired', () => teams.token({ exp: Math.floor(Date.now() / 1000) - 3_600 })],
    ['for another service', () => teams.token({ serviceurl: 'http://127.0.0.1:1/' })],
    ['signed with another key', () => teams.token({}, strange)],
    [
      'of the emulator kind',
      () =>
        teams.token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: appId, ver: '1.0' }),
    ],
  ])('%s: 401, and nothing is kept', async (_, token) => {
    const before = teams.outbox.answers.length;
    expect(await teams.post(teams.activity(), token())).toEqual({ status: 401, body: undefined });
    expect(teams.outbox.answers).toHaveLength(before);
  });

  test('an empty app id, or half an override, does not start at all', () => {
    const settings = { appId: '', tenantId, allowedServiceUrls: () => true };
    const deps = { onboardings: teams.onboardings, outbox: teams.outbox } as never as Parameters<typeof createTeams>[0];
    expect(() => createTeams({ ...deps, settings })).toThrow('app id');
    expect(() => createTeams({ ...deps, settings: { ...settings, appId, tokenIssuer: 'x' } })).toThrow('together');
  });
});

describe('for whom it is', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['another channel', { channelId: 'webchat' }, 403],
    ['the emulator', { channelId: 'emulator' }, 403],
    ['a channel with trust of its own', { channelId: 'AseChannel' }, 403],
    ['a conversation of another tenant', { conversation: { id: 'a:x', tenantId: otherTenant } }, 403],
    ['channel data of another tenant', { channelData: { tenant: { id: otherTenant } } }, 403],
    ['a person of another tenant', { from: { id: '29:x', aadObjectId: ids.priya, tenantId: otherTenant } }, 403],
    ['no tenant', { conversation: { id: 'a:x' }, channelData: {} }, 403],
    ['no channel data', { channelData: undefined }, 403],
    ['no object id', { from: { id: '29:x', name: 'Priya' } }, 403],
    ['an object id that is none', { from: { id: '29:x', aadObjectId: 'priya@example.com' } }, 403],
    ['a guest', { from: { id: '29:x', aadObjectId: ids.priya, userRole: 'guest' } }, 403],
    ['an anonymous person', { from: { id: '29:x', aadObjectId: ids.priya, userRole: 'anonymous' } }, 403],
    ['buffered replies', { deliveryMode: 'expectReplies' }, 400],
    ['no type', { type: undefined }, 400],
  ])('%s is turned away', async (_, over, status) => {
    const before = [teams.outbox.answers.length, teams.outbox.conversations.size];
    expect(await teams.post(teams.activity(over))).toEqual({ status, body: undefined });
    expect([teams.outbox.answers.length, teams.outbox.conversations.size]).toEqual(before);
  });

  test('a service that is not on the list is not kept, even with a good token', async () => {
    const serviceUrl = 'https://evil.trafficmanager.net/';
    const answer = await teams.post(teams.activity({ serviceUrl }), teams.token({ serviceurl: serviceUrl }));
    expect(answer.status).toBe(403);
    expect(JSON.stringify([...teams.outbox.conversations.values()])).not.toContain('evil');
    expect(teams.logged).toContainEqual(expect.objectContaining({ event: 'activity-barred', why: 'service-url' }));
  });

  test('a click from outside is turned away like a message', async () => {
    const click = teams.invoke('show-pass', { onboarding: 'o-1', nonce: 'n', version: 1 });
    expect((await teams.post({ ...click, channelData: { tenant: { id: otherTenant } } })).status).toBe(403);
    expect(teams.onboardings.showPass).not.toHaveBeenCalled();
  });
});

test('activities that mean nothing to the bot are answered and ignored', async () => {
  for (const type of ['typing', 'messageReaction', 'event', 'messageUpdate', 'somethingNew'])
    expect((await teams.post(teams.activity({ type }))).status).toBe(200);
  expect((await teams.post('[1,2]')).status).toBe(400);
});

test('nothing was sent in any of these turns', () => {
  expect(teams.calls).toEqual([]);
});
