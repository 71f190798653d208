/** Names that Conditional Access uses; compared in lower case. */

export const REGISTER_SECURITY_INFO = 'urn:user:registersecurityinfo';
export const REGISTER_DEVICE = 'urn:user:registerdevice';

/** Microsoft Authenticator speaks to this service when it makes a passkey. */
export const CREDENTIAL_SERVICE = 'ea890292-c8c8-4433-b5ea-b09d0668e1a6';

/** Resources that are touched while somebody registers a passkey. Microsoft: "Conditional Access: Target resources". */
export const REGISTRATION_RESOURCES: ReadonlyMap<string, string> = new Map([
  [CREDENTIAL_SERVICE, 'Azure Credential Configuration Endpoint Service'],
  ['19db86c3-b2b9-44cc-b339-36da233a3be2', 'My Signins'],
  ['0000000c-0000-0000-c000-000000000000', 'App Access Panel'],
  ['8c59ead7-d703-4a27-9e55-c96a0054c8d2', 'My Profile'],
  ['00000002-0000-0000-c000-000000000000', 'Windows Azure Active Directory'],
  ['00000003-0000-0000-c000-000000000000', 'Microsoft Graph'],
  ['1b912ec3-a9dd-4c4d-a53e-76aa7adb28d7', 'AAD reporting'],
]);

/** Without these the person cannot read Onboard's messages: Teams, and all of Office 365. */
export const MESSAGE_RESOURCES: ReadonlySet<string> = new Set([
  'office365',
  'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
]);

/** Built-in strengths, which exports often name by id alone. Microsoft: "Conditional Access authentication strengths". */
export const BUILT_IN_STRENGTHS: ReadonlyMap<string, { readonly name: string; readonly takesPass: boolean }> = new Map([
  ['00000000-0000-0000-0000-000000000002', { name: 'Multifactor authentication', takesPass: true }],
  ['00000000-0000-0000-0000-000000000003', { name: 'Passwordless MFA', takesPass: false }],
  ['00000000-0000-0000-0000-000000000004', { name: 'Phishing-resistant MFA', takesPass: false }],
]);

/** Whether a list has this id or literal, without regard to case. */
export function has(list: readonly string[], wanted: string): boolean {
  const lower = wanted.toLowerCase();
  return list.some((one) => one.toLowerCase() === lower);
}
