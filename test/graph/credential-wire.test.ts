import { execFile } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { buildSync } from 'esbuild';
import { verify } from 'jsonwebtoken';
import type { CredentialSource } from '../../graph/settings';
import { createCertificates } from '../../playground/tenant';
import { GROUP, JANE } from './fake-graph';

/** What each kind of credential sends to Entra's token endpoint, over HTTPS, with the identity library as it is. */

const folder = mkdtempSync(join(tmpdir(), 'credential-wire-'));
const script = join(folder, 'child.cjs');
const forms: URLSearchParams[] = [];
let server: Server;
let origin = '';
let caFile = '';

const json = (response: ServerResponse, body: object) => {
  // In two steps: where restify was loaded by another test file, `writeHead` returns nothing, for every server.
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.includes('openid-configuration')) {
    json(response, {
      token_endpoint: `${origin}/${GROUP}/oauth2/v2.0/token`,
      issuer: `${origin}/${GROUP}/v2.0`,
      authorization_endpoint: `${origin}/${GROUP}/oauth2/v2.0/authorize`,
      jwks_uri: `${origin}/keys`,
    });
    return;
  }
  let text = '';
  for await (const chunk of request) text += String(chunk);
  forms.push(new URLSearchParams(text));
  json(response, { token_type: 'Bearer', expires_in: 3600, access_token: `token-${forms.length}` });
}

beforeAll(async () => {
  const certificates = await createCertificates();
  server = createGraphTls(certificates);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificates.caPem);
  buildSync({
    entryPoints: [join(__dirname, 'token-child.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function createGraphTls(certificates: Awaited<ReturnType<typeof createCertificates>>): Server {
  const { certPem: cert, keyPem: key } = certificates;
  return createServer({ cert, key }, (request, response) => void answer(request, response));
}

/** The token that the credential got, and what it sent for it. */
function tokenWith(credential: CredentialSource): Promise<{ token: string; form: URLSearchParams | undefined }> {
  const settings = { tenantId: GROUP, clientId: JANE, authorityHost: origin, credential };
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: caFile, TOKEN_SETTINGS: JSON.stringify(settings) };
  return new Promise((resolve) =>
    execFile(process.execPath, [script], { env, timeout: 20_000 }, (_, stdout) =>
      resolve({ token: stdout, form: forms.at(-1) }),
    ),
  );
}

test('a secret is sent for the scope of the cloud', async () => {
  const { token, form } = await tokenWith({ kind: 'secret', secret: 'shh' });
  expect(token).toMatch(/^token-/);
  expect(Object.fromEntries(form ?? [])).toMatchObject({
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.us/.default',
    client_id: JANE,
    client_secret: 'shh',
  });
});

test('a certificate signs an assertion for that endpoint and names itself; the key stays here', async () => {
  x509.cryptoProvider.set(webcrypto as never);
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pkcs8 = keys.privateKey.export({ type: 'pkcs8', format: 'der' });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    webcrypto.subtle.importKey('spki', keys.publicKey.export({ type: 'spki', format: 'der' }), algorithm, true, [
      'verify',
    ]),
  ]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=onboard',
    keys: { privateKey, publicKey },
    signingAlgorithm: algorithm,
  });
  const path = join(folder, 'onboard.pem');
  writeFileSync(path, `${keys.privateKey.export({ type: 'pkcs8', format: 'pem' })}\n${certificate.toString('pem')}\n`);

  const { token, form } = await tokenWith({ kind: 'certificate', path });
  expect(token).toMatch(/^token-/);
  expect(form?.get('client_secret')).toBeNull();
  expect(form?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
  const assertion = form?.get('client_assertion') ?? '';
  const pem = createPublicKey(keys.publicKey.export({ type: 'spki', format: 'pem' }));
  const { header, payload } = verify(assertion, pem, {
    complete: true,
    algorithms: ['RS256', 'PS256'],
    clockTolerance: 60,
  });
  expect(payload).toMatchObject({ aud: `${origin}/${GROUP}/oauth2/v2.0/token`, iss: JANE, sub: JANE });
  const der = new X509Certificate(certificate.toString('pem')).raw;
  const thumbprints = ['sha1', 'sha256'].map((hash) => createHash(hash).update(der).digest('base64url'));
  const named = header as { x5t?: string; 'x5t#S256'?: string };
  expect(thumbprints).toContain(named['x5t#S256'] ?? named.x5t);
});

test('a federated token is read from its file and passed on as the assertion', async () => {
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, 'header.payload.signature');
  const { token, form } = await tokenWith({ kind: 'federated', tokenFile });
  expect(token).toMatch(/^token-/);
  expect(form?.get('client_assertion')).toBe('header.payload.signature');
  expect(form?.get('client_secret')).toBeNull();
});
