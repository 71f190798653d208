import { TenantError } from '../bot/workflow/tenant';
import { fields, text } from './call';
import type { CredentialSource } from './settings';

const WHAT_TO_CHECK: Readonly<Record<CredentialSource['kind'], string>> = {
  certificate: 'Check CLIENT_CERTIFICATE_PATH: a PEM file with the certificate and its private key, readable here.',
  'managed-identity': 'Check that this machine has the managed identity that MANAGED_IDENTITY names.',
  federated: 'Check FEDERATED_TOKEN_FILE, and the federated credential of the app registration.',
  secret: 'Check CLIENT_SECRET: the value, not the id; secrets expire.',
};

/** Entra's own codes for "try again" among the many that want somebody to act. */
const PASSING = new Set(['AADSTS90033', 'AADSTS90012', 'AADSTS50196']);

/**
 * What a failure of the identity library means. Its texts are not passed on: they quote requests. Only Entra's AADSTS
 * number is kept, which an administrator can look up.
 */
export function credentialError(error: unknown, kind: CredentialSource['kind']): TenantError {
  if (error instanceof TenantError) return error;
  const { message: words, name } = fields(error);
  const message = text(words) ?? '';
  const graphCode = /AADSTS\d{4,8}/.exec(message)?.[0];
  const make = (as: TenantError['kind'], stable: string, hint: string) =>
    new TenantError(as, stable, 'token', hint, graphCode ? { graphCode } : {});

  if (graphCode && !PASSING.has(graphCode)) {
    return make('denied', 'GRAPH_CREDENTIAL_REFUSED', `Entra refused the credential. ${WHAT_TO_CHECK[kind]}`);
  }
  // The library wraps what the file system says, but keeps its words.
  const unreadable = /^(ENOENT|EACCES|EISDIR|EPERM)\b|PEM|DECODER|file path|No content on the file/.test(message);
  if (!graphCode && unreadable && name !== 'AbortError') {
    return make('denied', 'GRAPH_CREDENTIAL_UNREADABLE', `The credential cannot be read. ${WHAT_TO_CHECK[kind]}`);
  }
  return make(
    'unavailable',
    'GRAPH_TOKEN_UNAVAILABLE',
    `No token could be had. Check the network and AUTHORITY_HOST. If it lasts: ${WHAT_TO_CHECK[kind]}`,
  );
}
