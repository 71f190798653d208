import { appId, ids, onboarding, tenantId } from './fakes';
import { LocalTeams } from './local-teams';
import { bot, events, jane, lines, mention, mo } from './payloads';

/** What Teams sends, in the shapes that Microsoft documents, odd ones too, over real HTTP. */
const teams = new LocalTeams();
beforeAll(async () => {
  await teams.start();
});
afterAll(() => teams.stop());
beforeEach(() => {
  jest.clearAllMocks();
  teams.outbox.conversations.clear();
  teams.outbox.answers.length = 0;
  teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
  teams.reply = ({ path }) =>
    path.endsWith(`/members/${encodeURIComponent(jane.id)}`)
      ? { status: 200, body: { ...jane, aadObjectId: ids.jane } }
      : undefined;
});

test('each shape names the page that it is from', () => {
  for (const { page } of [...lines, ...events]) expect(page).toMatch(/^bots\/[\w/-]+(#[\w-]+)?$/);
  expect(new Set([...lines, ...events].map(({ what }) => what)).size).toBe(lines.length + events.length);
});

test.each(lines.map((line) => [line.what, line] as const))(
  'asks for one person: %s',
  async (_what, { activity, who }) => {
    expect(await teams.post(activity(teams.serviceUrl))).toEqual({ status: 200, body: undefined });
    expect(teams.onboardings.request.mock.calls.map(([ask]) => ask)).toEqual([
      expect.objectContaining({ requester: ids.priya, who }),
    ]);
  },
);

test.each(events.map((each) => [each.what, each] as const))(
  'is taken, and does nothing: %s',
  async (_what, { activity, kept }) => {
    expect(await teams.post(activity(teams.serviceUrl))).toEqual({ status: 200, body: undefined });
    expect([...teams.outbox.conversations.keys()]).toEqual(kept === null ? [] : [kept]);
    expect(teams.outbox.answers).toEqual([]);
    for (const [name, method] of Object.entries(teams.onboardings))
      expect([name, (method as jest.Mock).mock.calls]).toEqual([name, []]);
  },
);

test('the app was taken away from a person: nothing is written there any more', async () => {
  const [added] = events;
  const activity = added?.activity(teams.serviceUrl);
  await teams.post(activity);
  await teams.post({ ...activity, action: 'remove' });
  expect(teams.outbox.conversations.size).toBe(0);
  await teams.post(activity);
  await teams.post({ ...activity, action: 'remove-upgrade' });
  expect(teams.outbox.conversations.size).toBe(0);
});

test('a message without the object id of its sender is refused, whatever name it shows', async () => {
  const [line] = lines;
  const { status } = await teams.post({
    ...line?.activity(teams.serviceUrl),
    from: { id: '29:1', name: 'Priya Nair' },
  });
  expect(status).toBe(403);
  expect(teams.onboardings.request).not.toHaveBeenCalled();
});

test('two people in one message are both asked for, each once', async () => {
  teams.reply = ({ path }) => {
    const person = [jane, mo].find(({ id }) => path.endsWith(`/members/${encodeURIComponent(id)}`));
    return person && { status: 200, body: { ...person, aadObjectId: person === jane ? ids.jane : ids.mo } };
  };
  const [line] = lines;
  await teams.post({
    ...line?.activity(teams.serviceUrl),
    text: '<at>Onboard</at> <at>Jane Doe</at> <at>Mo Haddad</at>',
    entities: [mention(bot), mention(jane), mention(mo)],
    conversation: { isGroup: true, conversationType: 'groupChat', id: '19:g@thread.v2', tenantId },
  });
  expect(teams.onboardings.request.mock.calls.map(([{ who }]) => who)).toEqual([{ id: ids.jane }, { id: ids.mo }]);
});

test('a mention that is not what it shows is taken for whom it means', async () => {
  const [line] = lines;
  await teams.post({
    ...line?.activity(teams.serviceUrl),
    text: 'onboard <at>Mo Haddad</at>',
    entities: [mention(jane, 'Mo Haddad')],
  });
  expect(teams.onboardings.request.mock.calls[0]?.[0]).toMatchObject({ who: { id: ids.jane } });
});

describe('a click', () => {
  const value = (trigger: object) => ({
    action: {
      type: 'Action.Execute',
      id: 'x',
      verb: 'stop',
      data: { onboarding: 'o-1', nonce: 'n', version: 1 },
    },
    ...trigger,
  });

  test.each([
    ['as the client sends it', { trigger: 'manual' }],
    ['without its trigger', {}],
  ])('%s', async (_what, trigger) => {
    const { status } = await teams.post(teams.invoke('stop', {}, ids.mo, { value: value(trigger) }));
    expect(status).toBe(200);
    expect(teams.onboardings.stop).toHaveBeenCalledWith(expect.objectContaining({ by: ids.mo, onboardingId: 'o-1' }));
  });

  test.each(['composeExtension/query', 'task/fetch', 'signin/verifyState', 'fileConsent/invoke', 'config/fetch'])(
    'of another kind (%s) decides nothing and breaks nothing',
    async (name) => {
      const { status } = await teams.post(teams.invoke('stop', {}, ids.mo, { name, value: value({}) }));
      expect([200, 501]).toContain(status);
      expect(teams.onboardings.stop).not.toHaveBeenCalled();
    },
  );
});

test('the bot is told by its id, not by its name', async () => {
  const [line] = lines;
  await teams.post({
    ...line?.activity(teams.serviceUrl),
    text: '<at>Passkeys</at> onboard jane',
    entities: [mention({ id: `28:${appId}`, name: 'Passkeys' })],
  });
  expect(teams.onboardings.request.mock.calls[0]?.[0]).toMatchObject({ who: { text: 'jane' } });
});
