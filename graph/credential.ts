import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { credentialError } from './credential-error';
import { deadline } from './deadline';
import type { CredentialSettings } from './settings';

/** One identity for Graph and for the Bot Connector. */
export interface Credential {
  /**
   * A bearer token for a scope like `https://api.botframework.com/.default`, from the cache while it is good.
   * `not` is a token that was refused: a fresh one is fetched if the cache still holds it. Throws TenantError, kind
   * `denied` or `unavailable`.
   */
  tokenFor(scope: string, options?: { readonly not?: string; readonly signal?: AbortSignal }): Promise<string>;
}

const TOKEN_TIMEOUT = 10_000;

/** Authorities that Microsoft's instance discovery knows; any other has to be taken on trust. */
const MICROSOFT_AUTHORITIES = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
]);

/** The credential that the settings name. Throws RangeError when the authority is not https. */
export function createCredential(
  settings: CredentialSettings,
  make: () => TokenCredential = () => tokenCredential(settings),
): Credential {
  let current = make();
  const pending = new Map<string, Promise<string>>();

  async function ask(scope: string): Promise<string> {
    const { signal, clear } = deadline(TOKEN_TIMEOUT);
    try {
      const token = await unlessAborted(current.getToken(scope, { abortSignal: signal }), signal);
      if (!token) throw new Error('no token');
      return token.token;
    } catch (error) {
      throw credentialError(error, settings.credential.kind);
    } finally {
      clear();
    }
  }

  /** Callers that come together share one request; none of them can abort it for the others. */
  function shared(scope: string): Promise<string> {
    const running = pending.get(scope);
    if (running !== undefined) return running;
    const started = ask(scope).finally(() => pending.delete(scope));
    pending.set(scope, started);
    return started;
  }

  return {
    async tokenFor(scope, { not, signal } = {}) {
      const wait = (token: Promise<string>) =>
        unlessAborted(token, signal).catch((error) => {
          throw credentialError(error, settings.credential.kind);
        });
      const token = await wait(shared(scope));
      if (token !== not) return token;
      // The library cannot be told to forget one token, but its cache lives and dies with the object.
      current = make();
      return wait(shared(scope));
    },
  };
}

/** Some of the library's paths do not listen to its abort signal. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function tokenCredential({ tenantId, clientId, credential, authorityHost }: CredentialSettings): TokenCredential {
  const authority = new URL(authorityHost ?? 'https://login.microsoftonline.com');
  if (authority.protocol !== 'https:') throw new RangeError('The authority must begin with https://.');
  const options = {
    authorityHost: authority.origin,
    disableInstanceDiscovery: !MICROSOFT_AUTHORITIES.has(authority.hostname),
    // Two tries within our own time limit; the library's default would wait far past it.
    retryOptions: { maxRetries: 1, retryDelayInMs: 300, maxRetryDelayInMs: 1_000 },
  };
  switch (credential.kind) {
    case 'certificate': {
      const { path: certificatePath, password: certificatePassword } = credential;
      const source = { certificatePath, ...(certificatePassword ? { certificatePassword } : {}) };
      return new ClientCertificateCredential(tenantId, clientId, source, options);
    }
    case 'managed-identity':
      return credential.clientId
        ? new ManagedIdentityCredential({ clientId: credential.clientId })
        : new ManagedIdentityCredential();
    case 'federated':
      return new WorkloadIdentityCredential({
        ...options,
        tenantId,
        clientId,
        tokenFilePath: credential.tokenFile,
      });
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, credential.secret, options);
  }
}
