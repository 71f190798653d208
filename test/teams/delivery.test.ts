import type { InstallApp } from '../../bot/teams/reach';
import { appId, approvedBy, ids, onboarding, openOnboarding, row, tenantId } from './fakes';
import { LocalTeams, type Reply } from './local-teams';

/**
 * Every code that Microsoft documents for proactive messages and what is done about each ("Send proactive messages",
 * "Channel and group chat conversations with a bot" and "Optimize your bot with rate limiting in Teams" on
 * learn.microsoft.com), over real HTTP.
 */
let teams: LocalTeams;
afterEach(() => teams.stop());

const janes = { id: 'a:jane', kind: 'personal', personId: ids.jane, locale: null } as const;
const far = () => Date.now() + 30_000;

async function start(over: Parameters<LocalTeams['start']>[0] = {}) {
  teams = await new LocalTeams().start(over);
  teams.onboardings.view.mockResolvedValue(openOnboarding());
  await teams.outbox.saveConversation({ ...janes, serviceUrl: teams.serviceUrl });
}
const guide = () => teams.teams.deliver(row({ message: 'guide', to: { person: ids.jane } }), far());
const failed = (code: string) => ({ error: { code, message: 'm' } });
const wait = () => {
  const [failure] = teams.outbox.failures;
  return failure?.dueAt == null ? null : failure.dueAt - Date.now();
};

type What = 'never' | 'soon' | 'slowly' | 'when told';
const between: Readonly<Record<Exclude<What, 'never'>, readonly [number, number]>> = {
  soon: [500, 1_500],
  slowly: [20_000, 40_000],
  'when told': [6_000, 7_500],
};

test.each<[what: string, reply: Reply, code: string, again: What, operator: boolean, helpdesk: boolean]>([
  ['a wrong payload', { status: 400, body: failed('BadArgument') }, 'BadArgument', 'never', true, false],
  [
    'a bot that is not registered',
    { status: 401, body: failed('BotNotRegistered') },
    'BotNotRegistered',
    'slowly',
    true,
    true,
  ],
  ['a token that is refused', { status: 401, body: 'x' }, '401', 'slowly', true, true],
  [
    'a bot that an administrator switched off',
    { status: 403, body: failed('BotDisabledByAdmin') },
    'BotDisabledByAdmin',
    'slowly',
    true,
    true,
  ],
  [
    'a person who took the app away',
    { status: 403, body: failed('BotNotInConversationRoster') },
    'BotNotInConversationRoster',
    'slowly',
    false,
    true,
  ],
  [
    'a person who blocked the bot',
    { status: 403, body: failed('ConversationBlockedByUser') },
    'ConversationBlockedByUser',
    'slowly',
    false,
    true,
  ],
  [
    'a person without the app',
    { status: 403, body: failed('ForbiddenOperationException') },
    'ForbiddenOperationException',
    'slowly',
    false,
    true,
  ],
  ['the wrong cloud', { status: 403, body: failed('InvalidBotApiHost') }, 'InvalidBotApiHost', 'slowly', false, false],
  [
    'a right that is missing',
    { status: 403, body: failed('NotEnoughPermissions') },
    'NotEnoughPermissions',
    'slowly',
    true,
    true,
  ],
  [
    'a chat that takes no writes, in the older form',
    {
      status: 403,
      body: { errorCode: 209, message: '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "x"\r\n}' },
    },
    'MessageWritesBlocked',
    'slowly',
    false,
    true,
  ],
  [
    'two operations at once',
    { status: 412, body: failed('PreconditionFailed') },
    'PreconditionFailed',
    'soon',
    false,
    false,
  ],
  [
    'a message that is too big',
    { status: 413, body: failed('MessageSizeTooBig') },
    'MessageSizeTooBig',
    'never',
    true,
    false,
  ],
  [
    'too many, and until when',
    { status: 429, body: failed('Throttled'), headers: { 'retry-after': '7' } },
    'Throttled',
    'when told',
    false,
    false,
  ],
  ['too many', { status: 429, body: failed('Throttled') }, 'Throttled', 'soon', false, false],
  ['a service that broke', { status: 500, body: failed('ServiceError') }, 'ServiceError', 'slowly', false, false],
  ['a gateway', { status: 502, body: failed('BadGateway') }, 'BadGateway', 'soon', false, false],
  ['a service that is away', { status: 503, body: 'x' }, '503', 'soon', false, false],
  ['a gateway that waited', { status: 504, body: failed('GatewayTimeout') }, 'GatewayTimeout', 'soon', false, false],
])('%s', async (_what, reply, code, again, operator, helpdesk) => {
  await start();
  teams.reply = () => reply;
  await guide();
  expect(teams.calls).toHaveLength(1);
  expect(teams.outbox.failures).toEqual([{ row: 'row-1', code, dueAt: again === 'never' ? null : expect.any(Number) }]);
  if (again !== 'never') {
    expect(wait()).toBeGreaterThan(between[again][0]);
    expect(wait()).toBeLessThan(between[again][1]);
  }
  const events = teams.logged.map(({ event }) => event);
  expect(events).toContain(operator ? 'delivery-refused' : 'not-delivered');
  // The onboarding is under way, so whoever asked and whoever approved are told that nothing gets through to Jane.
  expect(teams.outbox.answers.map(({ data }) => data.say)).toEqual(helpdesk ? ['asked', 'approver'] : []);
});

test('a message that is gone is written anew, and a chat that is gone is begun anew', async () => {
  await start();
  const answers: Reply[] = [
    { status: 404, body: failed('ActivityNotFoundInConversation') },
    { status: 404, body: failed('ConversationNotFound') },
  ];
  teams.reply = () => answers.shift();
  const sentTo = { conversation: 'a:jane', activity: 'old' };
  await teams.teams.deliver(row({ message: 'guide', to: { person: ids.jane }, sentTo }), far());
  expect(teams.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /v3/conversations/a%3Ajane/activities/old',
    'POST /v3/conversations/a%3Ajane/activities',
    'POST /v3/conversations',
    'POST /v3/conversations/a%3Anew-3/activities',
  ]);
  expect(teams.outbox.delivered).toHaveLength(1);
});

test('where Teams says too many, nothing else goes there until then, and others are not held up', async () => {
  await start();
  await teams.outbox.saveConversation({ ...janes, id: 'a:mo', personId: ids.mo, serviceUrl: teams.serviceUrl });
  const answers: Reply[] = [{ status: 429, body: failed('Throttled'), headers: { 'retry-after': '7' } }];
  teams.reply = () => answers.shift();
  await guide();
  await guide();
  await teams.teams.deliver(row({ id: 'row-2', message: 'approver-status', to: { person: ids.mo } }), far());
  expect(teams.outbox.failures.map(({ code }) => code)).toEqual(['Throttled', 'paced']);
  expect(teams.calls).toHaveLength(2);
  expect(teams.outbox.delivered.map(({ row: id }) => id)).toEqual(['row-2']);
});

test('a tenant in the government’s cloud is written to there, once and from then on', async () => {
  const government = await new LocalTeams().start();
  await start({
    settings: {
      appId,
      tenantId,
      governmentServiceUrl: government.serviceUrl,
      allowedServiceUrls: (url) => url === teams.serviceUrl || url === government.serviceUrl,
    },
  });
  teams.reply = () => ({ status: 403, body: failed('InvalidBotApiHost') });
  await guide();
  expect([teams.calls.length, government.calls.length]).toEqual([1, 1]);
  expect(teams.outbox.delivered).toHaveLength(1);
  expect(teams.outbox.conversations.get('a:jane')?.serviceUrl).toBe(government.serviceUrl);
  government.reply = teams.reply;
  await guide();
  expect([teams.calls.length, government.calls.length]).toEqual([1, 2]);
  await government.stop();
});

describe('somebody who has not got the app', () => {
  const notInstalled: Reply = { status: 403, body: failed('ForbiddenOperationException') };
  const nobody = async (installApp: InstallApp) => {
    await start({ installApp });
    teams.outbox.conversations.clear();
    await teams.outbox.saveConversation({ ...janes, id: 'a:priya', personId: ids.priya, serviceUrl: teams.serviceUrl });
    teams.onboardings.view.mockResolvedValue(openOnboarding({ askedIn: 'a:priya' }));
  };

  test('gets it, and then the message, without anybody being troubled', async () => {
    const installApp = jest.fn(async () => 'installed' as const);
    await nobody(installApp);
    const answers = [notInstalled];
    teams.reply = () => answers.shift();
    await guide();
    expect(installApp).toHaveBeenCalledWith(ids.jane);
    expect(teams.calls.map(({ path }) => path)).toEqual([
      '/v3/conversations',
      '/v3/conversations',
      '/v3/conversations/a%3Anew-2/activities',
    ]);
    expect(teams.outbox.delivered).toHaveLength(1);
    expect(teams.outbox.answers).toEqual([]);
  });

  test.each(['refused', 'no-teams', 'later'] as const)(
    'and cannot get it (%s): helpdesk and the approver are told, once',
    async (result) => {
      const installApp = jest.fn(async () => result);
      await nobody(installApp);
      teams.reply = () => notInstalled;
      await guide();
      await guide();
      expect(installApp).toHaveBeenCalledTimes(1);
      expect(teams.calls).toHaveLength(2);
      expect(teams.outbox.answers.map(({ data }) => data)).toEqual([
        { kind: 'unreached', id: 'o-1', whom: 'subject', say: 'asked' },
        { kind: 'unreached', id: 'o-1', whom: 'subject', say: 'approver' },
      ]);
    },
  );

  test('although it was installed just now, is not given it again and again', async () => {
    const installApp = jest.fn(async () => 'installed' as const);
    await nobody(installApp);
    teams.reply = () => notInstalled;
    for (let n = 0; n < 4; n++) await guide();
    expect(installApp).toHaveBeenCalledTimes(1);
  });

  test('because they blocked the bot, is left alone', async () => {
    const installApp = jest.fn(async () => 'installed' as const);
    await start({ installApp });
    teams.reply = () => ({ status: 403, body: failed('ConversationBlockedByUser') });
    await guide();
    expect(installApp).not.toHaveBeenCalled();
  });

  test('and should decide: whoever asked is told that the question does not arrive', async () => {
    await start();
    teams.outbox.conversations.clear();
    teams.onboardings.view.mockResolvedValue(onboarding());
    await teams.outbox.saveConversation({ ...janes, id: 'a:priya', personId: ids.priya, serviceUrl: teams.serviceUrl });
    teams.reply = () => notInstalled;
    await teams.teams.deliver(row(), far());
    expect(teams.outbox.answers.map(({ data }) => data)).toEqual([
      { kind: 'unreached', id: 'o-1', whom: 'approver', say: 'asked' },
    ]);
  });

  test('after the end is nobody’s concern any more', async () => {
    await start();
    teams.reply = () => notInstalled;
    teams.onboardings.view.mockResolvedValue(
      onboarding({ state: 'closed', outcome: 'declined', closedAt: Date.now() }),
    );
    await guide();
    expect(teams.outbox.answers).toEqual([]);
  });

  test('what is said names both, and says what can be done', async () => {
    await start();
    await teams.outbox.saveConversation({ ...janes, id: 'a:mo', personId: ids.mo, serviceUrl: teams.serviceUrl });
    teams.onboardings.view.mockResolvedValue(openOnboarding({ approvedBy }));
    for (const [whom, say] of [
      ['subject', 'asked'],
      ['subject', 'approver'],
      ['approver', 'asked'],
    ])
      await teams.teams.deliver(
        row({
          id: `${whom}-${say}`,
          onboardingId: null,
          message: 'answer',
          live: false,
          to: { conversation: 'a:mo' },
          data: { kind: 'unreached', id: 'o-1', whom, say },
        }),
        far(),
      );
    const texts = teams.calls.map(({ body }) => String(body.text));
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(text).toMatch(/^ONB-7: my .* Jane Doe/);
    expect(texts[1]).toMatch(/Read out the steps/);
    expect(texts[2]).toMatch(/does not reach Mo/);
  });

  test('and then writes or installs it, is told at once what waited', async () => {
    await start();
    await teams.post(teams.activity({ text: 'help' }));
    expect(teams.outbox.reachable).toHaveBeenCalledWith(ids.priya, expect.any(Number));
    await teams.post(teams.activity({ type: 'installationUpdate', action: 'add', text: undefined }));
    expect(teams.outbox.reachable).toHaveBeenCalledTimes(2);
    await teams.post(teams.activity({ type: 'installationUpdate', action: 'remove', text: undefined }));
    expect(teams.outbox.reachable).toHaveBeenCalledTimes(2);
  });
});
