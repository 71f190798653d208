import type { Activity } from '../../playground/teams/activity';
import { APP, createStage, idOf, mri, type Stage } from './stage';

describe('what people write', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await createStage();
  });
  beforeEach(() => {
    stage.received.length = 0;
  });
  afterAll(() => stage.end());

  const heard = (): Activity[] =>
    stage.received.map(({ activity }) => activity).filter((activity) => activity.type === 'message');

  test.each([
    ['nothing', ''],
    ['markup', '<b>&amp; *bold* `x` "quoted" # </at>'],
    ['control characters', 'a\u0000b\u200b\u202ec\r\n'],
    ['5,000 characters', 'x'.repeat(5_000)],
  ])('arrives as it is: %s', async (_what, text) => {
    const said = await stage.say('jane', text);
    expect(said).toMatchObject({ status: 200, conversation: await stage.chat('jane', 'personal') });
    expect(heard()).toMatchObject([{ text, id: said.activityId }]);
    expect(stage.journal.teams.at(-1)).toMatchObject({ kind: 'said', by: 'jane', text, status: 200 });
  });

  test.each(['channel', 'group'])('in a %s the bot is mentioned first, and hears nothing else', async (where) => {
    const said = await stage.say('mo', 'jane', { in: where });
    expect(heard()).toMatchObject([
      {
        text: '<at>Onboard</at> jane',
        entities: [
          { type: 'mention', mentioned: { id: `28:${APP}` }, text: '<at>Onboard</at>' },
          { type: 'clientInfo' },
        ],
      },
    ]);
    expect(said.status).toBe(200);
    const unheard = await stage.say('mo', 'just us', { in: where, mentionBot: false });
    expect([unheard.status, heard().length]).toEqual([0, 1]);
    expect(JSON.stringify(await stage.screen('priya'))).toContain('just us');
  });

  test('each message in the channel starts a thread', async () => {
    const [one, two] = [
      await stage.say('mo', 'one', { in: 'channel' }),
      await stage.say('mo', 'two', { in: 'channel' }),
    ];
    expect(one.conversation).toMatch(new RegExp(`@thread\\.tacv2;messageid=${one.activityId}$`));
    expect(two.conversation).not.toBe(one.conversation);
    expect(heard()[0]).toMatchObject({
      conversation: { id: one.conversation, conversationType: 'channel' },
      channelData: { channel: { id: one.conversation.split(';')[0] }, team: { id: expect.any(String) } },
    });
  });

  test('mentions name people by MRI and never by object id', async () => {
    await stage.say('mo', 'onboard <at>jane</at> now', { in: 'channel', mentions: ['jane'] });
    await stage.say('mo', 'onboard', { mentions: ['jane'] });
    expect(heard().map(({ text }) => text)).toEqual([
      '<at>Onboard</at> onboard <at>Jane Test</at> now',
      'onboard <at>Jane Test</at>',
    ]);
    const [, mention] = heard()[0]?.entities ?? [];
    expect(mention).toEqual({
      type: 'mention',
      mentioned: { id: mri('jane'), name: 'Jane Test' },
      text: '<at>Jane Test</at>',
    });
    expect(JSON.stringify(heard())).not.toContain(idOf('jane'));
  });

  test('only members write in a channel, and only with the app in a chat with it', async () => {
    expect((await stage.as('jane', 'message', { in: 'channel', text: 'x' })).status).toBe(403);
    await stage.as('jane', 'app', { do: 'block' });
    expect((await stage.as('jane', 'message', { in: 'personal', text: 'x' })).status).toBe(409);
    await stage.as('jane', 'app', { do: 'unblock' });
  });

  test.each([{}, { in: 'elsewhere', text: 'x' }, { in: 'personal', text: 'x', mentions: 'jane' }])(
    'a script with a slip is told so: %j',
    async (body) => {
      expect((await stage.as('jane', 'message', body)).status).toBe(400);
      expect(heard()).toEqual([]);
    },
  );

  test('a bot that is not there is a status of 0, and the person still sees what was written', async () => {
    const down = await createStage();
    down.botAt('http://127.0.0.1:9/api/messages');
    expect(await down.say('jane', 'anybody?')).toMatchObject({ status: 0 });
    expect(await down.messages('jane')).toMatchObject([{ from: 'jane', text: 'anybody?' }]);
    await down.end();
  });
});
