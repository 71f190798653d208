import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createServer, plugins } from 'restify';

export interface EchoSettings {
  readonly appId: string;
  readonly openIdUrl: string;
  readonly issuer: string;
  readonly port: number;
}

const SCOPE = 'https://api.botframework.com';

/**
 * What a bot on this SDK costs at least: the adapter, tokens checked, restify, and the text sent back. No store, nothing
 * decided.
 */
export async function echo(settings: string): Promise<void> {
  const { appId, openIdUrl, issuer, port } = JSON.parse(settings) as EchoSettings;
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      {
        MicrosoftAppId: appId,
        ValidateAuthority: true,
        ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
        ToChannelFromBotOAuthScope: SCOPE,
        ToBotFromChannelTokenIssuer: issuer,
        OAuthUrl: SCOPE,
        ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
        CallerId: 'urn:botframework:azure',
      },
      {
        isValidAppId: async (id) => id === appId,
        isAuthenticationDisabled: async () => false,
        // Whoever takes the answers does not ask who sends them.
        createCredentials: async () => ({ signRequest: async (request) => request }),
      },
    ),
  );
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`);
    await next();
  });
  const server = createServer();
  server.use(plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, (context) => bot.run(context));
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write('listening\n'));
  process.stdin.resume().once('end', () => process.exit(0));
}
