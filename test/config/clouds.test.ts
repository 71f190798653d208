import { readConfig } from '../../bot/config';
import { channelOf } from '../../bot/teams/channel';
import { complete } from './complete';

test.each([
  ['public', 'https://login.microsoftonline.com', 'https://graph.microsoft.com', 'https://api.botframework.com'],
  ['gcc-high', 'https://login.microsoftonline.us', 'https://graph.microsoft.us', 'https://api.botframework.us'],
  ['dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us', 'https://api.botframework.us'],
  [
    'china',
    'https://login.chinacloudapi.cn',
    'https://microsoftgraph.chinacloudapi.cn',
    'https://api.botframework.com',
  ],
])('%s: Entra, Graph and the channel are that cloud’s', (cloud, authorityHost, graphBaseUrl, issuer) => {
  const config = readConfig({ ...complete, AZURE_CLOUD: cloud });
  expect(config).toMatchObject({ authorityHost, graphBaseUrl });
  const channel = channelOf({ appId: 'a', tenantId: 't', channel: config.channel, allowedServiceUrls: () => true });
  expect(channel).toMatchObject({ issuer, scope: issuer });
});

test('an address that is given wins over the cloud’s', () => {
  const set = {
    ...complete,
    AZURE_CLOUD: 'dod',
    GRAPH_BASE_URL: 'https://graph.example',
    AUTHORITY_HOST: 'https://a.example',
  };
  expect(readConfig(set)).toMatchObject({ graphBaseUrl: 'https://graph.example', authorityHost: 'https://a.example' });
});

test('a cloud that is none is said', () => {
  expect(() => readConfig({ ...complete, AZURE_CLOUD: 'germany' })).toThrow(/AZURE_CLOUD/);
});
