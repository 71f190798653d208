import type { Activity, Json } from '../../playground/teams/activity';
import { button, card, cardAnswer, cardMessage, createStage, mri, type Stage, stillClock, words } from './stage';

const shows = (screen: unknown, text: string) => JSON.stringify(screen).includes(text);

interface InvokeValue {
  readonly action: { readonly data: Json };
  readonly trigger: string;
}
const invokeOf = (activity: Activity | undefined) => activity?.value as InvokeValue | undefined;
const dataOf = (activity: Activity | undefined) => invokeOf(activity)?.action.data;
const triggerOf = (activity: Activity | undefined) => invokeOf(activity)?.trigger;

describe('what each person sees', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await createStage({ clock: stillClock() });
  });
  afterEach(() => stage.end());

  /** The bot posts into a chat that several people are in. */
  async function postTo(kind: 'channel' | 'group', activity: Json): Promise<string> {
    const at = `/${encodeURIComponent(await stage.chat('mo', kind))}/activities`;
    const { body } = await stage.connector('POST', at, activity);
    await stage.teams.idle();
    return String(body.id);
  }
  async function edit(kind: 'channel' | 'group', id: string, activity: Json): Promise<void> {
    const at = `/${encodeURIComponent(await stage.chat('mo', kind))}/activities/${id}`;
    expect((await stage.connector('PUT', at, activity)).status).toBe(200);
    await stage.teams.idle();
  }

  test('messages of a chat are on the screens of its members and on no other', async () => {
    await postTo('group', { type: 'message', text: 'among us' });
    await stage.say('priya', 'to the bot alone');
    const seen = async (text: string) => {
      const found: string[] = [];
      for (const key of ['priya', 'mo', 'jane', 'mallory']) if (shows(await stage.screen(key), text)) found.push(key);
      return found;
    };
    expect(await seen('among us')).toEqual(['priya', 'mo']);
    expect(await seen('to the bot alone')).toEqual(['priya']);
    expect((await stage.call('GET', '/teams/script/people/nobody/screen')).status).toBe(404);
  });

  test('counts what is unread until the chat is opened', async () => {
    await stage.post('jane', { type: 'message', text: 'one' });
    await stage.post('jane', { type: 'message', text: 'two' });
    expect((await stage.screen('jane')).conversations[0]?.unread).toBe(2);
    expect((await stage.open('jane', 'personal')).conversations[0]?.unread).toBe(0);
    expect((await stage.as('jane', 'open', { conversation: await stage.chat('mo', 'group') })).status).toBe(404);
  });

  describe('a click', () => {
    test('is sent as the client sends it, and its card is for the one who clicked', async () => {
      stage.answers(() => cardAnswer(card([words('the secret')])));
      const input = { type: 'Input.Text', id: 'note', value: 'preset' };
      const id = await postTo('group', cardMessage([words('base'), input], [button('show', { case: 7, note: 'x' })]));
      const { body } = await stage.click('mo', id, 'show', { inputs: { note: 'typed' } });
      expect(body).toMatchObject({ status: 200, elapsedMs: expect.any(Number) });
      const sent = stage.invokes()[0];
      expect(sent).toMatchObject({
        name: 'adaptiveCard/action',
        replyToId: id,
        from: { id: mri('mo') },
        conversation: { conversationType: 'groupChat', isGroup: true },
        value: { action: { type: 'Action.Execute', verb: 'show' }, trigger: 'manual' },
      });
      expect(dataOf(sent)).toEqual({ case: 7, note: 'typed' });
      const mine = (await stage.messages('mo', 'group'))[0];
      expect([shows(mine, 'the secret'), mine?.ownView]).toEqual([true, true]);
      const theirs = (await stage.messages('priya', 'group'))[0];
      expect([shows(await stage.screen('priya'), 'the secret'), theirs?.ownView]).toEqual([false, false]);
      expect(shows(theirs, 'base')).toBe(true);
      expect(stage.journal.teams.filter((record) => record.kind === 'sent')).toHaveLength(1);
      const clicked = stage.journal.teams.find((record) => record.kind === 'clicked');
      expect(clicked).toMatchObject({ by: 'mo', verb: 'show', trigger: 'manual', forged: false, status: 200 });
      expect(shows(clicked, 'the secret')).toBe(true);
    });

    test('needs a button that this person sees', async () => {
      const id = await stage.post('mo', cardMessage([words('base')], [button('go')]));
      expect((await stage.click('mo', id, 'stop')).status).toBe(409);
      expect((await stage.click('jane', id, 'go')).status).toBe(409);
      expect((await stage.click('mo', '1', 'go')).status).toBe(404);
      stage.answers(() => cardAnswer(card([words('done')])));
      expect((await stage.click('mo', id, 'go')).status).toBe(200);
      const again = await stage.click('mo', id, 'go');
      expect([again.status, stage.invokes().length]).toEqual([409, 1]);
    });

    test('goes nowhere once the person has blocked the app', async () => {
      const id = await stage.post('mo', cardMessage([words('base')], [button('go')]));
      await stage.as('mo', 'app', { do: 'block' });
      expect((await stage.click('mo', id, 'go')).status).toBe(409);
      expect(stage.invokes()).toEqual([]);
    });

    test('a disabled button and one that submits are no buttons to execute', async () => {
      const disabled = { ...button('off'), isEnabled: false };
      const id = await stage.post('mo', cardMessage([], [disabled, { type: 'Action.Submit', verb: 'submit' }]));
      expect((await stage.click('mo', id, 'off')).status).toBe(409);
      expect((await stage.click('mo', id, 'submit')).status).toBe(409);
    });

    test('two buttons with one verb are told apart by their titles', async () => {
      const id = await stage.post(
        'mo',
        cardMessage([], [button('pick', { who: 1 }, 'Jane Doe'), button('pick', { who: 2 }, 'Jane Roe')]),
      );
      await stage.click('mo', id, 'pick', { title: 'jane roe' });
      expect(dataOf(stage.invokes()[0])).toEqual({ who: 2 });
    });

    test.each([
      ['a required input left empty', {}],
      ['one that is too long', { why: 'x'.repeat(11) }],
      ['a value that is no choice', { why: 'ok', pick: 'c' }],
      ['a number out of range', { why: 'ok', count: '9' }],
      ['an input that the card does not have', { why: 'ok', other: '1' }],
    ])('is held back by the client for %s', async (_what, inputs) => {
      const form = [
        { type: 'Input.Text', id: 'why', label: 'Why', isRequired: true, errorMessage: 'Say why', maxLength: 10 },
        {
          type: 'Input.ChoiceSet',
          id: 'pick',
          value: 'a',
          choices: ['a', 'b'].map((value) => ({ title: value, value })),
        },
        { type: 'Input.Number', id: 'count', value: 1, min: 1, max: 3 },
      ];
      const plain = { ...button('cancel'), associatedInputs: 'none' };
      const id = await stage.post('mo', cardMessage(form, [button('go'), plain]));
      expect((await stage.click('mo', id, 'go', { inputs })).status).toBe(422);
      expect(stage.invokes()).toEqual([]);
      await stage.click('mo', id, 'go', { inputs: { why: 'ok' } });
      expect(dataOf(stage.invokes()[0])).toEqual({ why: 'ok', pick: 'a', count: '1' });
      await stage.click('mo', id, 'cancel');
      expect(dataOf(stage.invokes()[1])).toEqual({});
    });

    test('forged, it reaches the bot with what the forger wants, from where the forger is', async () => {
      const id = await stage.post('mo', cardMessage([words('base')], [button('go', { case: 7, nonce: 'n' })]));
      await stage.click('mallory', id, 'go', { unseen: true, forge: { case: 8 } });
      const sent = stage.invokes()[0];
      expect(dataOf(sent)).toEqual({ case: 8, nonce: 'n' });
      expect(sent).toMatchObject({ from: { id: mri('mallory') }, replyToId: id });
      expect(sent?.conversation?.id).toBe(await stage.chat('mallory', 'personal'));
      expect(stage.journal.teams.at(-1)).toMatchObject({ kind: 'clicked', by: 'mallory', forged: true });
      await stage.click('mo', id, 'go', { forge: { nonce: 'other' } });
      expect(dataOf(stage.invokes()[1])).toEqual({ case: 7, nonce: 'other' });
    });

    test('a forged click that is answered with a card puts nothing on a screen that has no such message', async () => {
      stage.answers(() => cardAnswer(card([words('the secret')])));
      const id = await stage.post('mo', cardMessage([words('base')], [button('go')]));
      await stage.click('mallory', id, 'go', { unseen: true });
      expect(shows(await stage.screen('mallory'), 'the secret')).toBe(false);
      expect(shows(await stage.screen('mo'), 'the secret')).toBe(false);
    });

    const answer = (type: string, value: unknown, statusCode = 200) => ({
      status: 200,
      body: { statusCode, type, value },
    });
    test.each([
      ['words', answer('application/vnd.microsoft.activity.message', 'Already done.'), 'Already done.'],
      ['an error', answer('application/vnd.microsoft.error', { code: '400', message: 'Not you.' }, 400), 'Not you.'],
      ['no body', { status: 200 }, 'Something went wrong. Please try again.'],
      ['not implemented', { status: 501 }, 'Unable to reach app. Please try again.'],
      [
        'a card that Teams cannot draw',
        cardAnswer({ type: 'AdaptiveCard', version: '1.6' }),
        'Something went wrong. Please try again.',
      ],
    ])('answered with %s leaves the card and shows a toast to the one who clicked', async (_what, reply, toast) => {
      stage.answers(() => reply);
      const id = await postTo('group', cardMessage([words('base')], [button('go')]));
      await stage.click('mo', id, 'go');
      expect((await stage.screen('mo')).toasts.map(({ text }) => text)).toEqual([toast]);
      expect((await stage.screen('priya')).toasts).toEqual([]);
      expect((await stage.messages('mo', 'group'))[0]).toMatchObject({ ownView: false });
    });

    test('that is not answered in time has no status, and its late answer is not shown', async () => {
      const hasty = await createStage({ invokeDeadlineMs: 200 });
      const id = await hasty.post('mo', cardMessage([words('base')], [button('go')]));
      let answered = false;
      hasty.answers(async (activity) => {
        if (activity.type !== 'invoke') return { status: 200 };
        await new Promise((resolve) => setTimeout(resolve, 300));
        answered = true;
        return cardAnswer(card([words('too late')]));
      });
      const { body } = await hasty.click('mo', id, 'go');
      expect([body.status, answered]).toEqual([0, false]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(answered).toBe(true);
      expect(shows(await hasty.screen('mo'), 'too late')).toBe(false);
      expect((await hasty.screen('mo')).toasts).toMatchObject([{ text: 'Unable to reach app. Please try again.' }]);
      await hasty.end();
    });

    test('toasts are kept up to a bound', async () => {
      stage.answers(() => answer('application/vnd.microsoft.activity.message', 'again'));
      const id = await stage.post('mo', cardMessage([], [button('go')]));
      for (let times = 0; times < 55; times++) await stage.click('mo', id, 'go');
      expect((await stage.screen('mo')).toasts).toHaveLength(50);
    });
  });

  describe('refresh', () => {
    const base = (userIds: string[] | undefined, more: Json = {}) =>
      cardMessage([words('base')], [], {
        refresh: { action: button('refresh', { v: 1 }), ...(userIds ? { userIds } : {}) },
        ...more,
      });

    test('asks for those listed by MRI, when the message comes and when it is edited', async () => {
      stage.answers((activity) => cardAnswer(card([words(`for ${activity.from?.name}`)])));
      const id = await postTo('group', base([mri('mo'), mri('jane')]));
      expect(stage.invokes().map((sent) => [sent.from?.id, triggerOf(sent)])).toEqual([[mri('mo'), 'automatic']]);
      expect(shows(await stage.screen('mo'), 'for Mo Test')).toBe(true);
      expect(shows(await stage.screen('priya'), 'for Mo Test')).toBe(false);
      await edit('group', id, base([mri('priya')]));
      expect(stage.invokes().map((sent) => sent.from?.id)).toEqual([mri('mo'), mri('priya')]);
      expect((await stage.messages('mo', 'group'))[0]).toMatchObject({ ownView: false });
      expect(shows(await stage.screen('mo'), 'for Mo Test')).toBe(false);
    });

    test('asks for everybody where nobody is listed', async () => {
      await postTo('channel', base(undefined));
      expect(
        stage
          .invokes()
          .map((sent) => sent.from?.id)
          .sort(),
      ).toEqual([mri('mallory'), mri('mo'), mri('priya')].sort());
    });

    test.each([
      ['an empty list', base([])],
      ['an object id in place of an MRI', base(['33333333-3333-4333-8333-000000000001'])],
      ['a card older than 1.4', base(undefined, { version: '1.3' })],
    ])('does not ask by itself for %s', async (_what, activity) => {
      await postTo('group', activity);
      await stage.open('mo', 'group');
      expect(stage.invokes()).toEqual([]);
    });

    test('more than 60 members: only those listed; more than 60 listed: the first 60', async () => {
      const crowd = Array.from({ length: 61 }, (_none, index) => ({
        key: `p${index}`,
        id: `44444444-4444-4444-8444-${String(index).padStart(12, '0')}`,
        displayName: `P ${index}`,
        userPrincipalName: `p${index}@example.test`,
        locale: null,
      }));
      const big = await createStage({ people: () => crowd, groupMembers: crowd.map(({ key }) => key) });
      const at = `/${encodeURIComponent(await big.chat('p0', 'group'))}/activities`;
      await big.connector('POST', at, base(undefined));
      await big.teams.idle();
      expect(big.invokes()).toHaveLength(0);
      const listed = (await big.call<{ mri: string }[]>('GET', '/teams/script/people')).body.map(
        (person) => person.mri,
      );
      await big.connector('POST', at, base(listed));
      await big.teams.idle();
      expect(big.invokes()).toHaveLength(60);
      await big.end();
    });

    test('opening asks again after a minute, or after an edit, and not before', async () => {
      stage.answers(() => cardAnswer(card([words('own')], [], { refresh: { action: button('refresh') } })));
      const id = await postTo('group', base([mri('mo')]));
      await stage.open('mo', 'group');
      expect(stage.invokes()).toHaveLength(1);
      stage.clock.advance(59_000);
      await stage.open('mo', 'group');
      expect(stage.invokes()).toHaveLength(1);
      stage.clock.advance(1_000);
      await stage.open('mo', 'group');
      expect(stage.invokes()).toHaveLength(2);
      await edit('group', id, base([mri('mo')]));
      expect(stage.invokes()).toHaveLength(3);
    });

    test('an answer to the card before an edit does not hide the edit', async () => {
      let release: (() => void) | undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      stage.answers(async (activity) => {
        if (activity.type !== 'invoke') return { status: 200 };
        await held;
        return cardAnswer(card([words('of the old one')]));
      });
      const id = await postTo('group', cardMessage([words('old')], [button('go')]));
      const click = stage.click('mo', id, 'go');
      while (stage.invokes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await edit('group', id, cardMessage([words('new')]));
      release?.();
      expect((await click).body).toMatchObject({ status: 200 });
      expect(shows(await stage.screen('mo'), 'of the old one')).toBe(false);
    });

    test('fails in silence', async () => {
      stage.answers(() => ({ status: 500 }));
      await postTo('group', base([mri('mo')]));
      expect([stage.invokes().length, (await stage.screen('mo')).toasts]).toEqual([1, []]);
    });

    test('is not asked for by somebody who has taken the app away', async () => {
      await stage.post('jane', base(undefined));
      expect(stage.invokes()).toHaveLength(1);
      await stage.as('jane', 'app', { do: 'block' });
      stage.clock.advance(120_000);
      await stage.open('jane', 'personal');
      expect(stage.invokes()).toHaveLength(1);
    });
  });
});
