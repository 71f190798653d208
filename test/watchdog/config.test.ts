import { ConfigError } from '../../bot/config/config-error';
import { readWatchdogConfig } from '../../bot/watchdog/config';

const complete = {
  WATCHDOG_HEALTH_URL: 'https://onboard.example.com/healthz, http://10.0.0.4:3978/healthz',
  TENANT_ID: '0f8fad5b-d9cb-469f-a165-70867728950e',
  CLIENT_ID: '7C9E6679-7425-40DE-944B-E07FC1F90AE7',
  CLIENT_SECRET: 'not-a-real-one',
  ONBOARDING_GROUP_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
};

function problems(env: NodeJS.ProcessEnv): string[] {
  try {
    readWatchdogConfig(env);
    return [];
  } catch (error) {
    return (error as ConfigError).problems.map(({ key }) => key);
  }
}

test('its own few keys are enough', () => {
  expect(readWatchdogConfig(complete)).toMatchObject({
    healthUrls: ['https://onboard.example.com/healthz', 'http://10.0.0.4:3978/healthz'],
    clientId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    silence: 600_000,
    poll: 30_000,
    credential: { kind: 'secret', secret: 'not-a-real-one' },
  });
});

test('half a configuration is answered with everything that is missing', () => {
  expect(problems({})).toEqual([
    'WATCHDOG_HEALTH_URL',
    'TENANT_ID',
    'CLIENT_ID',
    'ONBOARDING_GROUP_ID',
    'CLIENT_CERTIFICATE_PATH | MANAGED_IDENTITY | FEDERATED_TOKEN_FILE | CLIENT_SECRET',
  ]);
  for (const key of Object.keys(complete)) {
    const missing = problems({ ...complete, [key]: ' ' });
    expect([key, missing.length, missing[0]?.includes(key)]).toEqual([key, 1, true]);
  }
});

test.each([
  [{ WATCHDOG_HEALTH_URL: 'ftp://onboard.example.com' }, 'WATCHDOG_HEALTH_URL'],
  [{ WATCHDOG_HEALTH_URL: ',' }, 'WATCHDOG_HEALTH_URL'],
  [{ WATCHDOG_SILENCE_MINUTES: '0' }, 'WATCHDOG_SILENCE_MINUTES'],
  [{ GRAPH_BASE_URL: 'http://graph.microsoft.com' }, 'GRAPH_BASE_URL'],
  [{ REHEARSAL_CLOCK_FILE: './clock' }, 'REHEARSAL_CLOCK_FILE'],
])('%j is refused', (change, key) => {
  expect(problems({ ...complete, ...change })).toEqual([key]);
});

test('the value of a secret is in no message', () => {
  expect(() => readWatchdogConfig({ ...complete, TENANT_ID: 'a~secret~put~in~the~wrong~place' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('a~secret') }),
  );
  expect(() => readWatchdogConfig({})).toThrow(ConfigError);
});

test('alerts go to a webhook only with a key, and only over https to another machine', () => {
  const there = { ...complete, ALERT_WEBHOOK_URL: 'https://alerts.example.com/in', ALERT_WEBHOOK_KEY_FILE: '/k' };
  expect(readWatchdogConfig(there).alertWebhook).toEqual({ url: 'https://alerts.example.com/in', keyFile: '/k' });
  expect(problems({ ...there, ALERT_WEBHOOK_KEY_FILE: '' })).toEqual(['ALERT_WEBHOOK_KEY_FILE']);
  expect(problems({ ...there, ALERT_WEBHOOK_URL: '' })).toEqual(['ALERT_WEBHOOK_URL']);
  expect(problems({ ...there, ALERT_WEBHOOK_URL: 'http://alerts.example.com/in' })).toEqual(['ALERT_WEBHOOK_URL']);
  expect(problems({ ...there, ALERT_WEBHOOK_URL: 'http://127.0.0.1:8080/in' })).toEqual([]);
});
