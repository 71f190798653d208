import { resolve } from 'node:path';
import type { Keys } from './keys';

/** How Onboard proves to Entra and to the Bot Framework who it is. Paths are absolute. */
export type CredentialConfig =
  | { readonly kind: 'certificate'; readonly path: string; readonly password?: string }
  /** Without `clientId`: the system-assigned identity. */
  | { readonly kind: 'managed-identity'; readonly clientId?: string }
  | { readonly kind: 'federated'; readonly tokenFile: string }
  | { readonly kind: 'secret'; readonly secret: string };

type CredentialKeys = Pick<
  Keys,
  | 'CLIENT_CERTIFICATE_PATH'
  | 'CLIENT_CERTIFICATE_PASSWORD'
  | 'MANAGED_IDENTITY'
  | 'FEDERATED_TOKEN_FILE'
  | 'CLIENT_SECRET'
>;

/** The one credential that is given; undefined where there is none, which the rules have complained about. */
export function credentialOf(keys: CredentialKeys): CredentialConfig | undefined {
  if (keys.CLIENT_CERTIFICATE_PATH) {
    const password = keys.CLIENT_CERTIFICATE_PASSWORD;
    return { kind: 'certificate', path: resolve(keys.CLIENT_CERTIFICATE_PATH), ...(password ? { password } : {}) };
  }
  if (keys.MANAGED_IDENTITY) {
    const clientId = keys.MANAGED_IDENTITY.toLowerCase();
    return { kind: 'managed-identity', ...(clientId === 'system' ? {} : { clientId }) };
  }
  if (keys.FEDERATED_TOKEN_FILE) return { kind: 'federated', tokenFile: resolve(keys.FEDERATED_TOKEN_FILE) };
  if (keys.CLIENT_SECRET) return { kind: 'secret', secret: keys.CLIENT_SECRET };
  return undefined;
}
