import { strengthTakesPass } from './asks';
import { patchPolicy } from './fix';
import type { CaPolicy } from './policy';
import type { Finding, Verdict } from './verdict';
import { has, REGISTER_SECURITY_INFO } from './vocabulary';

interface Fault {
  readonly verdict: Extract<Verdict, 'fail' | 'warn'>;
  readonly words: string;
  readonly at: string;
  readonly fix?: string;
  readonly unknown?: boolean;
}

/** Combinations of the onboarding strength, members in alphabetical order, without blanks. */
const WANTED = [
  ['temporaryAccessPassMultiUse', 'fail', 'nobody can register with a multi-use pass'],
  ['fido2', 'fail', 'nobody can go on managing sign-in methods once the passkey is there'],
  ['windowsHelloForBusiness', 'warn', 'Windows Hello is not taken'],
  ['x509CertificateMultiFactor', 'warn', 'certificates are not taken'],
  ['temporaryAccessPassOneTime', 'warn', 'one-time passes are not taken'],
  ['microsoftAuthenticatorPush,password', 'warn', 'Authenticator may not finish in the middle of registration'],
] as const;

/** True for the policy that lets the onboarding group register: the action, with the group among those included. */
export function isOnboardingPolicy(policy: CaPolicy, groupId: string): boolean {
  const { applications, users } = policy;
  return has(applications.userActions, REGISTER_SECURITY_INFO) && has(users.includeGroups, groupId);
}

/** Judges that policy: for this group and nobody else, on that action and nothing else, with a strength that takes the pass. */
export function judgeOnboardingPolicy(policy: CaPolicy, groupId: string, breakGlass: readonly string[]): Finding {
  const faults = [
    ...stateFaults(policy),
    ...userFaults(policy, groupId, breakGlass),
    ...coverageFaults(policy),
    ...grantFaults(policy),
    ...policy.unknown.map((at): Fault => ({ verdict: 'warn', words: `${at} is not known here`, at, unknown: true })),
  ];
  const worst = faults.find(({ verdict }) => verdict === 'fail') ?? faults[0];
  if (!worst) {
    return {
      verdict: 'ok',
      reason: 'It lets the onboarding group, and nobody else, register with a pass.',
      evidence: `${policy.source}: $`,
      fix: null,
      unknown: false,
    };
  }
  return {
    verdict: worst.verdict,
    reason: sentences(faults),
    evidence: faults.map(({ at }) => `${policy.source}: ${at}`).join('; '),
    fix: faults.flatMap(({ fix }) => fix ?? []).join('\n') || null,
    unknown: faults.some(({ unknown }) => unknown === true),
  };
}

function sentences(faults: readonly Fault[]): string {
  return faults.map(({ words }) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`).join(' ');
}

function stateFaults(policy: CaPolicy): Fault[] {
  const state = policy.state.toLowerCase();
  if (state === 'enabled') return [];
  const fix = patchPolicy(policy, 'Enable policy: On', { state: 'enabled' });
  const words =
    state === 'disabled'
      ? 'it is switched off'
      : 'it is in report-only, which does nothing for registering security info';
  const known = state === 'disabled' || state === 'enabledforreportingbutnotenforced';
  return [
    { verdict: 'fail', words: known ? words : `its state "${policy.state}" is not known here`, at: '$.state', fix },
  ];
}

function userFaults(policy: CaPolicy, groupId: string, breakGlass: readonly string[]): Fault[] {
  const { users } = policy;
  const faults: Fault[] = [];
  const others = [
    ...users.includeUsers.filter((one) => !has(['None'], one)),
    ...users.includeGroups.filter((one) => !has([groupId], one)),
    ...users.includeRoles,
    ...(users.includeGuests ? ['guests'] : []),
  ];
  if (others.length > 0) {
    faults.push({
      verdict: 'fail',
      words: `it is for others too (${others.join(', ')}), whose registration it would govern`,
      at: '$.conditions.users',
      fix: patchPolicy(policy, 'Users > Include: the onboarding group only', {
        conditions: {
          users: {
            includeUsers: [],
            includeGroups: [groupId],
            includeRoles: [],
            excludeUsers: users.excludeUsers,
            excludeGroups: users.excludeGroups,
            excludeRoles: users.excludeRoles,
          },
        },
      }),
    });
  }
  if (has(users.excludeGroups, groupId)) {
    faults.push({
      verdict: 'fail',
      words: 'it excludes the onboarding group, and an exclusion wins',
      at: '$.conditions.users.excludeGroups',
      fix: patchPolicy(policy, 'Users > Exclude: take the onboarding group out', {
        conditions: {
          users: { ...usersOf(policy), excludeGroups: users.excludeGroups.filter((one) => !has([groupId], one)) },
        },
      }),
    });
  }
  const exposed = breakGlass.filter((one) => !has(users.excludeUsers, one));
  if (exposed.length > 0) {
    faults.push({
      verdict: 'warn',
      words: `it does not exclude the break-glass account ${exposed.join(', ')}`,
      at: '$.conditions.users.excludeUsers',
    });
  }
  return faults;
}

function usersOf({ users }: CaPolicy) {
  const { includeGuests: _, ...lists } = users;
  return lists;
}

function coverageFaults(policy: CaPolicy): Fault[] {
  const { applications, narrowedBy, risks, clientAppTypes, flows } = policy;
  const faults: Fault[] = [];
  if (applications.userActions.length !== 1 || applications.include.some((one) => !has(['None'], one))) {
    faults.push({
      verdict: 'fail',
      words: 'it covers more than registering security information',
      at: '$.conditions.applications',
    });
  }
  for (const at of narrowedBy) {
    faults.push({
      verdict: 'warn',
      words: `it is narrowed by ${at.replace('$.conditions.', '')}: computer and phone may differ`,
      at,
    });
  }
  if (risks.length > 0 || flows.length > 0) {
    faults.push({ verdict: 'fail', words: 'it holds only at some risk or for some flows', at: '$.conditions' });
  }
  if (clientAppTypes.length > 0 && !has(clientAppTypes, 'all')) {
    faults.push({
      verdict: 'fail',
      words: `it holds for some clients only (${clientAppTypes.join(', ')})`,
      at: '$.conditions.clientAppTypes',
      fix: patchPolicy(policy, 'Conditions > Client apps: not configured', { conditions: { clientAppTypes: ['all'] } }),
    });
  }
  if (has(policy.session, 'signInFrequency')) {
    faults.push({
      verdict: 'warn',
      words: 'its sign-in frequency may ask for the pass again in the middle',
      at: '$.sessionControls.signInFrequency',
    });
  }
  return faults;
}

function grantFaults(policy: CaPolicy): Fault[] {
  const { grant } = policy;
  const at = '$.grantControls';
  if (!grant?.strength) {
    return [{ verdict: 'fail', words: 'it asks for no authentication strength', at: `${at}.authenticationStrength` }];
  }
  const faults: Fault[] = [];
  if (grant.controls.length > 0 || grant.custom) {
    faults.push({
      verdict: 'fail',
      words: `it asks for more than the strength (${[...grant.controls, ...(grant.custom ? ["another provider's factor"] : [])].join(', ')})`,
      at: `${at}.builtInControls`,
    });
  }
  if (grant.termsOfUse) {
    faults.push({ verdict: 'warn', words: 'terms of use come before the wizard', at: `${at}.termsOfUse` });
  }
  return [...faults, ...strengthFaults(grant.strength, `${at}.authenticationStrength`)];
}

function strengthFaults(strength: NonNullable<NonNullable<CaPolicy['grant']>['strength']>, at: string): Fault[] {
  if (!strength.combinations) {
    const takes = strengthTakesPass(strength);
    if (takes === 'yes')
      return [{ verdict: 'warn', words: 'it uses a built-in strength, which takes weak methods too', at }];
    if (takes === 'no') return [{ verdict: 'fail', words: `the strength "${strength.name}" takes no pass`, at }];
    return [
      {
        verdict: 'warn',
        words: `the export does not say what the strength "${strength.name}" takes`,
        at: `${at}.allowedCombinations`,
        unknown: true,
      },
    ];
  }
  const normal = strength.combinations.map((one) =>
    one
      .split(',')
      .map((mode) => mode.trim().toLowerCase())
      .sort()
      .join(','),
  );
  const list = `${at}.allowedCombinations`;
  const missing = WANTED.filter(([wanted]) => !normal.includes(wanted.toLowerCase())).map(
    ([wanted, verdict, so]): Fault => ({
      verdict,
      words: `the strength lacks ${wanted}: ${so}`,
      at: list,
      fix: `POST /v1.0/policies/authenticationStrengthPolicies/${strength.id}/updateAllowedCombinations\n${JSON.stringify({ allowedCombinations: [...(strength.combinations ?? []), wanted === 'microsoftAuthenticatorPush,password' ? 'password,microsoftAuthenticatorPush' : wanted] })}`,
    }),
  );
  const known = new Set(WANTED.map(([wanted]) => wanted.toLowerCase()));
  const extra = normal.filter((one) => !known.has(one));
  if (extra.length > 0) {
    missing.push({ verdict: 'warn', words: `the strength takes weaker methods too (${extra.join('; ')})`, at: list });
  }
  return missing;
}
