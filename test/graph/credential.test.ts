import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createCredential } from '../../graph/credential';
import { credentialError } from '../../graph/credential-error';
import type { CredentialSource } from '../../graph/settings';
import { failureOf, JANE } from './fake-graph';

const SCOPE = 'https://graph.test/.default';
const settings = { tenantId: JANE, clientId: JANE, credential: { kind: 'secret', secret: 'Planted-Secret' } } as const;

/** Credentials of the library's shape, one after the other; each answers with its own token. */
function making(answer: (made: number, scope: string) => Promise<string>) {
  const asked: string[] = [];
  let made = 0;
  const make = () => {
    const number = ++made;
    return {
      getToken: async (scope: string | string[]) => {
        asked.push(String(scope));
        return { token: await answer(number, String(scope)), expiresOnTimestamp: 0 };
      },
    };
  };
  return { credential: createCredential(settings, make), asked };
}

describe('a token', () => {
  it('is asked for by scope: one credential serves Graph and the Bot Connector', async () => {
    const { credential, asked } = making(async (_, scope) => `for ${scope}`);
    expect(await credential.tokenFor(SCOPE)).toBe(`for ${SCOPE}`);
    expect(await credential.tokenFor('https://api.botframework.com/.default')).toContain('botframework');
    expect(asked).toHaveLength(2);
  });

  it('is asked for once by those who come together', async () => {
    const { credential, asked } = making(async () => 'one');
    await Promise.all([1, 2, 3].map(() => credential.tokenFor(SCOPE)));
    expect(asked).toHaveLength(1);
  });

  it('is fetched anew when the cached one was refused, and only then', async () => {
    const { credential, asked } = making(async (made) => `token-${made}`);
    expect(await credential.tokenFor(SCOPE, { not: 'token-1' })).toBe('token-2');
    expect(await credential.tokenFor(SCOPE, { not: 'token-1' })).toBe('token-2');
    expect(asked).toHaveLength(3);
  });

  it('is not waited for after the caller gave up', async () => {
    let arrive: (token: string) => void = () => undefined;
    const { credential } = making(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    const caller = new AbortController();
    const other = credential.tokenFor(SCOPE);
    const failure = failureOf(credential.tokenFor(SCOPE, { signal: caller.signal }));
    caller.abort();
    expect(await failure).toMatchObject({ kind: 'unavailable', code: 'GRAPH_TOKEN_UNAVAILABLE' });
    arrive('late');
    expect(await other).toBe('late');
  });

  it('is not waited for forever', async () => {
    jest.useFakeTimers();
    try {
      const { credential } = making(() => new Promise(() => undefined));
      const failure = failureOf(credential.tokenFor(SCOPE));
      await jest.advanceTimersByTimeAsync(10_000);
      expect((await failure).kind).toBe('unavailable');
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('a failure', () => {
  it.each([
    ['invalid_client: 7000215 - [ts]: AADSTS7000215: Invalid client secret Planted-Secret', 'denied', 'AADSTS7000215'],
    ['AADSTS700016: Application with identifier x was not found', 'denied', 'AADSTS700016'],
    ['AADSTS90033: A transient error has occurred.', 'unavailable', 'AADSTS90033'],
    ['endpoints_resolution_error: Planted-Secret', 'unavailable', undefined],
  ])('keeps Entra’s number and none of its words: %s', (message, kind, graphCode) => {
    const error = credentialError(new Error(message), 'secret');
    expect(error).toMatchObject({ kind, detail: graphCode ? { graphCode } : {} });
    expect(error.hint).toContain('CLIENT_SECRET');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('Planted-Secret');
  });

  describe('to read the credential', () => {
    const folder = mkdtempSync(join(tmpdir(), 'credential-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const broken = join(folder, 'broken.pem');
    writeFileSync(broken, 'Planted-Secret');

    const sources: [CredentialSource, string][] = [
      [{ kind: 'certificate', path: join(folder, 'none.pem') }, 'CLIENT_CERTIFICATE_PATH'],
      [{ kind: 'certificate', path: broken }, 'CLIENT_CERTIFICATE_PATH'],
      [{ kind: 'federated', tokenFile: join(folder, 'none') }, 'FEDERATED_TOKEN_FILE'],
    ];
    // The authority refuses connections, so that nothing leaves this machine if a case should get that far.
    const authorityHost = 'https://127.0.0.1:9';

    it.each(sources)('is for an administrator: %j', async (credential, key) => {
      const error = await failureOf(createCredential({ ...settings, credential, authorityHost }).tokenFor(SCOPE));
      expect(error).toMatchObject({ kind: 'denied', code: 'GRAPH_CREDENTIAL_UNREADABLE' });
      expect(error.hint).toContain(key);
      expect(inspect(error, { depth: 9 })).not.toContain('Planted-Secret');
    });
  });

  it('to reach the authority passes', async () => {
    const error = await failureOf(
      createCredential({ ...settings, authorityHost: 'https://127.0.0.1:9' }).tokenFor(SCOPE),
    );
    expect(error).toMatchObject({ kind: 'unavailable', code: 'GRAPH_TOKEN_UNAVAILABLE' });
  });
});

it('an authority that is not https is refused', () => {
  expect(() => createCredential({ ...settings, authorityHost: 'http://login.test' })).toThrow(RangeError);
});
