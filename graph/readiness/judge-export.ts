import { asksOf } from './asks';
import { coverageOf } from './covers';
import { isOnboardingPolicy, judgeOnboardingPolicy } from './judge-onboarding-policy';
import { judgePolicy, whyNoGuard } from './judge-policy';
import type { CaPolicy } from './policy';
import type { CheckFinding, PolicyFinding, Report } from './verdict';
import { reportOf } from './verdict';
import { has } from './vocabulary';

export interface Question {
  readonly groupId: string;
  readonly breakGlass: readonly string[];
  /** The policy that lets the group register, if it is not to be found by its shape. */
  readonly onboardingPolicyId?: string | undefined;
}

/** A file or a part of it that could not be read as policies. */
export interface Unread {
  readonly source: string;
  readonly why: string;
  readonly fix?: string;
}

/** Judges exported policies. Needs no tenant and no permission: what only a tenant can tell is marked `manual`. */
export function judgeExport(policies: readonly CaPolicy[], unread: readonly Unread[], question: Question): Report {
  const { groupId, breakGlass, onboardingPolicyId } = question;
  const isOnboarding = (policy: CaPolicy) =>
    onboardingPolicyId === undefined ? isOnboardingPolicy(policy, groupId) : has([policy.id], onboardingPolicyId);
  const findings = policies.map((policy): PolicyFinding => {
    const finding = isOnboarding(policy)
      ? judgeOnboardingPolicy(policy, groupId, breakGlass)
      : judgePolicy(policy, groupId);
    return { id: policy.id, name: policy.name, state: policy.state, ...finding };
  });
  const checks = [
    ...unread.map(unreadFinding),
    ...groupIdFindings(policies, groupId),
    onboardingPolicyFinding(policies.filter(isOnboarding)),
    guardFinding(policies, groupId),
    ...breakGlassFindings(policies, breakGlass),
    ...MANUAL.map(([id, reason]) => manual(id, reason)),
  ];
  return reportOf(findings, checks);
}

function unreadFinding({ source, why, fix }: Unread): CheckFinding {
  return {
    id: 'read-policies',
    verdict: 'review',
    reason: why,
    evidence: source,
    fix: fix ?? 'Export the policies again, as JSON, one a file or as a list.',
    unknown: true,
  };
}

/** A name instead of an id, or another tenant's id, would make every verdict wrong without a word. */
function groupIdFindings(policies: readonly CaPolicy[], groupId: string): CheckFinding[] {
  const id = 'group-id';
  const named = policies.some(({ users }) => has([...users.includeGroups, ...users.excludeGroups], groupId));
  if (named) return [];
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(groupId);
  return [
    {
      id,
      verdict: 'warn',
      reason: isId
        ? 'No policy names this group: is the id right, and is the export of the same tenant?'
        : 'The group was not given by its object id, and no policy names it: policies know groups by object id alone.',
      evidence: '$[*].conditions.users',
      fix: 'Entra admin center > Groups > the onboarding group > Overview: copy the Object ID.',
      unknown: !isId,
    },
  ];
}

function onboardingPolicyFinding(found: readonly CaPolicy[]): CheckFinding {
  const id = 'onboarding-policy';
  const evidence = found.map(({ source }) => source).join('; ') || '$';
  if (found.length === 1) {
    return { id, verdict: 'ok', reason: `"${found[0]?.name}" is it.`, evidence, fix: null, unknown: false };
  }
  const reason =
    found.length === 0
      ? 'No policy lets the onboarding group register security information: registering asks for what nobody has yet.'
      : 'Several policies are for this group on registering security information: all of them must be met together.';
  const fix =
    found.length === 0
      ? 'Entra admin center > Entra ID > Conditional Access > New policy: the onboarding group; user action "Register security information"; Grant: require the strength "Passkey Onboarding/Recovery". Create it Off, run the doctor again, then switch it On.'
      : 'Keep one of them, and delete the others.';
  return { id, verdict: 'fail', reason, evidence, fix, unknown: false };
}

/** Optional: what closes the bare-password hole while the group is excluded everywhere else. */
function guardFinding(policies: readonly CaPolicy[], groupId: string): CheckFinding {
  const guard = policies.find((policy) => whyNoGuard(policy, groupId) === undefined);
  const id = 'guard-policy';
  return guard
    ? {
        id,
        verdict: 'ok',
        reason: `"${guard.name}" asks for a strength during the window.`,
        evidence: guard.source,
        fix: null,
        unknown: false,
      }
    : {
        id,
        verdict: 'warn',
        reason: 'During a window a bare password opens every resource: no guard policy is proven to keep it out.',
        evidence: '$',
        fix: 'Entra admin center > Entra ID > Conditional Access > New policy: the onboarding group; All resources; Grant: require the strength "Passkey Onboarding/Recovery". Try it with one pilot person first.',
        unknown: false,
      };
}

/** A policy on all resources that does not leave the break-glass accounts out can lock everybody out. */
function breakGlassFindings(policies: readonly CaPolicy[], breakGlass: readonly string[]): CheckFinding[] {
  const id = 'break-glass';
  if (breakGlass.length === 0) {
    return [manual(id, 'No break-glass account was named: see for yourself that each policy leaves yours out.')];
  }
  const exposed = policies.filter(
    (policy) =>
      policy.state.toLowerCase() === 'enabled' &&
      has(policy.users.includeUsers, 'All') &&
      coverageOf(policy).kind === 'all' &&
      (asksOf(policy).proof || asksOf(policy).blocks) &&
      !(policy.clientAppTypes.length > 0 && !has(policy.clientAppTypes, 'all')) &&
      breakGlass.some((one) => !has(policy.users.excludeUsers, one)) &&
      policy.users.excludeGroups.length === 0,
  );
  if (exposed.length === 0) {
    return [
      {
        id,
        verdict: 'ok',
        reason: 'No policy for everybody on all resources binds the break-glass accounts by name.',
        evidence: '$[*].conditions.users.excludeUsers',
        fix: null,
        unknown: false,
      },
    ];
  }
  return exposed.map((policy) => ({
    id,
    verdict: 'warn' as const,
    reason: `"${policy.name}" does not leave every break-glass account out.`,
    evidence: `${policy.source}: $.conditions.users.excludeUsers`,
    fix: `Entra admin center > Entra ID > Conditional Access > Policies > "${policy.name}" > Users > Exclude: add the break-glass accounts, or a group of them.`,
    unknown: false,
  }));
}

/** What no export of policies holds. */
export const MANUAL = [
  [
    'pass-policy',
    'Temporary Access Pass: switched on, for everybody or the group, one-time use not forced, 60 minutes allowed.',
  ],
  [
    'passkey-policy',
    'Passkey (FIDO2): switched on, self-service set up allowed, the AAGUIDs of Microsoft Authenticator allowed.',
  ],
  ['security-defaults', 'Security defaults are off: with them on, Conditional Access does nothing.'],
  [
    'group',
    'The onboarding group: security, assigned, cloud-only, no owners, in no other group, nobody in it by hand.',
  ],
  ['self-service-reset', 'Password reset: registration does not force the group to register two methods.'],
  ['per-user-mfa', 'Per-user MFA (legacy) is disabled: no exclusion in Conditional Access switches it off.'],
] as const;

function manual(id: string, reason: string): CheckFinding {
  return { id, verdict: 'manual', reason, evidence: 'not in an export of policies', fix: null, unknown: false };
}
