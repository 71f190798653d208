import type { ConditionalAccessPolicy, Strength } from './state';

/** Authentication method modes, as strengths name them; one sign-in has proven a set of them. */
export type Mode =
  | 'password'
  | 'microsoftAuthenticatorPush'
  | 'temporaryAccessPassOneTime'
  | 'temporaryAccessPassMultiUse'
  | 'fido2'
  | 'windowsHelloForBusiness'
  | 'x509CertificateMultiFactor'
  | 'deviceBasedPush'
  /** A password that a federated identity provider has checked. */
  | 'federatedSingleFactor';

/** Each of these is multifactor on its own; a Temporary Access Pass counts as MFA. */
const MULTIFACTOR: readonly string[] = [
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'fido2',
  'windowsHelloForBusiness',
  'x509CertificateMultiFactor',
  'deviceBasedPush',
  'password,microsoftAuthenticatorPush',
];

interface Control {
  readonly satisfied: boolean;
  readonly wants: readonly string[];
}

export interface Grant {
  readonly satisfied: boolean;
  readonly blocks: boolean;
  readonly wants: readonly string[];
}

/**
 * Whether what was proven satisfies a policy's grant controls, combined by its operator. Session controls ask nothing.
 *
 * @param managed the device is compliant, and the apps on it are protected
 */
export function grants(
  policy: ConditionalAccessPolicy,
  strengths: readonly Strength[],
  modes: ReadonlySet<Mode>,
  managed = false,
): Grant {
  const wanted = policy.grantControls;
  if (!wanted) return { satisfied: true, blocks: false, wants: [] };
  if (wanted.builtInControls.includes('block')) return { satisfied: false, blocks: true, wants: [] };
  const controls: Control[] = wanted.builtInControls.map((name) => builtIn(name, modes, managed));
  if (wanted.authenticationStrength) controls.push(strength(wanted.authenticationStrength.id, strengths, modes));
  // Terms of use are taken as accepted: they ask for a click and refuse nobody.
  const custom = (wanted.customAuthenticationFactors ?? []) as readonly string[];
  controls.push(...custom.map((name) => ({ satisfied: false, wants: [name] })));
  if (controls.length === 0) return { satisfied: true, blocks: false, wants: [] };
  const satisfied =
    wanted.operator === 'OR' ? controls.some((one) => one.satisfied) : controls.every((one) => one.satisfied);
  return {
    satisfied,
    blocks: false,
    wants: satisfied ? [] : controls.filter((one) => !one.satisfied).flatMap((one) => one.wants),
  };
}

/** Whether one combination, written `a` or `a, b` in any order, was proven. */
export function proves(modes: ReadonlySet<Mode>, combination: string): boolean {
  return combination
    .split(',')
    .map((part) => part.trim())
    .every((part) => modes.has(part as Mode));
}

const OF_THE_DEVICE = ['compliantDevice', 'domainJoinedDevice', 'compliantApplication', 'approvedApplication'];

/** A change of the password and a remediation of risk cannot be made here: nobody without a password could. */
function builtIn(name: string, modes: ReadonlySet<Mode>, managed: boolean): Control {
  if (name === 'mfa') return { satisfied: MULTIFACTOR.some((one) => proves(modes, one)), wants: MULTIFACTOR };
  return { satisfied: managed && OF_THE_DEVICE.includes(name), wants: [name] };
}

function strength(id: string, strengths: readonly Strength[], modes: ReadonlySet<Mode>): Control {
  const found = strengths.find((one) => one.id === id);
  // A strength that was deleted cannot be met by anybody.
  const combinations = found?.allowedCombinations ?? [];
  return { satisfied: combinations.some((one) => proves(modes, one)), wants: combinations };
}
