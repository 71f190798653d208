import type { TeamsSettings } from './settings';

/** The Azure Bot Service between the bot and Teams: whom the bot believes, and for whom its tokens are. */
export interface Channel {
  readonly loginUrl: string;
  readonly scope: string;
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly emulatorMetadataUrl: string;
  readonly callerId: string;
}

const publicChannel: Channel = {
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
  scope: 'https://api.botframework.com',
  issuer: 'https://api.botframework.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  emulatorMetadataUrl: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  callerId: 'urn:botframework:azure',
};

/** Azure Government, for GCC High and DoD: as the SDK names it (GovernmentConstants). */
const governmentChannel: Channel = {
  loginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
  scope: 'https://api.botframework.us',
  issuer: 'https://api.botframework.us',
  openIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  emulatorMetadataUrl:
    'https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration',
  callerId: 'urn:botframework:azureusgov',
};

/** The channel of these settings, with a local Teams' keys in place of Microsoft's where there is one. */
export function channelOf(settings: TeamsSettings): Channel {
  const { channel, openIdMetadataUrl, tokenIssuer } = settings;
  const theirs = channel === 'government' ? governmentChannel : publicChannel;
  return {
    ...theirs,
    ...(tokenIssuer === undefined ? {} : { issuer: tokenIssuer }),
    ...(openIdMetadataUrl === undefined ? {} : { openIdMetadataUrl, emulatorMetadataUrl: openIdMetadataUrl }),
  };
}
