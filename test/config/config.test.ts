import { resolve } from 'node:path';
import { ConfigError, readConfig, readStoreConfig } from '../../bot/config';
import { complete, guid } from './complete';

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ key }) => key);
    throw error;
  }
  return [];
}

describe('a complete configuration', () => {
  test('is read with the documented defaults', () => {
    const config = readConfig(complete);
    expect(config).toMatchObject({
      tenantId: guid(1),
      credential: { kind: 'secret' },
      host: '127.0.0.1',
      port: 3978,
      authorityHost: 'https://login.microsoftonline.com',
      graphBaseUrl: 'https://graph.microsoft.com',
      channel: 'public',
      graphBudgetPercent: 25,
      dataDir: resolve('data'),
      ledgerKeyFile: resolve('data/ledger.key'),
      sweepEvery: 60_000,
      pollEvery: 10_000,
      pollSlowEvery: 25_000,
    });
    expect(config.localTeams).toBeUndefined();
    expect(config.policy).toEqual({
      helpdeskGroupId: guid(3),
      onboardingGroupId: guid(4),
      fallbackApproverIds: [],
      secondApproverIds: [],
      adminIds: [],
      protectedIds: [],
      privileged: 'off',
      accepted: { aaGuids: [], types: ['deviceBound'] },
      approvalLifetime: 86_400_000,
      reminderAfter: 14_400_000,
      escalateAfter: 28_800_000,
      removeAdded: 'off',
      recoverDelete: 'off',
      audit: 'off',
      sweepUnknown: 'alert',
      approvedLifetime: 28_800_000,
      windowLength: 3_600_000,
      maxPasses: 3,
      lastPassMargin: 600_000,
      settle: 180_000,
      cooldown: 86_400_000,
      maxWindowsPerSubjectPerDay: 2,
      maxOpenPerApprover: 10,
      maxRequestsPerRequesterPerDay: 20,
    });
  });

  test('is frozen to the bottom', () => {
    const config = readConfig({ ...complete, PROTECTED_IDS: guid(9) });
    expect(() => Object.assign(config.policy, { windowLength: 1 })).toThrow(TypeError);
    expect(() => (config.policy.protectedIds as string[]).push('x')).toThrow(TypeError);
    expect(() => Object.assign(config.policy.accepted, { types: [] })).toThrow(TypeError);
  });

  test('reads lists, lower-cases ids, and takes empty values as not set', () => {
    const config = readConfig({
      ...complete,
      TENANT_ID: guid(10).toUpperCase(),
      PROTECTED_IDS: ` ${guid(11).toUpperCase()}, ${guid(12)} ${guid(11)} `,
      ACCEPTED_PASSKEY_TYPES: 'synced, deviceBound',
      DATABASE_URL: '  ',
      PORT: '',
    });
    expect(config.tenantId).toBe(guid(10));
    expect(config.policy.protectedIds).toEqual([guid(11), guid(12)]);
    expect(config.policy.accepted.types).toEqual(['deviceBound', 'synced']);
    expect(config.databaseUrl).toBeUndefined();
    expect(config.port).toBe(3978);
  });

  test.each([
    [{ CLIENT_CERTIFICATE_PATH: '/etc/onboard.pem', CLIENT_CERTIFICATE_PASSWORD: 'p' }, 'certificate'],
    [{ MANAGED_IDENTITY: 'system' }, 'managed-identity'],
    [{ MANAGED_IDENTITY: guid(13) }, 'managed-identity'],
    [{ FEDERATED_TOKEN_FILE: '/var/run/token' }, 'federated'],
  ])('takes the credential %j', (env, kind) => {
    expect(readConfig({ ...complete, CLIENT_SECRET: undefined, ...env }).credential.kind).toBe(kind);
  });
});

describe('half a configuration', () => {
  test('is refused with everything that is missing in one message, each with what to do', () => {
    expect(problemsOf({})).toEqual([
      'TENANT_ID',
      'CLIENT_ID',
      'HELPDESK_GROUP_ID',
      'ONBOARDING_GROUP_ID',
      'CLIENT_CERTIFICATE_PATH | MANAGED_IDENTITY | FEDERATED_TOKEN_FILE | CLIENT_SECRET',
    ]);
    expect(() => readConfig({})).toThrow(/5 things to do[\s\S]*App registrations[\s\S]*npm start/);
  });

  test('names what is wrong in single keys and across keys together', () => {
    expect(
      problemsOf({ ...complete, TENANT_ID: undefined, PORT: 'many', PRIVILEGED: 'on', WINDOW_MINUTES: '9' }),
    ).toEqual(
      expect.arrayContaining(['TENANT_ID', 'GUARD_POLICY_ID', 'SECOND_APPROVER_IDS', 'WINDOW_MINUTES', 'PORT']),
    );
  });

  test('never repeats a value, which may be a secret in the wrong place', () => {
    for (const key of ['TENANT_ID', 'PORT', 'GRAPH_BASE_URL', 'PRIVILEGED', 'PROTECTED_IDS', 'DATABASE_URL']) {
      let message = '';
      try {
        readConfig({ ...complete, [key]: 'correct-horse-battery' });
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain(key);
      expect(message).not.toContain('correct-horse');
    }
  });
});

describe('refuses', () => {
  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['two credentials', { MANAGED_IDENTITY: 'system' }, 'MANAGED_IDENTITY, CLIENT_SECRET'],
    ['a certificate password alone', { CLIENT_CERTIFICATE_PASSWORD: 'p' }, 'CLIENT_CERTIFICATE_PATH'],
    ['a Graph that is not https', { GRAPH_BASE_URL: 'http://127.0.0.1:1' }, 'GRAPH_BASE_URL'],
    ['an authority that is not https', { AUTHORITY_HOST: 'http://localhost' }, 'AUTHORITY_HOST'],
    ['credentials in a URL', { GRAPH_BASE_URL: 'https://u:p@graph.microsoft.com' }, 'GRAPH_BASE_URL'],
    ['the onboarding group as helpdesk', { HELPDESK_GROUP_ID: guid(4).toUpperCase() }, 'HELPDESK_GROUP_ID'],
    ['privileged without a guard', { PRIVILEGED: 'on', SECOND_APPROVER_IDS: guid(5) }, 'GUARD_POLICY_ID'],
    ['privileged without a second', { PRIVILEGED: 'on', GUARD_POLICY_ID: guid(5) }, 'SECOND_APPROVER_IDS'],
    ['a window of nine hours', { WINDOW_MINUTES: '540' }, 'WINDOW_MINUTES'],
    ['a window of ten and a half', { WINDOW_MINUTES: '10.5' }, 'WINDOW_MINUTES'],
    ['no time for any pass', { WINDOW_MINUTES: '10' }, 'LAST_PASS_MINUTES'],
    ['slow slower than hot', { POLL_SECONDS: '30' }, 'POLL_SLOW_SECONDS'],
    ['PostgreSQL with a key of its own', { DATABASE_URL: 'postgres://db/onboard' }, 'LEDGER_KEY_FILE'],
    ['another database', { DATABASE_URL: 'mysql://db/onboard', LEDGER_KEY_FILE: '/k' }, 'DATABASE_URL'],
    ['an unknown kind of passkey', { ACCEPTED_PASSKEY_TYPES: 'deviceBound,any' }, 'ACCEPTED_PASSKEY_TYPES'],
    ['no kind of passkey', { ACCEPTED_PASSKEY_TYPES: ',' }, 'ACCEPTED_PASSKEY_TYPES'],
    ['a name where an id belongs', { PROTECTED_IDS: `${guid(1)}, breakglass@contoso.com` }, 'PROTECTED_IDS'],
  ])('%s', (_, env, key) => {
    expect(problemsOf({ ...complete, ...env })).toEqual([key]);
  });
});

describe('whom the bot believes', () => {
  const local = {
    BOT_OPENID_METADATA_URL: 'http://127.0.0.1:4000/openid',
    BOT_TOKEN_ISSUER: 'https://api.botframework.com',
    BOT_SERVICE_URLS: 'http://localhost:4000/teams/',
  };

  test('may be this machine, when the bot listens only here', () => {
    expect(readConfig({ ...complete, ...local }).localTeams).toEqual({
      openIdMetadataUrl: 'http://127.0.0.1:4000/openid',
      tokenIssuer: 'https://api.botframework.com',
      serviceUrls: ['http://localhost:4000/teams'],
    });
    for (const HOST of ['localhost', '::1', '127.1.2.3'])
      expect(problemsOf({ ...complete, ...local, HOST })).toEqual([]);
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    ['keys from elsewhere', { BOT_OPENID_METADATA_URL: 'https://login.example.com/openid' }],
    ['keys from a name that begins like loopback', { BOT_OPENID_METADATA_URL: 'http://127.0.0.1.example.com/openid' }],
    ['one service URL elsewhere', { BOT_SERVICE_URLS: 'http://localhost:1, https://smba.example.com' }],
    ['a bot that others can reach', { HOST: '0.0.0.0' }],
    ['a bot that others can reach over IPv6', { HOST: '::' }],
    ['a bot bound to a name', { HOST: 'bot.example.com' }],
    ['a part of the three', { BOT_TOKEN_ISSUER: undefined }],
  ])('is refused with %s', (_, env) => {
    expect(problemsOf({ ...complete, ...local, ...env })).not.toEqual([]);
  });
});

test('commands without a tenant need no tenant', () => {
  expect(readStoreConfig({})).toMatchObject({ dataDir: resolve('data'), logLevel: 'info' });
  expect(() => readStoreConfig({ DATABASE_URL: 'postgres://db/onboard' })).toThrow(/LEDGER_KEY_FILE/);
});
