/** Where the bot belongs and whom it believes. Comes from the validated configuration. */
export interface TeamsSettings {
  /** Application (client) id of the bot. Never empty: with an empty one the SDK would let everybody in. */
  readonly appId: string;
  readonly tenantId: string;
  /** Whose Azure Bot Service: Microsoft's for everybody if not said, or the one of the American government. */
  readonly channel?: 'public' | 'government';
  /** Only with a local Teams: where its signing keys are, instead of Microsoft's. Always with `tokenIssuer`. */
  readonly openIdMetadataUrl?: string;
  readonly tokenIssuer?: string;
  /** Where the connector of the government's cloud is, when it is not Microsoft's. */
  readonly governmentServiceUrl?: string;
  /** Whether the bot may store this service URL and send its token there. */
  readonly allowedServiceUrls: (url: string) => boolean;
}

/** The bot's own id in Teams. */
export function botId(settings: TeamsSettings): string {
  return `28:${settings.appId}`;
}
