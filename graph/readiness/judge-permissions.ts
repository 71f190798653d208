import { sayer } from './judge-methods';
import type { CheckFinding } from './verdict';

/** docs/permissions.md explains each. A broader one stands in for a narrow one. */
const NEEDED: readonly (readonly string[])[] = [
  ['User.Read.All', 'Directory.Read.All'],
  ['GroupMember.ReadWrite.All'],
  ['UserAuthMethod-TAP.ReadWrite.All'],
  ['UserAuthMethod-Passkey.Read.All', 'UserAuthMethod-Passkey.ReadWrite.All', 'UserAuthenticationMethod.Read.All'],
  ['RoleManagement.Read.Directory', 'RoleManagement.Read.All'],
  ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
  ['Policy.Read.AuthenticationMethod'],
  ['User.RevokeSessions.All'],
];

/** What makes a mistake or a stolen credential worse, and is not used. */
const TOO_MUCH = [
  /^User\.ReadWrite\.All$/,
  /^Directory\.ReadWrite\.All$/,
  /^Group\.ReadWrite\.All$/,
  /^UserAuthenticationMethod\.ReadWrite\.All$/,
  /^Policy\.ReadWrite\./,
  /^RoleManagement\.ReadWrite\./,
  /^AppRoleAssignment\.ReadWrite\./,
  /^Application\.ReadWrite\./,
  /^Mail\.Send$/,
];

/** What the application was granted, by its own token: each that is needed, and each that should not be there. */
export function judgePermissions(granted: readonly string[]): CheckFinding[] {
  const say = sayer('permissions', 'access token');
  const at = '$.roles';
  const portal =
    'Entra admin center > App registrations > Onboard > API permissions > Microsoft Graph > Application permissions';
  const missing = NEEDED.filter((names) => !names.some((name) => granted.includes(name))).map(([name]) => name);
  const extra = granted.filter((name) => TOO_MUCH.some((pattern) => pattern.test(name)));
  const found: CheckFinding[] = [];
  if (missing.length > 0)
    found.push(
      say(
        'fail',
        `Not granted: ${missing.join(', ')}.`,
        at,
        `${portal}: add them, then Grant admin consent. A new grant may take an hour to reach a token.`,
      ),
    );
  if (extra.length > 0)
    found.push(
      say(
        'warn',
        `Granted and not needed: ${extra.join(', ')}. With them a stolen credential is worse.`,
        at,
        `${portal}: remove them.`,
      ),
    );
  return found.length > 0
    ? found
    : [say('ok', 'Everything that is needed is granted, and nothing that should not be.', at, null)];
}
