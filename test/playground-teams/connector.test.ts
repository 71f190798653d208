import type { TeamsRecord } from '../../playground/contract';
import {
  type Answered,
  cardMessage,
  createStage,
  idOf,
  mri,
  PEOPLE,
  type Stage,
  stillClock,
  TENANT,
  words,
} from './stage';

const message = (text: string) => ({ type: 'message', text });
const codeOf = ({ status, body }: Answered): unknown[] => [
  status,
  (body as { error?: { code: string } } | undefined)?.error?.code,
];

describe('the connector', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await createStage({ clock: stillClock() });
  });
  afterEach(() => stage.end());

  const create = (members: unknown[], more = {}) => stage.connector('POST', '', { members, ...more });
  const path = (conversation: string, rest = '') => `/${encodeURIComponent(conversation)}${rest}`;
  const own = async (key: string) => stage.chat(key, 'personal');
  const records = (kind: TeamsRecord['kind']) => stage.journal.teams.filter((record) => record.kind === kind);

  describe('starting a conversation', () => {
    test('takes the MRI and the object id, and gives the same chat for both', async () => {
      const byMri = await create([{ id: mri('jane') }]);
      const byId = await create([{ id: idOf('jane') }], { tenantId: TENANT, isGroup: false });
      expect([byMri.status, byId.status]).toEqual([201, 201]);
      expect(byMri.body.id).toMatch(/^a:1[\w-]{43}$/);
      expect(byId.body.id).toBe(byMri.body.id);
      expect((await create([{ id: mri('mo') }])).body.id).not.toBe(byMri.body.id);
    });

    test.each([
      ['the object id only in aadObjectId', [{ aadObjectId: idOf('jane') }], {}],
      ['nobody', [], {}],
      ['an unknown person', [{ id: '29:1nobody' }], {}],
      ['another tenant', [{ id: idOf('jane') }], { tenantId: 'other' }],
      ['another tenant in the channel data', [{ id: idOf('jane') }], { channelData: { tenant: { id: 'other' } } }],
      ['a group', [{ id: idOf('jane') }], { isGroup: true }],
      ['two people', PEOPLE.slice(0, 2).map(({ id }) => ({ id })), {}],
    ])('refuses %s', async (_what, members, more) => {
      expect(codeOf(await create(members, more))).toEqual([400, 'BadArgument']);
    });

    test('is forbidden for a person without the app, until it is installed again', async () => {
      await stage.as('jane', 'app', { do: 'uninstall' });
      expect(codeOf(await create([{ id: idOf('jane') }]))).toEqual([403, 'ForbiddenOperationException']);
      expect(records('refused')).toMatchObject([{ operation: 'createConversation', status: 403 }]);
      await stage.as('jane', 'app', { do: 'install' });
      expect((await create([{ id: idOf('jane') }])).status).toBe(201);
    });

    test('can carry the first message', async () => {
      const { body } = await create([{ id: idOf('jane') }], { activity: message('first') });
      expect(await stage.messages('jane')).toMatchObject([{ id: body.activityId, text: 'first', from: 'bot' }]);
    });
  });

  test.each([undefined, 'another-token'])('without the bot token (%s) everything is 401', async (token) => {
    const conversation = await own('jane');
    const calls = [
      ['POST', ''],
      ['POST', path(conversation, '/activities')],
      ['PUT', path(conversation, '/activities/1')],
      ['DELETE', path(conversation, '/activities/1')],
      ['GET', path(conversation, '/pagedmembers')],
      ['GET', path(conversation, `/members/${mri('jane')}`)],
      ['GET', path(conversation)],
    ] as const;
    for (const [method, rest] of calls) {
      const answer = await stage.call(
        method,
        `/teams/v3/conversations${rest}`,
        method === 'GET' ? undefined : {},
        token,
      );
      expect(answer.status).toBe(401);
    }
  });

  describe('posting', () => {
    test('answers 201 with an id, and writes down the whole activity and who can read it', async () => {
      const activity = { ...cardMessage([words('hello')]), summary: 'A card' };
      const id = await stage.post('jane', activity);
      expect(records('sent')).toMatchObject([{ messageId: id, activity, readers: ['jane'] }]);
      expect(id).toMatch(/^\d{13}$/);
      const group = await stage.connector('POST', path(await stage.chat('mo', 'group'), '/activities'), message('all'));
      expect(group.status).toBe(201);
      expect(records('sent')[1]).toMatchObject({ readers: ['priya', 'mo'] });
    });

    test('makes two messages and no id of a text with an attachment', async () => {
      const activity = { ...cardMessage([words('card')]), text: 'text' };
      const sent = await stage.connector('POST', path(await own('jane'), '/activities'), activity);
      expect([sent.status, sent.body]).toEqual([201, {}]);
      const shown = await stage.messages('jane');
      expect(shown.map(({ text, card: drawn }) => [text, drawn !== undefined])).toEqual([
        ['text', false],
        [undefined, true],
      ]);
    });

    test('typing is taken and shown to nobody', async () => {
      const sent = await stage.connector('POST', path(await own('jane'), '/activities'), { type: 'typing' });
      expect(sent.status).toBe(201);
      expect(await stage.messages('jane')).toEqual([]);
    });

    test.each([
      ['no activity', []],
      ['another type', { type: 'trace' }],
      ['nothing to show', { type: 'message', text: '' }],
      ['a card newer than 1.5', cardMessage([], [], { version: '1.6' })],
      ['a card without a version', cardMessage([], [], { version: undefined })],
      ['no card', { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }] }],
      ['another content type', { type: 'message', attachments: [{ contentType: 'text/x-unknown', content: {} }] }],
    ])('refuses %s', async (_what, activity) => {
      const sent = await stage.connector('POST', path(await own('jane'), '/activities'), activity);
      expect(codeOf(sent)).toEqual([400, 'BadArgument']);
      expect(records('sent')).toEqual([]);
    });

    test('refuses what is over 100 KB in UTF-16, and not what is under', async () => {
      const at = path(await own('jane'), '/activities');
      expect(codeOf(await stage.connector('POST', at, message('x'.repeat(51_200))))).toEqual([
        413,
        'MessageSizeTooBig',
      ]);
      expect((await stage.connector('POST', at, message('x'.repeat(51_000)))).status).toBe(201);
    });

    test('starts a thread in a channel, and goes on in it', async () => {
      const channel = await stage.chat('mo', 'channel');
      expect(channel).toMatch(/^19:[0-9a-f]{32}@thread\.tacv2$/);
      const root = await stage.connector('POST', path(channel, '/activities'), message('root'));
      const thread = `${channel};messageid=${root.body.id}`;
      expect((await stage.connector('POST', path(thread, '/activities'), message('reply'))).status).toBe(201);
      expect((await stage.connector('POST', path(channel, `/activities/${root.body.id}`), message('too'))).status).toBe(
        201,
      );
      expect(records('sent').map((record) => 'conversation' in record && record.conversation)).toEqual([
        thread,
        thread,
        thread,
      ]);
      const nowhere = await stage.connector('POST', path(`${channel};messageid=1`, '/activities'), message('x'));
      expect(codeOf(nowhere)).toEqual([404, 'ConversationNotFound']);
    });
  });

  describe('editing and deleting', () => {
    test('change what everybody sees', async () => {
      const id = await stage.post('jane', message('before'));
      const at = path(await own('jane'), `/activities/${id}`);
      const edited = await stage.connector('PUT', at, message('after'));
      expect([edited.status, edited.body]).toEqual([200, { id }]);
      expect(await stage.messages('jane')).toMatchObject([{ id, text: 'after', editedAt: expect.any(Number) }]);
      expect((await stage.connector('DELETE', at)).status).toBe(200);
      expect(await stage.messages('jane')).toEqual([]);
      expect(stage.journal.teams.map((record) => record.kind)).toEqual(['sent', 'edited', 'deleted']);
      expect(codeOf(await stage.connector('PUT', at, message('late')))).toEqual([
        404,
        'ActivityNotFoundInConversation',
      ]);
      expect(codeOf(await stage.connector('DELETE', at))).toEqual([404, 'ActivityNotFoundInConversation']);
    });

    test('reach the own messages of the bot alone, each in its own chat', async () => {
      const { activityId } = await stage.say('jane', 'mine');
      const at = path(await own('jane'), `/activities/${activityId}`);
      expect(codeOf(await stage.connector('PUT', at, message('yours')))).toEqual([403, 'NotEnoughPermissions']);
      expect(codeOf(await stage.connector('DELETE', at))).toEqual([403, 'NotEnoughPermissions']);
      const id = await stage.post('mo', message('for mo'));
      const elsewhere = path(await own('jane'), `/activities/${id}`);
      expect(codeOf(await stage.connector('PUT', elsewhere, message('x')))).toEqual([
        404,
        'ActivityNotFoundInConversation',
      ]);
    });
  });

  test('an unknown conversation is 404', async () => {
    for (const id of ['a:1nobody', '19:x@thread.v2', '']) {
      const sent = await stage.connector('POST', path(id || 'x', '/activities'), message('x'));
      expect(codeOf(sent)).toEqual([404, 'ConversationNotFound']);
    }
  });

  test('a person who has blocked the bot, or taken the app away, is not written to', async () => {
    const at = path(await own('jane'), '/activities');
    await stage.as('jane', 'app', { do: 'block' });
    expect(codeOf(await stage.connector('POST', at, message('x')))).toEqual([403, 'ConversationBlockedByUser']);
    await stage.as('jane', 'app', { do: 'unblock' });
    expect((await stage.connector('POST', at, message('x'))).status).toBe(201);
    await stage.as('jane', 'app', { do: 'uninstall' });
    expect(codeOf(await stage.connector('POST', at, message('x')))).toEqual([403, 'BotNotInConversationRoster']);
  });

  describe('the roster', () => {
    test('finds a member by MRI and by object id', async () => {
      const at = await own('jane');
      for (const id of [mri('jane'), idOf('jane')]) {
        const { body } = await stage.connector('GET', path(at, `/members/${encodeURIComponent(id)}`));
        expect(body).toMatchObject({
          id: mri('jane'),
          objectId: idOf('jane'),
          userPrincipalName: 'jane@example.test',
          tenantId: TENANT,
        });
      }
      expect(codeOf(await stage.connector('GET', path(at, `/members/${mri('mo')}`)))).toEqual([
        404,
        'MemberNotFoundInConversation',
      ]);
    });

    test('lists the members of a chat and nobody else', async () => {
      const { body } = await stage.connector<{ members: { name: string }[] }>(
        'GET',
        path(await stage.chat('mo', 'channel'), '/pagedmembers?pageSize=100'),
      );
      expect(body.members.map((member) => member.name)).toEqual(['Priya Test', 'Mo Test', 'Mallory Test']);
      expect(body).not.toHaveProperty('continuationToken');
      const about = await stage.connector('GET', path(await stage.chat('mo', 'group')));
      expect(about.body).toMatchObject({ conversationType: 'groupChat', isGroup: true, tenantId: TENANT });
    });
  });

  test('a script can make every write fail, and reads go on', async () => {
    stage.behaves({ teamsStatus: 429 });
    const at = await own('jane');
    const sent = await stage.connector('POST', path(at, '/activities'), message('x'));
    expect([codeOf(sent), sent.headers.get('retry-after')]).toEqual([[429, 'Throttled'], '1']);
    expect((await stage.connector('GET', path(at, '/pagedmembers'))).status).toBe(200);
    stage.behaves({ teamsStatus: 412 });
    expect(codeOf(await create([{ id: idOf('jane') }]))).toEqual([412, 'PreconditionFailed']);
    stage.behaves({});
    expect((await stage.connector('POST', path(at, '/activities'), message('x'))).status).toBe(201);
  });

  test('the eighth message in a second waits, in its own thread only', async () => {
    const at = path(await own('jane'), '/activities');
    for (let sent = 0; sent < 7; sent++) {
      expect((await stage.connector('POST', at, message(`${sent}`))).status).toBe(201);
    }
    const eighth = await stage.connector('POST', at, message('8'));
    expect([codeOf(eighth), eighth.headers.get('retry-after')]).toEqual([[429, 'Throttled'], '1']);
    expect((await stage.connector('POST', path(await own('mo'), '/activities'), message('1'))).status).toBe(201);
    stage.clock.advance(1_001);
    expect((await stage.connector('POST', at, message('8'))).status).toBe(201);
    expect(codeOf(await stage.connector('POST', at, message('9')))).toEqual([429, 'Throttled']);
    expect(await stage.messages('jane')).toHaveLength(8);
  });
});
