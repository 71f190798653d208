import { createCredential } from '../../graph/credential';
import type { CredentialSettings } from '../../graph/settings';

/** In a process of its own, because Node reads which authorities it trusts at its start. */
const settings = JSON.parse(process.env.TOKEN_SETTINGS ?? '') as CredentialSettings;
createCredential(settings)
  .tokenFor('https://graph.microsoft.us/.default')
  .then(
    (token) => process.stdout.write(token),
    (error: Error) => process.stdout.write(`failed: ${error.message}`),
  );
