import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type Request as BotRequest,
  type Response as BotResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import { decode } from 'jsonwebtoken';
import type { RawActivity } from '../../playground/contract';
import { APP, close, createStage, idOf, listen, mri, type Stage, TENANT, TOKEN } from './stage';

/** The credentials of the real SDK, with the token endpoint left out: what it would have fetched is given. */
const credentials = {
  isValidAppId: async (appId: string) => appId === APP,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async (web: { headers: { set(n: string, v: string): void } }) => {
      web.headers.set('authorization', `Bearer ${TOKEN}`);
      return web;
    },
  }),
};

function adapterFor(stage: Stage): CloudAdapter {
  const metadata = `${stage.url()}/teams/openid`;
  return new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      {
        MicrosoftAppId: APP,
        MicrosoftAppTenantId: TENANT,
        ToBotFromChannelOpenIdMetadataUrl: metadata,
        ToBotFromEmulatorOpenIdMetadataUrl: metadata,
        ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
        ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${TENANT}`,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        OAuthUrl: 'https://api.botframework.com',
        CallerId: 'urn:botframework:azure',
        ValidateAuthority: true,
      },
      credentials as never,
    ),
  );
}

/** An echo bot on the real SDK and a bare server, which lacks the few methods of restify that the SDK calls. */
function echoBot(adapter: CloudAdapter, seen: TurnContext['activity'][]) {
  const echo = async (context: TurnContext) => {
    seen.push(context.activity);
    if (context.activity.type === 'message') {
      const member = await TeamsInfo.getMember(context, context.activity.from.id);
      await context.sendActivity(`${member.aadObjectId} said ${context.activity.text}`);
    }
    if (context.activity.type === 'invoke') {
      const value = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'noted' };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: value } });
    }
  };
  return createServer(async (raw: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of raw) chunks.push(chunk as Buffer);
    const shim = Object.assign(res, {
      header: res.setHeader.bind(res),
      status: (code: number) => {
        res.statusCode = code;
        return res;
      },
      send: (body: unknown) => res.write(typeof body === 'string' ? body : JSON.stringify(body)),
    });
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    await adapter.process(Object.assign(raw, { body }) as unknown as BotRequest, shim as unknown as BotResponse, echo);
  });
}

describe('with the real CloudAdapter and its authentication on', () => {
  let stage: Stage;
  let bot: ReturnType<typeof createServer>;
  const seen: TurnContext['activity'][] = [];

  beforeAll(async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    stage = await createStage();
    bot = echoBot(adapterFor(stage), seen);
    stage.botAt(`http://127.0.0.1:${await listen(bot)}/api/messages`);
  });
  afterAll(async () => {
    await close(bot);
    await stage.end();
    jest.restoreAllMocks();
  });

  test('a line of chat is accepted, answered through the connector, and read by the one who wrote it', async () => {
    const said = await stage.say('jane', 'hello');
    expect(said.status).toBe(200);
    const shown = (await stage.messages('jane')).map(({ from, text }) => ({ from, text }));
    expect(shown).toEqual([
      { from: 'jane', text: 'hello' },
      { from: 'bot', text: `${idOf('jane')} said hello` },
    ]);
    expect(JSON.stringify(await stage.screen('mo'))).not.toContain('hello');
  });

  test('the activity is as Teams writes it', async () => {
    await stage.say('jane', 'as it is');
    expect(seen.at(-1)).toMatchObject({
      channelId: 'msteams',
      serviceUrl: `${stage.url()}/teams/`,
      from: { id: mri('jane'), aadObjectId: idOf('jane'), name: 'Jane Test' },
      recipient: { id: `28:${APP}` },
      conversation: { conversationType: 'personal', tenantId: TENANT, id: expect.stringMatching(/^a:1/) },
      channelData: { tenant: { id: TENANT } },
      locale: 'de-DE',
      localTimezone: 'Europe/Berlin',
      entities: [{ type: 'clientInfo', locale: 'de-DE', country: 'DE', timezone: 'Europe/Berlin' }],
    });
  });

  test('the answer to an invoke comes back whole', async () => {
    const id = await stage.post('mo', {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.5', actions: [{ type: 'Action.Execute', verb: 'go' }] },
        },
      ],
    });
    const { body } = await stage.click('mo', id, 'go');
    expect(body).toMatchObject({ status: 200, body: { value: 'noted' } });
    expect((await stage.screen('mo')).toasts.map((toast) => toast.text)).toEqual(['noted']);
  });

  const activity = () => ({
    type: 'message',
    id: '1',
    text: 'raw',
    channelId: 'msteams',
    serviceUrl: `${stage.url()}/teams/`,
    from: { id: mri('mallory'), aadObjectId: idOf('mallory') },
    recipient: { id: `28:${APP}` },
    conversation: { id: 'a:none', tenantId: TENANT, conversationType: 'personal' },
  });

  test('a well signed raw activity reaches the bot', async () => {
    const event = { ...activity(), type: 'event', name: 'raw' };
    const { body } = await stage.call('POST', '/teams/script/raw', { activity: event, sign: 'good' });
    expect(body.status).toBe(200);
    expect(seen.at(-1)).toMatchObject({ type: 'event', name: 'raw' });
  });

  const wrong: [RawActivity['sign'], number][] = [
    ['none', 401],
    ['bad-audience', 401],
    ['bad-issuer', 401],
    ['expired', 401],
    ['bad-service-url', 401],
    ['no-endorsement', 401],
    // The SDK lets the error of jsonwebtoken through, which its adapter does not know for a refusal.
    ['bad-key', 500],
    ['alg-none', 500],
  ];
  test.each(wrong)('an activity signed %s does not', async (sign, status) => {
    const before = seen.length;
    const { body } = await stage.call('POST', '/teams/script/raw', { activity: activity(), sign });
    expect({ status: body.status, seen: seen.length }).toEqual({ status, seen: before });
  });

  test('the tokens carry what Teams puts in them', async () => {
    const plain = await createStage();
    await plain.say('jane', 'hello');
    const { headers, activity: sent } = plain.received.at(-1) ?? { headers: {}, activity: {} };
    const token = decode(headers.authorization?.replace('Bearer ', '') ?? '', { complete: true });
    expect(token?.header).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(token?.payload).toMatchObject({
      iss: 'https://api.botframework.com',
      aud: APP,
      serviceurl: `${plain.url()}/teams/`,
    });
    expect(headers['x-ms-tenant-id']).toBe(TENANT);
    expect(decodeURIComponent(String(headers['x-ms-conversation-id']))).toBe(sent.conversation?.id);
    const { body } = await plain.call<{ keys: Record<string, unknown>[] }>('GET', '/teams/openid/keys');
    expect(body.keys.map((key) => key.endorsements)).toEqual([['msteams'], ['webchat']]);
    expect(JSON.stringify(body)).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
    await plain.end();
  });
});
