import type { CaPolicy, Grant } from './policy';
import { BUILT_IN_STRENGTHS, has } from './vocabulary';

/** What a policy asks for before it lets somebody in, and whether a multi-use Temporary Access Pass is enough. */
export interface Asks {
  readonly blocks: boolean;
  /** Asks for a proof of who somebody is: MFA, a strength, a change of password, another provider's factor. */
  readonly proof: boolean;
  /** Asks for an app or a device: a new phone has neither. */
  readonly app: boolean;
  readonly device: boolean;
  readonly termsOnly: boolean;
  readonly nothing: boolean;
  /** Whether a pass gets through; `unknown` where the strength's content is not in the export. */
  readonly passEnough: 'yes' | 'no' | 'unknown';
  readonly words: string;
  readonly at: string;
}

const CONTROLS: Readonly<Record<string, { readonly words: string; readonly pass: boolean; readonly kind: Kind }>> = {
  block: { words: 'blocks', pass: false, kind: 'block' },
  mfa: { words: 'multifactor authentication', pass: true, kind: 'proof' },
  passwordchange: { words: 'a change of the password', pass: false, kind: 'proof' },
  riskremediation: { words: 'risk remediation', pass: false, kind: 'proof' },
  compliantdevice: { words: 'a compliant device', pass: false, kind: 'device' },
  domainjoineddevice: { words: 'a hybrid joined device', pass: false, kind: 'device' },
  approvedapplication: { words: 'an approved app', pass: false, kind: 'app' },
  compliantapplication: { words: 'an app protection policy', pass: false, kind: 'app' },
};
type Kind = 'block' | 'proof' | 'device' | 'app' | 'terms' | 'unknown';

interface Control {
  readonly kind: Kind;
  readonly words: string;
  readonly pass: 'yes' | 'no' | 'unknown';
  readonly at: string;
}

export function asksOf({ grant }: CaPolicy): Asks {
  const controls = grant ? controlsOf(grant) : [];
  const is = (kind: Kind) => controls.some((one) => one.kind === kind);
  // Consent to terms of use is a page to be accepted: it neither helps nor stops a pass.
  const judged = controls.filter(({ kind }) => kind !== 'terms');
  return {
    blocks: is('block'),
    proof: is('proof') || is('unknown'),
    app: is('app'),
    device: is('device'),
    termsOnly: controls.length > 0 && judged.length === 0,
    nothing: controls.length === 0,
    passEnough: together(grant, judged),
    words: controls.map(({ words }) => words).join(grant?.operator === 'AND' ? ' and ' : ' or '),
    at: controls.find(({ pass }) => pass !== 'yes')?.at ?? controls[0]?.at ?? '$.grantControls',
  };
}

function together(grant: Grant | null, controls: readonly Control[]): Asks['passEnough'] {
  if (controls.length === 0) return 'yes';
  const answers = controls.map(({ pass }) => pass);
  const [enough, spoils] = grant?.operator === 'AND' ? (['no', 'no'] as const) : (['yes', 'yes'] as const);
  if (answers.includes(spoils)) return enough;
  return answers.includes('unknown') ? 'unknown' : grant?.operator === 'AND' ? 'yes' : 'no';
}

function controlsOf(grant: Grant): Control[] {
  const found: Control[] = grant.controls.map((name) => {
    const known = CONTROLS[name.toLowerCase()];
    const at = '$.grantControls.builtInControls';
    if (!known) return { kind: 'unknown', words: `"${name}"`, pass: 'unknown', at };
    return { kind: known.kind, words: known.words, pass: known.pass ? 'yes' : 'no', at };
  });
  if (grant.strength) {
    found.push({
      kind: 'proof',
      words: `the strength "${BUILT_IN_STRENGTHS.get(grant.strength.id.toLowerCase())?.name ?? grant.strength.name}"`,
      pass: strengthTakesPass(grant.strength),
      at: '$.grantControls.authenticationStrength',
    });
  }
  if (grant.custom) {
    const at = '$.grantControls.customAuthenticationFactors';
    found.push({ kind: 'proof', words: "another provider's factor", pass: 'no', at });
  }
  if (grant.termsOfUse) {
    found.push({ kind: 'terms', words: 'terms of use', pass: 'yes', at: '$.grantControls.termsOfUse' });
  }
  return found;
}

/** Whether the strength takes a multi-use pass. A built-in one is known by its id, if its list was not exported. */
export function strengthTakesPass(strength: NonNullable<Grant['strength']>): 'yes' | 'no' | 'unknown' {
  if (strength.combinations) return has(strength.combinations, 'temporaryAccessPassMultiUse') ? 'yes' : 'no';
  const builtIn = BUILT_IN_STRENGTHS.get(strength.id.toLowerCase());
  return builtIn ? (builtIn.takesPass ? 'yes' : 'no') : 'unknown';
}
