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
  const { language: _, ...data } = teams.outbox.answers.at(-1)?.data ?? {};
  return 'kind' in data ? data : undefined;
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
    { key: message.id, data: { kind: 'refusal', refusal: { code: 'nobody-found', name: 'bob' }, language: 'en' } },
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
  const { enabled: _, kind: __, ...kept } = jane;
  expect(await say('onboard jane')).toEqual({ kind: 'choose', said: 'jane', people: [kept], details: {} });
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
      refusal: { code: 'mention-unknown', name: 'Mo' },
    });
    expect(await say('recover <at>Mo</at>', { entities })).toEqual({
      kind: 'refusal',
      refusal: { code: 'mention-unknown', name: 'Mo' },
    });
    expect(teams.onboardings.request).not.toHaveBeenCalled();
    expect(teams.onboardings.recoverable).not.toHaveBeenCalled();
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
    rows: [{ reference: 'ONB-7', subject: 'Jane Doe', state: 'state.requested' }],
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

const clock = (timezone: string) => [{ type: 'clientInfo', timezone }];

test('ticket, start and reason go along, in the zone of whoever typed', async () => {
  teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
  await say('onboard jane in 2 hours INC4711 because her phone is lost', { entities: clock('Europe/Berlin') });
  const [asked] = teams.onboardings.request.mock.calls[0] ?? [];
  expect(asked).toMatchObject({
    who: { text: 'jane' },
    words: { ticket: 'INC4711', because: 'her phone is lost', zone: 'Europe/Berlin' },
  });
  expect((asked?.startAt ?? 0) / 60_000).toBeCloseTo(Date.now() / 60_000 + 120, 0);
});

test.each(['Etc/Nowhere', 'x'.repeat(200), '../../etc'])('a device in %s is in no zone', async (timezone) => {
  teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
  await say('onboard jane INC4711', { entities: clock(timezone) });
  expect(teams.onboardings.request.mock.calls[0]?.[0].words).toEqual({ ticket: 'INC4711' });
});

test('without a name a card asks for it, and a start that cannot be read asks for nothing', async () => {
  expect(await say('@onboard')).toEqual({ kind: 'pick' });
  expect(await say('onboard jane on 3/4 9:00')).toMatchObject({
    refusal: { code: 'start-unusable', why: 'ambiguous' },
  });
  expect(teams.onboardings.request).not.toHaveBeenCalled();
});

test('several people are asked for one by one, and each answer is told', async () => {
  teams.onboardings.request
    .mockResolvedValueOnce({ kind: 'requested', onboarding: onboarding() })
    .mockResolvedValueOnce({ kind: 'choose', people: [] })
    .mockResolvedValueOnce({ kind: 'refused', refusal: { code: 'requester-cap', max: 20 } });
  expect(await say('onboard jane, mo and ada INC1234')).toEqual({
    kind: 'gathered',
    rows: [
      { said: 'jane', number: 7, subject: 'Jane Doe' },
      { said: 'mo', refusal: { code: 'too-many-found', name: 'mo' } },
      { said: 'ada', refusal: { code: 'requester-cap', max: 20 } },
    ],
  });
  expect(teams.onboardings.request.mock.calls.map(([asked]) => [asked.who, asked.words])).toEqual(
    ['jane', 'mo', 'ada'].map((text) => [{ text }, { ticket: 'INC1234' }]),
  );
});

test('a name with its last part first is one person where there is one, and two people where there is none', async () => {
  teams.onboardings.request.mockResolvedValueOnce({ kind: 'requested', onboarding: onboarding() });
  expect(await say('onboard Doe, Jane')).toBeUndefined();
  expect(teams.onboardings.request.mock.calls.map(([asked]) => asked.who)).toEqual([{ text: 'Doe, Jane' }]);
  teams.onboardings.request.mockResolvedValue({ kind: 'refused', refusal: { code: 'nobody-found', name: 'x' } });
  expect(await say('onboard jane, mo')).toMatchObject({ kind: 'gathered', rows: [{ said: 'jane' }, { said: 'mo' }] });
});

test('a command that was mistyped behind the mention is suggested once nobody is called so', async () => {
  teams.onboardings.request.mockResolvedValue({ kind: 'refused', refusal: { code: 'nobody-found', name: 'lsit' } });
  expect(await say('onboard lsit')).toMatchObject({ refusal: { code: 'nobody-found', suggestion: 'list' } });
});

test('the status of a person: the open one, a list of several, or that there is none', async () => {
  const old = onboarding({ id: 'o-0', state: 'closed', outcome: 'expired' });
  teams.onboardings.lookUp.mockResolvedValueOnce([onboarding(), old]);
  expect(await say('status jane')).toEqual({ kind: 'onboarding', id: 'o-1' });
  expect(teams.onboardings.lookUp).toHaveBeenLastCalledWith(ids.priya, { text: 'jane' });
  teams.onboardings.lookUp.mockResolvedValueOnce([old, old]);
  expect(await say('status jane')).toMatchObject({ kind: 'list', rows: [{}, {}] });
  teams.onboardings.lookUp.mockResolvedValueOnce([]);
  expect(await say('status zoe')).toEqual({ kind: 'refusal', refusal: { code: 'no-onboarding-for', name: 'zoe' } });
  expect(await say('status jane')).toEqual({ kind: 'refusal', refusal: { code: 'not-helpdesk' } });
});

test('a new pass is asked of the approver, and pausing of the workflow', async () => {
  teams.onboardings.wantPass.mockResolvedValueOnce({ kind: 'ok', onboarding: onboarding() });
  expect(await say('new pass ONB-7')).toEqual({ kind: 'pass-wanted', number: 7, approver: 'Mo Haddad' });
  expect(teams.onboardings.wantPass).toHaveBeenLastCalledWith(ids.priya, 7);
  expect(teams.onboardings.showPass).not.toHaveBeenCalled();
  expect(await say('new pass 8')).toEqual({ kind: 'refusal', refusal: { code: 'unknown-onboarding' } });
  expect(await say('pause')).toEqual({ kind: 'refusal', refusal: { code: 'not-admin' } });
  teams.onboardings.setPaused.mockResolvedValueOnce({ changed: true });
  expect(await say('resume')).toEqual({ kind: 'pause', paused: false, changed: true });
  expect(teams.onboardings.setPaused).toHaveBeenLastCalledWith(ids.priya, false);
});
