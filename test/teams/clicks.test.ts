import { Pass } from '../../bot/pass';
import type { Answer, PassAnswer } from '../../bot/workflow/onboardings';
import { approvedBy, ids, NOON, onboarding, openOnboarding, tenantId } from './fakes';
import { DEEP, LocalTeams } from './local-teams';

const CODE = 'Zq7*_+mK[2]x';
const data = { onboarding: 'o-1', nonce: 'nonce-1', version: 3 };
const ticks = { knowsPerson: 'true', spokeToday: 'true' };
const minted = openOnboarding({ version: 6, pass: { number: 1, id: 'p-1', validUntil: NOON + 3_600_000 } });
const ok = (now = onboarding()): Answer => ({ kind: 'ok', onboarding: now });
const shown = (): PassAnswer => ({ kind: 'pass', pass: new Pass(CODE), onboarding: minted });

const teams = new LocalTeams();
beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await teams.start({ hardStop: 300 });
});
afterAll(() => teams.stop());
beforeEach(() => {
  jest.clearAllMocks();
  teams.calls.length = 0;
});

/** The inner body of the answer; the outer status is always 200. */
async function click(verb: string, more: unknown = {}, by = ids.mo, over: Record<string, unknown> = {}) {
  const merged = typeof more === 'object' && more !== null && !Array.isArray(more) ? { ...data, ...more } : more;
  const { status, body } = await teams.post(teams.invoke(verb, merged, by, over));
  expect(status).toBe(200);
  return body as { statusCode: number; type: string; value: Record<string, unknown> };
}

const isCard = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' };
const isMessage = { statusCode: 200, type: 'application/vnd.microsoft.activity.message' };

describe('the pass', () => {
  test('is in the answer to the click, in groups, and nowhere else', async () => {
    teams.onboardings.showPass.mockResolvedValue(shown());
    const answer = await click('show-pass');
    expect(answer).toMatchObject(isCard);
    expect(JSON.stringify(answer)).toContain('Zq7* _+mK [2]x');
    for (const place of [teams.calls, teams.outbox.rows, teams.outbox.answers, teams.logged, teams.outbox.failures])
      expect(JSON.stringify(place).replaceAll(' ', '')).not.toContain(CODE);
  });

  test('causes no call to the connector: the answer is not broadcast, not the first time and not later', async () => {
    teams.onboardings.showPass.mockResolvedValue(shown());
    await click('show-pass');
    await click('show-pass', {}, ids.second);
    await click('guide', {}, ids.jane);
    expect(teams.calls).toEqual([]);
  });

  test.each(['groupChat', 'channel', undefined])('is never asked for in a %s: others read there', async (kind) => {
    teams.onboardings.showPass.mockResolvedValue(shown());
    const conversation = { id: '19:x@thread.v2', tenantId, ...(kind ? { conversationType: kind } : {}) };
    const answer = await click('show-pass', {}, ids.mo, { conversation });
    expect(answer).toMatchObject(isMessage);
    expect(teams.onboardings.showPass).not.toHaveBeenCalled();
  });

  test('is not repeated to another person: each answer asks anew, for the one who clicked', async () => {
    teams.onboardings.showPass.mockImplementation(async ({ by }) =>
      by === ids.mo ? shown() : { kind: 'refused', refusal: { code: 'not-yours' } },
    );
    expect(JSON.stringify(await click('show-pass'))).toContain('Zq7*');
    const other = await click('show-pass', {}, ids.priya);
    expect(other).toEqual({ ...isMessage, value: 'This is not yours to decide.' });
  });

  test('who clicked comes from the authenticated sender, whatever the card says', async () => {
    teams.onboardings.showPass.mockResolvedValue({ kind: 'refused', refusal: { code: 'not-yours' } });
    await click('show-pass', { by: ids.mo, aadObjectId: ids.mo, from: ids.mo }, ids.priya);
    expect(teams.onboardings.showPass).toHaveBeenCalledWith({
      by: ids.priya,
      onboardingId: 'o-1',
      nonce: 'nonce-1',
      version: 3,
      arrivedAt: expect.any(Number),
    });
  });

  test('shows its end in the time zone of the device, and in UTC where that is unknown', async () => {
    teams.onboardings.showPass.mockResolvedValue(shown());
    const zone = (timezone: string) => ({ entities: [{ type: 'clientInfo', timezone }] });
    expect(JSON.stringify(await click('show-pass', {}, ids.mo, zone('Asia/Kolkata')))).toContain(
      '23 Nov, 18:30 UTC+5:30',
    );
    expect(JSON.stringify(await click('show-pass', {}, ids.mo, zone('No/Such')))).toContain('23 Nov, 13:00 UTC');
  });

  test('a pass that comes too late is not shown, and the approver is told to press again', async () => {
    teams.onboardings.showPass.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return shown();
    });
    const answer = await click('show-pass');
    expect(answer).toEqual({ ...isMessage, value: 'Getting ready - press Show pass in a moment.' });
    expect(teams.logged).toContainEqual(expect.objectContaining({ event: 'click-late', verb: 'show-pass' }));
  });
});

describe('approve and show', () => {
  test('that comes too late names the button that is there: the card is as it was', async () => {
    teams.onboardings.approve.mockResolvedValue(ok(onboarding({ state: 'approved', approvedBy, version: 4 })));
    teams.onboardings.showPass.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return shown();
    });
    const answer = await click('approve-and-show', ticks);
    expect(answer).toEqual({ ...isMessage, value: 'Still working on it. Press again in a moment.' });
  });

  test('approves with the ticks, then asks for the pass with the version that the approval made', async () => {
    teams.onboardings.approve.mockResolvedValue(ok(onboarding({ state: 'approved', approvedBy, version: 4 })));
    teams.onboardings.showPass.mockResolvedValue(shown());
    expect(await click('approve-and-show', ticks)).toMatchObject(isCard);
    expect(teams.onboardings.approve.mock.calls[0]?.[1]).toMatchObject({ knowsPerson: true, spokeToday: true });
    expect(teams.onboardings.showPass.mock.calls[0]?.[0]).toMatchObject({ by: ids.mo, version: 4 });
  });

  test('pressed again after a lost answer, it goes on to a pass', async () => {
    teams.onboardings.approve.mockResolvedValue({
      kind: 'refused',
      refusal: { code: 'already-decided', outcome: 'approved', by: 'Mo' },
      onboarding: minted,
    });
    teams.onboardings.showPass.mockResolvedValue(shown());
    expect(JSON.stringify(await click('approve-and-show'))).toContain('Zq7*');
  });

  test('somebody else who presses it after the decision is told, and no pass is asked for', async () => {
    teams.onboardings.approve.mockResolvedValue({
      kind: 'refused',
      refusal: { code: 'already-decided', outcome: 'approved', by: 'Mo' },
      onboarding: minted,
    });
    const answer = await click('approve-and-show', ticks, ids.second);
    expect(answer).toEqual({ ...isMessage, value: 'Already approved by Mo.' });
    expect(teams.onboardings.showPass).not.toHaveBeenCalled();
  });

  test('without the ticks nothing is asked for', async () => {
    teams.onboardings.approve.mockResolvedValue({ kind: 'refused', refusal: { code: 'confirm-first' } });
    expect(await click('approve-and-show')).toEqual({ ...isMessage, value: 'Tick both boxes first.' });
    expect(teams.onboardings.approve.mock.calls[0]?.[1]).toMatchObject({ knowsPerson: false, spokeToday: false });
    expect(teams.onboardings.showPass).not.toHaveBeenCalled();
  });

  test('a person who became privileged waits for the second approval', async () => {
    teams.onboardings.approve.mockResolvedValue(ok(onboarding({ approvedBy, privileged: true })));
    expect(JSON.stringify(await click('approve-and-show', ticks))).toContain('second person must approve');
    expect(teams.onboardings.showPass).not.toHaveBeenCalled();
  });

  test('while the window opens, the next card has the button', async () => {
    teams.onboardings.approve.mockResolvedValue(ok(onboarding({ state: 'approved', approvedBy })));
    teams.onboardings.showPass.mockResolvedValue({
      kind: 'refused',
      refusal: { code: 'getting-ready' },
      onboarding: openOnboarding({ state: 'opening' }),
    });
    const answer = await click('approve-and-show', ticks);
    expect(answer).toMatchObject(isCard);
    expect(JSON.stringify(answer)).toContain('show-pass');
  });
});

test.each<[string, 'approve' | 'secondApprove' | 'decline' | 'handedOver' | 'stop' | 'done' | 'confirmHandled']>([
  ['approve', 'approve'],
  ['second-approve', 'secondApprove'],
  ['decline', 'decline'],
  ['handed-over', 'handedOver'],
  ['stop', 'stop'],
  ['done', 'done'],
  ['confirm-handled', 'confirmHandled'],
])('%s answers with a card when done, and in words when refused', async (verb, method) => {
  teams.onboardings[method].mockResolvedValue(ok(openOnboarding()));
  expect(await click(verb)).toMatchObject(isCard);
  teams.onboardings[method].mockResolvedValue({ kind: 'refused', refusal: { code: 'finished', outcome: 'lapsed' } });
  expect(await click(verb)).toEqual({
    ...isMessage,
    value: 'This onboarding is over: ended because its time ran out.',
  });
});

test('a decline carries the reason', async () => {
  teams.onboardings.decline.mockResolvedValue(ok(onboarding({ state: 'closed', outcome: 'declined' })));
  await click('decline', { why: 'not *mine*' });
  expect(teams.onboardings.decline.mock.calls[0]?.[1]).toBe('not *mine*');
});

describe('guide, cancel and choose', () => {
  test('the guide turns pages, and what is no place of it leads to its beginning', async () => {
    teams.onboardings.turnPage.mockImplementation(async (_, place) =>
      ok(openOnboarding(place ? { guideAt: place } : {})),
    );
    const page = await click('guide', { route: 'iphone', step: 2 }, ids.jane);
    expect(JSON.stringify(page)).toContain('iPhone: step 3 of 9');
    expect(JSON.stringify(await click('guide', { route: 'fridge', step: -4 }, ids.jane))).toContain(
      'What do you want to use',
    );
  });

  test('cancel needs the nonce and goes by the stored number', async () => {
    teams.onboardings.view.mockResolvedValue(onboarding());
    teams.onboardings.cancel.mockResolvedValue(ok(onboarding({ state: 'closed', outcome: 'cancelled' })));
    await click('cancel', { nonce: 'wrong' }, ids.priya);
    expect(teams.onboardings.cancel).not.toHaveBeenCalled();
    await click('cancel', { number: 99 }, ids.priya);
    expect(teams.onboardings.cancel).toHaveBeenCalledWith(ids.priya, 7);
  });

  test('a chosen person is passed on by id, as a request of whoever chose', async () => {
    teams.onboardings.request.mockResolvedValue({ kind: 'requested', onboarding: onboarding() });
    const none = { onboarding: '', nonce: '', version: 0 };
    expect(await click('choose', { ...none, person: ids.jane.toUpperCase() }, ids.priya)).toMatchObject(isCard);
    expect(teams.onboardings.request).toHaveBeenCalledWith({
      requester: ids.priya,
      who: { id: ids.jane },
      askedIn: `a:${ids.priya}`,
    });
    teams.onboardings.request.mockClear();
    for (const person of ['jane', '', undefined, `${ids.jane},${ids.mo}`])
      expect(await click('choose', { ...none, person }, ids.priya)).toEqual({
        ...isMessage,
        value: 'Choose one person.',
      });
    expect(teams.onboardings.request).not.toHaveBeenCalled();
  });
});

describe('every click is answered', () => {
  test('when the work throws', async () => {
    teams.onboardings.stop.mockRejectedValue(new Error('disk full'));
    const answer = await click('stop');
    expect(answer).toMatchObject({ statusCode: 500, type: 'application/vnd.microsoft.error' });
    expect(JSON.stringify(answer)).not.toContain('disk full');
  });

  test('when the work hangs', async () => {
    teams.onboardings.stop.mockReturnValue(new Promise(() => undefined));
    expect(await click('stop')).toEqual({ ...isMessage, value: 'Still working on it. Press again in a moment.' });
  });

  test('when the work fails after the answer was due, the process lives on', async () => {
    teams.onboardings.stop.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      throw new Error('late');
    });
    expect(await click('stop')).toMatchObject(isMessage);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(teams.logged).toContainEqual(expect.objectContaining({ event: 'late-click-failed' }));
  });

  const deep = DEEP;
  test.each<[string, string, unknown, Record<string, unknown>]>([
    ['a verb that nobody knows', 'mint-everything', {}, {}],
    ['a verb from the prototype', 'constructor', {}, {}],
    ['no data', 'stop', null, {}],
    ['data that is a list', 'stop', [1, 2], {}],
    ['data that is text', 'stop', 'o-1', {}],
    ['a version that is no number', 'stop', { version: 'latest' }, {}],
    ['a negative version', 'stop', { version: -1 }, {}],
    ['an id that is an object', 'stop', { onboarding: { $ne: '' } }, {}],
    ['an id that is too long', 'stop', { onboarding: 'x'.repeat(10_000) }, {}],
    ['data that is very deep', 'stop', { onboarding: deep }, {}],
    ['no value', 'stop', {}, { value: undefined }],
    ['a value without action', 'stop', {}, { value: { trigger: 'manual' } }],
    ['an action without verb', 'stop', {}, { value: { action: { data } } }],
  ])('%s', async (_, verb, more, over) => {
    const answer = await click(verb, more, ids.mo, over);
    expect([200, 400]).toContain(answer.statusCode);
    expect([isMessage.type, 'application/vnd.microsoft.error']).toContain(answer.type);
    expect(teams.onboardings.stop).not.toHaveBeenCalled();
  });

  test.each([ids.mo, ids.priya, ids.jane])(
    'a refresh, whoever asks, gets a card that says nothing (%s)',
    async (by) => {
      teams.onboardings.view.mockResolvedValue(openOnboarding());
      for (const verb of ['stop', 'show-pass', 'guide', 'approve-and-show', 'no-such']) {
        const answer = await click(verb, {}, by, { value: { trigger: 'automatic', action: { verb, data } } });
        expect(answer).toMatchObject(isCard);
        expect(JSON.stringify(answer)).not.toMatch(/Jane|Mo|ONB-|o-1|nonce|Action\./);
      }
      expect(teams.onboardings.stop).not.toHaveBeenCalled();
      expect(teams.onboardings.showPass).not.toHaveBeenCalled();
    },
  );

  test('unknown extra data beside a good click does no harm', async () => {
    teams.onboardings.stop.mockResolvedValue(ok());
    expect(await click('stop', { extra: deep, __proto__: { by: ids.jane } })).toMatchObject(isCard);
  });

  test('the store failing under it', async () => {
    const save = jest.spyOn(teams.outbox, 'saveConversation').mockRejectedValueOnce(new Error('locked'));
    expect(await click('stop')).toMatchObject({ statusCode: 500 });
    save.mockRestore();
  });
});
