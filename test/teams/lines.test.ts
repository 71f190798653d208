import { ids, onboarding } from './fakes';
import { LocalTeams } from './local-teams';

const teams = new LocalTeams();
beforeAll(async () => {
  await teams.start();
});
afterAll(() => teams.stop());
beforeEach(() => {
  jest.clearAllMocks();
  teams.calls.length = 0;
  teams.outbox.answers.length = 0;
});

const priya = { id: ids.priya, displayName: 'Priya', userPrincipalName: 'p@example.com' };

async function say(text: string | undefined, over: Record<string, unknown> = {}) {
  const { status } = await teams.post(teams.activity({ text, ...over }));
  expect(status).toBe(200);
  return teams.outbox.answers.at(-1)?.data;
}

test('a request goes to the workflow with the sender, and its card is the only reply', async () => {
  teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
  expect(await say('@onboard jane')).toBeUndefined();
  expect(teams.onboardings.request).toHaveBeenCalledWith({
    requester: ids.priya,
    who: { text: 'jane' },
    askedIn: 'a:priya',
  });
});

test('a refusal is a reply in the outbox, once for one message, and nothing is sent in the turn', async () => {
  const message = teams.activity({ text: 'onboard bob' });
  teams.onboardings.request.mockResolvedValue({ kind: 'refused', refusal: { code: 'nobody-found', name: 'bob' } });
  await teams.post(message);
  await teams.post(message);
  expect(teams.outbox.answers).toEqual([
    { key: message.id, data: { kind: 'refusal', refusal: { code: 'nobody-found', name: 'bob' } } },
  ]);
  expect(teams.calls).toEqual([]);
});

test('two people are put up for choice with what tells them apart, and no more than that is kept', async () => {
  const jane = {
    ...priya,
    id: ids.jane,
    jobTitle: 'Clerk',
    enabled: true,
    kind: 'member' as const,
    preferredLanguage: 'de',
  };
  teams.onboardings.request.mockResolvedValue({ kind: 'choose', people: [jane] });
  const { enabled: _, kind: __, preferredLanguage: ___, ...kept } = jane;
  expect(await say('onboard jane')).toEqual({ kind: 'choose', said: 'jane', people: [kept] });
});

test('in a channel the thread is where it was asked, and it is nobody’s own chat', async () => {
  const conversation = {
    id: '19:x@thread.tacv2;messageid=1',
    tenantId: '11111111-1111-4111-8111-111111111111',
    conversationType: 'channel',
  };
  const botMention = {
    type: 'mention',
    mentioned: { id: '28:22222222-2222-4222-8222-222222222222' },
    text: '<at>Onboard</at>',
  };
  await say('<at>Onboard</at> jane', { conversation, entities: [botMention] });
  expect(teams.onboardings.request.mock.calls[0]?.[0]).toMatchObject({
    askedIn: conversation.id,
    who: { text: 'jane' },
  });
  expect(teams.outbox.conversations.get(conversation.id)).toMatchObject({ kind: 'channel', personId: null });
});

describe('a mentioned person', () => {
  const entities = [{ type: 'mention', mentioned: { id: '29:jane', name: 'Mo' }, text: '<at>Mo</at>' }];

  test('is looked up by id at the service, not taken by name', async () => {
    teams.reply = (call) =>
      call.path.endsWith('/members/29%3Ajane')
        ? { status: 200, body: { id: '29:jane', aadObjectId: ids.jane } }
        : undefined;
    teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
    await say('onboard <at>Mo</at>', { entities });
    expect(teams.onboardings.request.mock.calls[0]?.[0].who).toEqual({ id: ids.jane });
    expect(teams.calls.map(({ method }) => method)).toEqual(['GET']);
  });

  test('who is no person (a tag) is not found', async () => {
    teams.reply = () => ({ status: 404 });
    expect(await say('onboard <at>Mo</at>', { entities })).toEqual({
      kind: 'refusal',
      refusal: { code: 'nobody-found', name: 'Mo' },
    });
    expect(teams.onboardings.request).not.toHaveBeenCalled();
    teams.reply = () => undefined;
  });
});

test('a mention without text is answered with help', async () => {
  expect(await say(undefined)).toEqual({ kind: 'help' });
});

test('list, status, cancel and stop', async () => {
  teams.onboardings.list.mockResolvedValue([onboarding()]);
  teams.onboardings.cancel.mockResolvedValue({ kind: 'ok', onboarding: onboarding() });
  expect(await say('list')).toEqual({
    kind: 'list',
    rows: [{ reference: 'ONB-7', subject: 'Jane Doe', state: 'Waiting for a decision' }],
  });
  teams.onboardings.find.mockResolvedValueOnce(onboarding());
  expect(await say('status ONB-7')).toEqual({ kind: 'onboarding', id: 'o-1' });
  expect(teams.onboardings.find).toHaveBeenLastCalledWith(ids.priya, 7);
  teams.onboardings.find.mockResolvedValueOnce({ code: 'unknown-onboarding' });
  expect(await say('status ONB-8')).toEqual({ kind: 'refusal', refusal: { code: 'unknown-onboarding' } });
  expect(await say('stop ONB-7')).toEqual({ kind: 'onboarding', id: 'o-1' });
  expect(teams.onboardings.cancel).toHaveBeenLastCalledWith(ids.priya, 7);
  teams.onboardings.list.mockResolvedValue({ code: 'not-helpdesk' });
  expect(await say('list')).toEqual({ kind: 'refusal', refusal: { code: 'not-helpdesk' } });
});

test('installing lets the bot write, removing takes it back', async () => {
  teams.outbox.conversations.clear();
  await teams.post(teams.activity({ type: 'installationUpdate', action: 'add', text: undefined }));
  expect(teams.outbox.conversations.has('a:priya')).toBe(true);
  await teams.post(teams.activity({ type: 'installationUpdate', action: 'remove', text: undefined }));
  expect(teams.outbox.conversations.has('a:priya')).toBe(false);
  await teams.post(teams.activity({ type: 'conversationUpdate', membersAdded: [{ id: 'x' }], text: undefined }));
  expect(teams.outbox.conversations.has('a:priya')).toBe(true);
});

test('when the workflow breaks, the message is answered with an error, so that Teams delivers it again', async () => {
  teams.onboardings.request.mockRejectedValueOnce(new Error('broken'));
  const { status, body } = await teams.post(teams.activity({ text: 'onboard jane' }));
  expect({ status, body }).toEqual({ status: 500, body: undefined });
});
