import { isEmpty } from './policy';
import type { CheckFinding, Verdict } from './verdict';
import { has } from './vocabulary';

type Item = Readonly<Record<string, unknown>>;

/** Microsoft Authenticator on Android and on iOS. Microsoft: "Enable passkeys (FIDO2) for your organization". */
const AUTHENTICATOR = ['de1e552d-db1d-4423-a619-566b625cdc84', '90a3ccdf-635c-4729-a248-9b709135078f'] as const;

export interface Need {
  readonly groupId: string;
  /** Length of a window, minutes: a pass has to live that long. */
  readonly windowMinutes: number;
}

/** Temporary Access Pass: on, in reach of the group, not forced to be one-time, as long as a window. */
export function judgePassPolicy(policy: Item, { groupId, windowMinutes }: Need): CheckFinding[] {
  const id = 'pass-policy';
  const at = 'policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass';
  const portal = 'Entra admin center > Authentication methods > Policies > Temporary Access Pass';
  const patch = (change: Item) =>
    `PATCH /v1.0/${at}\n${JSON.stringify({ '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration', ...change })}`;
  const say = sayer(id, at);
  if (policy.state !== 'enabled') {
    return [
      say(
        'fail',
        'Temporary Access Pass is switched off.',
        '$.state',
        `${portal}: Enable.\nOr: ${patch({ state: 'enabled' })}`,
      ),
    ];
  }
  const found: CheckFinding[] = [];
  if (policy.isUsableOnce === true) {
    found.push(
      say(
        'fail',
        'The tenant forces one-time passes: the phone is left without one after the computer used it.',
        '$.isUsableOnce',
        `${portal} > Configure > Require one-time use: No.\nOr: ${patch({ isUsableOnce: false })}`,
      ),
    );
  }
  const { minimumLifetimeInMinutes: least, maximumLifetimeInMinutes: most } = policy;
  if (typeof least === 'number' && least > windowMinutes) {
    found.push(
      say(
        'fail',
        `No pass is shorter than ${least} minutes here; a window is ${windowMinutes}.`,
        '$.minimumLifetimeInMinutes',
        `${portal} > Configure > Minimum lifetime: ${windowMinutes} minutes or less, or a longer WINDOW_MINUTES.\nOr: ${patch({ minimumLifetimeInMinutes: windowMinutes })}`,
      ),
    );
  }
  if (typeof most === 'number' && most < windowMinutes) {
    found.push(
      say(
        'fail',
        `No pass is longer than ${most} minutes here; a window is ${windowMinutes}.`,
        '$.maximumLifetimeInMinutes',
        `${portal} > Configure > Maximum lifetime: ${windowMinutes} minutes or more, or a shorter WINDOW_MINUTES.\nOr: ${patch({ maximumLifetimeInMinutes: windowMinutes })}`,
      ),
    );
  }
  found.push(...reach(policy, groupId, portal, say));
  return found.length > 0
    ? found
    : [say('ok', 'Temporary Access Pass is on, for more than one use and long enough.', '$', null)];
}

/** Passkeys: on, registered by people themselves, and the ones of Microsoft Authenticator accepted. */
export function judgePasskeyPolicy(policy: Item, { groupId }: Need): CheckFinding[] {
  const id = 'passkey-policy';
  const at = 'policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2';
  const portal = 'Entra admin center > Authentication methods > Policies > Passkey (FIDO2)';
  const say = sayer(id, at);
  if (policy.state !== 'enabled') return [say('fail', 'Passkeys are switched off.', '$.state', `${portal}: Enable.`)];
  const found: CheckFinding[] = [];
  if (policy.isSelfServiceRegistrationAllowed !== true) {
    found.push(
      say(
        'fail',
        'Nobody may register a passkey for themselves.',
        '$.isSelfServiceRegistrationAllowed',
        `${portal} > Configure > Allow self-service set up: Yes.`,
      ),
    );
  }
  found.push(...reach(policy, groupId, portal, say), ...judgeProfiles(policy, groupId, portal, say));
  return found.length > 0
    ? found
    : [say('ok', 'Passkeys are on, and those of Microsoft Authenticator are accepted.', '$', null)];
}

/** The group's profiles decide where there are any; the older fields of the policy decide where there are none. */
function judgeProfiles(policy: Item, groupId: string, portal: string, say: Sayer): CheckFinding[] {
  const profiles = list(policy.passkeyProfiles);
  if (profiles.length === 0) return judgeProfile(policy, '$', portal, say).filter(({ verdict }) => verdict !== 'ok');
  const assigned = new Set(
    list(policy.includeTargets)
      .filter(({ id }) => id === 'all_users' || same(id, groupId))
      .flatMap(({ allowedPasskeyProfiles }) =>
        Array.isArray(allowedPasskeyProfiles) ? allowedPasskeyProfiles.map(String) : [],
      ),
  );
  const judged = profiles
    .map((profile, index) => ({ profile, at: `$.passkeyProfiles[${index}]` }))
    .filter(({ profile }) => assigned.size === 0 || assigned.has(String(profile.id)))
    .map(({ profile, at }) => judgeProfile(profile, at, portal, say));
  // A passkey has to fit one of somebody's profiles: one good one is enough.
  const good = judged.find((findings) => findings.every(({ verdict }) => verdict === 'ok' || verdict === 'warn'));
  return (good ?? judged.flat()).filter(({ verdict }) => verdict !== 'ok');
}

function judgeProfile(profile: Item, at: string, portal: string, say: Sayer): CheckFinding[] {
  const restrictions = item(profile.keyRestrictions);
  const kinds = typeof profile.passkeyTypes === 'string' ? profile.passkeyTypes : 'deviceBound';
  const found: CheckFinding[] = [];
  if (!kinds.includes('deviceBound')) {
    found.push(
      say(
        'fail',
        'This profile takes synced passkeys only; those of Authenticator are bound to the phone.',
        `${at}.passkeyTypes`,
        `${portal} > Configure > the profile > Target types: device-bound.`,
      ),
    );
  }
  if (restrictions.isEnforced === true) {
    const ids = Array.isArray(restrictions.aaGuids) ? restrictions.aaGuids.map(String) : [];
    const missing =
      restrictions.enforcementType === 'allow'
        ? AUTHENTICATOR.filter((one) => !has(ids, one))
        : AUTHENTICATOR.filter((one) => has(ids, one));
    if (missing.length > 0) {
      found.push(
        say(
          'fail',
          `Key restrictions keep Microsoft Authenticator out (${missing.join(', ')}).`,
          `${at}.keyRestrictions`,
          `${portal} > Configure > Target specific AAGUIDs: ${restrictions.enforcementType === 'allow' ? 'add' : 'remove'} ${missing.join(', ')}.`,
        ),
      );
    }
  }
  const attested =
    profile.isAttestationEnforced === true ||
    (typeof profile.attestationEnforcement === 'string' && profile.attestationEnforcement !== 'disabled');
  if (attested) {
    found.push(
      say(
        'warn',
        'Attestation is enforced: passkeys in Authenticator work, many security keys and every synced passkey do not.',
        `${at}.${'isAttestationEnforced' in profile ? 'isAttestationEnforced' : 'attestationEnforcement'}`,
        null,
      ),
    );
  }
  return found;
}

/** Push in Microsoft Authenticator, which registration sets up on the way to the passkey. */
export function judgeAuthenticatorPolicy(policy: Item): CheckFinding[] {
  const at = 'policies/authenticationMethodsPolicy/authenticationMethodConfigurations/microsoftAuthenticator';
  const say = sayer('authenticator-policy', at);
  return policy.state === 'enabled'
    ? [say('ok', 'Microsoft Authenticator is on.', '$.state', null)]
    : [
        say(
          'warn',
          'Microsoft Authenticator is switched off as a method: its set-up on the phone may not finish.',
          '$.state',
          'Entra admin center > Authentication methods > Policies > Microsoft Authenticator: Enable.',
        ),
      ];
}

type Sayer = (verdict: Verdict, reason: string, path: string, fix: string | null, unknown?: boolean) => CheckFinding;

export function sayer(id: string, at: string): Sayer {
  return (verdict, reason, path, fix, unknown = false) => ({
    id,
    verdict,
    reason,
    evidence: `${at}: ${path}`,
    fix,
    unknown,
  });
}

/** Whom the method is for. An excluded group always wins over an included one. */
function reach(policy: Item, groupId: string, portal: string, say: Sayer): CheckFinding[] {
  const included = list(policy.includeTargets).map(({ id }) => id);
  const excluded = list(policy.excludeTargets).map(({ id }) => id);
  if (excluded.some((one) => same(one, groupId))) {
    return [
      say(
        'fail',
        'The onboarding group is excluded from this method.',
        '$.excludeTargets',
        `${portal} > Exclude: take the onboarding group out.`,
      ),
    ];
  }
  if (included.some((one) => one === 'all_users' || same(one, groupId))) return [];
  if (isEmpty(policy.includeTargets)) {
    return [
      say(
        'fail',
        'This method is for nobody.',
        '$.includeTargets',
        `${portal} > Include: all users, or the onboarding group.`,
      ),
    ];
  }
  return [
    say(
      'review',
      'This method is for other groups only. People who are onboarded have to be in one of them.',
      '$.includeTargets',
      `${portal} > Include: all users, or the onboarding group.`,
      true,
    ),
  ];
}

function list(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value.map(item) : [];
}

function item(value: unknown): Item {
  return typeof value === 'object' && value !== null ? (value as Item) : {};
}

function same(one: unknown, other: string): boolean {
  return typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
}
