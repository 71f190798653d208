/** Where the bot belongs and whom it believes. Comes from the validated configuration. */
export interface TeamsSettings {
  /** Application (client) id of the bot. Never empty: with an empty one the SDK would let everybody in. */
  readonly appId: string;
  readonly tenantId: string;
  /** Only with a local Teams: where its signing keys are, instead of Microsoft's. Always with `tokenIssuer`. */
  readonly openIdMetadataUrl?: string;
  readonly tokenIssuer?: string;
  /** Where the connector of the government's cloud is, when it is not Microsoft's. */
  readonly governmentServiceUrl?: string;
  /** Whether the bot may store this service URL and send its token there. */
  readonly allowedServiceUrls: (url: string) => boolean;
}

/** Who signs for Microsoft's channel. */
export const CHANNEL_ISSUER = 'https://api.botframework.com';

/** Who has to have signed what comes in. */
export function issuerOf(settings: TeamsSettings): string {
  return settings.tokenIssuer ?? CHANNEL_ISSUER;
}

/** The bot's own id in Teams. */
export function botId(settings: TeamsSettings): string {
  return `28:${settings.appId}`;
}
