import { createStage, mri, PEOPLE, type Stage } from './stage';

const until = async (ready: () => boolean) => {
  for (let waited = 0; !ready() && waited < 4_000; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('the news that the app is there', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await createStage();
  });
  afterEach(() => stage.end());

  const news = () =>
    stage.received.map(({ activity }) => [
      activity.type,
      activity.action,
      activity.from?.id,
      activity.conversation?.conversationType,
    ]);

  test('is sent for every person, the channel and the group, once', async () => {
    expect((await stage.call('POST', '/teams/script/start')).body).toEqual({ pending: 0 });
    expect(news()).toHaveLength((PEOPLE.length + 2) * 2);
    for (const { key } of PEOPLE) {
      expect(news()).toContainEqual(['installationUpdate', 'add', mri(key), 'personal']);
      expect(news()).toContainEqual(['conversationUpdate', undefined, mri(key), 'personal']);
    }
    expect(news()).toContainEqual(['installationUpdate', 'add', mri('priya'), 'channel']);
    expect(news()).toContainEqual(['installationUpdate', 'add', mri('priya'), 'groupChat']);
    await stage.call('POST', '/teams/script/start');
    expect(news()).toHaveLength((PEOPLE.length + 2) * 2);
  });

  test('comes before the first thing that a person does', async () => {
    await stage.say('jane', 'hello');
    expect(stage.received.map(({ activity }) => activity.type)).toEqual([
      'installationUpdate',
      'conversationUpdate',
      'message',
    ]);
  });

  test('waits for a bot that is down, and is delivered in the background when it comes', async () => {
    const there = stage.botUrl();
    stage.botAt('http://127.0.0.1:9/api/messages');
    stage.teams.start();
    await stage.say('jane', 'anybody?');
    expect(stage.received).toEqual([]);
    stage.botAt(there);
    await until(() => stage.received.length >= (PEOPLE.length + 2) * 2);
    expect(news().filter(([, , from]) => from === mri('jane'))).toHaveLength(2);
    expect(news()).toHaveLength((PEOPLE.length + 2) * 2);
  });

  test('what the bot refuses is kept for that chat alone, in order', async () => {
    let refusing = true;
    stage.answers((activity) => ({ status: refusing && activity.from?.id === mri('jane') ? 500 : 200 }));
    expect((await stage.call('POST', '/teams/script/start')).body).toEqual({ pending: 2 });
    refusing = false;
    await until(() => news().filter(([, , from]) => from === mri('jane')).length >= 3);
    await stage.call('POST', '/teams/script/start');
    const forJane = news().filter(([, , from]) => from === mri('jane'));
    expect(forJane.map(([type]) => type)).toEqual(['installationUpdate', 'installationUpdate', 'conversationUpdate']);
  });

  test('taking the app away and putting it back are told', async () => {
    await stage.call('POST', '/teams/script/start');
    stage.received.length = 0;
    expect((await stage.as('jane', 'app', { do: 'uninstall' })).body).toEqual({ installed: false, blocked: false });
    expect((await stage.as('jane', 'app', { do: 'install' })).body).toEqual({ installed: true, blocked: false });
    expect(news().map(([type, action]) => [type, action])).toEqual([
      ['installationUpdate', 'remove'],
      ['installationUpdate', 'add'],
      ['conversationUpdate', undefined],
    ]);
    expect((await stage.as('jane', 'app', { do: 'other' })).status).toBe(400);
  });
});
