import type { Behaviour } from '../contract';

/** One switch of the page: what it is called and what may be chosen. */
export interface Switch<K extends keyof Behaviour = keyof Behaviour> {
  readonly name: K;
  readonly label: string;
  readonly choices: readonly (readonly [Behaviour[K], string])[];
}

type Choice<T> = readonly [T, string];

const wait = (ms: number): Choice<number> => [ms, ms === 0 ? 'at once' : `after ${ms / 1_000} s`];
const LAGS = [0, 5_000, 30_000, 120_000].map(wait);
const SHARES: readonly Choice<number>[] = [0, 0.05, 0.2, 0.5].map((share) => [
  share,
  share === 0 ? 'never' : `${share * 100} in 100`,
]);
const YES_NO: readonly Choice<boolean>[] = [
  [false, 'no'],
  [true, 'yes'],
];

function one<K extends keyof Behaviour>(
  name: K,
  label: string,
  choices: readonly (readonly [Behaviour[K], string])[],
): Switch {
  return { name, label, choices } as unknown as Switch;
}

/** Switches that are nothing but a choice, by what they make unkind. */
export const SWITCHES: readonly { readonly about: string; readonly switches: readonly Switch[] }[] = [
  {
    about: 'Late and contradictory',
    switches: [
      one('membershipLagMs', 'Memberships can be read', LAGS),
      one('passLagMs', 'Passes can be read', LAGS),
      one('methodsLagMs', 'Methods can be read', LAGS),
      one('policyLagMs', 'Policies can be read', LAGS),
      one('flicker', 'Reads come from several replicas', YES_NO),
      one('clockSkewMs', "The tenant's clock", [
        [0, 'is right'],
        [300_000, 'is 5 min ahead'],
        [-300_000, 'is 5 min behind'],
      ]),
    ],
  },
  {
    about: 'Failing now and then',
    switches: [
      one('graphJitterMs', 'Answers come late by up to', [
        [0, 'nothing'],
        [2_000, '2 s'],
        [15_000, '15 s'],
      ]),
      one('errorShare', 'Calls answered with an error', SHARES),
      one('lostShare', 'Writes done without an answer', SHARES),
      one('throttleShare', 'Calls refused: too many', SHARES),
      one('stallShare', 'Answers that never end', SHARES),
      one('policyContention', 'Others ask for policies as well', SHARES),
      one('withoutRetryAfter', 'Nobody says how long to wait', YES_NO),
      one('identityUnits', 'Resource units in 10 s', [
        [0, 'as documented'],
        [60, '60'],
        [20, '20'],
      ]),
      one('identityWrites', 'Writes in 150 s', [
        [0, 'as documented'],
        [10, '10'],
        [3, '3'],
      ]),
      one('tokenSeconds', 'A token lives', [
        [0, 'an hour'],
        [60, '60 s'],
        [5, '5 s'],
      ]),
      one('seed', 'Luck', [
        [0, 'the first'],
        [1, 'the second'],
        [2, 'the third'],
      ]),
    ],
  },
  {
    about: 'Set up badly',
    switches: [
      one('onboardingGroup', 'The onboarding group is', [
        ['assigned', 'as it should be'],
        ['dynamic', 'dynamic'],
        ['role-assignable', 'role-assignable'],
        ['on-premises', 'synced from on-premises'],
        ['nested', 'in another group'],
        ['deleted', 'deleted'],
      ]),
      one('passPolicy', 'Temporary Access Passes', [
        ['usual', 'for everybody'],
        ['off', 'are off'],
        ['one-time', 'work once'],
        ['group-only', 'for the group alone'],
        ['out-of-scope', 'for somebody else'],
        ['short', 'last 30 min at most'],
        ['long', 'last 8 h at least'],
      ]),
      one('secondPass', 'A second pass', [
        ['replaces', 'replaces the first'],
        ['refused', 'is refused'],
      ]),
      one('passkeyPolicy', 'Passkeys', [
        ['usual', 'for everybody'],
        ['off', 'are off'],
        ['no-self-service', 'not by oneself'],
        ['attested', 'only attested ones'],
        ['keys-only', 'only security keys'],
        ['not-authenticator', 'not in Authenticator'],
        ['out-of-scope', 'for somebody else'],
        ['profiles', 'by two profiles'],
        ['synced', 'synced ones too'],
      ]),
      one('domain', 'Passwords are checked by', [
        ['managed', 'Entra'],
        ['federated', 'a federated provider'],
      ]),
    ],
  },
];
