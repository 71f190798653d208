import { judgeExport, MANUAL, type Question, type Unread } from './judge-export';
import { judgeGroup, judgeGroupLinks } from './judge-group';
import { judgeAuthenticatorPolicy, judgePasskeyPolicy, judgePassPolicy, type Need, sayer } from './judge-methods';
import { judgePermissions } from './judge-permissions';
import { type CaPolicy, NoPolicy, readPolicy } from './policy';
import type { Read, TenantFacts } from './read-tenant';
import { type CheckFinding, type Report, reportOf } from './verdict';

/** What ends a membership besides an instance: Entra's own timer, or the watchdog on another host. */
export interface Exits {
  readonly membership: 'direct' | 'pim';
  /** Where the watchdog runs, in the words of whoever set it up. */
  readonly watchdogHost?: string | undefined;
}

/** Judges a tenant by what was read of it. What was not read is said to be unknown, with the permission that it takes. */
export function judgeTenant(facts: TenantFacts, question: Question, need: Need, exits: Exits): Report {
  const { policies, unread } = policiesOf(facts.policies);
  const exported = judgeExport(policies, unread, question);
  const checks: CheckFinding[] = [
    // Where no policy could be read, none of them can be said to be missing.
    ...('unread' in facts.policies
      ? exported.checks.filter(({ id }) => id === 'read-policies' || (MANUAL_IDS.has(id) && !READ_HERE.has(id)))
      : exported.checks.filter(({ verdict, id }) => verdict !== 'manual' || !READ_HERE.has(id))),
    ...judged('security-defaults', facts.securityDefaults, judgeSecurityDefaults),
    ...judged('pass-policy', facts.passPolicy, (policy) => judgePassPolicy(policy, need)),
    ...judged('passkey-policy', facts.passkeyPolicy, (policy) => judgePasskeyPolicy(policy, need)),
    ...judged('authenticator-policy', facts.authenticatorPolicy, judgeAuthenticatorPolicy),
    ...judged('group', facts.group, judgeGroup),
    ...judged('group-nested', facts.groupParents, () => []),
    ...judged('group-owners', facts.groupOwners, () => [], 'warn'),
    ...judged('group-members', facts.groupMembers, () => []),
    ...judgeGroupLinks(facts),
    ...judged('permissions', facts.permissions, judgePermissions),
    judgeExits(exits),
  ];
  return reportOf(exported.policies, checks);
}

/** The manual ones of an export that a tenant answers by itself. */
const MANUAL_IDS: ReadonlySet<string> = new Set(MANUAL.map(([id]) => id));
const READ_HERE: ReadonlySet<string> = new Set(
  MANUAL.map(([id]) => id).filter((id) => id !== 'self-service-reset' && id !== 'per-user-mfa'),
);

/** For whom may not grant Policy.Read.All. */
const OFFLINE =
  'Grant Policy.Read.All for the time of the check, or export the policies and run onboard doctor --policies DIR --group ID.';

function policiesOf(read: TenantFacts['policies']): { policies: CaPolicy[]; unread: Unread[] } {
  const at = 'identity/conditionalAccess/policies';
  if ('unread' in read) return { policies: [], unread: [{ source: at, why: read.unread, fix: OFFLINE }] };
  const policies: CaPolicy[] = [];
  const unread: Unread[] = [];
  for (const raw of read.value) {
    const source = `${at}/${String(raw.id)}`;
    try {
      policies.push(readPolicy(raw, source));
    } catch (error) {
      if (!(error instanceof NoPolicy)) throw error;
      unread.push({ source, why: error.message });
    }
  }
  return { policies, unread };
}

/** `warn` where not knowing is no reason to hold everything up. */
function judged<T>(
  id: string,
  read: Read<T>,
  judge: (value: T) => CheckFinding[],
  unread: 'review' | 'warn' = 'review',
): CheckFinding[] {
  if ('value' in read) return judge(read.value);
  return [sayer(id, 'Microsoft Graph')(unread, `It could not be read. ${read.unread}`, '$', null, unread === 'review')];
}

function judgeSecurityDefaults({ isEnabled }: Readonly<Record<string, unknown>>): CheckFinding[] {
  const say = sayer('security-defaults', 'policies/identitySecurityDefaultsEnforcementPolicy');
  return isEnabled === false
    ? [say('ok', 'Security defaults are off, so Conditional Access decides.', '$.isEnabled', null)]
    : [
        say(
          'fail',
          'Security defaults are on: Conditional Access does nothing, and everybody is asked to register on their own.',
          '$.isEnabled',
          'Entra admin center > Overview > Properties > Manage security defaults: Disabled, once policies of your own are in place.',
        ),
      ];
}

/** An exemption has to end when no instance runs: somebody else must be there to end it. */
function judgeExits({ membership, watchdogHost }: Exits): CheckFinding {
  const say = sayer('exits', 'configuration');
  if (membership === 'pim') return say('ok', "Entra's own timer ends each membership.", 'MEMBERSHIP_MODE', null);
  if (watchdogHost) {
    return say(
      'manual',
      `The watchdog is said to run on ${watchdogHost}: see that it does, and that its alerts reach somebody.`,
      'WATCHDOG_HOST',
      null,
    );
  }
  return say(
    'fail',
    'Nothing but this product ends an exemption: when it is gone for good, people stay exempt.',
    'MEMBERSHIP_MODE, WATCHDOG_HOST',
    'Run onboard watchdog on another host and name it in WATCHDOG_HOST, or set MEMBERSHIP_MODE=pim (docs/running.md).',
  );
}
