import { appId, approvedBy, ids, onboarding, openOnboarding, row, tenantId } from './fakes';
import { type Call, LocalTeams, type Reply } from './local-teams';

const moChat = { id: 'a:mo', kind: 'personal', personId: ids.mo, locale: null } as const;

let teams: LocalTeams;
beforeEach(async () => {
  teams = await new LocalTeams().start();
  await teams.outbox.saveConversation({ ...moChat, serviceUrl: teams.serviceUrl });
  teams.onboardings.view.mockResolvedValue(onboarding());
});
afterEach(() => teams.stop());

const far = () => Date.now() + 30_000;
const deliver = (over: Parameters<typeof row>[0] = {}) => teams.teams.deliver(row(over), far());
const sentTo = { conversation: 'a:mo', activity: 'act-old' };

/** Replies in turn, then with success. */
function replies(...each: Reply[]): void {
  teams.reply = () => each.shift();
}

const cardOf = (call: Call | undefined): unknown => {
  const attachments = call?.body.attachments;
  return Array.isArray(attachments) ? attachments[0]?.content : undefined;
};

describe('sending', () => {
  test('a card goes to the known chat, alone, with a summary, and its place is kept', async () => {
    await deliver();
    const [call] = teams.calls;
    expect(call).toMatchObject({
      method: 'POST',
      path: '/v3/conversations/a%3Amo/activities',
      authorization: 'Bearer token-for https://api.botframework.com/.default',
      body: { type: 'message', from: { id: `28:${appId}` }, summary: 'ONB-7: your decision about Jane Doe is needed' },
    });
    expect(call?.body).not.toHaveProperty('text');
    expect(cardOf(call)).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
    expect(teams.outbox.delivered).toEqual([{ row: 'row-1', at: { conversation: 'a:mo', activity: 'act-1' } }]);
  });

  test('a live card that was sent is edited in place', async () => {
    await deliver({ message: 'approver-status', sentTo });
    expect(teams.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /v3/conversations/a%3Amo/activities/act-old',
    ]);
    expect(teams.outbox.delivered[0]?.at).toEqual(sentTo);
  });

  test('a guide whose reader turned the page while its edit was on its way is drawn again', async () => {
    const edit = () => deliver({ message: 'guide', to: { person: ids.jane }, sentTo });
    const before = openOnboarding();
    const turned = { ...before, guideAt: { route: 'computer', step: 3 } as const };
    teams.onboardings.view.mockResolvedValue(before);
    teams.reply = () => {
      teams.onboardings.view.mockResolvedValue(turned);
      return undefined;
    };
    await edit();
    expect(teams.outbox.delivered).toEqual([]);
    expect(teams.outbox.failures).toMatchObject([{ code: 'page-turned', dueAt: expect.any(Number) }]);
    await edit();
    expect(teams.outbox.delivered).toHaveLength(1);
  });

  test('a notice to a person raises an alert, a live card and a reply do not', async () => {
    await deliver({ message: 'approver-closed', live: false });
    await deliver({ message: 'approval' });
    expect(teams.calls[0]?.body.channelData).toEqual({ notification: { alert: true } });
    expect(teams.calls[1]?.body).not.toHaveProperty('channelData');
  });

  test('a refusal is sent as plain text', async () => {
    const data = { kind: 'refusal', refusal: { code: 'nobody-found', name: '[x](http://evil)' } };
    await deliver({ onboardingId: null, message: 'answer', live: false, to: { conversation: 'a:mo' }, data });
    expect(teams.calls[0]?.body).toMatchObject({
      textFormat: 'plain',
      text: 'I found nobody called [x](http: //evil). Check the spelling, or type the whole address.',
    });
  });

  test('somebody new is written to by object id, at the place where it was asked', async () => {
    await teams.outbox.saveConversation({
      ...moChat,
      id: 'a:priya',
      personId: ids.priya,
      serviceUrl: teams.serviceUrl,
    });
    await deliver({ message: 'guide', to: { person: ids.jane } });
    expect(teams.calls[0]).toMatchObject({
      path: '/v3/conversations',
      body: {
        isGroup: false,
        bot: { id: `28:${appId}` },
        members: [{ id: ids.jane }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      },
    });
    expect(JSON.stringify(teams.calls[0]?.body)).not.toContain('aadObjectId');
    expect(await teams.outbox.personalConversation(ids.jane)).toMatchObject({ id: 'a:new-1' });
    expect(teams.outbox.delivered[0]?.at.conversation).toBe('a:new-1');
  });

  test('the token goes to no service that is not allowed', async () => {
    await teams.outbox.saveConversation({ ...moChat, serviceUrl: 'http://127.0.0.1:9/' });
    await deliver();
    expect(teams.calls).toEqual([]);
    expect(teams.outbox.failures).toHaveLength(1);
  });

  test('what cannot be drawn or placed is given up', async () => {
    await deliver({ message: 'from-the-future' });
    await deliver({ to: { conversation: 'a:nobody' } });
    teams.onboardings.view.mockResolvedValue(null);
    await deliver();
    expect(teams.outbox.failures).toEqual([
      { row: 'row-1', code: 'nothing-to-draw', dueAt: null },
      { row: 'row-1', code: 'conversation-unknown', dueAt: null },
      { row: 'row-1', code: 'nothing-to-draw', dueAt: null },
    ]);
  });
});

describe('while a pass may be on the screen', () => {
  const minted = { number: 1, id: 'p', validUntil: far() };
  const edit = () => deliver({ message: 'approval', sentTo });

  test.each([
    ['the window is opening', openOnboarding({ state: 'opening' })],
    ['the window is open and a pass was minted', openOnboarding({ pass: minted })],
    ['a new one is being minted', openOnboarding({ mintingUntil: far() })],
  ])('the approval message is left alone, and holds up nothing behind it: %s', async (_, now) => {
    teams.onboardings.view.mockResolvedValue(now);
    await edit();
    expect(teams.calls).toEqual([]);
    expect(teams.outbox.failures).toEqual([]);
    expect(teams.outbox.delivered).toEqual([{ row: 'row-1', at: sentTo }]);
  });

  test.each([
    ['before it', onboarding({ state: 'approved', approvedBy })],
    ['once it was handed over', openOnboarding({ pass: minted, handedOverAt: 1 })],
    [
      'once the exit has begun',
      openOnboarding({
        pass: minted,
        state: 'closing',
        exit: { outcome: 'stopped', startedAt: 1, startedBy: ids.mo, settleAt: 1 },
      }),
    ],
    ['when it is over', openOnboarding({ pass: minted, state: 'closed', outcome: 'expired' })],
  ])('it is edited %s', async (_, now) => {
    teams.onboardings.view.mockResolvedValue(now);
    await edit();
    expect(teams.calls.map(({ method }) => method)).toEqual(['PUT']);
  });

  test('the status message and another approver’s card go on', async () => {
    teams.onboardings.view.mockResolvedValue(openOnboarding({ pass: minted }));
    await deliver({ message: 'approver-status', sentTo });
    await deliver({ id: 'row-2', message: 'approval', sentTo, to: { person: ids.second } });
    expect(teams.calls.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
  });

  test('the edit that the approval itself caused does not start while the click is answered', async () => {
    const approved = onboarding({ state: 'approved', approvedBy });
    teams.onboardings.view.mockResolvedValue(approved);
    teams.onboardings.approve.mockImplementation(async () => {
      await edit();
      return { kind: 'ok', onboarding: approved };
    });
    await teams.post(teams.invoke('approve-and-show', { onboarding: 'o-1', nonce: 'nonce-1', version: 3 }));
    expect(teams.onboardings.showPass).toHaveBeenCalled();
    expect(teams.calls).toEqual([]);
    expect(teams.outbox.failures[0]?.code).toBe('pass-on-screen');
    await edit();
    expect(teams.calls.map(({ method }) => method)).toEqual(['PUT']);
  });

  test('an edit that is on its way is let through before the pass is asked for', async () => {
    teams.onboardings.view.mockResolvedValue(onboarding({ state: 'approved', approvedBy }));
    const order: string[] = [];
    teams.reply = () => {
      setTimeout(() => order.push('edited'), 140);
      return { status: 200, body: { id: 'x' }, after: 150 };
    };
    const editing = edit();
    while (teams.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    teams.onboardings.showPass.mockImplementation(async () => {
      order.push('asked');
      return { kind: 'refused', refusal: { code: 'getting-ready' } };
    });
    await teams.post(teams.invoke('show-pass', { onboarding: 'o-1', nonce: 'nonce-1', version: 3 }));
    await editing;
    expect(order).toEqual(['edited', 'asked']);
  });
});

describe('what the service answers', () => {
  const failed = (code: string) => ({ error: { code, message: 'm' } });
  const waits = () => (teams.outbox.failures[0]?.dueAt ?? Number.NaN) - Date.now();

  test.each<[string, Reply, string, [number, number] | null]>([
    ['400', { status: 400, body: failed('BadArgument') }, 'BadArgument', null],
    ['413', { status: 413, body: failed('MessageSizeTooBig') }, 'MessageSizeTooBig', null],
    ['401', { status: 401, body: failed('BotNotRegistered') }, 'BotNotRegistered', [20_000, 40_000]],
    [
      '403, not installed',
      { status: 403, body: failed('ForbiddenOperationException') },
      'ForbiddenOperationException',
      [20_000, 40_000],
    ],
    [
      '403, blocked',
      { status: 403, body: failed('ConversationBlockedByUser') },
      'ConversationBlockedByUser',
      [20_000, 40_000],
    ],
    ['412', { status: 412, body: failed('PreconditionFailed') }, 'PreconditionFailed', [500, 1_500]],
    [
      '429 with a wait',
      { status: 429, body: failed('Throttled'), headers: { 'retry-after': '7' } },
      'Throttled',
      [6_500, 7_500],
    ],
    ['429 without', { status: 429, body: failed('Throttled') }, 'Throttled', [500, 1_500]],
    [
      '429 with a date that is past',
      { status: 429, body: failed('Throttled'), headers: { 'retry-after': 'Mon, 01 Jan 2024 00:00:00 GMT' } },
      'Throttled',
      [-500, 500],
    ],
    ['500', { status: 500, body: failed('ServiceError') }, 'ServiceError', [20_000, 40_000]],
    ['502 without a body', { status: 502, body: 'oops' }, '502', [500, 1_500]],
    ['503', { status: 503, body: failed('x y<z') }, '503', [500, 1_500]],
  ])('%s', async (_, reply, code, wait) => {
    replies(reply, reply, reply, reply);
    const started = performance.now();
    await deliver();
    // The SDK would try 5xx three times more and hold the lane for six seconds.
    expect(teams.calls).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(teams.outbox.failures).toEqual([{ row: 'row-1', code, dueAt: wait ? expect.any(Number) : null }]);
    if (wait) {
      expect(waits()).toBeGreaterThan(wait[0]);
      expect(waits()).toBeLessThan(wait[1]);
    }
  });

  test('waits grow, and begin anew after a success', async () => {
    replies(...[1, 2, 3].map(() => ({ status: 503 })));
    for (let n = 0; n < 3; n++) await deliver();
    const [first = 0, , third = 0] = teams.outbox.failures.map(({ dueAt }) => (dueAt ?? 0) - Date.now());
    expect(third).toBeGreaterThan(first * 2);
    await deliver();
    replies({ status: 503 });
    await deliver();
    expect((teams.outbox.failures.at(-1)?.dueAt ?? 0) - Date.now()).toBeLessThan(1_500);
  });

  test('an edited message that is gone becomes a new one', async () => {
    replies({ status: 404, body: failed('ActivityNotFoundInConversation') });
    await deliver({ message: 'approver-status', sentTo });
    expect(teams.calls.map(({ method }) => method)).toEqual(['PUT', 'POST']);
    expect(teams.outbox.delivered[0]?.at).toEqual({ conversation: 'a:mo', activity: 'act-2' });
  });

  test('a chat that is gone is opened again', async () => {
    replies({ status: 404 }, { status: 404, body: failed('ConversationNotFound') });
    await deliver({ message: 'approver-status', sentTo });
    expect(teams.calls.map(({ path }) => path)).toEqual([
      '/v3/conversations/a%3Amo/activities/act-old',
      '/v3/conversations/a%3Amo/activities',
      '/v3/conversations',
      '/v3/conversations/a%3Anew-3/activities',
    ]);
    expect(teams.outbox.conversations.has('a:mo')).toBe(false);
  });

  test('nobody there at all: due again', async () => {
    await teams.outbox.forgetConversation('a:mo');
    await teams.outbox.saveConversation({
      ...moChat,
      id: 'a:priya',
      personId: ids.priya,
      serviceUrl: 'http://127.0.0.1:1/',
    });
    await teams.stop();
    teams = await new LocalTeams().start({
      settings: { appId, tenantId, allowedServiceUrls: () => true },
      outbox: teams.outbox,
    });
    teams.onboardings.view.mockResolvedValue(onboarding());
    await deliver();
    expect(teams.calls).toEqual([]);
    expect(teams.logged).toContainEqual(expect.objectContaining({ event: 'not-delivered', code: 'unreachable' }));
  });

  test('an hour after the end, somebody who cannot be written to is given up', async () => {
    teams.onboardings.view.mockResolvedValue(
      onboarding({ state: 'closed', outcome: 'expired', closedAt: Date.now() - 2 * 3_600_000 }),
    );
    replies({ status: 403 });
    await deliver({ message: 'subject-closed', live: false });
    expect(teams.outbox.failures[0]?.dueAt).toBeNull();
  });

  test('an hour after the end, Teams itself being gone is no reason to give up', async () => {
    teams.onboardings.view.mockResolvedValue(
      onboarding({ state: 'closed', outcome: 'expired', closedAt: Date.now() - 2 * 3_600_000 }),
    );
    replies({ status: 503 });
    await deliver({ message: 'subject-closed', live: false });
    expect(teams.outbox.failures[0]?.dueAt).toBeGreaterThan(Date.now());
  });
});

describe('lanes, pace and the loop', () => {
  test('one at a time in a conversation, others beside it', async () => {
    await teams.outbox.saveConversation({ ...moChat, id: 'a:jane', personId: ids.jane, serviceUrl: teams.serviceUrl });
    const active = new Map<string, number>();
    let most = 0;
    let together = 0;
    teams.reply = (call) => {
      active.set(call.path, (active.get(call.path) ?? 0) + 1);
      most = Math.max(most, active.get(call.path) ?? 0);
      together = Math.max(together, active.size);
      setTimeout(() => {
        const left = (active.get(call.path) ?? 1) - 1;
        if (left > 0) active.set(call.path, left);
        else active.delete(call.path);
      }, 20);
      return { status: 201, body: { id: 'x' }, after: 25 };
    };
    await Promise.all([
      ...[1, 2, 3].map((n) => deliver({ id: `mo-${n}` })),
      deliver({ id: 'jane', message: 'guide', to: { person: ids.jane } }),
    ]);
    expect(teams.outbox.delivered).toHaveLength(4);
    expect(most).toBe(1);
    expect(together).toBe(2);
  });

  test('a burst stays under seven a second, and the rest is due later', async () => {
    for (let n = 0; n < 10; n++) await deliver({ id: `row-${n}` });
    expect(teams.calls.length).toBeLessThanOrEqual(7);
    expect(teams.outbox.failures.map(({ code }) => code)).toContain('paced');
    expect(teams.outbox.failures.every(({ dueAt }) => (dueAt ?? 0) > Date.now())).toBe(true);
  });

  test('a row whose claim is nearly over is left for the next claim', async () => {
    await teams.teams.deliver(row(), Date.now() + 5_000);
    expect(teams.calls).toEqual([]);
    expect(teams.outbox.failures).toEqual([]);
  });

  test('the loop delivers what is in the outbox, wakes for a reply, and stops', async () => {
    teams.teams.start();
    teams.outbox.rows.push(row());
    teams.teams.wake();
    while (teams.outbox.delivered.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const started = performance.now();
    await teams.post(teams.activity({ text: 'help' }));
    while (teams.outbox.delivered.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(performance.now() - started).toBeLessThan(900);
    expect(teams.calls.at(-1)?.path).toBe('/v3/conversations/a%3Apriya/activities');
    await teams.teams.stop();
    teams.outbox.rows.push(row());
    teams.teams.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(teams.outbox.delivered).toHaveLength(2);
  });
});
