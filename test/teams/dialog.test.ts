import { generateKeyPairSync } from 'node:crypto';
import { DIALOG_COMMAND } from '../../bot/teams/dialog';
import { appId, ids, onboarding, tenantId } from './fakes';
import { LocalTeams } from './local-teams';
import { CHAT_OF_TWO, dialogSent, dialogsBegun, OVERHEARD } from './payloads';

/** The command of the message extension, in the shapes that Microsoft documents, over real HTTP. */
const teams = new LocalTeams();
const HOME = { id: 'a:priya', kind: 'personal', personId: ids.priya, locale: null } as const;
const DATA = { verb: 'choose', onboarding: '', nonce: '', version: 0, person: ids.jane, ticket: 'INC4711' };

beforeAll(async () => {
  // The SDK prints the keys that a forged token does not fit.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await teams.start();
});
afterAll(() => teams.stop());
beforeEach(async () => {
  jest.clearAllMocks();
  teams.calls.length = 0;
  teams.logged.length = 0;
  teams.outbox.conversations.clear();
  await teams.outbox.saveConversation({ ...HOME, serviceUrl: teams.serviceUrl });
  teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
});

const begun = (index = 0) => dialogsBegun[index]?.activity(teams.serviceUrl) ?? {};
const sent = (data: unknown = DATA) => dialogSent(data)[0]?.activity(teams.serviceUrl) ?? {};
async function cardOf(activity: unknown) {
  const { status, body } = await teams.post(activity);
  expect(status).toBe(200);
  expect(body).toMatchObject({ task: { type: 'continue', value: { title: 'Onboard somebody' } } });
  const { card } = (body as { task: { value: { card: { contentType: string; content: Record<string, unknown> } } } })
    .task.value;
  expect(card.contentType).toBe('application/vnd.microsoft.card.adaptive');
  return card.content;
}
const sentence = (value: unknown) => ({ status: 200, body: { task: { type: 'message', value } } });
/** Nothing is asked for, kept, owed or sent. */
function expectNothingDone() {
  expect(teams.onboardings.request).not.toHaveBeenCalled();
  expect(teams.outbox.answers).toEqual([]);
  expect([...teams.outbox.conversations.keys()]).toEqual([HOME.id].filter((id) => teams.outbox.conversations.has(id)));
  expect(teams.calls).toEqual([]);
}

test('each shape names the page that it is from', () => {
  for (const { page } of [...dialogsBegun, ...dialogSent(DATA)])
    expect(page).toMatch(/^messaging-extensions\/[\w/-]+#[\w-]+$/);
});

test.each(dialogsBegun.map((each) => [each.what, each] as const))('opens the form: %s', async (_what, { activity }) => {
  const card = await cardOf(activity(teams.serviceUrl));
  const text = JSON.stringify(card);
  expect(text).toContain('graph.microsoft.com/users');
  for (const id of ['person', 'ticket', 'because', 'startDate', 'startTime']) expect(text).toContain(`"id":"${id}"`);
  expect(card.actions).toEqual([
    expect.objectContaining({ type: 'Action.Submit', associatedInputs: 'auto', data: expect.any(Object) }),
  ]);
  expect(text).not.toContain('Action.Execute');
  expect(text).not.toContain(OVERHEARD);
  expectNothingDone();
});

test.each(dialogSent(DATA).map((each) => [each.what, each] as const))(
  'asks for who was chosen, as the card does, and tells it in the own chat: %s',
  async (_what, { activity }) => {
    const card = await cardOf(activity(teams.serviceUrl));
    expect(teams.onboardings.request.mock.calls).toEqual([
      [
        {
          requester: ids.priya,
          who: { id: ids.jane },
          askedIn: HOME.id,
          words: expect.objectContaining({ ticket: 'INC4711' }),
        },
      ],
    ]);
    expect(JSON.stringify(card)).toContain('ONB-7 was opened for Jane Doe');
    expect(card.actions ?? []).toEqual([]);
    // Where it was opened is not kept: a chat of two is called personal, and a pass must never be shown there.
    expect([...teams.outbox.conversations.keys()]).toEqual([HOME.id]);
    const seen = [teams.onboardings.request.mock.calls, teams.outbox.rows, teams.outbox.answers, teams.logged, card];
    expect(JSON.stringify(seen)).not.toContain(OVERHEARD);
    expect(JSON.stringify(seen)).not.toContain(CHAT_OF_TWO);
    expect(teams.calls).toEqual([]);
  },
);

test('a start is read in the zone of who chose it', async () => {
  await cardOf({
    ...sent({ ...DATA, startDate: '2026-12-01', startTime: '09:00' }),
    entities: [{ type: 'clientInfo', timezone: 'Europe/Berlin' }],
  });
  expect(teams.onboardings.request.mock.calls[0]?.[0]).toMatchObject({
    startAt: Date.UTC(2026, 11, 1, 8),
    words: { zone: 'Europe/Berlin' },
  });
});

test('a refusal is said above the form, and what was typed is still there', async () => {
  teams.onboardings.request.mockResolvedValue({ kind: 'refused', refusal: { code: 'not-helpdesk' } });
  const card = await cardOf(sent({ ...DATA, because: 'Her phone is lost' }));
  const text = JSON.stringify(card);
  expect(text).toContain('helpdesk');
  expect(text).toContain('"value":"INC4711"');
  expect(text).toContain('"value":"Her phone is lost"');
  expect(card.actions).toEqual([expect.objectContaining({ type: 'Action.Submit' })]);
});

test('nobody chosen, or somebody who is no id, is asked for again', async () => {
  for (const person of [undefined, '', 'jane', `${ids.jane},${ids.mo}`]) {
    expect(JSON.stringify(await cardOf(sent({ ...DATA, person })))).toContain('Choose one person.');
    expectNothingDone();
  }
});

test('who has no chat with the bot is told to open one, and nothing is asked for', async () => {
  teams.outbox.conversations.clear();
  for (const activity of [begun(), sent()]) {
    expect(await teams.post(activity)).toEqual(sentence(expect.stringContaining('your own chat with me')));
    expectNothingDone();
  }
});

test('answers in the language of who asks', async () => {
  const { body } = await teams.post({ ...begun(), locale: 'de-DE' });
  expect(JSON.stringify(body)).toContain('"lang":"de"');
});

test.each([
  ['another command', { commandId: 'recover', data: DATA }],
  ['no value', undefined],
  ['no data', { commandId: DIALOG_COMMAND }],
  ['another button', { commandId: DIALOG_COMMAND, data: { ...DATA, verb: 'approve-and-show', onboarding: 'o-1' } }],
  ['data that is no object', { commandId: DIALOG_COMMAND, data: 'choose' }],
  ['a preview that we never gave', { commandId: DIALOG_COMMAND, botMessagePreviewAction: 'send', data: DATA }],
])('what we never offered does nothing: %s', async (_what, value) => {
  const answer = await teams.post({ ...sent(), value });
  expect(answer).toEqual(sentence(expect.stringContaining('one piece')));
  expectNothingDone();
  expect(teams.onboardings.approve).not.toHaveBeenCalled();
  expect(teams.onboardings.showPass).not.toHaveBeenCalled();
});

describe('is refused like any other activity', () => {
  const elsewhere = '99999999-9999-4999-8999-999999999999';
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

  test('without Teams’ own signature', async () => {
    for (const token of [null, teams.token({}, strange), teams.token({ aud: elsewhere }), teams.token({ exp: 1 })])
      for (const activity of [begun(), sent()]) expect((await teams.post(activity, token)).status).toBe(401);
    expectNothingDone();
  });

  test.each([
    ['another tenant', { conversation: { id: CHAT_OF_TWO, tenantId: elsewhere } }],
    ['another tenant in the channel data', { channelData: { tenant: { id: elsewhere } } }],
    ['a guest', { from: { id: '29:x', aadObjectId: ids.priya, userRole: 'guest' } }],
    ['a bot', { from: { id: `28:${appId}`, aadObjectId: ids.priya } }],
    ['somebody without an id', { from: { id: '29:1priya', name: 'Priya Nair' } }],
    ['no tenant at all', { channelData: {}, conversation: { id: CHAT_OF_TWO, tenantId } }],
  ])('from %s', async (_what, over) => {
    for (const activity of [begun(), sent()]) expect((await teams.post({ ...activity, ...over })).status).toBe(403);
    expectNothingDone();
  });
});

test('a failure is said in the dialog, and only the log has its reason', async () => {
  teams.onboardings.request.mockRejectedValue(new Error('the store is away'));
  expect(await teams.post(sent())).toEqual(sentence(expect.stringContaining('Something went wrong')));
  expect(teams.logged).toContainEqual(expect.objectContaining({ event: 'click-failed' }));
});

describe('in trouble', () => {
  let other: LocalTeams;
  beforeEach(() => {
    other = new LocalTeams();
  });
  afterEach(() => other.stop());

  test('a slow answer is not waited for longer than Teams waits, and says that it may still be done', async () => {
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    other.onboardings.request.mockImplementation(async () => {
      await slow;
      return { kind: 'requested', onboarding: onboarding() };
    });
    await other.start({ hardStop: 300 });
    await other.outbox.saveConversation({ ...HOME, serviceUrl: other.serviceUrl });
    const activity = dialogSent(DATA)[0]?.activity(other.serviceUrl);
    expect(await other.post(activity)).toEqual(sentence(expect.stringContaining('may still be done')));
    finish();
    expect(other.logged).toContainEqual(expect.objectContaining({ event: 'click-late' }));
  });

  test('too much is answered in the shape of the dialog, without a look at anything', async () => {
    await other.start({ floodLimits: { perPersonPerMinute: 1, perSecond: 50 } });
    const activity = dialogsBegun[0]?.activity(other.serviceUrl);
    expect(await other.post(activity)).toEqual(sentence(expect.stringContaining('your own chat')));
    expect(await other.post(activity)).toEqual(sentence(expect.stringContaining('too much at once')));
    expect(other.outbox.answers).toEqual([]);
  });
});
