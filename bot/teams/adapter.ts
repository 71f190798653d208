import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { type Channel, channelOf } from './channel';
import { botId, type TeamsSettings } from './settings';

type ConnectorOf<T> = T extends { create(...args: never[]): Promise<infer C> } ? C : never;
/** The SDK's client of one Bot Connector service. */
export type ConnectorClient = ConnectorOf<
  ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>
>;

type Authenticated = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;
type CredentialsFactory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** Gives a bearer token for a scope such as `https://api.botframework.com/.default`. */
export type TokenFor = (scope: string) => Promise<string>;

/** Sending must not hold a lane for long; what did not answer by then is tried again. */
const SEND_TIMEOUT = 10_000;

/**
 * The SDK's adapter with authentication always on, its outbound token from our one credential, and its HTTP side left
 * out: CloudAdapter.process writes error messages into answers and logs past our logger.
 */
export class OnboardAdapter extends CloudAdapter {
  readonly #settings: TeamsSettings;
  readonly #clients = new Map<string, ConnectorClient>();

  /** Throws when `settings` would leave authentication off. */
  constructor(settings: TeamsSettings, tokenFor: TokenFor) {
    super(createAuthentication(settings, tokenFor));
    this.#settings = settings;
  }

  /** Checks the sender's token against activity, app and channel. Rejects when it proves nothing. */
  authenticate(activity: Activity, authorization: string): Promise<Authenticated> {
    return this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
  }

  /** Runs a turn for a sender who was authenticated. */
  async turn(
    sender: Authenticated,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(sender, activity, logic);
  }

  /**
   * A client for sending. Refuses a service URL that is not allowed, and does not retry: the SDK's own retries would
   * hold a lane for six seconds and can send a message twice.
   */
  async connector(serviceUrl: string): Promise<ConnectorClient> {
    if (!this.#settings.allowedServiceUrls(serviceUrl)) throw new Error('service URL is not allowed');
    const known = this.#clients.get(serviceUrl);
    if (known) return known;
    const factory = this.botFrameworkAuthentication.createConnectorFactory(
      this.createClaimsIdentity(this.#settings.appId),
    );
    const client = await factory.create(serviceUrl, channelOf(this.#settings).scope);
    withoutRetries(client);
    if (this.#clients.size >= 50) this.#clients.clear();
    this.#clients.set(serviceUrl, client);
    return client;
  }

  get botId(): string {
    return botId(this.#settings);
  }
}

/** The SDK offers no setting for this (its `retryOptions` are not passed on), so the policy is taken out by its name. */
function withoutRetries(client: ConnectorClient): void {
  const inner: { pipeline?: { removePolicy?: (policy: { name: string }) => unknown } } | undefined = Reflect.get(
    client,
    'client',
  );
  inner?.pipeline?.removePolicy?.({ name: 'defaultRetryPolicy' });
}

/** Limits one call of a connector. */
export function limited(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(SEND_TIMEOUT) };
}

function createAuthentication(settings: TeamsSettings, tokenFor: TokenFor): ConfigurationBotFrameworkAuthentication {
  const { appId, openIdMetadataUrl, tokenIssuer } = settings;
  if (appId.trim() === '') throw new Error('the bot has no app id: refusing to run without authentication');
  if ((openIdMetadataUrl === undefined) !== (tokenIssuer === undefined))
    throw new Error('OpenID metadata and token issuer must be overridden together');
  const channel = channelOf(settings);
  const { issuer } = channel;
  // Any one of these makes the SDK take all the others as meant, so the whole set is given.
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: channel.loginUrl,
      ToChannelFromBotOAuthScope: channel.scope,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: channel.scope,
      ToBotFromChannelOpenIdMetadataUrl: channel.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: channel.emulatorMetadataUrl,
      CallerId: channel.callerId,
    },
    credentials(appId, channel, tokenFor),
    {
      requiredEndorsements: [],
      // The SDK also takes tokens of the emulator and of other bots; this bot talks to its channel only.
      validateClaims: async (claims) => {
        const says = claims.find((claim) => claim.type === 'iss')?.value;
        if (says !== issuer) throw new Error('the token was not issued for the channel');
      },
    },
  );
}

function credentials(appId: string, channel: Channel, tokenFor: TokenFor): CredentialsFactory {
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (_appId, audience) => ({
      async signRequest(request) {
        const token = await tokenFor(`${audience ?? channel.scope}/.default`);
        request.headers.set('authorization', `Bearer ${token}`);
        return request;
      },
    }),
  };
}
