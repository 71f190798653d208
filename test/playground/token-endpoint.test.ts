import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type JsonWebKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decode, sign, verify } from 'jsonwebtoken';
import { request } from 'undici';
import { createCertificates } from '../../playground/tenant';
import { BOT_APP_ID, TENANT_ID } from '../../playground/tenant/ids';
import { productSettings } from '../../playground/tenant/scenario';
import { type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeAll(async () => {
  t = await startTenant();
});
afterAll(() => t.close());

const GRAPH = 'https://graph.microsoft.com';

function ask(change: Record<string, string | undefined> = {}, tenant = TENANT_ID) {
  const form = {
    grant_type: 'client_credentials',
    client_id: BOT_APP_ID,
    client_secret: t.tenant.state.botApp.secret,
    scope: `${GRAPH}/.default`,
    ...change,
  };
  const given = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return t.call('POST', `${t.origin}/${tenant}/oauth2/v2.0/token`, {
    token: null,
    form: new URLSearchParams(given),
  });
}

test.each([GRAPH, 'https://api.botframework.com', 'self'])(
  'a token for %s, signed by a published key',
  async (name) => {
    const audience = name === 'self' ? t.origin : name;
    const { status, body } = await ask({ scope: `${audience}/.default` });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    const token = String(body.access_token);
    const keys = (await t.call('GET', `${t.origin}/${TENANT_ID}/discovery/v2.0/keys`, { token: null })).body.keys as {
      kid: string;
    }[];
    const jwk = keys.find(({ kid }) => kid === decode(token, { complete: true })?.header.kid);
    const claims = verify(token, createPublicKey({ format: 'jwk', key: jwk as JsonWebKey }), {
      algorithms: ['RS256'],
      audience,
      issuer: `https://sts.windows.net/${TENANT_ID}/`,
    });
    expect(claims).toMatchObject({ appid: BOT_APP_ID, tid: TENANT_ID, roles: t.tenant.state.botApp.roles });
  },
);

test.each([
  ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
  ['no secret', { client_secret: undefined }, 401, 'invalid_client', 7000216],
  ['another application', { client_id: TENANT_ID }, 400, 'unauthorized_client', 700016],
  ['no scope', { scope: undefined }, 400, 'invalid_request', 900144],
  ['a scope that is no default', { scope: `${GRAPH}/User.Read.All` }, 400, 'invalid_scope', 1002012],
  ['a resource that does not exist', { scope: 'https://elsewhere.example/.default' }, 400, 'invalid_resource', 500011],
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
])('%s is refused as documented', async (_what, change, status, error, code) => {
  const answer = await ask(change);
  expect([answer.status, answer.body.error, answer.body.error_codes]).toEqual([status, error, [code]]);
  expect(answer.body.error_description).toMatch(
    new RegExp(`^AADSTS${code}: .+Trace ID: .+Correlation ID: .+Timestamp: `),
  );
  expect(answer.body).not.toHaveProperty('access_token');
});

test('another tenant is refused', async () => {
  expect((await ask({}, '11111111-0000-4000-8000-000000000999')).body.error_codes).toEqual([90002]);
});

describe('Graph refuses a token', () => {
  const refusal = async (token: string | null) => {
    const { status, body } = await t.call('GET', '/users', { token });
    return [status, body.error.code, body.error.message];
  };
  const claims = { appid: BOT_APP_ID, tid: TENANT_ID, roles: ['User.Read.All'] };
  const good = { audience: GRAPH, issuer: `https://sts.windows.net/${TENANT_ID}/`, expiresIn: 60 };

  test('that is missing', async () => {
    expect(await refusal(null)).toEqual([401, 'InvalidAuthenticationToken', 'Access token is empty.']);
  });

  test('for another audience', async () => {
    expect((await refusal(t.tenant.tokens.issue('https://api.botframework.com')))[2]).toContain('Invalid audience');
  });

  test('of another key, or of none', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect((await refusal(sign(claims, privateKey, { algorithm: 'RS256', ...good })))[2]).toContain(
      'Invalid signature',
    );
    expect((await refusal(sign(claims, '', { algorithm: 'none', ...good })))[2]).toContain('Invalid signature');
  });

  test('that has run out', async () => {
    const real = Date.now();
    const token = t.tenant.tokens.issue(GRAPH);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(real + 3600_000);
    const answer = await refusal(token).finally(() => clock.mockRestore());
    expect(answer).toEqual([401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.']);
  });

  test('which it does not by itself: the playground clock does not age tokens', async () => {
    t.clock.advance(2 * 3600_000);
    expect((await t.call('GET', '/users?$top=1')).status).toBe(200);
    t.clock.advance(-2 * 3600_000);
  });
});

describe('certificates', () => {
  test('are of this run: the server is trusted through the authority, for localhost and 127.0.0.1 only', () => {
    const server = new X509Certificate(t.certificates.certPem);
    const authority = new X509Certificate(t.certificates.caPem);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect(authority.ca).toBe(true);
    expect([server.checkHost('localhost'), server.checkIP('127.0.0.1')]).toEqual(['localhost', '127.0.0.1']);
    expect(server.checkHost('graph.microsoft.com')).toBeUndefined();
    expect(server.ca).toBe(false);
  });

  test('differ from run to run', async () => {
    expect((await createCertificates()).caPem).not.toBe(t.certificates.caPem);
  });

  test('are trusted by nobody who was not given the authority', async () => {
    await expect(request(`${t.origin}/common/discovery/instance`)).rejects.toThrow();
  });
});

/** The real libraries in a process of their own, with nothing but the settings that an installation has. */
test('@azure/identity and the Graph client go the whole way over HTTPS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, t.certificates.caPem);
  const settings = productSettings(t.tenant.state);
  const script = `
    const { ClientSecretCredential } = require('@azure/identity');
    const { Client } = require('@microsoft/microsoft-graph-client');
    const { TokenCredentialAuthenticationProvider } =
      require('@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials');
    const origin = process.env.ORIGIN;
    const open = (secret) => Client.initWithMiddleware({
      baseUrl: origin + '/',
      customHosts: new Set(['localhost']),
      authProvider: new TokenCredentialAuthenticationProvider(
        new ClientSecretCredential(process.env.TENANT, process.env.APP, secret,
          { authorityHost: origin, disableInstanceDiscovery: true }),
        { scopes: [origin + '/.default'] }),
    });
    (async () => {
      const graph = open(process.env.SECRET);
      const out = {};
      out.found = (await graph.api('/users').filter("startswith(displayName,'jane')").select('displayName').get()).value;
      out.added = await graph.api('/groups/' + process.env.GROUP + '/members/$ref')
        .post({ '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/' + process.env.JANE }) ?? null;
      out.manager = await graph.api('/users/' + process.env.NORA + '/manager').get().catch((e) => [e.statusCode, e.code]);
      out.wrong = await open('wrong').api('/users').get().catch((e) => String(e.message));
      console.log(JSON.stringify(out));
    })();
  `;
  const id = (key: string) => [...t.tenant.state.users.values()].find((user) => user.key === key)?.id ?? '';
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', script], {
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: ca,
      ORIGIN: t.origin,
      TENANT: settings.tenantId,
      APP: settings.botAppId,
      SECRET: settings.botAppSecret,
      GROUP: settings.onboardingGroupId,
      JANE: id('jane'),
      NORA: id('nora'),
    },
  }).finally(() => rmSync(folder, { recursive: true }));
  expect(stderr).toBe('');
  const out = JSON.parse(stdout);
  expect(out.found).toEqual([{ displayName: 'Jane Doe' }, { displayName: 'Jane Roe' }]);
  expect(out.manager).toEqual([404, 'Request_ResourceNotFound']);
  expect(out.wrong).toContain('AADSTS7000215');
  expect(t.tenant.records().standing.members).toEqual([id('jane')]);
}, 30_000);
