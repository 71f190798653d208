export const CLOUD_NAMES = ['public', 'gcc-high', 'dod', 'china'] as const;

/** Which of Microsoft's clouds the tenant is in. GCC is in the public one. */
export type Cloud = (typeof CLOUD_NAMES)[number];

interface Places {
  readonly authorityHost: string;
  readonly graphBaseUrl: string;
  /** Whose Azure Bot Service stands between the bot and Teams. */
  readonly channel: 'public' | 'government';
}

/**
 * Where Entra and Graph are ("National cloud deployments"). There is no Bot Framework channel of its own for China here:
 * none is documented for Teams there.
 */
export const CLOUDS: Readonly<Record<Cloud, Places>> = {
  public: {
    authorityHost: 'https://login.microsoftonline.com',
    graphBaseUrl: 'https://graph.microsoft.com',
    channel: 'public',
  },
  'gcc-high': {
    authorityHost: 'https://login.microsoftonline.us',
    graphBaseUrl: 'https://graph.microsoft.us',
    channel: 'government',
  },
  dod: {
    authorityHost: 'https://login.microsoftonline.us',
    graphBaseUrl: 'https://dod-graph.microsoft.us',
    channel: 'government',
  },
  china: {
    authorityHost: 'https://login.chinacloudapi.cn',
    graphBaseUrl: 'https://microsoftgraph.chinacloudapi.cn',
    channel: 'public',
  },
};
